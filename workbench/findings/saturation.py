"""New codes interview by interview, and where new information fell to a threshold: no verdict.

Guest, Namey & Chen 2020, A simple method to assess and report thematic saturation in qualitative
research, PLoS ONE 15(5), doi 10.1371/journal.pone.0232076: the codes of the first `base` interviews
are the ground, and at each later interview the codes that were new in the last `run` of them are
divided by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.languages import number, order, words
from workbench.base.problems import WorkbenchError
from workbench.findings.counts import voices
from workbench.findings.presence import Flags, documents_by_code
from workbench.findings.results import Result
from workbench.material.documents import Document, Kind
from workbench.study import Study

Ints = NDArray[np.int64]
UNITS = ("interview", "document")
BAND = (5, 95)
"""Between which percentiles of the drawn orders the band lies."""


class BadRule(WorkbenchError):
    """A rule of saturation that means nothing."""

    def __init__(self, base: int, run: int, threshold: float, permutations: int) -> None:
        super().__init__(
            f"Saturation with base {base}, run {run}, threshold {threshold} and {permutations} "
            "permutations means nothing. Give base and run of 1 or more, a threshold from 0 up to "
            "1 (0.05, say) and 0 or more permutations."
        )


class UnknownUnit(WorkbenchError):
    """Saturation was asked by something else than interviews or documents."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"Saturation is counted by {' or '.join(UNITS)}, not by '{by}'. For customer segments "
            "use saturation_by_segment(study)."
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """When one says that little new came: base size, run length, new-information threshold.

    Raises `BadRule` for numbers that mean nothing.
    """

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    permutations: int = 500
    seed: int = 1

    def __post_init__(self) -> None:
        whole = self.base >= 1 and self.run >= 1 and self.permutations >= 0
        if not (whole and 0 <= self.threshold < 1):
            raise BadRule(self.base, self.run, self.threshold, self.permutations)

    @property
    def least(self) -> int:
        """Return how many interviews there must be before anything can be said."""
        return self.base + self.run

    def ratios(self, total: Ints) -> NDArray[np.float64]:
        """Return new information at each place of cumulative codes, along the last axis.

        It is not a number (`nan`) where there are fewer than base and run, or the base has no code.
        """
        shares = np.full(total.shape, np.nan)
        ground = total[..., self.base - 1 : self.base].astype(float)
        fresh = total[..., self.least - 1 :] - total[..., self.base - 1 : -self.run]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares[..., self.least - 1 :] = np.where(ground > 0, fresh / ground, np.nan)
        return shares

    def under(self, total: Ints) -> Flags:
        """Tell at each place whether new information is at the threshold or below it."""
        told: Flags = self.ratios(total) <= self.threshold + 1e-12
        return told


@dataclass(frozen=True, slots=True)
class Curve:
    """Codes along one order of interviews, and along drawn orders of the same interviews.

    `total` counts the codes so far, `under` tells where new information is within the threshold.
    `low`, `high` bound the middle of the drawn orders, and `passed` counts those orders in which
    the threshold had been passed by then; these three are empty where nothing was drawn.
    """

    rule: Rule
    codes: Ints
    total: Ints
    ratios: NDArray[np.float64]
    under: Flags
    low: Ints
    high: Ints
    passed: Ints

    @classmethod
    def of(cls, cells: Flags, rule: Rule) -> Curve:
        """Count along the rows of `cells` (interviews × codes)."""
        n = len(cells)
        total = _cumulative(cells, np.arange(n)[None, :])[0] if n else np.empty(0, np.int64)
        none = np.empty(0, np.int64)
        codes = cells.sum(axis=1)
        if n < rule.least:
            return cls(rule, codes, total, np.full(n, np.nan), np.zeros(n, bool), none, none, none)
        low = high = passed = none
        if rule.permutations:
            rows = np.tile(np.arange(n), (rule.permutations, 1))
            drawn = _cumulative(cells, np.random.default_rng(rule.seed).permuted(rows, axis=1))
            low, high = np.percentile(drawn, BAND, axis=0, method="inverted_cdf").astype(np.int64)
            passed = np.logical_or.accumulate(rule.under(drawn), axis=1).sum(axis=0)
        return cls(rule, codes, total, rule.ratios(total), rule.under(total), low, high, passed)

    @property
    def new(self) -> Ints:
        """Return the codes nobody had before, at each place."""
        return np.diff(self.total, prepend=0)

    @property
    def judged(self) -> bool:
        """Tell whether there are enough interviews, and codes in the first of them, to judge."""
        return bool(np.isfinite(self.ratios).any())

    @property
    def first(self) -> int | None:
        """Return the place, from 0, at which the threshold was first passed."""
        return int(self.under.argmax()) if self.under.any() else None

    @property
    def left(self) -> list[int]:
        """Return the places after the first passing where new information rose above it again."""
        above = np.isfinite(self.ratios) & ~self.under
        return (
            [] if self.first is None else [int(n) for n in np.flatnonzero(above) if n > self.first]
        )

    def fraction(self, at: int) -> str:
        """Return what was new in the run up to a place, of the codes of the base: "5/43"."""
        if not np.isfinite(self.ratios[at]):
            return ""
        base = self.total[self.rule.base - 1]
        return f"{self.total[at] - self.total[at - self.rule.run]}/{base}"


