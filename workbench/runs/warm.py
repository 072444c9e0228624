"""A warm process: libraries imported and a study read once, and a fork of it for every kernel.

Run as a program it serves one socket, its standard input: each request asks for a kernel, says
with which arguments, environment and folder, and brings a line on which the kernel's end is told.
A kernel made here is IPython's own, and its class, sockets and threads are those of any other:
only what takes long and is alike for all of them was done before the fork. When the socket
closes, the kernels are killed and the process ends.
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
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication

import workbench
from workbench.base.languages import LANGUAGES, number, period, words
from workbench.loading import keep
from workbench.reports.charts.dress import Chart
from workbench.reports.numbers import numbers
from workbench.reports.pages import environment
from workbench.runs.code import installed, sources
from workbench.runs.kernels import HEADER, OUTDATED

STUDY = ".."
"""Where the study is as its notebooks see it."""
LIBRARIES = (
    "numpy", "pandas", "plotly.graph_objects", "plotly.io", "ipywidgets", "workbench.runs.reads",
)  # fmt: skip
HARMLESS = "jemalloc_bg_thd"
"""The one thread that may live: Arrow's allocator starts it again in a fork."""
STREAMS = (
    "control_stream", "debugpy_stream", "debug_shell_socket", "shell_stream", "control_thread",
    "shell_channel_thread", "iopub_thread", "iopub_socket", "stdin_socket",
)  # fmt: skip


class _Kernel(IPythonKernel):
    """IPython's kernel, which is made before the fork and given its sockets after it."""

    @classmethod
    def instance(cls, *args: Any, **traits: Any) -> _Kernel:
        """Return the one kernel; once it is there, with the streams given to it."""
        made = cls.initialized()
        kernel: _Kernel = super().instance(*args, **traits)
        if made:
            for name in STREAMS:
                setattr(kernel, name, traits[name])
            kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
            shell: Any = kernel.shell
            shell.displayhook.pub_socket = shell.display_pub.pub_socket = kernel.iopub_socket
        return kernel


class WarmApp(IPKernelApp):
    """IPython's kernel program in two halves: what is alike for all kernels, and the rest."""

    def prepare(self) -> None:
        """Make the kernel and its shell, so that libraries see where they are imported."""
        BaseIPythonApplication.initialize(self, ["-f", "none"])
        self.config.HistoryManager.enabled = False  # it would start a thread
        self.kernel = _Kernel.instance(
            parent=self,
            session=self.session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )

    def become(self, arguments: list[str]) -> None:
        """Be the kernel that was asked for, in a fork, until it is told to end."""
        self.parent_handle = os.getppid()
        self.session.pid = os.getpid()
        self.session.session = os.urandom(16).hex()
        self.kernel_class = _Kernel
        del self.config.HistoryManager["enabled"]
        self.initialize(arguments)
        shell: Any = self.shell
        shell.history_manager.end_session()
        shell.init_history()
        self.start()


class Warm:
    """The warm process at work: a socket to its client, and a line for each kernel."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.lines: dict[int, socket.socket] = {}
        self.code: dict[str, object] = {}
        self.app = WarmApp.instance()

    def heat(self) -> None:
        """Do once what every kernel would do: import the libraries, draw a first figure."""
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # grammars nobody uses
        self.app.prepare()
        for name in (*LIBRARIES, *workbench.modules()):
            importlib.import_module(name)
        for language in LANGUAGES:
            words(language)("unknown")
            period(["2010-03"], language)
            number(0.5, language)
        for name in environment().list_templates(["html"]):
            environment().get_template(name)
        Chart([{"type": "bar", "x": [1]}], {"template": "plotly_white"})._repr_mimebundle_()
        self.changed()
        self.rest()

    def rest(self) -> None:
        """Put what there is where Python does not search it for garbage, in no fork either."""
        gc.collect()
        gc.freeze()

    def changed(self) -> bool:
        """Tell whether the library, or what is installed beside it, is another by now."""
        before, self.code = self.code, {"": installed()}
        for file in sources():
            with contextlib.suppress(OSError):
                self.code[file] = os.stat(file).st_mtime_ns  # noqa: PTH116  # Path takes long
        return bool(before) and self.code != before

    def serve(self) -> None:
        """Answer until the client is gone."""
        ended, wake = os.pipe()
        os.set_blocking(ended, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.control, selectors.EVENT_READ)
            waiting.register(ended, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in waiting.select()}
                if ended in ready:
                    os.read(ended, 4096)
                    self.bury()
                if self.control in ready and not self.answer([ended, wake]):
                    return

    def bury(self) -> None:
        """Tell of every kernel that ended how it did."""
        while self.lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self.lines.pop(pid) as line:
                _tell(line, {"exit": os.waitstatus_to_exitcode(status)})

    def answer(self, private: Iterable[int]) -> bool:
        """Make the kernel asked for, or say why not; return whether the client is there."""
        head, files, _, _ = socket.recv_fds(self.control, HEADER, 3)
        if not head:
            return False
        request = json.loads(_exactly(self.control, int.from_bytes(head, "big")))
        line, *output = files
        with socket.socket(fileno=line) as answering:
            os.chdir(request["cwd"])
            if study := keep(STUDY):
                with contextlib.suppress(Exception):  # a notebook that asks is told
                    numbers(study)
                self.rest()
            if self.changed():
                _tell(answering, {"refused": OUTDATED})
            elif alive := _threads():
                _tell(answering, {"refused": f"threads live in the warm process: {alive}"})
            elif pid := os.fork():
                _tell(answering, {"pid": pid})
                self.lines[pid] = answering.dup()
            else:
                for own in (self.control, answering, *self.lines.values()):
                    own.close()
                for descriptor in private:
                    os.close(descriptor)
                _child(self.app, request, output)
        for descriptor in output:
            os.close(descriptor)
        return True

    def end(self) -> None:
        """Kill the kernels that are left."""
        for pid in self.lines:
            os.killpg(pid, signal.SIGKILL)


def _child(app: WarmApp, request: dict[str, Any], output: list[int]) -> None:
    """Be a kernel; never returns."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        for target, descriptor in zip((1, 2), output, strict=True):
            os.dup2(descriptor, target)
            os.close(descriptor)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        sys.argv[:] = request["argv"]
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        app.become(request["argv"][1:])
        code = 0
    finally:
        sys.stdout.flush()
        os._exit(code)


def _threads() -> str:
    """Return the threads beside this one that would be missed after a fork, by name."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        return ", ".join(t.name for t in threading.enumerate()[1:])
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir()]
    names.remove((tasks / str(os.getpid()) / "comm").read_text().strip())
    return ", ".join(sorted(set(names) - {HARMLESS}))


def _tell(line: socket.socket, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # whoever asked may not listen any more
        line.sendall(json.dumps(message).encode() + b"\n")


def _exactly(source: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (more := source.recv(size - len(found))):
        found += more
    return found


def main() -> None:
    """Serve the socket that is standard input."""
    if sys.path and Path(sys.path[0]).resolve() == Path.cwd():
        del sys.path[0]  # as ipykernel_launcher does
    warm = Warm(socket.socket(fileno=os.dup(0)))
    warm.heat()
    try:
        warm.serve()
    finally:
        warm.end()
        os.chdir(os.sep)  # the last study may be gone, and IPython asks where it is


if __name__ == "__main__":
    main()
