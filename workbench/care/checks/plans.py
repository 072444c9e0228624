"""Account plans: tasks with both sides in them, a segment that speaks, follow-up in its time."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness, citations
from workbench.care.model import Care
from workbench.care.plans import AccountPlan, Responsibility, shared_tasks
from workbench.material.informants import Side
from workbench.material.segments import SegmentLevel


def check_plans(care: Care, witness: Witness) -> list[Problem]:
    """Note what is wrong in the plans, and owners of actions of whom no level is known (R38)."""
    problems = [*_levels(care), *_unrealised(care)]
    for plan in care.plans.values():
        above = witness.segments.holding(plan.id)[1:] if plan.id in witness.segments else ()
        shared = shared_tasks(care.plans, above)
        problems += _tasks(plan, [task for _, task in shared])
        problems += _sides(plan, [*plan.responsibilities, *(t for _, t in shared)], care)
        problems += _followed(plan, care)
        problems += _voiced(plan, care, witness)
        problems += _backed(plan)
    return problems


def _tasks(plan: AccountPlan, shared: list[Responsibility]) -> Iterator[Problem]:
    said = {_wording(t): t for t in reversed(shared)}
    for task in plan.responsibilities:
        name = _wording(task)
        if not task.responsible:
            message = f"nobody is responsible for '{name}'."
            yield task.place.problem(message, "Name whoever does it under `responsible:`.")
        if name in said:
            first = said[name].place
            message = f"'{name}' stands twice, first in {first.path.name}:{first.line}."
            yield task.place.problem(message, "Keep one of them: a task has one accountable.")
        said.setdefault(name, task)


def _wording(task: Responsibility) -> str:
    return next(iter(task.task.values()), "")


def _sides(plan: AccountPlan, tasks: list[Responsibility], care: Care) -> Iterator[Problem]:
    parts = ((t.accountable, *t.responsible, *t.consulted, *t.informed) for t in tasks)
    named = dict.fromkeys(p for part in parts for p in part)
    sides = {care.parties[p].side if p in care.parties else None for p in named}
    if len(sides) == 1 and None not in sides:
        other = "provider" if Side.CUSTOMER in sides else "customer"
        message = f"nobody of the {other} side has a part in the tasks of {plan.id}."
        hint = f"Give a party with `side: {other}` a task; a relationship has two sides."
        yield plan.responsibilities[0].place.problem(message, hint, Level.WARNING)


def _followed(plan: AccountPlan, care: Care) -> Iterator[Problem]:
    due = [care.actions[a].due for a in plan.development if a in care.actions]
    last = max(due, default="")
    if last[: len(plan.follow_up)] > plan.follow_up:
        message = f"{plan.id} is followed up in {plan.follow_up}, before its last action ({last})."
        hint = "Move `follow_up`, or leave that action to a later plan."
        yield plan.place.problem(message, hint, Level.WARNING)


def _voiced(plan: AccountPlan, care: Care, witness: Witness) -> Iterator[Problem]:
    """Note a plan of a base or cross segment none of whose people is cited behind it."""
    if plan.id not in witness.segments:
        return
    segment = witness.segments[plan.id]
    if segment.level is SegmentLevel.ROLLUP:
        return
    findings = care.findings_of(need for line in plan.lines for need in line.needs)
    cited = citations((link for f in findings for link in f.evidence), witness)
    if not any(witness.speaks_of(c, plan.id) for c in cited):
        message = f"nobody of '{plan.id}' is cited in any finding behind its plan."
        hint = "Cite their words in a finding, or let the plan of the wider group serve."
        yield plan.place.problem(message, hint, Level.WARNING)


def _backed(plan: AccountPlan) -> Iterator[Problem]:
    if plan.handler and not plan.backup:
        message = f"{plan.id} names a handler and nobody to stand in."
        hint = "Add `backup:` with a party of parties.yml."
        yield plan.handler.place.problem(message, hint, Level.WARNING)


def _unrealised(care: Care) -> Iterator[Problem]:
    """Note actions of plans that no card, rule or event carries out, where there are all three."""
    if not (care.cards and care.rules and care.clock):
        return
    named = {str(link): link for plan in care.plans.values() for link in plan.development}
    for name, link in named.items():
        if name in care.actions and not care.realising(name):
            message = f"no card, rule or event carries out {name}."
            hint = f"Name it under `actions:` of the one that does: `actions: [{name}]`."
            yield link.place.problem(message, hint, Level.WARNING)


def _levels(care: Care) -> Iterator[Problem]:
    """Note owners without a level, once the study gives levels at all."""
    if not any(party.level for party in care.parties.values()):
        return
    for name in dict.fromkeys(str(a.owner) for a in care.actions.values()):
        party = care.parties.get(name)
        if party and party.level is None:
            message = f"'{name}' owns actions, and no level is given."
            hint = "Add `level: management | team | handler | customer | system`."
            yield party.place.problem(message, hint, Level.WARNING)
