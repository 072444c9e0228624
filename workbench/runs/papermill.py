"""One run through Papermill: what became of it, and an executed notebook that names no machine."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.runs.run import NOTEBOOKS, Outcome, Run

CELL_SECONDS = 300
WATCH = "__import__('workbench.runs.reads', fromlist=[''])"
"""Says who watches, in the kernel, without a name in the notebook's own."""
Tell = Callable[[Run, int, int], None]
"""Is told which cell of how many begins in a run."""


def execute(one: Run, study: Path, kernels: str = "", tell: Tell | None = None) -> Outcome:
    """Execute a run of the study in a folder; `kernels` may ask for ordinary ones.

    Nothing is raised for what happens in the notebook or to its kernel: that is the outcome.
    """
    with without_grammars():
        import papermill
    logging.getLogger("papermill").setLevel(logging.ERROR)  # it warns of types it cannot read

    at, heard = [0], [""]

    def count(cell: int, of: int) -> None:
        at[0] = cell
        if tell is not None:
            tell(one, cell, of)

    began = time.monotonic()
    try:
        papermill.execute_notebook(
            _literal(study / one.notebook),
            _literal(study / one.output),
            parameters=dict(one.parameters),
            engine_name="workbench",
            language="python",
            progress_bar=False,
            extra_arguments=["--log-level=ERROR"],
            execution_timeout=CELL_SECONDS,
            resources={"metadata": {"path": str(study / NOTEBOOKS)}},
            kernels=kernels,
            timeless=True,
            tell=count,
            before=f"{WATCH}.begin('..')",
            after=f"{WATCH}.told()",
            hear=heard.append,
        )
    except papermill.PapermillExecutionError as error:
        what = f"{error.ename}: {error.evalue} (see {one.output})"
    except Exception as error:
        what = f"{type(error).__name__}: {error} (see {one.output})"
    else:
        return Outcome(one, seconds=time.monotonic() - began, told=heard[-1])
    return Outcome(one, what, at[0], time.monotonic() - began)


def _literal(path: Path) -> str:
    """Return a path as Papermill takes it, which fills in what stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


@contextlib.contextmanager
def without_grammars() -> Iterator[None]:
    """Keep jsonschema from building grammars no notebook format uses: 0.7 s of each start."""
    blocked = "rfc3987_syntax" not in sys.modules
    if blocked:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if blocked:
            del sys.modules["rfc3987_syntax"]
