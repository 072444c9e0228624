"""Texts as arrays: which word form stands where, so that a question is asked of each form once."""

from __future__ import annotations

import itertools
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.concordance.sentences import sentence_spans

Ints = NDArray[np.int32]
WORD = re.compile(r"[^\W_]+(?:[-’':][^\W_]+)*")


@dataclass(frozen=True)
class Corpus:
    """Texts cut into sentences and words.

    A word's position counts from 0 through all texts. `forms` are the distinct word forms with
    their language, and `ids` tells which one stands in each position. `begins` is the position
    at which each sentence begins (one more at the end); `text_of` and `spans` say in which text,
    and between which code points, a sentence stands.
    """

    texts: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    ids: Ints
    begins: NDArray[np.int64]
    text_of: Ints
    spans: Ints
    _words: dict[int, list[tuple[int, int]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, texts: Iterable[str], languages: str | Iterable[str] = "fi") -> Corpus:
        """Cut texts into sentences and words; `languages` is one for all or one for each."""
        kept = tuple(texts)
        spoken = itertools.repeat(languages) if isinstance(languages, str) else languages
        number = itertools.count()
        known: dict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(number.__next__))
        ids, begins, text_of, spans = array("i"), array("q", [0]), array("i"), array("i")
        for n, (text, language) in enumerate(zip(kept, spoken, strict=False)):
            id_of = known[language].__getitem__
            for start, end in sentence_spans(text):
                ids.extend(map(id_of, WORD.findall(text, start, end)))
                begins.append(len(ids))
                text_of.append(n)
                spans.extend((start, end))
        forms: list[tuple[str, str]] = [("", "")] * next(number)
        for language, own in known.items():
            for form, at in own.items():
                forms[at] = (language, form)
        return cls(
            kept,
            tuple(forms),
            np.frombuffer(ids, np.int32) if ids else np.empty(0, np.int32),
            np.frombuffer(begins, np.int64),
            np.array(text_of, np.int32),
            np.array(spans, np.int32).reshape(-1, 2),
        )

    @cached_property
    def sentence_of(self) -> Ints:
        """Return the sentence of each position."""
        lengths = np.diff(self.begins)
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    @cached_property
    def turn_of(self) -> Ints:
        """Return the text of each position."""
        return self.text_of[self.sentence_of]

    @cached_property
    def _places(self) -> tuple[Ints, NDArray[np.intp], NDArray[np.int64]]:
        """Return the positions form after form, their sentences, and where each form's begin."""
        places = np.argsort(self.ids, kind="stable").astype(np.int32)
        counts = np.bincount(self.ids, minlength=len(self.forms))
        begin = np.concatenate(([0], np.cumsum(counts)))
        return places, self.sentence_of[places].astype(np.intp), begin

    def positions(self, forms: Ints) -> Ints:
        """Return where any of the forms stands, not in order."""
        places, _, begin = self._places
        found = [places[begin[n] : begin[n + 1]] for n in forms.tolist()]
        return np.concatenate(found) if found else np.empty(0, np.int32)

    def sentences(self, forms: Ints) -> NDArray[np.intp]:
        """Return the sentences in which any of the forms stands, as often as it does."""
        _, sentences, begin = self._places
        found = [sentences[begin[n] : begin[n + 1]] for n in forms.tolist()]
        return np.concatenate(found) if found else np.empty(0, np.intp)

    def count(self, forms: Ints) -> int:
        """Return how often any of the forms stands in the texts."""
        _, _, begin = self._places
        return int((begin[forms + 1] - begin[forms]).sum())

    def units(self, scope: str) -> tuple[Ints, int]:
        """Return the unit (`sentence` or `turn`) of each position, and how many there are."""
        if scope == "sentence":
            return self.sentence_of, len(self.text_of)
        return self.turn_of, len(self.texts)

    def prepare(self) -> Corpus:
        """Do now what is done once for all questions, and return the corpus."""
        _ = self._places
        return self

    def words(self, sentence: int) -> list[tuple[int, int]]:
        """Return the code points of each word of a sentence, counted in its text."""
        if sentence not in self._words:
            start, end = self.spans[sentence].tolist()
            text = self.texts[self.text_of[sentence]]
            self._words[sentence] = [m.span() for m in WORD.finditer(text, start, end)]
        return self._words[sentence]

    def code_points(self, first: Ints, last: Ints) -> list[tuple[int, int, int, int, int]]:
        """Return text, start and end of the words in the positions from each `first` to `last`.

        The last two numbers are start and end of the sentences these words stand in.
        """
        one, other = self.sentence_of[first], self.sentence_of[last]
        columns = (
            self.text_of[one], one, first - self.begins[one], other, last - self.begins[other],
            self.spans[one, 0], self.spans[other, 1],
        )  # fmt: skip
        return [
            (text, self.words(a)[x][0], self.words(b)[y][1], start, end)
            for text, a, x, b, y, start, end in zip(*(c.tolist() for c in columns), strict=True)
        ]