def _cumulative(cells: Flags, position: Ints) -> Ints:
    """Return codes so far, orders × places; `position` is where each row stands in each order."""
    orders, n = position.shape
    new = np.zeros((orders, n), np.int64)
    rows = np.arange(orders)
    for code in cells.T:
        if code.any():
            new[rows, position[:, code].min(axis=1)] += 1
    return new.cumsum(axis=1)


@dataclass(frozen=True, repr=False)
class Saturation(Result):
    """New codes in the order of dates; `documents` are those of the curve's places."""

    documents: tuple[Document, ...]
    curve: Curve

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each interview: codes, new ones, so far; band, ratio, orders."""
        say, c = words(self.language), self.curve
        keys = ("place", "codes", "new", "total", "band", "ratio", "within", "orders")
        place, *others = (say(f"saturation_{key}") for key in keys)
        heads = [place, say("document"), say("date"), *others]
        return pd.DataFrame([self._row(n, c) for n in range(len(c.codes))], columns=heads)

    def _row(self, n: int, c: Curve) -> list[object]:
        document, drawn = self.documents[n], len(c.passed) > 0
        return [
            n + 1, document.id, document.date, c.codes[n], c.new[n], c.total[n],
            f"{c.low[n]}–{c.high[n]}" if drawn else "–",
            _ratio(c, n, self.language),
            f"≤ {number(c.rule.threshold, self.language)}" if c.under[n] else "",
            f"{c.passed[n]}/{c.rule.permutations}" if drawn else "–",
        ]  # fmt: skip


def _ratio(curve: Curve, at: int, language: str) -> str:
    fraction = curve.fraction(at)
    share = number(round(float(curve.ratios[at]), 2), language) if fraction else ""
    return f"{fraction} ({share})" if fraction else "–"


def saturation(
    study: Study,
    language: str = "fi",
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    permutations: int = 500,
    seed: int = 1,
    tree: str = "",
    by: str = "interview",
) -> Saturation:
    """Count new codes interview by interview, and say where new information fell to a threshold.

    The order is that of dates, then ids; `by="document"` takes observations too. What nobody has
    coded yet stays out. With fewer than `base + run` interviews the curve comes without a
    judgement, and the caption says so. Drawn orders show what hangs on the order of interviews;
    they say nothing about interviews that were never made. Codes count as they were given, those
    of one `tree` if it is named. Raises `BadRule`, `UnknownUnit`, and `Unknown` for a tree.
    """
    rule = Rule(base, run, threshold, permutations, seed)
    if by not in UNITS:
        raise UnknownUnit(by)
    documents, uncoded = _in_time(study, by)
    cells = documents_by_code(study, (d.id for d in documents), tree=tree).cells
    curve = Curve.of(cells, rule)
    caption = " ".join(_told(documents, uncoded, curve, language, by))
    return Saturation(caption, language, documents, curve)


def _in_time(study: Study, by: str) -> tuple[tuple[Document, ...], int]:
    """Return the coded documents by date, then id, and how many are not coded."""
    kinds = (Kind.INTERVIEW,) if by == "interview" else tuple(Kind)
    wanted = [d for d in study.documents.values() if d.kind in kinds]
    coded = voices(study)
    kept = sorted((d for d in wanted if d.id in coded), key=lambda d: (d.date, order(d.id)))
    return tuple(kept), len(wanted) - len(kept)


def _told(
    documents: tuple[Document, ...], uncoded: int, curve: Curve, language: str, by: str
) -> Iterable[str]:
    say, rule, n = words(language), curve.rule, len(documents)
    threshold = number(rule.threshold, language)
    codes = int(curve.total[-1]) if n else 0
    yield say(f"saturation_by_{by}", n=n, codes=codes)
    if uncoded:
        yield say("saturation_uncoded", n=uncoded)
    if n < rule.least:
        yield say("saturation_few", n=n, least=rule.least, base=rule.base, run=rule.run)
        return
    yield say("saturation_method", base=rule.base, run=rule.run, threshold=threshold)
    if not curve.judged:
        yield say("saturation_no_base", base=rule.base)
        return
    if curve.first is None:
        yield say("saturation_never", threshold=threshold)
    else:
        place = _places(documents, [curve.first])
        yield say("saturation_first", threshold=threshold, place=place)
        yield _afterwards(documents, curve, language)
    if rule.permutations:
        passed, drawn = curve.passed[-1], rule.permutations
        yield say("saturation_drawn", passed=passed, drawn=drawn, seed=rule.seed)
    yield say("saturation_means")


def _afterwards(documents: tuple[Document, ...], curve: Curve, language: str) -> str:
    """Return the sentence on what came after the threshold was first passed."""
    say, last, above = words(language), len(documents) - 1, curve.left
    if curve.first == last:
        return say("saturation_last")
    if not above:
        return say("saturation_stayed", n=last - (curve.first or 0))
    places = _places(documents, above)
    if above[-1] == last:
        return say("saturation_left", places=places)
    return say("saturation_back", places=places, back=_places(documents, [above[-1] + 1]))


def _places(documents: tuple[Document, ...], places: list[int]) -> str:
    """Return places with their ids, neighbours as one: "7 (h29) – 9 (h01), 12 (h06)"."""
    runs = np.split(np.array(places), np.flatnonzero(np.diff(places) > 1) + 1)
    ends = [dict.fromkeys((int(run[0]), int(run[-1]))) for run in runs if len(run)]
    return ", ".join(" – ".join(f"{n + 1} ({documents[n].id})" for n in pair) for pair in ends)


@dataclass(frozen=True, repr=False)
class SaturationBySegment(Result):
    """The curve of each segment's interviews; `rows` holds (segment, documents, curve)."""

    rows: tuple[tuple[str, tuple[Document, ...], Curve], ...]
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each segment; where there are too few interviews, only how many."""
        say = words(self.language)
        keys = ("interviews", "codes_all", "last_ratio", "passed_at", "left_at", "orders", "note")
        heads = [say("kwic_segment"), *(say(f"saturation_{key}") for key in keys)]
        return pd.DataFrame([self._row(*row) for row in self.rows], columns=heads)

    def _row(self, name: str, documents: tuple[Document, ...], c: Curve) -> list[object]:
        say, n = words(self.language), len(documents)
        codes = int(c.total[-1]) if n else 0
        begin = [self.study.segments[name].label.say(self.language), n, codes]
        if not c.judged:
            return [*begin, "–", "–", "–", "–", say("saturation_too_few", least=c.rule.least)]
        first = "–" if c.first is None else _places(documents, [c.first])
        orders = f"{c.passed[-1]}/{c.rule.permutations}" if c.rule.permutations else "–"
        ratio = _ratio(c, n - 1, self.language)
        return [*begin, ratio, first, _places(documents, c.left) or "–", orders, ""]


def saturation_by_segment(
    study: Study,
    language: str = "fi",
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    permutations: int = 500,
    seed: int = 1,
    tree: str = "",
) -> SaturationBySegment:
    """Say for each segment how many new codes its last interviews brought, where that can be said.

    As `saturation`, once for each segment of the study; raises the same.
    """
    rule = Rule(base, run, threshold, permutations, seed)
    rows = []
    for segment in study.segments:
        view = study.where(segment=segment.id)
        documents, _ = _in_time(view, "interview")
        cells = documents_by_code(view, (d.id for d in documents), tree=tree).cells
        rows.append((segment.id, documents, Curve.of(cells, rule)))
    caption = words(language)(
        "saturation_segments", base=base, run=run, threshold=number(threshold, language),
        least=rule.least, few=sum(not curve.judged for _, _, curve in rows), n=len(rows),
    )  # fmt: skip
    return SaturationBySegment(caption, language, tuple(rows), study)
