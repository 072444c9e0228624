"""Many runs: only what is not as it was, as many at once as there are cores; the front page."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.base.files import put
from workbench.base.problems import WorkbenchError, visible
from workbench.runs import fresh
from workbench.runs.files import content
from workbench.runs.run import NOTEBOOKS, RUNS, Outcome, Run

if TYPE_CHECKING:
    from workbench.base.workers import Workers
    from workbench.study import Study

LOG, LOCK, LAST = RUNS / "log.txt", RUNS / ".lock", RUNS / "last.json"
REPORTS = Path("build/report")


class Busy(WorkbenchError):
    """The study is being run by another process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is being run already. Wait for it, or stop it first.")


def run(
    study: Study | str | Path = ".",
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
    jobs: int | None = None,
    kernels: str = "",
    force: bool = False,
    executor: Workers | None = None,
    see: Callable[[Study], object] = lambda _: None,
) -> list[Outcome]:
    """Execute the runs through Papermill and write the front page; a failed run stops no other.

    Executed notebooks go to `build/runs/`, pages to `build/report/`. A run is spared if it would
    give what is there, unless `force`. `jobs` run at once, as many as there are cores unless
    given; `kernels="ordinary"` starts each kernel anew. An `executor` of `concurrent.futures` or
    a Dask client has them done by its workers instead, as many at once as these take
    (`runs.remote.results`). `see` is shown the study if it is read. Raises what `plan` does, `Busy`
    and what `results` does.
    """
    folder = _folder(study)
    wish: list[Any] = [list(segments), list(languages), dict(more or {})]
    if not force and (spared := _nothing_new(folder, wish)):
        return spared
    from filelock import FileLock, Timeout  # all this is needed only if something is new

    from workbench.runs.kernels import ORDINARY, WARM
    from workbench.runs.matrix import plan

    if kernels != ORDINARY and executor is None:
        WARM.start()  # that takes as long as what comes first here
    now = fresh.Now.of(folder)
    see(now.study)
    runs = plan(now.study, *wish)
    (folder / RUNS).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            if executor is None:
                give = partial(_here, folder, jobs, kernels)
            else:
                give = partial(_there, folder, executor, kernels)
            outcomes = _done(runs, now, force, give)
            _front(outcomes, wish, now)
            return outcomes
    except Timeout:
        raise Busy(folder) from None


def whys(
    study: Study | str | Path = ".",
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
) -> list[tuple[Run, list[str]]]:
    """Return for each run why it would be done (again): no reason where it would be spared."""
    from workbench.runs.matrix import plan

    folder = _folder(study)
    now = fresh.Now.of(folder)
    return [(one, [*fresh.why(one, now)]) for one in plan(now.study, segments, languages, more)]


def _folder(study: Study | str | Path) -> Path:
    return Path(study if isinstance(study, (str, Path)) else study.folder).resolve()


def _done(
    runs: Sequence[Run],
    now: fresh.Now,
    force: bool,
    give: Callable[[Sequence[Run], _Progress], Iterator[Outcome]],
) -> list[Outcome]:
    """Return what became of all runs, after having done those that must be."""
    from workbench.reports.numbers import numbers

    waiting = [one for one in runs if force or not fresh.spared(one, now)]
    found = {one.name: Outcome(one, spared=True) for one in runs}
    for one in waiting:
        fresh.forget(one, now.folder)
    if waiting:
        numbers(now.study)  # records and front page need them, and no kernel is ready yet
    with ExitStack() as stack:
        told = _Progress(waiting, now.folder, stack)
        for outcome in give(waiting, told):
            found[outcome.run.name] = outcome
            told.run(outcome)
            if not outcome.error:
                fresh.keep(outcome.run, outcome.told, now)
    if waiting and fresh.Now(now.folder).code != now.code:  # which run has seen which code?
        for one in waiting:
            fresh.forget(one, now.folder)
    return [*found.values()]


