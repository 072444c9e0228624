"""Deliberate faults in the example study's care model, a file a part of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One edit of a file under parameters/, and what `workbench check` must say of it.

    `old` becomes `new` (once; it must stand there; all of the file if `old` is empty). The problem
    is told on a line that holds `at`, its message holds `said`, and it has a remedy.
    """

    file: str
    old: str
    new: str
    at: str
    said: str
