"""How far coders agree on a study: each code, all codes together, and where coded words begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.languages import number, words
from workbench.coding.codings import Coding, Standing
from workbench.findings.coefficients import (
    Estimate,
    Judge,
    Ratings,
    alpha,
    corrected,
    estimate,
    gwet,
    own_shares,
    percent,
    pooled,
)
from workbench.findings.gamma import Unit, gamma
from workbench.findings.results import Result
from workbench.findings.unitizing import Disagreement, Span, alpha_u, unitized
from workbench.study import Study
from workbench.teamwork import set_beside

RESAMPLINGS = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One code (or all, as `""`): who used it in how many turns, and how far they agree.

    `spans` is alpha_u, on the characters of the text; the others judge turn by turn.
    """

    code: str
    used: Mapping[str, int]
    turns: int
    percent: Estimate
    kappa: Estimate
    ac1: Estimate
    alpha: Estimate
    spans: float | None

    @property
    def never(self) -> tuple[str, ...]:
        """Return the coders who used the code nowhere."""
        return tuple(coder for coder, n in self.used.items() if not n)


@dataclass(frozen=True, repr=False)
class Agreement(Result):
    """Rows by code, the most used first, after the row of all codes together.

    `boundaries` is alpha_u of what was coded at all, whatever the code.
    """

    study: Study
    rows: tuple[Row, ...]
    boundaries: float | None
    continua: tuple[tuple[tuple[Unit, ...], ...], ...]

    def gamma(self, *, draws: int = 30, seed: int = 1) -> float | None:
        """Return gamma over all documents: place and code of every span judged at once.

        Slow, so only on request. Raises as `findings.gamma.gamma`.
        """
        return gamma(self.continua, draws=draws, seed=seed)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row a code: uses, percent, kappa, AC1, alpha, its interval, alpha_u, note."""
        say = words(self.language)
        coders = list(self.rows[0].used) if self.rows else []
        keys = ("turns", "percent", "kappa", "ac1", "alpha", "interval", "spans", "note")
        heads = [say("code"), *coders, *(say(f"agreement_{key}") for key in keys)]
        return pd.DataFrame([self._cells(row) for row in self.rows], columns=heads)

    def _cells(self, row: Row) -> list[object]:
        say = words(self.language)
        label = self.study.codebook[row.code].label.say(self.language) if row.code else ""
        shown = [self._number(e.value) for e in (row.percent, row.kappa, row.ac1, row.alpha)]
        low, high = (self._number(x) for x in (row.alpha.low, row.alpha.high))
        between = f"{low} – {high}" if row.alpha.low is not None else "–"
        return [
            label or say("agreement_all"), *row.used.values(), row.turns, *shown, between,
            self._number(row.spans), self._note(row),
        ]  # fmt: skip

    def _note(self, row: Row) -> str:
        say = words(self.language)
        if row.never and row.code:
            return say("agreement_never", coders=", ".join(row.never))
        return say(f"agreement_{row.alpha.why}") if row.alpha.why else ""

    def _number(self, value: float | None) -> str:
        return "–" if value is None else number(round(value, 2) + 0.0, self.language)


def agreement(
    study: Study,
    language: str = "fi",
    *,
    documents: Iterable[str] | None = None,
    coders: Iterable[str] = (),
    top: bool = False,
    resamplings: int = RESAMPLINGS,
    seed: int = 1,
) -> Agreement:
    """Measure how far coders agree where several have coded; documents are resampled whole.

    A unit is a turn somebody could have coded: one of an informant, or a note, or one that is
    coded. `coders` are compared even where one of them coded nothing. With `top` a code counts as
    the topmost one above it: where one coder goes further down a tree than another, that alone is
    no disagreement then. Raises as `disagreements`.
    """
    between = set_beside(study, documents, coders)
    names = tuple(dict.fromkeys(chain.from_iterable(between.values())))
    book = study.codebook
    given = [
        replace(c, code=book.path(c.code)[-1]) if top else c
        for c in study.codings
        if c.coder in between.get(c.document, ()) and c.standing is not Standing.LOST
        and c.code in book
    ]  # fmt: skip
    units = _Units.of(study, between, names, given)
    coded: dict[str, list[Coding]] = defaultdict(list)
    for c in given:
        coded[c.code].append(c)
    codes = sorted((c.id for c in book if c.id in coded), key=lambda c: -units.uses(c))
    ratings = {code: units.ratings(code) for code in codes}
    spans = {code: _spans(units, between, coded[code]) for code in codes}

    def row(code: str, judged: Iterable[Ratings], spans_: Iterable[Disagreement]) -> Row:
        every = list(judged)

        def one(judges: list[Judge], n: int = 0) -> Estimate:
            judge = judges[0] if len(judges) == 1 else pooled(judges)
            return estimate(judge, len(between), resamplings=n, seed=seed)

        return Row(
            code,
            {name: units.used(code, name) for name in names},
            len(units.turns),
            one([percent(r) for r in every]),
            one([corrected(r, own_shares) for r in every]),
            one([corrected(r, gwet) for r in every]),
            one([alpha(r) for r in every], resamplings),
            alpha_u(spans_),
        )

    rows = [row(code, [ratings[code]], spans[code]) for code in codes]
    if codes:
        rows.insert(0, row("", ratings.values(), chain.from_iterable(spans.values())))
    boundaries = alpha_u(_spans(units, between, given))
    say = words(language)
    caption = say(
        "agreement_caption", documents=len(between), coders=", ".join(names) or "–",
        turns=len(units.turns), n=resamplings,
    )  # fmt: skip
    if boundaries is not None:
        shown = number(round(boundaries, 2), language)
        caption = f"{caption} {say('agreement_boundaries', alpha=shown)}"
    return Agreement(
        caption, language, study, tuple(rows), boundaries, _continua(units, between, given)
    )


@dataclass(frozen=True, slots=True)
class _Units:
    """The turns to judge, who judged them, and in which each coder gave each code."""

    turns: dict[tuple[str, int], int]
    starts: dict[tuple[str, int], int]
    lengths: dict[str, int]
    groups: NDArray[np.int64]
    judged: NDArray[np.bool_]
    names: tuple[str, ...]
    given: dict[str, list[set[int]]]

    @classmethod
    def of(
        cls,
        study: Study,
        between: Mapping[str, tuple[str, ...]],
        names: tuple[str, ...],
        given: Iterable[Coding],
    ) -> _Units:
        coded = {(c.document, c.passage.turn) for c in given}
        turns, starts = dict[tuple[str, int], int](), dict[tuple[str, int], int]()
        lengths, groups, judged = Counter[str](), list[int](), list[list[bool]]()
        for n, (name, here) in enumerate(between.items()):
            document = study.documents[name]
            for turn in document.turns.values():
                spoken = document.author(turn) in study.informants or not document.verbatim(turn)
                if spoken or (name, turn.number) in coded:
                    turns[name, turn.number] = len(turns)
                    starts[name, turn.number] = lengths[name]
                    lengths[name] += len(turn.text)
                    groups.append(n)
                    judged.append([coder in here for coder in names])
        sets: dict[str, list[set[int]]] = defaultdict(lambda: [set() for _ in names])
        for c in given:
            sets[c.code][names.index(c.coder)].add(turns[c.document, c.passage.turn])
        who = np.array(judged, dtype=bool).reshape(len(turns), len(names))
        where = np.array(groups, dtype=np.int64)
        return cls(turns, starts, dict(lengths), where, who, names, dict(sets))

    def uses(self, code: str) -> int:
        """Return in how many turns anybody gave the code."""
        return len(set().union(*self.given[code]))

    def used(self, code: str, coder: str) -> int:
        """Return in how many turns a coder gave the code; any code if it is empty."""
        at = self.names.index(coder)
        kinds = [self.given[code]] if code else list(self.given.values())
        return len(set().union(*(sets[at] for sets in kinds)))

    def ratings(self, code: str) -> Ratings:
        """Return for each turn who gave the code and who did not."""
        told = np.where(self.judged, 0, -1)
        for at, turns in enumerate(self.given[code]):
            told[list(turns), at] = 1
        return Ratings.coded((False, True), told, self.groups)


def _spans(
    units: _Units, between: Mapping[str, tuple[str, ...]], given: Iterable[Coding]
) -> list[Disagreement]:
    """Return how far spans lie apart in each document that has any, turns laid end to end."""
    found: dict[str, dict[str, list[Span]]] = {}
    for c in given:
        p = c.passage
        at = units.starts[p.document, p.turn]
        here = found.setdefault(p.document, {coder: [] for coder in between[p.document]})
        here[c.coder].append((at + p.start, at + p.end))
    return [unitized(spans, units.lengths[name]) for name, spans in found.items()]


def _continua(
    units: _Units, between: Mapping[str, tuple[str, ...]], given: Iterable[Coding]
) -> tuple[tuple[tuple[Unit, ...], ...], ...]:
    """Return what each coder coded in each document, on the line of its turns end to end."""
    found: dict[str, dict[str, list[Unit]]] = {
        name: {coder: [] for coder in coders} for name, coders in between.items()
    }
    for c in given:
        at = units.starts[c.document, c.passage.turn]
        unit = Unit(at + c.passage.start, at + c.passage.end, c.code)
        found[c.document][c.coder].append(unit)
    return tuple(tuple(map(tuple, here.values())) for here in found.values())
