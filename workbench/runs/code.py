"""The code behind a run: the library's own files, and what is installed beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import workbench

ROOT = Path(workbench.__path__[0])


def sources() -> Iterator[str]:
    """Yield the files of the library."""
    for place, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (os.path.join(place, name) for name in sorted(files))  # noqa: PTH118


def installed() -> list[str]:
    """Return Python's version and the distributions it can import, with theirs."""
    places = [place for place in map(Path, sys.path) if place.is_dir()]
    return [sys.version, *sorted({p.name for place in places for p in place.glob("*.dist-info")})]
