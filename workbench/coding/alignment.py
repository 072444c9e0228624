"""Where the words of an older transcript went in a newer one: what is certain, what is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel, Levenshtein

from workbench.base.problems import visible
from workbench.coding.anchors import similar
from workbench.coding.stream import Stream, _TOKEN
from workbench.coding.difference import Difference, Belief, Run, Marks
from workbench.coding.codings import Coding, Passage, Standing
from workbench.material.documents import Document

ENOUGH = 6
"""Words and marks that must stand together unedited before a place is certain."""
CARRIED = 16
"""Words and marks in a row that nobody types anew by chance, moved against the order of all."""
SURVIVES = 0.6
"""Share of a passage's letters that must be left where the difference leads."""
MOST = 9


class Fate(StrEnum):
    """What became of coded words."""

    EXACT = "exact"
    MOVED = "moved"
    BESIDE = "beside an edit"
    CHANGED = "changed"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one coding: the line in the file, its fate, and the places, best first."""

    coding: Coding
    fate: Fate
    places: tuple[Passage, ...] = ()

    @property
    def sure(self) -> bool:
        """Tell whether the words are the ones that were coded, unedited, and in one place only."""
        return self.fate in (Fate.EXACT, Fate.MOVED)

    @property
    def told(self) -> bool:
        return self.fate in (Fate.BESIDE, Fate.CHANGED, Fate.GONE)

    @property
    def nowhere(self) -> bool:
        """Tell whether somebody said before that these words are gone."""
        return self.coding.passage.start == self.coding.passage.end

    @property
    def change(self) -> tuple[str, ...]:
        """Return the words that were taken out and put in, where there is only one reading."""
        if self.fate is not Fate.CHANGED or len(self.places) > 1:
            return ()
        words = self.coding.passage.quote.split(), self.places[0].quote.split()
        return tuple(
            word
            for edit in Levenshtein.opcodes(*words)
            if edit.tag != "equal"
            for word in (
                *words[0][edit.src_start : edit.src_end],
                "→",
                *words[1][edit.dest_start : edit.dest_end],
            )
        )

    def __str__(self) -> str:
        old = self.coding.passage
        lines = [f"  {self.fate:<10}{_shown(old)}  {self.coding.code}"]
        lines += [f"{n:>10}  {_shown(place)}" for n, place in enumerate(self.places, 1)]
        return "\n".join(visible(line) for line in lines)

    def taken(self, place: Passage | None = None) -> Coding:
        """Return the coding on `place`, or on the best one there is."""
        return self.coding.at(place or self.places[0], Standing.EXACT)

    def lost(self) -> Coding:
        """Return the coding without a place: it stays in the file and does not count."""
        p = self.coding.passage
        nowhere = Passage(p.document, p.turn, p.start, p.start, p.quote)
        return self.coding.at(nowhere, Standing.LOST)



class Alignment:
    """The difference between an older and a newer text of the same document."""

    def __init__(self, old: Document, new: Document) -> None:
        alphabet: dict[str, str] = {}
        self.old, self.new = Stream(old, alphabet), Stream(new, alphabet)
        heads = frozenset(letter for token, letter in alphabet.items() if token[0] == "\n")
        stops = frozenset(alphabet.get(mark, "") for mark in ".?!…")
        marks = frozenset(x for token, x in alphabet.items() if not token[0].isalnum())
        self.difference = Difference(
            self.old.letters, self.new.letters, Marks(heads, stops, heads | marks)
        )
        self.same = _spoken(old) == _spoken(new)

    def follow(self, coding: Coding) -> Move:
        if self.same:
            return Move(coding, Fate.EXACT, (coding.passage,))
        i, j = self.old.tokens(coding.passage)
        run = self.difference.run(i)
        if run and i < j <= run.end:
            k = i - run.start + run.there
            place = self._intact(coding.passage, i, j, k)
            belief = self.difference.belief(i, j, run)
            if belief is Belief.PROVED:
                here = place == coding.passage
                return Move(coding, Fate.EXACT if here else Fate.MOVED, (place,))
            if belief is Belief.LIKELY:
                return Move(coding, Fate.BESIDE, (place,))
            others = [self._intact(coding.passage, i, j, n) for n in self._twins(i, j) if n != k]
            return Move(coding, Fate.UNSURE, (place, *others[: MOST - 1]))
        return self._edited(coding, i, j)

    def _intact(self, p: Passage, i: int, j: int, k: int) -> Passage:
        """Return the place of the same tokens at `k`; part of a word stays a part of it."""
        before, after = p.start - self.old.starts[i], p.end - self.old.ends[j - 1]
        place = self.new.passage(k, k + j - i, before, after)
        if place.quote.split() == p.quote.split():
            return place
        return self.new.passage(k, k + j - i, max(before, 0), min(after, 0))

    def _twins(self, i: int, j: int) -> list[int]:
        """Return where the same tokens stand among what is new, those first that came in company."""
        part = self.old.letters[i:j]
        found = []
        for low, high in self.difference.fresh:
            at = self.new.letters.find(part, low, high)
            while at >= 0:
                found.append(at)
                at = self.new.letters.find(part, at + 1, high)
        return found

    def _company(self, i: int, j: int, k: int) -> bool:
        old, new, m = self.old.letters, self.new.letters, k + j - i
        return (i > 0 and k > 0 and old[i - 1] == new[k - 1]) or (
            j < len(old) and m < len(new) and old[j] == new[m]
        )

    def _edited(self, coding: Coding, i: int, j: int) -> Move:
        p = coding.passage
        places = []
        told = False
        bounds = self._bounds(i, j)
        if bounds:
            lo, hi, told = bounds
            place = self.new.passage(lo, hi)
            like = Indel.normalized_similarity(p.quote, place.quote)
            told = told and like >= SURVIVES
            if told:
                return Move(coding, Fate.CHANGED, (place,))
            if like >= 0.3: places.append(place)
        twins = [n for n in self._twins(i, j) if self._company(i, j, n)]
        places += [self._intact(p, i, j, n) for n in twins]
        places += self._similar(p)
        if not places:
            return Move(coding, Fate.GONE)
        return Move(coding, Fate.UNSURE, tuple(dict.fromkeys(places))[:MOST])

    def _similar(self, p: Passage) -> list[Passage]:
        from rapidfuzz import fuzz
        found = []
        for low, high in self.difference.fresh:
            n = low
            while n < high:
                turn = self.new.turns[n]
                m = n
                while m < high and self.new.turns[m] == turn: m += 1
                a = n + (n < self.new.first[turn][0])
                if a < m:
                    stretch = self.new.passage(a, m)
                    like = fuzz.partial_ratio_alignment(p.quote, stretch.quote, score_cutoff=70)
                    if like and like.dest_start < like.dest_end and 2*len(stretch.quote) > len(p.quote):
                        s, e = stretch.start + like.dest_start, stretch.start + like.dest_end
                        inside = [x for x in range(a, m) if self.new.ends[x] > s and self.new.starts[x] < e]
                        if inside:
                            found.append((like.score, self.new.passage(inside[0], inside[-1] + 1)))
                n = m
        return [q for _, q in sorted(found, key=lambda f: -f[0])[:3]]

    def _bounds(self, i: int, j: int) -> tuple[int, int, bool] | None:
        d = self.difference
        told = True
        at = {n: n - r.start + r.there for n in range(i, j) if (r := d.run(n))}
        solid = d.solid
        # left
        if i in at:
            lo, r = at[i], d.run(i)
            told &= r in solid
        else:
            r1 = max((r for r in d.runs if r.end <= i), key=lambda r: r.end, default=Run(0, 0, 0))
            r2 = min((r for r in d.runs if r.start > i), key=lambda r: r.start, default=Run(len(d.old), len(d.old), len(d.new)))
            q, c = r1.until, r2.there
            told &= (r1 in solid or r1.end == 0) and q <= c
            if i == r1.end:
                lo = q
                told &= c - q <= 2 * (r2.start - r1.end) + 3
            elif r2.start - r1.end == c - q:
                lo = q + i - r1.end
            else:
                lo = c
                told = False
        if j - 1 in at:
            hi, r = at[j - 1] + 1, d.run(j - 1)
            told &= r in solid
        else:
            r1 = max((r for r in d.runs if r.end <= j - 1), key=lambda r: r.end, default=Run(0, 0, 0))
            r2 = min((r for r in d.runs if r.start > j - 1), key=lambda r: r.start, default=Run(len(d.old), len(d.old), len(d.new)))
            q, c = r1.until, r2.there
            told &= (r2 in solid or r2.start == len(d.old)) and q <= c
            if j == r2.start:
                hi = c
                told &= c - q <= 2 * (r2.start - r1.end) + 3
            elif r2.start - r1.end == c - q:
                hi = q + j - r1.end
            else:
                hi = q
                told = False
        ks = [at[n] for n in sorted(at)]
        told &= ks == sorted(ks)
        if not (0 <= lo < hi <= len(d.new)) or hi - lo > 2 * (j - i) + 6:
            return None
        if self.new.turns[lo] != self.new.turns[hi - 1] or lo < self.new.first[self.new.turns[lo]][0]:
            return None
        told &= all(lo <= k < hi for k in ks)
        return lo, hi, told


def _shown(p: Passage) -> str:
    return f"[{p.turn}] {p.start}–{p.end} '{p.quote}'"


def well_known(quote: str) -> bool:
    """Tell whether words are enough to be known again where they stand only once."""
    return len(_TOKEN.findall(quote)) >= CARRIED


def _spoken(document: Document) -> list[tuple[int, str]]:
    return [(turn.number, turn.text) for turn in document.turns.values()]
