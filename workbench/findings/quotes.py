"""Words behind a number: who said them, where, and how they are coded. For analysts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding
from workbench.findings.columns import columns
from workbench.findings.results import Result
from workbench.study import Study

HEADS = ("informant", "document", "turn", "code", "facets", "quote", "memo")


@dataclass(frozen=True, repr=False)
class Quotes(Result):
    """Coded words in the order of the material; they name pseudonyms, so they are no report."""

    study: Study
    codings: tuple[Coding, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each passage: informant, document, turn, code, facets, words, memo."""
        book = self.study.codebook
        label = {code.id: code.label.say(self.language) for code in book}
        order = list(book.facets)
        sets = {c.facets for c in self.codings}
        facets = {f: ", ".join(label[name] for name in order if name in f) for f in sets}
        rows = [
            (
                self.study.speaker(c),
                c.document,
                c.passage.turn,
                label[c.code],
                facets[c.facets],
                c.passage.quote,
                c.memo,
            )
            for c in self.codings
        ]
        return pd.DataFrame(rows, columns=[words(self.language)(head) for head in HEADS])


def quotes(study: Study, code: str, language: str = "fi", *, facets: Iterable[str] = ()) -> Quotes:
    """List the words coded with `code` or below it, and with all of `facets`.

    Raises `Unknown` for a code or facet that is not in the codebook.
    """
    cols = columns(study)
    rows = (cols.below(code) & cols.having(facets)).nonzero()[0]
    label = study.codebook[code].label.say(language)
    return listed(study, (cols.codings[n] for n in rows), language, label)


def listed(study: Study, codings: Iterable[Coding], language: str, label: str) -> Quotes:
    """Return `codings` as the words behind what `label` names."""
    found = tuple(codings)
    people = {study.speaker(c) for c in found} - {""}
    documents = {c.document for c in found}
    caption = words(language)(
        "quotes_caption", label=label, n=len(found), people=len(people), documents=len(documents)
    )
    return Quotes(caption, language, study, found)
