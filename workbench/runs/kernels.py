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
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

ORDINARY = "ordinary"
CHOICE = "WORKBENCH_KERNELS"
LAUNCHER = "ipykernel_launcher"
ALONE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""Keeps libraries from starting threads before the fork, and the debugger from remarks."""
HEADER = 4
"""Bytes that tell how long a request is; the files that go with it go with these."""
ENDED, OUTDATED = "the warm process has ended", "code has changed since the warm process started"
OUTPUT = {"stdout": 1, "stderr": 2}
POLL, SOON = 0.002, 1.0
"""Seconds between two looks whether a kernel has ended, and in which a killed one has."""


class Refused(Exception):
    """The warm process makes no kernel, and says why."""


class WarmProcess:
    """The warm process of this one: started when first asked, and anew if it has ended.

    One that was started before a file of code changed makes no more kernels; those it made live.
    A process that is forked from this one starts its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: list[tuple[subprocess.Popen[bytes], socket.socket]] = []
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._leave)

    def _leave(self) -> None:
        """Leave the warm process to the process that this one was forked from."""
        self._lock = threading.Lock()
        for _, control in self._made:
            control.close()
        self._made.clear()

    def kernel(self, request: Mapping[str, object], output: Sequence[int]) -> WarmKernel:
        """Return the kernel asked for; raises `Refused` or `OSError` if there can be none."""
        before = max(1, len(self._made))
        try:
            return self._asked(request, output)
        except Refused as why:
            if str(why) not in (ENDED, OUTDATED):
                raise
        with self._lock:
            if len(self._made) == before:  # no other thread has met the same
                self._start()
        return self._asked(request, output)

    def _asked(self, request: Mapping[str, object], output: Sequence[int]) -> WarmKernel:
        body = json.dumps(request).encode()
        head = len(body).to_bytes(HEADER, "big")
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            if not self._made:
                self._start()
            _, control = self._made[-1]
            with contextlib.suppress(BrokenPipeError):  # then nobody answers, either
                socket.send_fds(control, [head], [theirs.fileno(), *output])
                control.sendall(body)
        return WarmKernel(ours)

    def start(self) -> None:
        """Start it, if there is none yet and kernels can come from one; it gets ready by itself."""
        with self._lock:
            if not self._made and _can_fork():
                self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "workbench.runs.warm"],
                stdin=theirs.fileno(),
                env={**os.environ, **ALONE},
            )
        self._made.append((process, ours))

    def close(self) -> None:
        """End the warm process, and every kernel that came from it."""
        for process, control in self._made:
            control.close()
            try:
                process.wait(SOON)
            except subprocess.TimeoutExpired:  # it is still getting ready
                process.kill()
                process.wait()
        self._made.clear()


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

    terminate = kill


WARM = WarmProcess()


class WarmProvisioner(LocalProvisioner):
    """Gives kernels of this very Python out of the warm process, and all others as ever."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel."""
        if not _can_be_warm(cmd, kwargs["env"]):
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "argv": cmd[cmd.index(LAUNCHER) :],
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "env": dict(kwargs["env"]),
        }
        try:
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


def _can_fork() -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin" and os.environ.get(CHOICE) != ORDINARY


def _can_be_warm(cmd: list[str], env: Mapping[str, str]) -> bool:
    def python(of: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in of.items() if name.startswith("PYTHON")}

    return (
        _can_fork()
        and env.get(CHOICE) != ORDINARY
        and cmd[:3] == [sys.executable, "-m", LAUNCHER]
        and python(env) == python(os.environ)
    )


def _descriptor(stream: Any, own: int, stack: ExitStack) -> int:
    """Return where a kernel writes: what `subprocess.Popen` would make of `stream`."""
    if stream is None or stream == subprocess.PIPE:
        return own
    if stream == subprocess.DEVNULL:
        return stack.enter_context(Path(os.devnull).open("wb")).fileno()
    return stream if isinstance(stream, int) else int(stream.fileno())
