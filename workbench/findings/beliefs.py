"""What the provider's own people believe customers expect, beside what customers say they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding
from workbench.findings.quality import EXPECTED, determinants
from workbench.findings.results import Result
from workbench.material.informants import Side
from workbench.study import Study


class Belief(NamedTuple):
    """A determinant: what each side says is expected."""

    code: str
    customers: tuple[Coding, ...]
    provider: tuple[Coding, ...]

    @property
    def heard(self) -> str:
        """Return who speaks of it: both, customers, provider or nobody."""
        if self.customers and self.provider:
            return "both"
        return "customers" if self.customers else "provider" if self.provider else "nobody"


@dataclass(frozen=True, repr=False)
class Beliefs(Result):
    """Two lists of words for each determinant, and no number: the sides are asked differently."""

    study: Study
    rows: tuple[Belief, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each determinant: who speaks of it, the words of either side."""
        say, book = words(self.language), self.study.codebook
        rows = [
            (
                book[b.code].label.say(self.language),
                say(f"beliefs_{b.heard}"),
                _words(b.customers),
                _words(b.provider),
            )
            for b in self.rows
        ]
        heads = ("determinant", "beliefs_who", "beliefs_customer_words", "beliefs_provider_words")
        return pd.DataFrame(rows, columns=[say(head) for head in heads])


def beliefs(study: Study, language: str = "fi") -> Beliefs:
    """Lay the provider's view of what is expected beside the customers' own words.

    Only codings with the facet of expectation count; field notes belong to nobody and stay out.
    """
    book, expected = study.codebook, study.codebook.called(EXPECTED)
    told = [c for c in study.counting if expected in c.facets and study.speaker(c)]
    rows = []
    for code in determinants(study):
        below = book.below(code)
        here = [c for c in told if c.code in below]
        rows.append(Belief(code, *(tuple(_side(study, here, side)) for side in Side)))
    return Beliefs(words(language)("beliefs_caption"), language, study, tuple(rows))


def _side(study: Study, codings: Iterable[Coding], side: Side) -> Iterable[Coding]:
    return (c for c in codings if study.informants[study.speaker(c)].side is side)


def _words(codings: Iterable[Coding]) -> str:
    return " | ".join(f"{c.passage.quote} ({c.document}/{c.passage.turn})" for c in codings)
