"""A kernel in two halves: what is alike for all kernels is made before a fork, the rest in it."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib.util
import multiprocessing.process
import os
import socket
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication

from workbench.runs.kernels import LAUNCHER

INIT = 1
"""A parent that IPython's kernel program does not watch."""
PATIENCE = 2.0
"""Seconds in which the answer to a request to end has been given."""


@dataclass(frozen=True)
class Asked:
    """A kernel that is asked for: its command, environment, folder, line home, and output."""

    command: list[str]
    env: Mapping[str, str]
    cwd: str
    line: socket.socket
    output: list[int]


def prepare() -> tuple[Any, dict[str, str]]:
    """Make IPython's kernel program, a kernel and its shell.

    Returns the program, and the variables that were set by it and what it imports.
    """
    before = dict(os.environ)
    app: Any = IPKernelApp.instance()
    BaseIPythonApplication.initialize(app, [])
    app.config.HistoryManager.enabled = False  # it would start a thread
    app.kernel = IPythonKernel.instance(
        parent=app,
        session=app.session,
        log=app.log,
        profile_dir=app.profile_dir,
        user_ns=app.user_ns,
    )
    app.shell = app.kernel.shell
    return app, {name: to for name, to in os.environ.items() if before.get(name) != to}


def become(asked: Asked, variables: Mapping[str, str]) -> NoReturn:
    """Be the kernel that is asked for, in a fork, until it is told to end.

    `variables` are those that the first half has set.
    """
    known = set(sys.modules)
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for own, given in enumerate((nothing, *asked.output)):
        os.dup2(given, own)
        os.close(given)
    os.environ.clear()
    os.environ.update({**asked.env, **variables})
    time.tzset()
    multiprocessing.process.ORIGINAL_DIR = str(Path.cwd())  # type: ignore[attr-defined]
    launcher = importlib.util.find_spec(LAUNCHER)
    arguments = asked.command[asked.command.index(LAUNCHER) + 1 :]
    sys.argv[:] = [str(launcher and launcher.origin), *arguments]
    sys.orig_argv[:] = asked.command
    sys.modules["numpy"].random.seed()
    IPKernelApp.clear_instance()
    app: Any = IPKernelApp.instance(kernel_class=_Joined, parent_handle=INIT)
    app.poller = _Line(asked.line)
    app.initialize(arguments)
    app.start()
    app.control_thread.join(PATIENCE)  # who closes its sockets while it answers waits long
    _leave(app.shell.user_ns, known)


class _Joined(IPythonKernel):
    """Stands for the kernel that was made before the fork, which gets what it lacks."""

    @classmethod
    def instance(cls, **given: Any) -> Any:
        """Return that kernel with the streams, settings, folder and history of this process."""
        kernel: Any = IPythonKernel.instance()
        shell, app = kernel.shell, given["parent"]
        for name in given.keys() - {"user_ns"}:  # to be filled below
            setattr(kernel, name, given[name])
        kernel.config = shell.config = app.config
        kernel.ident = str(uuid.uuid4())
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        kernel.debugger.session = app.session
        kernel.debugger.shell_socket = kernel.debug_shell_socket
        kernel.debugger.debugpy_client.debugpy_stream = kernel.debugpy_stream
        shell.profile_dir, shell.starting_dir = app.profile_dir, str(Path.cwd())
        for publisher in (shell.displayhook, shell.display_pub):
            publisher.session, publisher.pub_socket = app.session, kernel.iopub_socket
        shell.displayhook.topic = kernel._topic("execute_result")
        shell.configurables.remove(shell.history_manager)
        shell.init_history()
        shell.init_user_ns()
        if session := os.environ.get("JPY_SESSION_NAME"):
            shell.user_ns["__session__"] = session
        return kernel


class _Line(threading.Thread):
    """Ends a kernel when whoever asked for it has gone: then the line to it closes."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(daemon=True)
        self._to = line

    def run(self) -> None:
        """Wait for the end of the line."""
        with contextlib.suppress(OSError):
            self._to.recv(1)
        os._exit(1)


def _leave(user_ns: dict[str, Any], known: set[str]) -> NoReturn:
    """End as Python does, but leave the libraries standing: to take them down takes long.

    Threads are waited for, what was to be done at exit is done, and what the notebook and its own
    modules hold is let go, so that files are written out.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    own = [module for name, module in sys.modules.items() if name not in known]
    for space in (user_ns, *(getattr(module, "__dict__", {}) for module in own)):
        space.clear()
    gc.collect()
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    os._exit(0)
