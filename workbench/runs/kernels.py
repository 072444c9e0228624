"""Kernels from a warm process, or ordinary ones where that cannot be: nobody needs to ask which.

`WarmProvisioner` is what Jupyter asks for a kernel (entry point `workbench-warm` of
`jupyter_client.kernel_provisioners`): with it Papermill, nbval, Voila and JupyterLab start kernels
as always and get them at once. `JUPYTER_DEFAULT_PROVISIONER_NAME=workbench-warm` turns it on for
any of them, `WORKBENCH_KERNELS=ordinary` off again.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

ORDINARY = "ordinary"
CHOICE = "WORKBENCH_KERNELS"
LAUNCHER = "ipykernel_launcher"
PROGRAM = """\
import sys
sys.path[:] = filter(None, sys.path)  # what lies in this folder is no library
from workbench.runs.code import state
path = [*sys.path]
code = state(path)
from workbench.runs.warm import main
main(path, code)
"""
ALONE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""Keeps libraries from starting threads before the fork, and the debugger from remarks."""
OWN = ("JPY_", "PYTEST_", "VOILA_", "HTTP_", "SERVER_", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
"""How variables begin that differ from kernel to kernel, and that no library reads as it starts."""
TAKEN = ("--log-level=", "--HistoryManager.")
"""Options that do not change what was made before the fork."""
KNOWN = {"cwd", "env", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments"}
"""What a kernel's starter may say of it; whatever else is for `subprocess.Popen`."""
HEADER = 4
"""Bytes that tell how long a request is; the files that go with it go with these."""
ENDED, OUTDATED = "the warm process has ended", "code has changed since the warm process started"
OUTPUT = {"stdout": 1, "stderr": 2}
POLL, SOON = 0.002, 1.0
"""Seconds between two looks whether a kernel has ended, and in which a killed one has."""


class Refused(Exception):
    """The warm process makes no kernel, and says why."""


@dataclass(frozen=True, eq=False)
class _Started:
    """A warm process, the socket to it, and the variables it was started with."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    settings: Mapping[str, str]


class WarmProcess:
    """The warm process of this one: started when first asked, and anew where it must be.

    One that was started before a file of code or a variable changed makes no more kernels; those
    it made live, and it ends with the last of them.
    """

    def __init__(self) -> None:
        self._forget()
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """Know of no warm process: a fork of this one has none."""
        self._lock = threading.Lock()
        self._now: _Started | None = None
        self._before: list[subprocess.Popen[bytes]] = []

    def kernel(self, request: Mapping[str, object], output: Sequence[int]) -> WarmKernel:
        """Return the kernel asked for; raises `Refused` or `OSError` if there can be none."""
        started = self._process()
        try:
            return self._asked(started, request, output)
        except Refused as why:
            if str(why) not in (ENDED, OUTDATED):
                raise
        return self._asked(self._process(other=started), request, output)

    def start(self) -> None:
        """Start it, where kernels can come from it, so that it is ready when they are asked for."""
        if _can_fork(os.environ):
            self._process()

    def _process(self, other: _Started | None = None) -> _Started:
        """Return the warm process, which is a new one if it is not to be the `other` one."""
        with self._lock:
            now = settings(os.environ)
            if self._now is None or self._now is other or self._now.settings != now:
                self._retire()
                ours, theirs = socket.socketpair()
                with theirs:
                    process = subprocess.Popen(  # noqa: S603  # our own program
                        [sys.executable, "-c", PROGRAM],
                        stdin=theirs.fileno(),
                        env={**os.environ, **ALONE},
                        start_new_session=True,  # what interrupts this process is not for kernels
                    )
                self._now = _Started(process, ours, now)
            return self._now

    def _retire(self) -> None:
        """Tell the warm process that no more kernels are asked for."""
        self._before = [process for process in self._before if process.poll() is None]
        if self._now is not None:
            self._now.control.close()
            self._before.append(self._now.process)
            self._now = None

    def _asked(
        self, started: _Started, request: Mapping[str, object], output: Sequence[int]
    ) -> WarmKernel:
        body = json.dumps(request).encode()
        head = len(body).to_bytes(HEADER, "big")
        ours, theirs = socket.socketpair()
        with self._lock, theirs, contextlib.suppress(BrokenPipeError):  # then nobody answers
            if started.control.fileno() >= 0:
                socket.send_fds(started.control, [head], [theirs.fileno(), *output])
                started.control.sendall(body)
        return WarmKernel(ours)

    def close(self) -> None:
        """End the warm process, and every kernel that came from it."""
        with self._lock:
            self._retire()
            for process in self._before:
                process.terminate()
                process.wait()
            self._before.clear()


class WarmKernel:
    """A kernel that is nobody's child here: what `subprocess.Popen` is to an ordinary one."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket) -> None:
        self._line, self._told = line, b""
        self.returncode: int | None = None
        answer = self._answer() or {}
        if "pid" not in answer:
            line.close()
            raise Refused(answer.get("refused", ENDED))
        self.pid: int = answer["pid"]

    def _answer(self, wait: bool = True) -> dict[str, Any] | None:
        """Return the next thing told of the kernel; nothing is told any more: an empty one."""
        self._line.setblocking(wait)
        while b"\n" not in self._told:
            try:
                more = self._line.recv(1024)
            except BlockingIOError:
                return None
            except OSError:
                more = b""
            if not more:
                return {}
            self._told += more
        line, _, self._told = self._told.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def poll(self, wait: bool = False) -> int | None:
        """Return how the kernel ended, or nothing while it lives."""
        if self.returncode is None and (end := self._answer(wait)) is not None:
            self.returncode = end.get("exit", -signal.SIGKILL)
            self._line.close()
        return self.returncode

    def wait(self) -> int | None:
        """Wait for the end of the kernel and return how it ended."""
        return self.poll(wait=True)

    def send_signal(self, number: int) -> None:
        """Send the kernel a signal unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


WARM = WarmProcess()


class WarmProvisioner(LocalProvisioner):
    """Gives kernels of this very Python out of the warm process, and all others as ever."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel."""
        if not _ours(cmd, kwargs["env"]):
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "command": cmd,
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "env": {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())},
        }
        try:
            _check(cmd, kwargs)
            with ExitStack() as stack:
                output = [_descriptor(kwargs.get(n), own, stack) for n, own in OUTPUT.items()]
                kernel = await asyncio.to_thread(WARM.kernel, request, output)
        except (Refused, OSError) as why:
            self.log.warning("This kernel is an ordinary one: %s", why)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]
        self.pid = self.pgid = kernel.pid
        self.cwd = request["cwd"]
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and see its end at once: who asks later whether it lives waits long."""
        await super().kill(restart)
        for _ in range(round(SOON / POLL)):
            if await self.poll() is not None:
                return
            await asyncio.sleep(POLL)


def settings(env: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that Python or a library may read when it starts."""
    return {name: value for name, value in env.items() if not name.startswith(OWN)}


