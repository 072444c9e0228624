"""Many runs: as many at once as there are cores, a failed one stops no other; the front page."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tqdm import tqdm

from workbench.base.problems import visible
from workbench.base.workers import Workers
from workbench.reports.pages import index
from workbench.runs.matrix import RUNS, Run, plan
from workbench.runs.papermill import Outcome, execute
from workbench.runs.remote import results
from workbench.study import Study

LOG = RUNS / "log.txt"


def run(
    study: Study,
    segments: Iterable[str] = (),
    languages: Iterable[str] = (),
    more: Mapping[str, object] | None = None,
    jobs: int | None = None,
    kernels: str = "",
    executor: Workers | None = None,
) -> list[Outcome]:
    """Execute the runs through Papermill and write the front page; a failed run stops no other.

    Executed notebooks go to `build/runs/`, pages to `build/report/`. `jobs` run at once, as many
    as there are cores unless given; `kernels="ordinary"` starts each kernel anew. An `executor` of
    `concurrent.futures` or a Dask client has them done by its workers instead, as many at once as
    these take (`runs.remote.results`).
    """
    runs = plan(study, segments, languages, more)
    folder = study.folder.resolve()
    (folder / RUNS).mkdir(parents=True, exist_ok=True)
    outcomes = []
    with ExitStack() as stack:
        told = _Progress(runs, folder, stack, cells=executor is None)
        if executor is not None:
            done = results(executor, folder, runs, kernels)
        else:
            pool = stack.enter_context(ThreadPoolExecutor(jobs or os.cpu_count()))
            waiting = [pool.submit(execute, one, folder, kernels, told.cell) for one in runs]
            done = (future.result() for future in as_completed(waiting))
        for outcome in done:
            outcomes.append(outcome)
            told.run(outcome)
    outcomes.sort(key=lambda o: runs.index(o.run))
    failed = {o.run.segment or o.run.notebook.stem for o in outcomes if o.error}
    report = folder / "build" / "report"
    made = {path.name for path in report.glob("*.html")}
    for language in study.settings.languages:
        index(study, language, failed, made).save(report)
    return outcomes


class _Progress:
    """Bars for runs and their cells with the time left, and a log that names both."""

    def __init__(self, runs: list[Run], folder: Path, stack: ExitStack, *, cells: bool) -> None:
        total = sum(_cells(folder / one.notebook) for one in runs)
        bar = partial(tqdm, disable=None, dynamic_ncols=True)
        self._runs = stack.enter_context(bar(total=len(runs), unit="run", position=0))
        self._cells = stack.enter_context(
            bar(total=total, unit="cell", position=1, leave=False, disable=not cells or None)
        )
        self._log = stack.enter_context((folder / LOG).open("w", encoding="utf-8"))
        self._lock = threading.Lock()

    def cell(self, one: Run, cell: int, of: int) -> None:
        """Tell that a cell of a run begins."""
        with self._lock:
            self._cells.update()
            self._runs.set_postfix_str(f"{one.name} {cell}/{of}")
            self._write(f"{one.name}: cell {cell} of {of}")

    def run(self, outcome: Outcome) -> None:
        """Tell what became of a run."""
        with self._lock:
            self._runs.update()
            failed = f"failed in cell {outcome.cell}: {outcome.error}"
            done = f"done in {outcome.seconds:.2f} s"
            self._write(f"{outcome.run.name}: {failed if outcome.error else done}")

    def _write(self, line: str) -> None:
        self._log.write(visible(f"{time.strftime('%H:%M:%S')} {line}") + "\n")
        self._log.flush()


def _cells(notebook: Path) -> int:
    """Return how many cells a notebook has when it runs, with that of its parameters."""
    return len(json.loads(notebook.read_text(encoding="utf-8"))["cells"]) + 1
