"""Where the words of an older transcript went in a newer one: what is certain, what is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from workbench.base.problems import visible
from workbench.coding.anchors import similar
from workbench.coding.codings import Coding, Passage, Standing
from workbench.material.documents import Document

ENOUGH = 6
"""Words and marks that must stand together unedited before a place is certain."""
CARRIED = 16
"""Words and marks in a row that nobody types anew by chance, moved against the order of all."""
SURVIVES = 0.6
"""Share of a passage's letters that must be left where the difference leads."""
MOST = 9
_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\S(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d\S)*")


class Fate(StrEnum):
    """What became of coded words."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


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


class Stream:
    """A document as a row of tokens, one letter for each, so that whole texts are quickly compared.

    Tokens are words and marks; blanks and line breaks are none, so a text wrapped otherwise is
    the same text. A turn begins with a token for its speaker.
    """

    def __init__(self, document: Document, alphabet: dict[str, str]) -> None:
        self.document = document
        self.turns: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.first: dict[int, tuple[int, int]] = {}
        letters: list[str] = []
        for number, turn in document.turns.items():
            tokens = [(f"\n{turn.speaker}", 0, 0)]
            tokens += [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(turn.text)]
            self.first[number] = (len(letters) + 1, len(letters) + len(tokens))
            for token, start, end in tokens:
                letters.append(alphabet.setdefault(token, chr(0x100 + len(alphabet))))
                self.turns.append(number)
                self.starts.append(start)
                self.ends.append(end)
        self.letters = "".join(letters)

    def tokens(self, p: Passage) -> tuple[int, int]:
        """Return the first token of a passage and the one after its last."""
        low, high = self.first[p.turn]
        inside = [n for n in range(low, high) if self.ends[n] > p.start and self.starts[n] < p.end]
        return (inside[0], inside[-1] + 1) if inside else (low, low)

    def passage(self, i: int, j: int, before: int = 0, after: int = 0) -> Passage:
        """Return the words of tokens `[i, j)`, the ends shifted by code points."""
        turn = self.document.turns[self.turns[i]]
        start = max(self.starts[i] + before, 0)
        end = min(self.ends[j - 1] + after, len(turn.text))
        return Passage(self.document.id, turn.number, start, end, turn.text[start:end])

    def places(self, letters: str) -> list[int]:
        """Return where a row of tokens begins, every time it does."""
        return list(_finds(self.letters, letters, 0, len(self.letters)))


class Alignment:
    """The difference between an older and a newer text of the same document."""

    def __init__(self, old: Document, new: Document) -> None:
        alphabet: dict[str, str] = {}
        self.old, self.new = Stream(old, alphabet), Stream(new, alphabet)
        self.runs = [
            (b.src_start, b.src_end, b.dest_start)
            for b in Levenshtein.opcodes(self.old.letters, self.new.letters)
            if b.tag == "equal"
        ]
        self._begins = [run[0] for run in self.runs]
        self.same = len(self.runs) == 1 and _spoken(old) == _spoken(new)
        self.fresh = _gaps([(c, c + b - a) for a, b, c in self.runs], len(self.new.letters))

    def follow(self, coding: Coding) -> Move:
        """Say what became of a coding whose words stood at their offsets in the older text.

        The difference is followed; words that were moved against the order of the rest are looked
        for; where under 60 % of a passage survives, similar words are. A place is certain only if
        the words are unedited and stand, with as much unedited text around them as that takes,
        once in each of the two texts.
        """
        if self.same:
            return Move(coding, Fate.EXACT, (coding.passage,))
        i, j = self.old.tokens(coding.passage)
        run = self._run(i)
        if i < j <= run[1]:
            k = i - run[0] + run[2]
            place = self._intact(coding.passage, i, j, k)
            if self._proved(i, j, run):
                here = place == coding.passage
                return Move(coding, Fate.EXACT if here else Fate.MOVED, (place,))
            others = [self._intact(coding.passage, i, j, n) for n in self._twins(i, j) if n != k]
            return Move(coding, Fate.AMBIGUOUS, (place, *others[: MOST - 1]))
        return self._astray(coding, i, j)

    def _run(self, i: int) -> tuple[int, int, int]:
        n = bisect_right(self._begins, i) - 1
        run = self.runs[n] if n >= 0 else (0, 0, 0)
        return run if i < run[1] else (i, i, 0)

    def _intact(self, p: Passage, i: int, j: int, k: int) -> Passage:
        """Return the place of the same tokens at `k`; part of a word stays a part of it."""
        before, after = p.start - self.old.starts[i], p.end - self.old.ends[j - 1]
        place = self.new.passage(k, k + j - i, before, after)
        if place.quote.split() == p.quote.split():
            return place
        return self.new.passage(k, k + j - i, max(before, 0), min(after, 0))

    def _proved(self, i: int, j: int, run: tuple[int, int, int]) -> bool:
        """Tell whether no other reading of the difference puts these tokens elsewhere.

        On either side the tokens must, with the unedited ones that follow there, be known again:
        what lies next to an edit may be a deleted end met by the same end of something new.
        """
        a, b, c = run
        ends = len(self.old.letters), len(self.new.letters)
        first, last = a == c == 0, (b, c + b - a) == ends
        left = (self.old.letters[i - more : j] for more in _widths(i - a))
        right = (self.old.letters[i : j + more] for more in _widths(b - j))
        return (first or any(map(self._known, left))) and (last or any(map(self._known, right)))

    def _known(self, letters: str) -> bool:
        return len(letters) >= ENOUGH and self._unique(letters)

    def _unique(self, letters: str) -> bool:
        return all(
            next(found, None) is not None and next(found, None) is None
            for found in (
                _finds(stream.letters, letters, 0, len(stream.letters))
                for stream in (self.old, self.new)
            )
        )

    def _twins(self, i: int, j: int) -> list[int]:
        """Return where the same tokens stand in the newer text, the nearest first."""
        return sorted(self.new.places(self.old.letters[i:j]), key=lambda n: abs(n - i))

    def _astray(self, coding: Coding, i: int, j: int) -> Move:
        verbatim = [n for n in self._twins(i, j) if i < j and self._is_fresh(n, n + j - i)]
        places = [self._intact(coding.passage, i, j, n) for n in verbatim]
        if len(verbatim) == 1 and self._carried(i, j, verbatim[0]):
            return Move(coding, Fate.MOVED, tuple(places))
        if rest := self._rest(i, j):
            places.append(rest)
        elif not places:
            places = similar(coding.passage, self.new.document)
        if not places:
            return Move(coding, Fate.LOST)
        fate = Fate.AMBIGUOUS if len(places) > 1 or verbatim else Fate.CHANGED
        return Move(coding, fate, tuple(places[:MOST]))

    def _is_fresh(self, k: int, m: int) -> bool:
        return any(low <= k and m <= high for low, high in self.fresh)

    def _carried(self, i: int, j: int, k: int) -> bool:
        """Tell whether the tokens were moved with enough around them to be known again."""
        old, new = self.old.letters, self.new.letters
        low = 0
        while low < min(i, k) and old[i - low - 1] == new[k - low - 1]:
            low += 1
        high, most = j - i, min(len(old) - i, len(new) - k)
        while high < most and old[i + high] == new[k + high]:
            high += 1
        whole = old[i - low : i + high]
        return len(whole) >= CARRIED and self._unique(whole)

    def _rest(self, i: int, j: int) -> Passage | None:
        """Return what is left of a passage where the difference leads, edited words among it."""
        kept = [(n, n - a + c) for n in range(i, j) for a, b, c in [self._run(n)] if n < b]
        if not kept:
            return None
        turns = [self.new.turns[k] for _, k in kept]
        turn = max(dict.fromkeys(turns), key=turns.count)
        kept = [(n, k) for n, k in kept if self.new.turns[k] == turn]
        size = [self.old.ends[n] - self.old.starts[n] for n in range(i, j)]
        left = sum(size[n - i] for n, _ in kept)
        (first, low), (last, high) = kept[0], kept[-1]
        if left < SURVIVES * sum(size) or high - low > 2 * (j - i) + ENOUGH:
            return None
        begin, end = self.new.first[turn]
        while first > i and low > begin and self._is_fresh(low - 1, low):
            first, low = first - 1, low - 1
        while last < j - 1 and high + 1 < end and self._is_fresh(high + 1, high + 2):
            last, high = last + 1, high + 1
        return self.new.passage(low, high + 1)


def _shown(p: Passage) -> str:
    return f"[{p.turn}] {p.start}–{p.end} '{p.quote}'"


def well_known(quote: str) -> bool:
    """Tell whether words are enough to be known again where they stand only once."""
    return len(_TOKEN.findall(quote)) >= CARRIED


def _spoken(document: Document) -> list[tuple[int, str]]:
    return [(turn.number, turn.text) for turn in document.turns.values()]


def _finds(text: str, part: str, low: int, high: int) -> Iterator[int]:
    at = text.find(part, low, high)
    while at >= 0:
        yield at
        at = text.find(part, at + 1, high)


def _widths(most: int) -> Iterator[int]:
    """Yield 0, 1, 3, 7 … and at last `most`."""
    width = 0
    while width < most:
        yield width
        width = 2 * width + 1
    yield most


def _gaps(taken: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    gaps, at = [], 0
    for low, high in [*taken, (size, size)]:
        if at < low:
            gaps.append((at, low))
        at = high
    return gaps
