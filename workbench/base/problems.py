"""What is wrong in a user's file, as a value: place, fault, remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FEW = 8
"""So many known words are listed where none is near; more would hide the fault."""


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
    close, few = nearest(word, known)
    if close:
        return f"Did you mean '{close}'?"
    return f"Known: {', '.join(few)}." if few else ""


def nearest(word: str, known: Iterable[str]) -> tuple[str, list[str]]:
    """Return the known word nearest to `word`, if one is near; else those known, if few."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return (close[0], []) if close else ("", words if len(words) <= FEW else [])
