"""What is wrong in a user's file, as a value: place, fault, remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """How much a problem weighs: an error fails `workbench check`, a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one place of a user's file.

    `line` counts from 1; `hint` says what to do next and may be empty.
    """

    path: Path
    line: int
    message: str
    hint: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        mark = "" if self.level is Level.ERROR else f"{self.level}: "
        hint = f" {self.hint}" if self.hint else ""
        return visible(f"{self.path}:{self.line}: {mark}{self.message}{hint}")


class WorkbenchError(Exception):
    """Misuse of the library or of a command; never raised for what stands in a user's file."""


def visible(text: str) -> str:
    """Return `text` with control characters escaped, so that a file cannot steer a terminal."""
    return "".join(
        c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text
    )


def near_miss(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean '…'?" with the known word nearest to `word`, or what there is to choose.

    With no near word and at most eight known ones these are listed; else the answer is empty.
    """
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(words)}." if 0 < len(words) <= 8 else ""
