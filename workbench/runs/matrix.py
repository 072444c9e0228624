"""Which runs there are: the notebooks of segments and of the whole, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import WorkbenchError
from workbench.runs.parameters import BadParameter, checked
from workbench.study import NotInLanguage, Study, Unknown

NOTEBOOKS = "notebooks"
SEGMENT_NOTEBOOKS, MODEL_NOTEBOOKS = "1*.ipynb", "2*.ipynb"
"""Notebooks run for each segment and language, and those of the whole care model: a language."""
REPORT = "../build/report"
RUNS = Path("build/runs")


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


@dataclass(frozen=True, slots=True)
class Run:
    """One notebook executed for one segment (none: the whole) in one language.

    Paths are relative to the study.
    """

    notebook: Path
    segment: str
    language: str
    output: Path
    parameters: Mapping[str, object]

    @property
    def name(self) -> str:
        """Return what the run is called: notebook, segment, language."""
        return self.output.stem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run; `error` is empty when it finished.

    `cell`, from 1, is where it failed, and `told` what its kernel tells of what it read. A
    `spared` run was not executed, because nothing it rests on has changed.
    """

    run: Run
    error: str = ""
    cell: int = 0
    seconds: float = 0.0
    told: str = ""
    spared: bool = False


def plan(
    study: Study,
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
) -> list[Run]:
    """Return the runs for `segments` and `languages` (all of the study's unless given).

    What is about the whole care model is run too, unless segments are named. `more` are further
    parameters, none of those a run sets itself. Raises `NoNotebooks`, `NoSegments`, `Unknown`,
    `NotInLanguage` or `BadParameter` before anything is run.
    """
    notebooks = sorted((study.folder / NOTEBOOKS).glob(SEGMENT_NOTEBOOKS))
    if not notebooks:
        raise NoNotebooks(study.folder / NOTEBOOKS)
    if not len(study.segments):
        raise NoSegments(study.folder)
    named = list(segments)
    wanted = named or list(study.segments.all)
    for name in wanted:
        if name not in study.segments:
            raise Unknown("segment", name, study.segments.all)
    tongues = list(languages) or list(study.settings.languages)
    for language in tongues:
        if language not in study.settings.languages:
            raise NotInLanguage(language, study.settings.languages)
    runs = [
        _run(study, notebook, {"segment": name, "language": language}, more or {})
        for name in wanted
        for language in tongues
        for notebook in notebooks
    ]
    whole = [] if named else sorted((study.folder / NOTEBOOKS).glob(MODEL_NOTEBOOKS))
    runs += [_run(study, n, {"language": x}, more or {}) for n in whole for x in tongues]
    return runs


def _run(study: Study, notebook: Path, own: Mapping[str, str], more: Mapping[str, object]) -> Run:
    own = {**own, "report_folder": REPORT}
    for taken in own.keys() & more.keys():
        hint = "Choose by `workbench run SEGMENT --language LANGUAGE`."
        raise BadParameter(notebook, taken, "is set by the run itself", hint)
    segment, language = own.get("segment", ""), own["language"]
    name = "-".join(filter(None, (notebook.stem, segment, language)))
    parameters = checked(notebook, {**own, **more})
    output = RUNS / f"{name}.ipynb"
    return Run(notebook.relative_to(study.folder), segment, language, output, parameters)
