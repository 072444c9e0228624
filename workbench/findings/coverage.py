"""What nobody has been heard on yet: segment, side and code, and the next interview's questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from workbench.base.languages import words
from workbench.findings.counts import could_have_said, tally
from workbench.findings.crosstab import rows
from workbench.findings.results import Result
from workbench.material.informants import Informant, Side
from workbench.material.segments import Segment, SegmentLevel
from workbench.study import Study


class Row(NamedTuple):
    """A base segment seen from one side: who could have spoken, and who spoke of which code."""

    segment: str
    side: Side
    of: frozenset[str]
    people: dict[str, frozenset[str]]


@dataclass(frozen=True, repr=False)
class Coverage(Result):
    """Base segments by codes, from the customers' side and from that of those who serve them."""

    study: Study
    codes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each segment and side, cells as "3/5", "–" where nobody was heard."""
        say, book = words(self.language), self.study.codebook
        heads = [
            say("segment"),
            say("side"),
            *(book[c].label.say(self.language) for c in self.codes),
        ]
        rows = [
            [
                self._segment(row.segment),
                say(f"side_{row.side}"),
                *(f"{len(row.people[c])}/{len(row.of)}" if row.of else "–" for c in self.codes),
            ]
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=heads)

    @property
    def plan(self) -> Plan:
        """Return the empty cells as questions for the next interviews."""
        gaps = [
            Gap(row.segment, row.side, len(row.of), code, self._questions(code))
            for row in sorted(self.rows, key=lambda row: (bool(row.of), row.side))
            for code in self.codes
            if not row.people[code]
        ]
        say = words(self.language)
        cells = len(self.rows) * len(self.codes)
        caption = say("plan_caption", n=len(gaps), of=cells)
        return Plan(caption, self.language, self.study, tuple(gaps))

    def _segment(self, name: str) -> str:
        return self.study.segments[name].label.say(self.language)

    def _questions(self, code: str) -> tuple[str, ...]:
        book = self.study.codebook
        below = [c for c in book.tree(book[code].tree) if code in book.path(c.id)]
        asked = tuple(c.ask.say(self.language) for c in below if c.ask)
        label = book[code].label.say(self.language)
        return asked or (words(self.language)("plan_ask", label=label),)


class Gap(NamedTuple):
    """A code nobody of a segment, or nobody who serves it, has spoken of; `of` were interviewed."""

    segment: str
    side: Side
    of: int
    code: str
    questions: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Plan(Result):
    """Whom to interview next and what to ask: segments without anybody first."""

    study: Study
    gaps: tuple[Gap, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each gap: segment, side, how many were interviewed, code, questions."""
        say, study = words(self.language), self.study
        heads = ("segment", "side", "plan_interviewed", "code", "plan_questions")
        rows = [
            (
                study.segments[g.segment].label.say(self.language),
                say(f"side_{g.side}"),
                g.of,
                study.codebook[g.code].label.say(self.language),
                " ".join(g.questions),
            )
            for g in self.gaps
        ]
        return pd.DataFrame(rows, columns=[say(head) for head in heads])


def coverage(study: Study, language: str = "fi", *, tree: str = "laatutekijat") -> Coverage:
    """Say of which top codes of a tree somebody has been heard, by base segment and side.

    On the provider's side count the informants who share an attribute that the segment's rule
    names (the sector, say). Raises `Unknown` for a tree that is not there.
    """
    codes = rows(study, tree, top=True)
    could, found = could_have_said(study), tally(study)
    said = {code: frozenset(found[code].people) if code in found else frozenset() for code in codes}
    base = [s for s in study.segments if s.level is SegmentLevel.BASE]
    found_rows = []
    for side in Side:
        for segment in base:
            of = could & _people(study, segment, side)
            found_rows.append(
                Row(segment.id, side, of, {code: who & of for code, who in said.items()})
            )
    return Coverage(words(language)("coverage_caption"), language, study, codes, tuple(found_rows))


def _people(study: Study, segment: Segment, side: Side) -> frozenset[str]:
    if side is Side.CUSTOMER:
        return study.segments.people[segment.id]
    return frozenset(
        p.id for p in study.informants.values() if p.side is side and _serves(p, segment)
    )


def _serves(person: Informant, segment: Segment) -> bool:
    rule: Iterable[tuple[str, tuple[str, ...]]] = segment.rule.items()
    return any(set(values) & set(person.attributes.get(key, ())) for key, values in rule)
