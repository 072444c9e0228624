"""Runs: the notebooks of segments and of the whole, in every language, one on each core."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from workbench.base.problems import WorkbenchError
from workbench.reports.pages import NotInLanguage, index
from workbench.runs.parameters import BadParameter, checked
from workbench.study import Study, Unknown

NOTEBOOKS = "notebooks"
SEGMENT_NOTEBOOKS, MODEL_NOTEBOOKS = "1*.ipynb", "2*.ipynb"
"""Notebooks run for each segment and language, and those of the whole care model: a language."""
REPORT = "../build/report"
CELL_SECONDS = 300


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run; `error` is empty when it finished."""

    run: Run
    error: str = ""


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
    output = Path("build/runs") / f"{name}.ipynb"
    return Run(notebook.relative_to(study.folder), segment, language, output, parameters)


def run(
    study: Study,
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
    jobs: int | None = None,
) -> list[Outcome]:
    """Execute the runs through Papermill and write the front page; a failed run stops no other.

    Executed notebooks go to `build/runs/`, pages to `build/report/`.
    """
    runs = plan(study, segments, languages, more)
    folder = study.folder.resolve()
    (folder / "build" / "runs").mkdir(parents=True, exist_ok=True)
    workers = min(jobs or os.cpu_count() or 1, len(runs))
    outcomes = []
    with ProcessPoolExecutor(workers, initializer=os.chdir, initargs=(folder / NOTEBOOKS,)) as pool:
        waiting = {pool.submit(_execute, one): one for one in runs}
        done = tqdm(as_completed(waiting), total=len(runs), unit="run", disable=None)
        for future in done:
            try:
                outcomes.append(future.result())
            except BrokenProcessPool:
                outcomes.append(Outcome(waiting[future], "a process died before this run was done"))
            done.set_postfix_str(outcomes[-1].run.output.stem)
    outcomes.sort(key=lambda o: runs.index(o.run))
    failed = {o.run.segment or o.run.notebook.stem for o in outcomes if o.error}
    report = folder / "build" / "report"
    made = {path.name for path in report.glob("*.html")}
    for language in study.settings.languages:
        index(study, language, failed, made).save(report)
    return outcomes


def _execute(one: Run) -> Outcome:
    """Execute one run; the process stands in `notebooks/`, so no path names the machine."""
    with _without_grammars():
        import papermill
    try:
        papermill.execute_notebook(
            one.notebook.name,
            str(Path("..") / one.output),
            parameters=dict(one.parameters),
            language="python",
            progress_bar=False,
            log_output=False,
            shutdown_kernel="immediate",
            extra_arguments=["--log-level=ERROR"],
            execution_timeout=CELL_SECONDS,
        )
    except papermill.PapermillExecutionError as error:
        return Outcome(one, f"{error.ename}: {error.evalue} (see {one.output})")
    except Exception as error:
        return Outcome(one, f"{type(error).__name__}: {error}")
    return Outcome(one)


@contextlib.contextmanager
def _without_grammars() -> Iterator[None]:
    """Keep jsonschema from building grammars no notebook format uses: 0.7 s of each start."""
    blocked = "rfc3987_syntax" not in sys.modules
    if blocked:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if blocked:
            del sys.modules["rfc3987_syntax"]
