"""A plain search, word after word, that says what the fast one must find."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from workbench.base.lemmas import Analyser
from workbench.coding.query import And, Near, Not, Or, Pattern, Phrase, Query, Word
from workbench.concordance.corpus import WORD
from workbench.concordance.sentences import sentence_spans

Token = tuple[int, str]
Places = set[tuple[int, int]]


@functools.lru_cache(maxsize=1_000_000)
def _means(analyser: Analyser, form: str, query: Word) -> bool:
    word = analyser.word(form)
    of = word.lemmas if query.exact else word.lemmas | word.parts
    return bool(of & analyser.base(query.text))


class PlainText:
    """One text as (sentence, word form) pairs, and the queries that are true of its sentences."""

    def __init__(self, text: str, analyser: Analyser) -> None:
        self.analyser = analyser
        self.spans = sentence_spans(text)
        self.tokens: list[Token] = [
            (n, m[0]) for n, span in enumerate(self.spans) for m in WORD.finditer(text, *span)
        ]

    def true_of(self, query: Query) -> set[int]:
        """Return the sentences a query is true of."""
        everything = set(range(len(self.spans)))
        if isinstance(query, Not):
            return everything - self.true_of(query.part)
        if isinstance(query, And):
            return set.intersection(*map(self.true_of, query.parts))
        if isinstance(query, Or):
            return set.union(*map(self.true_of, query.parts))
        return {self.tokens[first][0] for first, _ in self.places(query)}

    def places(self, query: Query) -> Places:
        if isinstance(query, Word):
            return self._single(lambda form: _means(self.analyser, form, query))
        if isinstance(query, Pattern):
            search = re.compile(query.source, re.IGNORECASE).search
            return self._single(lambda form: search(form) is not None)
        if isinstance(query, Phrase):
            return self._phrase(query)
        if isinstance(query, Or):
            return set.union(*map(self.places, query.parts))
        assert isinstance(query, Near)
        return self._near(query)

    def _single(self, means: Callable[[str], bool]) -> Places:
        return {(n, n) for n, (_, form) in enumerate(self.tokens) if means(form)}

    def _phrase(self, query: Phrase) -> Places:
        slots = [{n for n, _ in self.places(Word(w, exact=True))} for w in query.words]
        found = {(n, n) for n in slots[0]}
        for slot in slots[1:]:
            found = {
                (first, at)
                for first, last in found
                for at in range(last + 1, last + query.gap + 2)
                if at in slot and self.tokens[at][0] == self.tokens[last][0]
            }
        return found

    def _near(self, query: Near) -> Places:
        sides = self.places(query.left), self.places(query.right)
        found: Places = set()
        for one, other in (sides, sides[::-1]):
            for a in one:
                after = [b for b in other if b[0] > a[1]]
                found |= {(a[0], b[1]) for b in after if self._close(a, b, query)
                          and not any(c[0] < b[0] for c in after)}  # fmt: skip
            for b in other:
                before = [a for a in one if a[1] < b[0]]
                found |= {(a[0], b[1]) for a in before if self._close(a, b, query)
                          and not any(c[1] > a[1] for c in before)}  # fmt: skip
        return found

    def _close(self, a: tuple[int, int], b: tuple[int, int], query: Near) -> bool:
        same = query.scope == "turn" or self.tokens[a[0]][0] == self.tokens[b[1]][0]
        return same and (query.words is None or b[0] - a[1] - 1 <= query.words)
