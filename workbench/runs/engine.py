"""A Papermill engine that runs notebooks in kernels from the warm process.

`papermill --engine workbench in.ipynb out.ipynb` (entry point `papermill.engine`) does what plain
Papermill does, and writes the same notebook; it waits for nothing that needs no waiting, and
saves a notebook once a second instead of twice a cell. A cell whose kernel died or that took too
long is marked as the one that failed.
"""

from __future__ import annotations

import ast
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.log import logger
from traitlets import Type

from workbench.runs.kernels import ORDINARY, POLL

WARM, INJECTED = "workbench-warm", "injected-parameters"
BETWEEN_SAVES, LOOK, AGAIN = 1.0, 0.1, 1.0
"""Seconds between two saves, two looks whether a kernel is alive, two questions if it listens."""
LONGEST = 100
"""Bytes that the path of a socket may have: a few less than any system allows."""


class PromptClient(AsyncKernelClient):
    """A client that is ready when its kernel has answered and its outputs arrive, no later."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers; raises `RuntimeError` if it ends or does not in time."""
        end = time.monotonic() + (timeout or float("inf"))
        for channel in (self.shell_channel, self.iopub_channel):
            self.kernel_info()
            asked = time.monotonic()
            while not await channel.socket.poll(LOOK * 1000):
                now = time.monotonic()
                if not await self._async_is_alive():
                    raise RuntimeError("Kernel died before it was ready")
                if now > end:
                    raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
                if now > asked + AGAIN:  # an older kernel tells nobody who listens too late
                    self.kernel_info()
                    asked = now

    wait_for_ready = _async_wait_for_ready


class PromptManager(AsyncKernelManager):
    """Starts a kernel on sockets of the file system, where there are such: no port is taken."""

    client_factory = Type(PromptClient, klass=AsyncKernelClient)
    _folder = ""

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        if os.name == "posix" and not self._folder:
            self._folder = tempfile.mkdtemp(prefix="kernel-")
            weakref.finalize(self, _remove, self._folder).atexit = False
            if len(os.fsencode(self._folder)) < LONGEST:
                self.transport, self.ip = "ipc", f"{self._folder}/k"
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = run_sync(_async_pre_start_kernel)

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = POLL, restart: bool = False
    ) -> None:
        await super()._async_finish_shutdown(waittime, pollinterval, restart)

    finish_shutdown = run_sync(_async_finish_shutdown)  # type: ignore[assignment]

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self._folder and not restart:
            _remove(self._folder)

    cleanup_resources = run_sync(_async_cleanup_resources)  # type: ignore[assignment]


def _remove(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)


class WarmManager(PromptManager):
    """Starts a kernel out of the warm process."""

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        if self.kernel_spec is not None:
            self.kernel_spec.metadata.setdefault("kernel_provisioner", {"provisioner_name": WARM})
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = run_sync(_async_pre_start_kernel)


class SparingManager(NotebookExecutionManager):  # type: ignore[misc]  # Papermill has no types
    """Papermill's record of a run, saved at the end and once a second in between.

    A `timeless` one names neither times nor folders, so that equal runs give equal notebooks.
    """

    def __init__(self, *args: Any, timeless: bool = False, tell: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timeless, self.tell, self.at = timeless, tell, 0
        self.due = False

    def save(self, **kwargs: Any) -> None:
        """Save the notebook if that was not done just now, or if the run is over."""
        since = (self.now() - self.last_save_time).total_seconds()
        self.due = self.end_time is None and since < BETWEEN_SAVES
        if not self.due:
            super().save(**kwargs)

    def notebook_start(self, **kwargs: Any) -> None:
        """Begin the record."""
        if self.timeless:
            told = self.nb.metadata.papermill
            for name in ("input_path", "output_path"):
                told[name] = Path(told[name]).name if told[name] else told[name]
            for cell in self.nb.cells:
                if INJECTED in cell.metadata.get("tags", []):
                    cell.id = INJECTED
        super().notebook_start(**kwargs)

    def cell_start(self, cell: Any, cell_index: int = 0, **kwargs: Any) -> None:
        """Note that a cell begins."""
        self.at = cell_index
        if self.tell is not None:
            self.tell(cell_index + 1, len(self.nb.cells))
        super().cell_start(cell, cell_index=cell_index, **kwargs)

    def notebook_complete(self, **kwargs: Any) -> None:
        """End the record."""
        super().notebook_complete(**kwargs)
        if self.timeless:
            for part in (self.nb, *self.nb.cells):
                for name in ("start_time", "end_time", "duration"):
                    part.metadata.papermill.pop(name, None)
            self.save()


class AskingClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, which saves what is due while a cell runs for long.

    It may have the kernel evaluate something before and after all cells; what came of the latter
    is `answer`, if it is a text.
    """

    def __init__(self, *args: Any, before: str = "", after: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.after, self.answer = before, after, ""

    def papermill_execute_cells(self) -> None:
        """Execute the cells."""
        self._ask(self.before)
        super().papermill_execute_cells()
        self.answer = self._ask(self.after)

    def _ask(self, expression: str) -> str:
        if not expression:
            return ""
        asked = {"answer": expression}
        sent = self.kc.execute("", silent=True, store_history=False, user_expressions=asked)
        reply = self.wait_for_reply(sent)["content"]
        data = reply.get("user_expressions", {}).get("answer", {}).get("data", {})
        return str(ast.literal_eval(data.get("text/plain", "''")) or "")

    async def _async_check_alive(self) -> None:
        """Once a second in a cell, see whether the kernel is alive."""
        await super()._async_check_alive()
        if self.nb_man.due:
            self.nb_man.save()


class WarmEngine(Engine):  # type: ignore[misc]
    """Papermill's own engine with kernels that are there at once and gone at once."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        *,
        input_path: str | None = None,  # noqa: ARG003  # Papermill tells it, no client takes it
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        kernels: str = "",
        timeless: bool = False,
        tell: Callable[[int, int], None] | None = None,
        hear: Callable[[str], None] | None = None,
        **options: Any,
    ) -> Any:
        """Run a notebook, as `papermill.engines.NBClientEngine` does; so are its options.

        `kernels="ordinary"` starts a kernel anew; `tell` is told which cell of how many begins,
        and `hear` hears what `after` gave (see `AskingClient`).
        """
        manager = SparingManager(
            nb, output_path, log_output, progress_bar, autosave_cell_every,
            timeless=timeless, tell=tell,
        )  # fmt: skip
        options = {
            "kernel_manager_class": PromptManager if kernels == ORDINARY else WarmManager,
            "record_timing": not timeless,
            **options,
            "startup_timeout": start_timeout,
        }
        if execution_timeout:
            options["timeout"] = execution_timeout
        manager.notebook_start()
        try:
            client = AskingClient(
                manager, kernel_name=kernel_name, log=logger, log_output=log_output, **options
            )
            client.execute()
            if hear is not None:
                hear(client.answer)
        except Exception:  # a kernel that died or was too slow: Papermill would call the cell done
            manager.cell_exception(manager.nb.cells[manager.at])
            raise
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb
