"""The project: an aim for every action, an answer to every risk, one head for every task."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from workbench.base.problems import Level, Problem, near_miss
from workbench.care.balance import Witness
from workbench.care.claims import State
from workbench.care.model import Care
from workbench.care.project import (
    SCALE,
    Better,
    Duty,
    Judged,
    Measurement,
    ProjectPhase,
    ProjectTask,
    Reached,
    Risk,
    Zone,
)


def check_project(care: Care, witness: Witness) -> list[Problem]:
    """Prove goals, risks, tasks, phases, member checks and measurements."""
    del witness
    parts: tuple[Callable[[Care], Iterable[Problem]], ...] = (
        _goals, _orphans, _risks, _tasks, _phases, _member_checks, _measured,
    )  # fmt: skip
    return [problem for part in parts for problem in part(care)]


def _goals(care: Care) -> Iterator[Problem]:
    served = {goal for action in care.actions.values() for goal in action.goals}
    for goal in care.goals.values():
        if goal.measure is None:
            message = f"nobody can see whether {goal.id} is reached."
            yield goal.place.problem(message, "Give it a `measure:`.", Level.WARNING)
        if care.actions and goal.id not in served:
            hint = f"Write `goals: [{goal.id}]` at an action, or drop the goal."
            yield goal.place.problem(f"no action serves {goal.id}.", hint, Level.WARNING)
        if goal.reached is not Reached.OPEN and goal.judged is None:
            message = f"{goal.id} is judged ({goal.reached}) without saying why."
            yield goal.place.problem(message, "Write it under `judged:`.")


def _orphans(care: Care) -> Iterator[Problem]:
    for action in care.actions.values() if care.goals else ():
        if not action.goals:
            hint = f"Write `goals:` at it. {_known(care.goals)}"
            message = f"{action.id} serves no goal of the project."
            yield action.place.problem(message, hint, Level.WARNING)


def _risks(care: Care) -> Iterator[Problem]:
    for risk in care.risks.values():
        wrong = [name for name in ("probability", "impact") if getattr(risk, name) not in SCALE]
        for name in wrong:
            message = f"{risk.id}: {name} {getattr(risk, name)} is not on the scale."
            yield risk.place.problem(message, "Write a whole number from 1 to 5.")
        if not wrong and risk.zone is Zone.ACT:
            yield from _high(risk)


def _high(risk: Risk) -> Iterator[Problem]:
    asks = {
        "no action meets it": ("Name one under `actions:`.", bool(risk.actions)),
        "nobody sees when it begins": ("Write what shows it under `trigger:`.", bool(risk.trigger)),
    }
    for lack, (hint, there) in asks.items():
        if not there:
            message = f"{risk.id} is high ({risk.probability} × {risk.impact}) and {lack}."
            yield risk.place.problem(message, hint, Level.WARNING)


def _tasks(care: Care) -> Iterator[Problem]:
    for task in care.tasks.values():
        for party, letters in task.duties.items():
            if not letters or set(letters) - set(Duty):
                message = f"{task.id}: '{letters}' is no part '{party}' can have."
                hint = "Write R, A, C or I, or AR for who answers for what they do."
                yield letters.place.problem(message, hint)
        yield from _heads(task)


def _heads(task: ProjectTask) -> Iterator[Problem]:
    heads = task.holding(Duty.ACCOUNTABLE)
    if len(heads) > 1:
        message = f"{task.id}: {', '.join(heads)} are all accountable (A)."
        yield heads[1].place.problem(message, "One party answers for a task; leave one A.")
    if not heads:
        message = f"{task.id}: nobody is accountable (A)."
        yield task.place.problem(message, "Give one party the letter A.")
    if not task.holding(Duty.RESPONSIBLE):
        message = f"{task.id}: nobody does it (R)."
        yield task.place.problem(message, "Give at least one party the letter R, or AR.")


def _phases(care: Care) -> Iterator[Problem]:
    for before, phase in pairwise(care.phases.values()):
        if phase.done and not before.done:
            message = f"{phase.id} is done, but {before.id} before it is not."
            hint = f"Set `done: true` at {before.id}, or take it from {phase.id}."
            yield phase.place.problem(message, hint)
    for phase in care.phases.values():
        yield from _notebooks(phase)


def _notebooks(phase: ProjectPhase) -> Iterator[Problem]:
    """Note notebooks of a phase that is done which are not there; a study may come without any."""
    folder = phase.place.path.resolve().parents[2] / "notebooks"
    if not folder.is_dir():
        return
    there = sorted(folder.glob("*.ipynb"))
    for number in phase.notebooks:
        if not re.fullmatch(r"\d[\dx]", number):
            message = f"{phase.id}: '{number}' is no number of a notebook."
            yield number.place.problem(message, "Write 01, or 2x for all from 20 to 29.")
        elif phase.done and not notebooks(number, there):
            message = f"{phase.id} is done, but there is no notebook {number}."
            hint = f"{_known({p.name[:2] for p in there})} Or take it from the phase."
            yield number.place.problem(message, hint)


def notebooks(number: str, there: Iterable[Path]) -> list[Path]:
    """Return the notebooks a phase means by `01` or `2x`."""
    digits = number.replace("x", r"\d")
    return [path for path in there if re.match(rf"{digits}_", path.name)]


def _member_checks(care: Care) -> Iterator[Problem]:
    for check in care.member_checks.values():
        for link in check.findings:
            finding = care.findings.get(link)
            if finding is not None and finding.state is State.DRAFT:
                message = f"{check.id}: {link} is a draft and was shown all the same."
                hint = f"Prove {link} first, or say of what people judged."
                yield link.place.problem(message, hint, Level.WARNING)
        if check.verdict is not Judged.CONFIRMED and check.changed is None:
            message = f"{check.id}: people did not agree, and nothing says what became of it."
            hint = "Write under `changed:` what was changed, or why nothing was."
            yield check.place.problem(message, hint)


def _measured(care: Care) -> Iterator[Problem]:
    known = {**care.actions, **care.rules}
    for m in care.measured.values():
        if m.of not in known:
            message = f"{m.id}: no action or rule '{m.of}'."
            yield m.of.place.problem(message, near_miss(m.of, known))
        yield from _figures(m)


def _figures(m: Measurement) -> Iterator[Problem]:
    if m.value is not None and m.date is None:
        yield m.place.problem(f"{m.id} has a value and no date.", "Write `date: 2010-09`.")
    if m.value is not None and m.source is None:
        message = f"{m.id} has a value, and nothing says who counted it."
        yield m.place.problem(message, "Write it under `source:`.")
    if m.value is not None and m.baseline is None and m.goal is None:
        message = f"{m.id}: the value {m.value:g} is compared with nothing."
        yield m.place.problem(message, "Give a `baseline:` or a `goal:`.")
    if m.goal is not None and m.baseline is not None and not m.ahead(m.goal, m.baseline):
        way = "above" if m.better is Better.UP else "below"
        message = f"{m.id}: better is {m.better}, but the goal {m.goal:g} is not {way} the "
        hint = f"Put the goal {way} the baseline, or turn `better` round."
        yield m.place.problem(f"{message}baseline {m.baseline:g}.", hint)


def _known(names: Collection[str]) -> str:
    return f"Known: {', '.join(sorted(names))}."
