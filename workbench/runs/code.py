"""The code behind a run: the library's own files, and what is installed beside them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import workbench

ROOT = Path(workbench.__path__[0])


def sources() -> Iterator[str]:
    """Yield the files of the library."""
    for place, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (os.path.join(place, name) for name in sorted(files))  # noqa: PTH118


def installed(path: Iterable[str] | None = None) -> list[str]:
    """Return Python's version and the distributions it can import, with theirs."""
    places = [place for place in map(Path, sys.path if path is None else path) if place.is_dir()]
    return [sys.version, *sorted({p.name for place in places for p in place.glob("*.dist-info")})]


def state(path: Iterable[str]) -> dict[str, object]:
    """Return what changes when the library does, or what is installed in the folders of `path`."""
    found: dict[str, object] = {"": installed(path)}
    for file in sources():
        with contextlib.suppress(OSError):
            found[file] = os.stat(file).st_mtime_ns  # noqa: PTH116  # Path takes long
    return found
