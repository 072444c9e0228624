"""A change of the codebook before it is done: edits of files, and what becomes of each coding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.base.edits import JOURNAL, Edit, diff, finish, write_all
from workbench.base.problems import WorkbenchError, visible
from workbench.coding.codings import Coding
from workbench.coding.history import Entry
from workbench.loading import load
from workbench.study import Study

SHOWN = 60


class CannotChange(WorkbenchError):
    """A change asks for what cannot be; nothing was written."""


class FateKind(StrEnum):
    """What becomes of a coding: nothing, another code, one with another coding, to be decided."""

    KEPT = "kept"
    CONFIRMED = "confirmed"
    RECODED = "recoded"
    TOGETHER = "fallen together"
    OPEN = "to be decided"


@dataclass(frozen=True, slots=True)
class Fate:
    """One coding before and after a change; codings fallen together have the same one after."""

    before: Coding
    after: Coding
    kind: FateKind

    def __str__(self) -> str:
        c, p = self.before, self.before.passage
        quote = p.quote if len(p.quote) <= SHOWN else f"{p.quote[: SHOWN - 1]}…"
        was, now = (self._shown(x) for x in (self.before, self.after))
        became = f"{was} → {now}" if was != now else was
        where = f"{c.document}.{c.coder} [{p.turn}] {p.start}–{p.end}"
        return visible(f"{where} '{quote}': {became} ({self.kind})")

    def _shown(self, coding: Coding) -> str:
        """Return the code, with the facets if they change."""
        changed = self.before.facets != self.after.facets
        return " ".join([coding.code, *(sorted(coding.facets) if changed else [])])


@dataclass(frozen=True)
class Change:
    """A change that is planned and not done: look at it (`print`), then `apply` it.

    `fates` are the codings of the codes concerned, one by one; `untouched` counts all others.
    `counts` are the codings under each code whose number changes, before and after.
    """

    folder: Path
    entries: tuple[Entry, ...]
    edits: tuple[Edit, ...]
    fates: tuple[Fate, ...] = ()
    untouched: int = 0
    counts: tuple[tuple[str, int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.diff}\n{self.account}"

    @property
    def diff(self) -> str:
        """Return the edits of all files as one unified diff."""
        return diff(self.edits, self.folder)

    @property
    def account(self) -> str:
        """Return what becomes of the codings, one by one, and the numbers that change."""
        lines = [" ".join((e.verb, e.code, "→" * bool(e.to), *e.to)).rstrip() for e in self.entries]
        lines += [f"  {fate}" for fate in self.fates if fate.kind is not FateKind.KEPT]
        found = Counter(fate.kind for fate in self.fates)
        parts = [f"{found[kind]} {kind}" for kind in FateKind]
        lines.append(f"{', '.join(parts)}, {self.untouched} untouched.")
        lines += [f"  under {code}: {old} → {new}" for code, old, new in self.counts]
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)]) + "\n"


def apply(change: Change) -> Study:
    """Write all files of a change or none, and return the study as it is now.

    Raises `NothingWritten` if a file has changed since the change was planned.
    """
    write_all(change.edits, change.folder / "parameters" / JOURNAL)
    return load(change.folder)


def resume(folder: str | Path) -> list[Path]:
    """Finish a change that was interrupted; return the files somebody has changed since."""
    return finish(Path(folder) / "parameters" / JOURNAL)
