"""What changed since a round, and because of which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from workbench.base.languages import date, words
from workbench.care.model import FOLDERS, TABLES
from workbench.findings.results import Result
from workbench.practice.differences import Edit
from workbench.practice.measures import Measures, quantity
from workbench.practice.moved import Behind, How, Move, Moved, Other

FIRST = ("findings", "needs", "actions", "plans", "rules", "cards", "clock")
"""The parts told first; the others follow in the order of the care model."""
PARTS = (*FIRST, *(name for name in (*TABLES, *FOLDERS) if name not in FIRST))
SIGNS = {How.NEW: "+", How.GONE: "−", How.CHANGED: "~"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record of the care model.

    `behind` tells of the words of a finding. `because` names the findings below any other record
    whose words, people or grade changed too; None if it rests on no finding.
    """

    part: str
    id: str
    title: str
    how: How
    edits: tuple[Edit, ...] = ()
    behind: Behind | None = None
    because: tuple[str, ...] | None = None


@dataclass(frozen=True, repr=False)
class Changes(Result):
    """Everything that changed since a round; `unread` errors made something of it unreadable."""

    since: str
    documents: tuple[Moved, ...]
    others: tuple[Other, ...]
    codings: tuple[int, int]
    changes: tuple[Change, ...]
    measures: Measures
    unread: int

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.documents or self.others or self.changes or any(self.codings))

    @property
    def unheard(self) -> tuple[str, ...]:
        """Return the findings whose words changed though nothing that rests on them did."""
        heard = {name for c in self.changes for name in c.because or ()}
        moved = (c.id for c in self.changes if c.behind and not c.behind.stays)
        return tuple(name for name in moved if name not in heard)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each field or passage that changed: part, what, before, after, why."""
        say = words(self.language)
        keys = ("diff_part", "diff_how", "field_what", "diff_field", "diff_before", "diff_after")
        heads = [say(key) for key in (*keys, "diff_why")]
        return pd.DataFrame([r for c in self.changes for r in self._rows(c)], columns=heads)

    def _rows(self, change: Change) -> Iterator[tuple[str, ...]]:
        say = words(self.language)
        told = (say(f"register_{change.part}"), say(f"diff_{change.how}"))
        what, why = f"{change.id} {change.title}".strip(), self._because(change)
        rows = [(e.field, e.before, e.after, why) for e in change.edits]
        if behind := change.behind:
            rows += [(say(key), *pair, "") for key, pair in self._figures(behind)]
            for m in behind.moves:
                pair = ("", _quoted(m)) if m.how is How.NEW else (_quoted(m), "")
                rows.append((say("diff_words"), *pair, self._why(m)))
        yield from ((*told, what, *row) for row in rows or [("", "", "", why)])

    def _figures(self, behind: Behind) -> Iterator[tuple[str, tuple[str, str]]]:
        say = words(self.language)
        if behind.people[0] != behind.people[1]:
            yield "people", (str(len(behind.people[0])), str(len(behind.people[1])))
        if behind.grades[0] != behind.grades[1]:
            before, after = (say(f"grade_{g}") if g else "–" for g in behind.grades)
            yield "diff_grade", (before, after)

    def _why(self, move: Move) -> str:
        return words(self.language)(f"diff_{move.how}_{move.why}")

    def _because(self, change: Change) -> str:
        say = words(self.language)
        if change.because is None:
            return ""
        if not change.because:
            return say("diff_decision")
        return say("diff_because", findings=", ".join(change.because))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return it as text, line by line: the material, each part, what came of promises."""
        say = words(self.language)
        if not self:
            return (say("diff_nothing", since=self.since), *self._promises())
        found = [*self._notes(), *self._material()]
        for part, changes in groupby(self.changes, lambda c: c.part):
            found += ["", say(f"register_{part}")]
            found += [line for change in changes for line in self._told(change)]
        return (*found, *self._unchanged(), *self._promises())

    def _notes(self) -> Iterator[str]:
        if self.unread:
            yield words(self.language)("diff_unread", since=self.since, n=self.unread)

    def _material(self) -> Iterator[str]:
        say = words(self.language)
        gained, lost = self.codings
        yield say("diff_material", n=len(self.documents), gained=gained, lost=lost)
        for d in self.documents:
            turns = " ".join(f"[{n}]" for n in d.turns)
            what, day = say(f"diff_{d.how}"), date(d.document.date, self.language)
            yield f"  {SIGNS[d.how]} {d.document.id} ({day}): {what} {turns}".rstrip()
        for kind, found in groupby(self.others, lambda o: o.kind):
            yield f"  {say(f'diff_other_{kind}')}: " + ", ".join(
                f"{SIGNS[o.how]}{o.id}" for o in found
            )

    def _told(self, change: Change) -> Iterator[str]:
        say = words(self.language)
        mark = "" if change.how is How.CHANGED else f" ({say(f'diff_{change.how}')})"
        yield f"  {SIGNS[change.how]} {change.id} {change.title}{mark}"
        for e in change.edits:
            yield f"      {e.field}: {e.before or '–'} → {e.after or '–'}"
        if behind := change.behind:
            for key, (before, after) in self._figures(behind):
                yield f"      {say(key)}: {before} → {after}"
            for m in behind.moves:
                yield f"      {SIGNS[m.how]} {_quoted(m)} ({self._why(m)})"
        if because := self._because(change):
            yield f"      {because}"

    def _unchanged(self) -> Iterator[str]:
        say = words(self.language)
        parts = {c.part for c in self.changes}
        left = [say(f"register_{part}") for part in FIRST if part not in parts]
        if self.unheard:
            yield from ("", say("diff_unheard", findings=", ".join(self.unheard)))
        if left:
            yield from ("", say("diff_unchanged", parts=", ".join(left)))

    def _promises(self) -> Iterator[str]:
        say = words(self.language)
        measured = [(p, p.measured) for p in self.measures.rows if p.measured]
        if measured:
            yield from ("", say("diff_measures"))
        for p, m in measured:
            before, goal, now = (
                quantity(v, m, self.language) or "?" for v in (m.baseline, m.goal, m.value)
            )
            figures = say("diff_figures", before=before, now=now, goal=goal)
            yield f"  {p.of.id} {m.what.say(self.language)}: {figures} {say(f'gain_{p.gain}')}"


def _quoted(move: Move) -> str:
    citation, quote = move.words
    return f"{citation} ”{quote}”"
