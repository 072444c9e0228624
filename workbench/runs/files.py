"""What files a run read and wrote beside its study, and whether it reached beyond files."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from workbench.runs.code import ROOT

LISTED = ("os.listdir", "os.scandir")
BEYOND = (
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn",
    "socket.connect", "socket.sendto", "subprocess.Popen", "urllib.Request",
)  # fmt: skip
"""What a run may do whose outcome no file tells."""
PAST_PYTHON = ("duckdb", "polars", "pyarrow.csv", "pyarrow.dataset", "pyarrow.parquet", "sqlite3")
"""Modules that read files without Python, so that it is not seen which."""
_NO_FILES = ("/dev/", "/proc/", "/sys/")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Files:
    """Notes files that are opened, from the moment it is made; nothing of Python's own counts."""

    def __init__(self, study: Path) -> None:
        self.off = 0
        self.read: set[str] = set()
        self.wrote: set[str] = set()
        self.beyond: set[str] = set()
        self._before = set(sys.modules)
        kept = study / "build" / "words"
        own = (*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(ROOT), str(kept))
        self._own = tuple({os.path.realpath(place) + os.sep for place in own})
        sys.addaudithook(self._heard)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Note nothing."""
        self.off += 1
        try:
            yield
        finally:
            self.off -= 1

    def _heard(self, event: str, told: tuple[Any, ...]) -> None:
        if self.off:
            return
        if event == "open":
            path, mode, flags = told
            writes = bool(set(mode) & set("wax+")) if mode else bool(flags & _WRITES)
            if isinstance(path, int) or Path(os.fsdecode(path)).is_dir():
                return
            self._note(path, self.wrote if writes else self.read)
        elif event in LISTED:
            self._note("." if told[0] is None else told[0], self.read)
        elif event == "os.rename":
            self._note(told[1], self.wrote)
        elif event in BEYOND:
            self.beyond.add(event)

    def _note(self, path: Any, found: set[str]) -> None:
        if isinstance(path, int):
            return
        name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # a link is another name
        if name.endswith(".pyc"):
            with contextlib.suppress(ValueError):
                name = source_from_cache(name)
        own = f"{os.path.realpath(name)}/".startswith((*self._own, *_NO_FILES))
        if not own and (found is self.wrote or name not in self.wrote):
            found.add(name)

    def reached(self) -> list[str]:
        """Return by what the run went beyond files that can be seen."""
        new = set(sys.modules) - self._before
        changed = {"a file that is read and written"} if self.read & self.wrote else set()
        return sorted(self.beyond | changed | new.intersection(PAST_PYTHON))


def content(path: str) -> str:
    """Return a digest of a file or of what a folder lists, or nothing where there is neither."""
    found = hashlib.blake2b(digest_size=10)
    try:
        if Path(path).is_dir():
            found.update("\0".join(sorted(os.listdir(path))).encode())  # noqa: PTH208
        else:
            found.update(Path(path).read_bytes())
    except OSError:
        return ""
    return found.hexdigest()
