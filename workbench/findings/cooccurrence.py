"""Which codes stand together: on the same words, in the same turn, near by, in one document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.base.languages import words
from workbench.base.problems import WorkbenchError
from workbench.findings.columns import Columns, Ints, columns, distinct
from workbench.findings.counts import could_have_said
from workbench.findings.quotes import Quotes, listed
from workbench.findings.results import Result
from workbench.study import Study

WITHIN = ("overlap", "turn", "near", "document")


class Together(NamedTuple):
    """Two codes: how many people, documents and pairs of passages have both."""

    one: str
    other: str
    people: int
    documents: int
    passages: int


@dataclass(frozen=True, repr=False)
class CoOccurrence(Result):
    """Pairs of different codes that stand together, most people first.

    A pair is told once, in the order of the codebook. `code` is what each coding counts as,
    `first` and `second` number the codings of every pair of passages.
    """

    study: Study
    pairs: tuple[Together, ...]
    of: int
    cols: Columns
    code: Ints
    first: Ints
    second: Ints

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each pair: two codes, people as "5/7", documents, passages."""
        say = words(self.language)
        heads = ("code", "beside", "people", "documents", "passages")
        rows = [
            (self._label(p.one), self._label(p.other), f"{p.people}/{self.of}", *p[3:])
            for p in self.pairs
        ]
        return pd.DataFrame(rows, columns=[say(head) for head in heads])

    @property
    def matrix(self) -> CodeMatrix:
        """Return the same by code and code, for those that stand with another."""
        codes = tuple(c for c in self.cols.codes if any(c in p[:2] for p in self.pairs))
        people = np.zeros((len(codes), len(codes)), dtype=np.int64)
        for p in self.pairs:
            one, other = codes.index(p.one), codes.index(p.other)
            people[one, other] = people[other, one] = p.people
        labels = tuple(self._label(c) for c in codes)
        return CodeMatrix(self.caption, self.language, labels, people)

    def quotes(self, one: str, other: str) -> Quotes:
        """Return the words that have one code and stand with the other, and those of the other."""
        a, b = (self.cols.number(c) for c in (one, other))
        here, there = self.code[self.first], self.code[self.second]
        stand = ((here == a) & (there == b)) | ((here == b) & (there == a))
        both = np.concatenate([self.first[stand], self.second[stand]])
        label = f"{self._label(one)} + {self._label(other)}"
        found = (self.cols.codings[n] for n in np.unique(both))
        return listed(self.study, found, self.language, label)

    def _label(self, code: str) -> str:
        return self.study.codebook[code].label.say(self.language)


@dataclass(frozen=True, repr=False)
class CodeMatrix(Result):
    """People by code and code, shape (labels, labels), symmetric, 0 on the diagonal."""

    labels: tuple[str, ...]
    people: Ints

    @property
    def table(self) -> pd.DataFrame:
        """Return a row and a column for each code."""
        table = pd.DataFrame(self.people, columns=list(self.labels))
        table.insert(0, words(self.language)("code"), list(self.labels))
        return table


class NotWithin(WorkbenchError):
    """Codes cannot be looked for so far apart."""

    def __init__(self, within: str) -> None:
        super().__init__(f"within='{within}' is not known. It may be {', '.join(WITHIN)}.")


def cooccurrence(
    study: Study,
    language: str = "fi",
    *,
    within: str = "overlap",
    turns: int = 2,
    codes: Iterable[str] = (),
    top: bool = False,
    facets: Iterable[str] = (),
) -> CoOccurrence:
    """Count which codes stand together in the words of one person.

    `within` is overlap (at least one character), turn, near (at most `turns` turns apart, in one
    document) or document. `codes` keeps only these; with `top` a code counts as the topmost
    above it. A code is never set beside itself. Raises `Unknown` and `NotWithin`.
    """
    if within not in WITHIN:
        raise NotWithin(within)
    cols = columns(study)
    code = _topmost(cols) if top else cols.code
    kept = cols.having(facets)
    if wanted := [cols.number(c) for c in codes]:
        kept &= np.isin(code, wanted)
    rows = np.flatnonzero(kept)
    first, second = _pairs(cols, rows, within, turns)
    apart = (code[first] != code[second]) & (cols.person[first] == cols.person[second])
    first, second = first[apart], second[apart]
    pairs = tuple(_counted(cols, code, first, second))
    of = len(could_have_said(study))
    say = words(language)
    caption = say("together_caption", n=of, within=say(f"together_{within}", turns=turns))
    return CoOccurrence(caption, language, study, pairs, of, cols, code, first, second)


def _topmost(cols: Columns) -> Ints:
    found = cols.code.copy()
    for at, above in cols.levels(cols.code):
        found[at] = above
    return found


def _pairs(cols: Columns, rows: Ints, within: str, turns: int) -> tuple[Ints, Ints]:
    """Return each pair of `rows` that lie within reach of one another, once.

    Every row is a point on a line of its own kind and reaches as far as `reach`; sorted by
    point, the partners of a row are those that follow it within its reach.
    """
    far = int(cols.end.max(initial=0)) + 1
    point, reach = {
        "overlap": (cols.turn * far + cols.start, cols.turn * far + cols.end - 1),
        "turn": (cols.turn, cols.turn),
        "near": (cols.turn, np.minimum(cols.turn + turns, cols.last)),
        "document": (cols.document, cols.document),
    }[within]
    rows = rows[np.argsort(point[rows], kind="stable")]
    until = np.searchsorted(point[rows], reach[rows], side="right")
    after = np.arange(len(rows)) + 1
    many = until - after
    first = np.repeat(np.arange(len(rows)), many)
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return rows[first], rows[first + 1 + offset]


def _counted(cols: Columns, code: Ints, first: Ints, second: Ints) -> Iterable[Together]:
    k = len(cols.codes)
    low = np.minimum(code[first], code[second])
    high = np.maximum(code[first], code[second])
    pair = low * k + high
    passages = np.bincount(pair, minlength=k * k)
    found = np.flatnonzero(passages)  # only these pairs get a cell: half of all at the most
    place = np.cumsum(passages > 0) - 1
    people = distinct(place[pair], cols.person[first], len(found), len(cols.people))
    documents = distinct(place[pair], cols.document[first], len(found), len(cols.documents))
    for at in np.lexsort((found, -passages[found], -documents, -people)):
        one, other = divmod(int(found[at]), k)
        yield Together(
            cols.codes[one], cols.codes[other],
            int(people[at]), int(documents[at]), int(passages[found[at]]),
        )  # fmt: skip
