"""Encounters as the service counted them: how many and how many minutes, by segment and channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import number, period, words
from workbench.findings.results import Result
from workbench.findings.survey import one_of
from workbench.material.encounters import Encountered
from workbench.material.segments import SegmentLevel
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of what is known, or None if nothing is, and how many rows are unknown."""

    value: float | None = None
    unknown: int = 0

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Sum:
        """Return the sum of `values`; None among them stays unknown and is counted as such."""
        given = list(values)
        known = [value for value in given if value is not None]
        return cls(sum(known) if known else None, len(given) - len(known))


@dataclass(frozen=True, slots=True)
class Cell:
    """The encounters of one segment, channel and kind; a channel or kind of "" is all of them."""

    segment: str
    channel: str
    encounter: str
    count: Sum
    minutes: Sum

    @property
    def rows(self) -> int:
        """Return how many rows of the table have no number of encounters."""
        return self.count.unknown


@dataclass(frozen=True, repr=False)
class EncounterCounts(Result):
    """Encounters of a view: `cells` by base segment, channel and kind, each segment's sum last."""

    study: Study
    cells: tuple[Cell, ...]

    def said(self, total: Sum) -> str:
        """Return a sum as it is printed, with what is not known beside it."""
        say = words(self.language)
        if total.value is None:
            return say("unknown")
        known = number(round(total.value, 1), self.language)
        return f"{known} {say('encounters_unknown', n=total.unknown)}" if total.unknown else known

    def label(self, name: str, of_segment: bool = False) -> str:
        """Return the label of a segment, channel or kind; "" is all of them."""
        if not name:
            return words(self.language)("encounters_all")
        labelled = self.study.segments if of_segment else self.study.codebook
        return labelled[name].label.say(self.language) if name in labelled else name

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each segment, channel and kind: encounters and minutes of work."""
        say = words(self.language)
        keys = ("segment", "encounters_channel", "encounters_kind", "encounters_count",
                "encounters_minutes")  # fmt: skip
        rows = [
            (
                self.label(c.segment, of_segment=True),
                self.label(c.channel),
                self.label(c.encounter),
                self.said(c.count),
                self.said(c.minutes),
            )
            for c in self.cells
        ]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])


def encounters(study: Study, language: str = "fi", *, name: str = "") -> EncounterCounts:
    """Count the encounters of a view by segment, channel and kind of encounter.

    Each base segment's cells are followed by its sum, and all by the sum of the view, which is
    that of its base segments. Minutes or counts that nobody knows stay unknown. Raises `NoSurvey`.
    """
    found = one_of(study.encounters, "encounters", name)
    base = [s.id for s in study.segments if s.level is SegmentLevel.BASE]
    cells: list[Cell] = []
    for segment in (*base, ""):
        rows = [r for r in found.rows if r.group.segment == segment]
        pairs = dict.fromkeys((r.channel, r.encounter) for r in rows)
        order = {c.id: n for n, c in enumerate(study.codebook)}
        for channel, kind in sorted(pairs, key=lambda p: [order.get(x, len(order)) for x in p]):
            own = [r for r in rows if (r.channel, r.encounter) == (channel, kind)]
            cells.append(_cell(segment, channel, kind, own))
        if rows and segment:
            cells.append(_cell(segment, "", "", rows))
    cells.append(_cell(study.segment, "", "", found.rows))
    say = words(language)
    months = [r.month for r in found.rows if r.month]
    caption = say("encounters_caption", title=found.form.title.say(language),
                  period=period(months, language))  # fmt: skip
    if any(r.count is None or r.minutes is None for r in found.rows):
        caption = f"{caption} {say('encounters_null')}"
    return EncounterCounts(caption, language, study, tuple(cells))


def _cell(segment: str, channel: str, kind: str, rows: Iterable[Encountered]) -> Cell:
    own = list(rows)
    return Cell(
        segment, channel, kind, Sum.of(r.count for r in own), Sum.of(r.minutes for r in own)
    )
