"""Where a query matches: words are looked up once in each form, places follow by arrays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.base.lemmas import Analyser
from workbench.coding.query import And, Near, Not, Or, Pattern, Phrase, Query, Word, leaves
from workbench.concordance.corpus import Corpus, Ints

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Spans:
    """Places that match: positions of the first and the last word.

    `exact` tells where it is the word itself, not a part of a compound.
    """

    first: Ints
    last: Ints
    exact: Flags

    @classmethod
    def at(cls, places: Ints, exact: bool = True) -> Spans:
        """Return single words."""
        return cls(places, places, np.full(len(places), exact))

    @classmethod
    def union(cls, several: list[Spans]) -> Spans:
        """Return all of them once, in order; exact if it is exact in one."""
        first, last, exact = (
            np.concatenate([getattr(s, name) for s in several] or [np.empty(0, np.int32)])
            for name in ("first", "last", "exact")
        )
        order = np.lexsort((~exact.astype(bool), last, first))
        first, last, exact = first[order], last[order], exact[order]
        new = np.ones(len(first), bool)
        new[1:] = (np.diff(first) != 0) | (np.diff(last) != 0)
        return cls(first[new], last[new], exact[new].astype(bool))

    def where(self, flags: Flags) -> Spans:
        """Return those that are flagged."""
        return Spans(self.first[flags], self.last[flags], self.exact[flags])


class Matcher:
    """Answers queries on a corpus; `analysers` give base forms, one for each language in it."""

    def __init__(self, corpus: Corpus, analysers: Mapping[str, Analyser]) -> None:
        self.corpus = corpus
        self.analysers = analysers
        self._lemmas: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._parts: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._found: dict[Query, Ints] = {}
        by_language: dict[str, list[str]] = defaultdict(list)
        for language, form in corpus.forms:
            by_language[language].append(form)
        known = {name: analysers[name].words(forms) for name, forms in by_language.items()}
        for n, (language, form) in enumerate(corpus.forms):
            for lemma in known[language][form].lemmas:
                self._lemmas[language, lemma].append(n)
            for part in known[language][form].parts:
                self._parts[language, part].append(n)

    def matches(self, query: Query, scope: str = "sentence") -> Flags:
        """Return for each sentence (or turn) whether the query is true of it.

        A match that goes on into the next sentence belongs to the one it begins in.
        """
        if isinstance(query, Not):
            return ~self.matches(query.part, scope)
        if isinstance(query, And):
            flags = self.matches(query.parts[0], scope)
            for part in query.parts[1:]:
                flags = flags & self.matches(part, scope)
            return flags
        flags = np.zeros(len(self.corpus.text_of), bool)
        single, others = self._parted(query)
        flags[self.corpus.sentences(single)] = True
        for part in others:
            if isinstance(part, Phrase):
                flags[self.corpus.sentence_of[self._chains(part)[0]]] = True
            elif isinstance(part, Near):
                flags[self.corpus.sentence_of[self.spans(part).first]] = True
        told = self._of_scope(flags, scope)
        for part in others:
            if isinstance(part, And | Or | Not):
                told = told | self.matches(part, scope)
        return told

    def _of_scope(self, sentences: Flags, scope: str) -> Flags:
        """Return flags of sentences, or of the turns that hold a flagged one."""
        if scope == "sentence":
            return sentences
        flags = np.zeros(len(self.corpus.texts), bool)
        flags[self.corpus.text_of[sentences]] = True
        return flags

    def hits(self, query: Query, scope: str = "sentence") -> Spans:
        """Return the words that make the query true, in order."""
        flags = self.matches(query, scope)
        unit, _ = self.corpus.units(scope)
        found = Spans.union([self.spans(leaf) for leaf in leaves(query)])
        return found.where(flags[unit[found.first]])

    def spans(self, query: Query) -> Spans:
        """Return where something that has a place stands: a word, pattern, phrase, near, or OR."""
        if isinstance(query, Word):
            exact = self.forms(Word(query.text, exact=True))
            own = Spans.at(self.corpus.positions(exact))
            if query.exact:
                return Spans.union([own])
            parts = np.setdiff1d(self.forms(query), exact)
            return Spans.union([own, Spans.at(self.corpus.positions(parts), exact=False)])
        if isinstance(query, Pattern):
            return Spans.union([Spans.at(self.corpus.positions(self.forms(query)))])
        if isinstance(query, Phrase):
            return self._phrase(query)
        if isinstance(query, Near):
            return self._near(query)
        assert isinstance(query, Or)
        return Spans.union([self.spans(part) for part in query.parts])

    def forms(self, query: Word | Pattern) -> Ints:
        """Return the numbers of the forms that a word or pattern means."""
        if query not in self._found:
            found = self._pattern(query) if isinstance(query, Pattern) else self._word(query)
            self._found[query] = np.array(sorted(found), np.int32)
        return self._found[query]

    def _word(self, word: Word) -> set[int]:
        found: set[int] = set()
        for language, analyser in self.analysers.items():
            for lemma in analyser.base(word.text):
                found.update(self._lemmas.get((language, lemma), ()))
                if not word.exact:
                    found.update(self._parts.get((language, lemma), ()))
        return found

    def _pattern(self, pattern: Pattern) -> set[int]:
        search = re.compile(pattern.source, re.IGNORECASE).search
        return {n for n, (_, form) in enumerate(self.corpus.forms) if search(form)}

    def _parted(self, query: Query) -> tuple[Ints, list[Query]]:
        """Return the forms of all single words of an OR at once, and its other parts."""
        parts: tuple[Query, ...] = query.parts if isinstance(query, Or) else (query,)
        single = [self.forms(part) for part in parts if isinstance(part, Word | Pattern)]
        others: list[Query] = [part for part in parts if not isinstance(part, Word | Pattern)]
        if len(single) < 2:
            return single[0] if single else np.empty(0, np.int32), others
        return np.unique(np.concatenate(single)), others

    def _phrase(self, phrase: Phrase) -> Spans:
        first, last = self._chains(phrase)
        return Spans.union([Spans(first, last, np.ones(len(first), bool))])

    def _chains(self, phrase: Phrase) -> tuple[Ints, Ints]:
        """Return first and last word of each place, from the rarest word to both sides."""
        forms = [self.forms(Word(word, exact=True)) for word in phrase.words]
        many = [self.corpus.count(f) for f in forms]
        rarest = many.index(min(many))
        first = last = self.corpus.positions(forms[rarest])
        for n in range(rarest + 1, len(forms)):
            first, last = self._beside(first, last, forms[n], phrase.gap, 1)
        for n in range(rarest - 1, -1, -1):
            last, first = self._beside(last, first, forms[n], phrase.gap, -1)
        return first, last

    def _beside(self, kept: Ints, at: Ints, forms: Ints, gap: int, step: int) -> tuple[Ints, Ints]:
        """Go on from places `at` to one of `forms` in the same sentence, at most `gap` between."""
        wanted = np.zeros(len(self.corpus.forms), bool)
        wanted[forms] = True
        ids, sentence = self.corpus.ids, self.corpus.sentence_of
        ends, nexts = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for distance in range(1, gap + 2):
            to = at + np.int32(step * distance)
            good = np.flatnonzero(wanted.take(ids.take(to, mode="clip")))
            good = good[(to[good] >= 0) & (to[good] < len(ids))]
            good = good[sentence[to[good]] == sentence[at[good]]]
            ends.append(kept[good])
            nexts.append(to[good])
        return np.concatenate(ends), np.concatenate(nexts)

    def _near(self, near: Near) -> Spans:
        left, right = self.spans(near.left), self.spans(near.right)
        most = len(self.corpus.ids) if near.words is None else near.words
        unit, _ = self.corpus.units(near.scope)
        pairs = [
            pair
            for one, other in ((left, right), (right, left))
            for pair in (_following(one, other), _following(one, other, nearest_to_other=True))
        ]
        kept = [
            Spans(s.first, s.last, s.exact).where((gap <= most) & (unit[s.first] == unit[s.last]))
            for s, gap in pairs
        ]
        return Spans.union(kept)


def _following(one: Spans, other: Spans, *, nearest_to_other: bool = False) -> tuple[Spans, Ints]:
    """Pair each span with the nearest of `other` after it (or each of `other` with one before)."""
    if nearest_to_other:
        order = np.argsort(one.last, kind="stable")
        at = np.searchsorted(one.last[order], other.first) - 1
        there = at >= 0
        a, b = order[at[there]], np.flatnonzero(there)
    else:
        at = np.searchsorted(other.first, one.last, side="right")
        there = at < len(other.first)
        a, b = np.flatnonzero(there), at[there]
    pairs = Spans(one.first[a], other.last[b], one.exact[a] & other.exact[b])
    return pairs, other.first[b] - one.last[a] - 1
