"""A warm process: libraries imported and a study read once, and a fork of it for every kernel.

It serves one socket, its standard input: each request asks for a kernel, says with which command,
environment and folder, and brings a line on which the kernel's end is told. A kernel made here is
IPython's own, and its class, sockets and threads are those of any other: only what takes long and
is alike for all of them was done before the fork. When the socket closes, no more kernels are
made, and the process ends with the last of them.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import workbench
from workbench.runs.code import state
from workbench.runs.fork import Asked, become, prepare
from workbench.runs.kernels import HEADER, OUTDATED

STUDY = ".."
"""Where the study is as its notebooks see it."""
LIBRARIES = (
    "numpy", "pandas", "plotly.graph_objects", "plotly.io", "ipywidgets", "workbench.runs.reads",
)  # fmt: skip
LATE = ("pdb", "psutil", "sqlite3", "IPython.core.debugger", "IPython.extensions.storemagic")
"""What IPython imports only when a kernel starts or ends."""
HARMLESS = "jemalloc_bg_thd"
"""The one thread that may live: Arrow's allocator starts it again in a fork."""
MOMENT = 1.0
"""Seconds between two looks whether the process that started this one is there."""


class Warm:
    """The warm process at work: a socket to its client, and a line for each kernel."""

    def __init__(self, control: socket.socket, path: list[str], code: Mapping[str, object]) -> None:
        self.control, self.client = control, os.getppid()
        self.lines: dict[int, socket.socket] = {}
        self.path, self.code = path, code
        self.app, self.variables = prepare()
        self.settings = self.configured()
        with self.app.shell.builtin_trap:  # as in a cell: pandas asks where it is imported
            _heat()
        _rest()

    def configured(self) -> dict[str, float]:
        """Return the files that set up IPython, and when they were written."""
        files = (
            Path(folder, name)
            for folder in self.app.config_file_paths
            for name in ("ipython_config.py", *self.app.config_files)
        )
        return {str(file): file.stat().st_mtime for file in files if file.exists()}

    def serve(self) -> Asked | None:
        """Make kernels while there is somebody to ask; return, in a fork, which it is to be."""
        ended, wake = socket.socketpair()
        wake.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            with ended, wake, selectors.PollSelector() as waiting:  # a selector without a file
                waiting.register(self.control, selectors.EVENT_READ)
                waiting.register(ended, selectors.EVENT_READ)
                while self.wanted():
                    ready = {key.fileobj for key, _ in waiting.select(MOMENT)}
                    if ended in ready:
                        ended.recv(4096)
                        self.bury()
                    if self.control in ready:
                        asked = self.asked()
                        if asked is None:
                            waiting.unregister(self.control)
                            self.control.close()
                        elif self.fork(asked):
                            return asked
        finally:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.set_wakeup_fd(-1)
        return None

    def wanted(self) -> bool:
        """Tell whether somebody may ask, or has a kernel."""
        return os.getppid() == self.client and (self.control.fileno() >= 0 or bool(self.lines))

    def asked(self) -> Asked | None:
        """Read what is asked for; nothing is, if nobody asks any more."""
        head, files, _, _ = socket.recv_fds(self.control, HEADER, 3)
        body = _exactly(self.control, int.from_bytes(head, "big"))
        if not body:
            return None
        line, *output = files
        return Asked(**json.loads(body), line=socket.socket(fileno=line), output=output)

    def fork(self, asked: Asked) -> bool:
        """Make the kernel, or say why not; return whether this is the fork that is to be it."""
        pid = -1
        try:
            why = self.unfit(asked.cwd)
            if not why:
                pid = os.fork()
        except OSError as error:
            why = str(error)
        if not pid:
            for own in (self.control, *self.lines.values()):
                own.close()
            return True
        for descriptor in asked.output:
            os.close(descriptor)
        if why:
            _tell(asked.line, {"refused": why})
            asked.line.close()
        else:
            _tell(asked.line, {"pid": pid})
            self.lines[pid] = asked.line
        return False

    def unfit(self, folder: str) -> str:
        """Go to a folder, read its study, and return why no kernel can be made, if so."""
        if state(self.path) != self.code or self.configured() != self.settings:
            return OUTDATED
        os.chdir(folder)
        if names := ", ".join(_hiding()):
            return f"beside the notebook are files named as libraries are: {names}"
        with self.app.shell.builtin_trap, contextlib.suppress(Exception):  # a notebook is told
            _read()
        if names := ", ".join(_threads()):
            return f"threads live in the warm process: {names}"
        return ""

    def bury(self) -> None:
        """Tell of every kernel that ended how it did."""
        while self.lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            if pid in self.lines:
                with self.lines.pop(pid) as line:
                    _tell(line, {"exit": os.waitstatus_to_exitcode(status)})

    def end(self) -> None:
        """Kill the kernels that nobody wants."""
        for pid in self.lines:
            os.killpg(pid, signal.SIGKILL)


def _heat() -> None:
    """Do once what every kernel would do: import the libraries, draw a first figure."""
    from workbench.base.languages import LANGUAGES, number, period, words
    from workbench.reports.charts.dress import Chart
    from workbench.reports.pages import environment
    from workbench.runs.papermill import without_grammars

    with without_grammars():
        for name in (*LATE, *LIBRARIES, *workbench.modules()):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        Chart([{"type": "bar", "x": [1]}], {"template": "plotly_white"})._repr_mimebundle_()
    for language in LANGUAGES:
        words(language)("unknown")
        period(["2010-03"], language)
        number(0.5, language)
    for name in environment().list_templates(["html"]):
        environment().get_template(name)


def _read() -> None:
    """Read the study of this folder, unless that was done."""
    from workbench.loading import keep
    from workbench.reports.numbers import numbers

    if study := keep(STUDY):
        numbers(study)
        _rest()


def _rest() -> None:
    """Put what there is where Python does not search it for garbage, in no fork either."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _hiding() -> Iterator[str]:
    """Yield modules of this folder that a kernel would import where another is imported here."""
    here = Path.cwd()
    beside = {path.stem: path for path in here.glob("*.py")}
    beside |= {path.parent.name: path for path in here.glob("*/__init__.py")}
    for name, path in sorted(beside.items()):
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and Path(file).resolve() != path.resolve():
            yield path.name if path.parent == here else name


def _threads() -> list[str]:
    """Return the threads beside this one that would be missed after a fork, by name."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        return [thread.name for thread in threading.enumerate()[1:]]
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir()]
    names.remove((tasks / str(os.getpid()) / "comm").read_text().strip())
    return sorted(set(names) - {HARMLESS})


def _tell(line: socket.socket, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # whoever asked may not listen any more
        line.sendall(json.dumps(message).encode() + b"\n")


def _exactly(source: socket.socket, size: int) -> bytes:
    """Return so many bytes, or none if they do not come."""
    found = b""
    while len(found) < size and (more := source.recv(size - len(found))):
        found += more
    return found if len(found) == size else b""


def main(path: list[str], code: Mapping[str, object]) -> None:
    """Serve the socket that is standard input; the code as it was before it was imported."""
    warm = Warm(socket.socket(fileno=os.dup(0)), path, code)
    if asked := warm.serve():
        become(asked, warm.variables)
    warm.end()
