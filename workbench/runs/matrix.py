"""Which runs there are: the notebooks of segments and of the whole, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workbench.base.problems import Problem, WorkbenchError
from workbench.runs.given import given, refuse
from workbench.runs.notebooks import SEGMENT_NOTEBOOKS, Notebook, notebooks, own
from workbench.runs.run import NOTEBOOKS, RUNS, NotReady, Run
from workbench.study import NotInLanguage, Study, Unknown

REPORT = "../build/report"


class NoNotebooks(WorkbenchError):
    """The study has no segment notebooks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no segment notebook ({SEGMENT_NOTEBOOKS}). "
            "`workbench new study` brings them along."
        )


class NoSegments(WorkbenchError):
    """The study has no customer segments yet, so there is nothing to run for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} has no segments yet. Start one with `workbench new segment NAME`."
        )


def plan(
    study: Study,
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
) -> list[Run]:
    """Return the runs for `segments` and `languages` (all of the study's unless given).

    What is about the whole care model is run too, unless segments are named. `more` is given to
    every notebook that declares it, before what the study's files give. Raises `NoNotebooks`,
    `NoSegments`, `Unknown`, `NotInLanguage` or `NotReady` before anything is run.
    """
    found = notebooks(study.folder)
    each = [n for n in found if n.each]
    if not each:
        raise NoNotebooks(study.folder / NOTEBOOKS)
    if not len(study.segments):
        raise NoSegments(study.folder)
    named = list(dict.fromkeys(segments))
    wanted = named or list(study.segments.all)
    for name in wanted:
        if name not in study.segments:
            raise Unknown("segment", name, study.segments.all)
    tongues = list(dict.fromkeys(languages)) or list(study.settings.languages)
    for language in tongues:
        if language not in study.settings.languages:
            raise NotInLanguage(language, study.settings.languages)
    whole = [] if named else [n for n in found if not n.each]
    refuse(study, found, [*each, *whole], more or {})
    runs = [_run(study, n, name, x, more or {}) for name in wanted for x in tongues for n in each]
    runs += [_run(study, n, "", x, more or {}) for n in whole for x in tongues]
    if twins := list(_twins(runs)):
        raise NotReady(twins)
    return runs


def _run(
    study: Study, notebook: Notebook, segment: str, language: str, more: Mapping[str, object]
) -> Run:
    name = "-".join(filter(None, (notebook.path.stem, segment, language)))
    says = {"segment": segment, "language": language, "report_folder": REPORT}
    parameters: dict[str, object] = {n: says[n] for n in own(notebook.each)}
    parameters |= given(study, notebook, segment, more)
    place = notebook.path.relative_to(study.folder)
    return Run(place, segment, language, RUNS / f"{name}.ipynb", parameters)


def _twins(runs: Iterable[Run]) -> Iterator[Problem]:
    """Yield where a run would be written over another: names are put together from two."""
    first: dict[str, Run] = {}
    for one in runs:
        other = first.setdefault(one.name.casefold(), one)
        if other is not one:
            message = f"its run '{one.name}' has the name of one of {other.notebook.name}."
            yield Problem(one.notebook, 1, message, "Rename one of the notebooks.")