def _here(
    folder: Path, jobs: int | None, kernels: str, runs: Sequence[Run], told: _Progress
) -> Iterator[Outcome]:
    """Do runs in this process, some at once, and yield what became of each as it is done."""
    from workbench.runs.papermill import execute

    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        work = [pool.submit(execute, one, folder, kernels, told.cell) for one in runs]
        yield from (future.result() for future in as_completed(work))


def _there(
    folder: Path, executor: Workers, kernels: str, runs: Sequence[Run], _: _Progress
) -> Iterator[Outcome]:
    """Have runs done by others."""
    from workbench.runs.remote import results

    return results(executor, folder, runs, kernels)


def _front(outcomes: list[Outcome], wish: list[Any], now: fresh.Now) -> None:
    """Write the front page in every language, and what all this was done for."""
    from workbench.reports.pages import index

    failed = {o.run.segment or o.run.notebook.stem for o in outcomes if o.error}
    report = now.folder / REPORTS
    made = {path.name for path in report.glob("*.html")}
    pages = [index(now.study, name, failed, made) for name in now.study.settings.languages]
    for page in pages:
        page.save(report)
    files = {str(REPORTS / page.file): content(str(report / page.file)) for page in pages}
    runs = [fresh.spelled(outcome.run) for outcome in outcomes]
    last = {"wish": wish, "notebooks": _notebooks(now.folder), "pages": files, "runs": runs}
    put(now.folder / LAST, json.dumps(last, ensure_ascii=False))


def _nothing_new(folder: Path, wish: list[Any]) -> list[Outcome]:
    """Return the outcomes if the same was wished last time and all is as it was then, quickly."""
    try:
        last = json.loads((folder / LAST).read_text(encoding="utf-8"))
        now, runs = fresh.Now(folder), [fresh.run_of(told) for told in last["runs"]]
        same = last["wish"] == wish and last["notebooks"] == _notebooks(folder)
        same = same and all(now.content(name) == was for name, was in last["pages"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return []
    same = same and not any(reason for one in runs for reason in fresh.why(one, now))
    return [Outcome(one, spared=True) for one in runs] if same else []


def _notebooks(folder: Path) -> str:
    return content(str(folder / NOTEBOOKS))


class _Progress:
    """Bars for runs and their cells with the time left, and a log that names both."""

    def __init__(self, runs: Sequence[Run], folder: Path, stack: ExitStack) -> None:
        from tqdm import tqdm

        self._left = {one.name: _cells(folder / one.notebook) for one in runs}
        bar = partial(tqdm, disable=None, dynamic_ncols=True)
        total = sum(self._left.values())
        self._runs = stack.enter_context(bar(total=len(runs), unit="run", position=0))
        self._cells = stack.enter_context(bar(total=total, unit="cell", position=1, leave=False))
        self._log = stack.enter_context((folder / LOG).open("w", encoding="utf-8"))
        self._lock = threading.Lock()

    def cell(self, one: Run, cell: int, of: int) -> None:
        """Tell that a cell of a run begins."""
        with self._lock:
            self._left[one.name] -= 1
            self._cells.update()
            self._runs.set_postfix_str(f"{one.name} {cell}/{of}")
            self._write(f"{one.name}: cell {cell} of {of}")

    def run(self, outcome: Outcome) -> None:
        """Tell what became of a run."""
        with self._lock:
            self._runs.update()
            self._cells.update(self._left.pop(outcome.run.name))
            failed = f"failed in cell {outcome.cell}: {outcome.error}"
            done = f"done in {outcome.seconds:.2f} s"
            self._write(f"{outcome.run.name}: {failed if outcome.error else done}")

    def _write(self, line: str) -> None:
        self._log.write(visible(f"{time.strftime('%H:%M:%S')} {line}") + "\n")
        self._log.flush()


def _cells(notebook: Path) -> int:
    """Return how many cells a notebook has when it runs, with that of its parameters."""
    return len(json.loads(notebook.read_text(encoding="utf-8"))["cells"]) + 1
