"""What is given to runs, by study.yml, a segment's file or by hand, held to what notebooks declare.

A value reaches every notebook that declares its name; of several the one nearest to the run
holds: by hand, else the segment's, else that of study.yml, else the notebook's own default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from workbench.base.problems import Level, Problem, near_miss, visible
from workbench.base.records import Link
from workbench.loading import relative
from workbench.runs.notebooks import OWN, Notebook, notebooks
from workbench.runs.parameters import nameable, shown
from workbench.runs.run import NotReady
from workbench.study import Study

SETTINGS, SEGMENTS = Path("parameters/study.yml"), Path("parameters/segments")
"""What says which runs there are and what they are given: an error there is one of theirs."""


class _Fault(NamedTuple):
    name: str
    message: str
    hint: str

    def __str__(self) -> str:
        return visible(f"{self.message} {self.hint}".strip())


def parameter_problems(study: Study, run: Sequence[Notebook] | None = None) -> list[Problem]:
    """Return what is wrong in notebooks that are run, and with what files of the study give them.

    `run` are the study's notebooks, where they have been read already.
    """
    run = notebooks(study.folder) if run is None else run
    each = [n for n in run if n.each]
    problems = [problem for n in run for problem in n.problems]
    problems += _placed(study.settings.parameters, run, run)
    for segment in study.segments:
        problems += _placed(segment.parameters, each, run)
    return sorted(set(relative(problems, study.folder)))


def refuse(
    study: Study, run: Sequence[Notebook], reached: Sequence[Notebook], more: Mapping[str, object]
) -> None:
    """Raise `NotReady` if the notebooks cannot `run`, or not with what they are given.

    `more` is given by hand to the notebooks `reached`. All faults are told at once.
    """
    unsound = [
        p
        for p in study.problems
        if p.level is Level.ERROR and (p.path == SETTINGS or p.path.parent == SEGMENTS)
    ]
    if faults := [*unsound, *parameter_problems(study, run), *held(more, reached)]:
        raise NotReady(faults)


def given(
    study: Study, notebook: Notebook, segment: str, more: Mapping[str, object]
) -> dict[str, object]:
    """Return the values that reach a notebook in a run for a segment (none: the whole)."""
    own = study.segments[segment].parameters if segment else {}
    sources: tuple[Mapping[Any, object], ...] = (study.settings.parameters, own, more)
    declared = notebook.parameters
    return {
        str(name): declared[name].taken(value)[0]
        for values in sources
        for name, value in values.items()
        if name in declared
    }


def held(
    values: Mapping[str, object], reached: Sequence[Notebook], run: Sequence[Notebook] = ()
) -> Iterator[_Fault]:
    """Yield what is wrong with `values` for the notebooks they reach, of all that are `run`."""
    for name, value in values.items():
        called = f"parameter '{shown(name)[1:-1]}'"
        message, hint = _misnamed(name, reached, run)
        if message:
            yield _Fault(name, f"{called} {message}", hint)
            continue
        said: dict[str, list[str]] = {}
        for notebook in reached:
            if name in notebook.parameters and (why := notebook.parameters[name].taken(value)[1]):
                said.setdefault(why, []).append(notebook.path.name)
        for why, names in said.items():
            yield _Fault(name, f"{called} {why}", f"It is declared in {', '.join(names)}.")


def _misnamed(name: str, reached: Sequence[Notebook], run: Sequence[Notebook]) -> tuple[str, str]:
    """Return why nothing takes what is called so, and what to do; nothing if something does.

    While a notebook cannot be read, what it declares is not known, and no name is called unknown.
    """
    known = {name for n in reached for name in n.parameters} - set(OWN)
    if name in OWN:
        return "is set by the run itself.", "Choose by `workbench run SEGMENT --language LANGUAGE`."
    if not nameable(name):
        hint = "Write a name that a notebook declares, such as most."
        return "is no name.", near_miss(name, known) or hint
    if name in known or any(n.problems for n in reached):
        return "", ""
    if others := [n.path.name for n in run if name in n.parameters]:
        message = f"is declared only by what is run for the whole: {others[0]}."
        return message, "Write it in parameters/study.yml."
    hint = near_miss(name, known) or "Declare it in a notebook, or remove the line."
    return "is declared by no notebook that is run.", hint


def _placed(
    values: Mapping[Link, object], reached: Sequence[Notebook], run: Sequence[Notebook]
) -> Iterator[Problem]:
    places = {str(name): name.place for name in values}
    for fault in held({str(name): value for name, value in values.items()}, reached, run):
        yield places[fault.name].problem(fault.message, fault.hint)
