"""What relationships say of their encounters beside what the service counted, never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from workbench.base.languages import number, words
from workbench.findings.encounters import Sum
from workbench.findings.results import Result
from workbench.findings.survey import one_of
from workbench.material.encounters import Encountered
from workbench.practice.structure import Total, done_in, latest, related
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Pair:
    """Encounters of a segment and a kind: as the relationships say, and as they were counted."""

    segment: str
    kind: str
    said: Total
    counted: Sum
    months: int


@dataclass(frozen=True, repr=False)
class Volumes(Result):
    """Two sources of one number side by side; they are of different customers, never mixed."""

    study: Study
    pairs: tuple[Pair, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each segment and kind of which both sources know a number."""
        say = words(self.language)
        keys = ("segment", "encounters_kind", "structure_said", "structure_counted",
                "structure_months")  # fmt: skip
        rows = [
            (
                self.study.segments[p.segment].label.say(self.language),
                self.study.codebook[p.kind].label.say(self.language),
                p.said.said(self.language),
                number(p.counted.value or 0, self.language),
                str(p.months),
            )
            for p in self.pairs
        ]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])


def volumes(study: Study, language: str = "fi", *, year: str = "", name: str = "") -> Volumes:
    """Set the volumes of relationships beside counted encounters of the same year, both known.

    A kind is the encounter's class in the codebook. Raises `NoSurvey` without counted encounters.
    """
    counted = one_of(study.encounters, "encounters", name)
    relationships = related(study)
    year = year or latest(relationships)
    said: dict[tuple[str, str], list[Fraction | None]] = {}
    for d in (d for r in relationships for d in done_in(r, study, year)):
        encounter = study.care.encounters.get(d.volume.encounter)
        segment = str(study.care.customers[d.relationship.customer].segment)
        if encounter is not None and encounter.facet in study.codebook:
            said.setdefault((segment, str(encounter.facet)), []).append(d.times)
    rows = [r for r in counted.rows if r.month.startswith(year)]
    every = (_pair(segment, kind, times, rows) for (segment, kind), times in said.items())
    pairs = [p for p in every if p.said.known and p.counted.value is not None]
    caption = words(language)("structure_beside", year=year)
    return Volumes(caption, language, study, tuple(pairs))


def _pair(
    segment: str, kind: str, times: Iterable[Fraction | None], rows: Iterable[Encountered]
) -> Pair:
    own = [r for r in rows if r.group.segment == segment and r.encounter == kind]
    counted = Sum.of(r.count for r in own)
    return Pair(segment, kind, Total.of(times), counted, len({r.month for r in own}))