def _can_fork(env: Mapping[str, str]) -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin" and env.get(CHOICE) != ORDINARY


def _ours(cmd: list[str], env: Mapping[str, str]) -> bool:
    """Tell whether this is a kernel of this very Python, where there are forks to be had."""
    return _can_fork(env) and cmd[:4] == [sys.executable, "-m", LAUNCHER, "-f"]


def _check(cmd: list[str], more: Mapping[str, Any]) -> None:
    """Raise `Refused` if a kernel is to be other than those out of the warm process."""
    wanted, ours = settings(more["env"]), settings(os.environ)
    path = wanted.get("PYTHONPATH")
    if names := sorted(n for n in wanted.keys() | ours.keys() if wanted.get(n) != ours.get(n)):
        raise Refused(f"it is to have its own {', '.join(names)}")
    if path and not all(map(os.path.isabs, path.split(os.pathsep))):
        raise Refused("PYTHONPATH holds a folder without its full path")
    if strange := [option for option in cmd[5:] if not option.startswith(TAKEN)]:
        raise Refused(f"it is started with {' '.join(strange)}")
    if names := sorted(more.keys() - KNOWN):
        raise Refused(f"its starter chooses {', '.join(names)}")


def _descriptor(stream: Any, own: int, stack: ExitStack) -> int:
    """Return where a kernel writes: what `subprocess.Popen` would make of `stream`."""
    if stream is None:
        return own
    if stream == subprocess.DEVNULL:
        return stack.enter_context(Path(os.devnull).open("wb")).fileno()
    if isinstance(stream, int) and stream < 0:
        raise Refused("its starter reads what it writes")
    return stream if isinstance(stream, int) else int(stream.fileno())
