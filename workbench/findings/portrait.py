"""One document from beginning to end: which words are coded with what, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from workbench.base.languages import words
from workbench.findings.results import Result
from workbench.study import Study, Unknown


class Stretch(NamedTuple):
    """A coded passage on the line of the whole text, in characters; `tone` is a facet's `ref`."""

    code: str
    start: int
    end: int
    turn: int
    coder: str
    tone: str


@dataclass(frozen=True, repr=False)
class Portrait(Result):
    """The coded stretches of a document; `length` is that of its turns end to end."""

    study: Study
    document: str
    length: int
    stretches: tuple[Stretch, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each stretch: turn, code, where it begins in the text, its length."""
        say, book = words(self.language), self.study.codebook
        heads = ("turn", "code", "coder", "portrait_at", "portrait_length")
        rows = [
            (s.turn, book[s.code].label.say(self.language), s.coder, s.start, s.end - s.start)
            for s in self.stretches
        ]
        return pd.DataFrame(rows, columns=[say(head) for head in heads])


def portrait(study: Study, document: str, language: str = "fi") -> Portrait:
    """Lay the codings of a document out along its text: those that count, or one coder's.

    A view of one coder (`study.where(coder=…)`) shows that coder's. Raises `Unknown`.
    """
    if document not in study.documents:
        raise Unknown("document", document, study.documents)
    begins, length = dict[int, int](), 0
    for turn in study.documents[document].turns.values():
        begins[turn.number] = length
        length += len(turn.text)
    tones = {c.id: c.ref for c in study.codebook if c.ref.startswith("TONE.")}
    stretches = tuple(
        Stretch(
            c.code,
            begins[c.passage.turn] + c.passage.start,
            begins[c.passage.turn] + c.passage.end,
            c.passage.turn,
            c.coder,
            next((tones[f] for f in c.facets if f in tones), ""),
        )
        for c in study.counting
        if c.document == document and c.code in study.codebook
    )
    caption = words(language)("portrait_caption", document=document, n=len(stretches))
    return Portrait(caption, language, study, document, length, stretches)
