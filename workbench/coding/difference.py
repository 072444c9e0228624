"""What an older and a newer text have in common, and how well each part of it is known again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

SOLID = 3
"""Pieces of other speech in a run of words that nobody types anew by chance."""
PROOF = 2
"""Pieces that must lie between an edit and the end of coded words, so that it cannot reach them."""


class Belief(IntEnum):
    """How well it is known that words are the ones that stood in the older text."""

    DOUBTED = 0
    LIKELY = 1
    PROVED = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that both texts have: `[start, end)` in the older one, from `there` in the newer."""

    start: int
    end: int
    there: int

    @property
    def until(self) -> int:
        """Return the token of the newer text after the last."""
        return self.there + self.end - self.start

    def meets(self, other: Run) -> bool:
        """Tell whether two runs have a token in common, in either text."""
        old = self.start < other.end and other.start < self.end
        return old or (self.there < other.until and other.there < self.until)

    def at(self, n: int) -> int:
        """Return where the run puts a token of the older text."""
        return n - self.start + self.there


@dataclass(frozen=True, slots=True)
class Edge:
    """The edit between a run and the nearest solid one on a side of it.

    `old` and `new` are what stands there in either text; `plain` tells that it is the same
    neighbour in both, `clean` that the run begins or ends where a sentence does, `border` that
    both texts do, unedited.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    plain: bool
    clean: bool
    border: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Letters that stand for no words: those that begin turns, end sentences, and all others."""

    heads: frozenset[str]
    stops: frozenset[str]
    all: frozenset[str]

    def clean(self, text: str, at: int) -> int:
        """Say how well a text may be cut before a token: 2 between turns, 1 after a sentence."""
        if at >= len(text) or text[at] in self.heads:
            return 2
        return int(at == 0 or text[at - 1] in self.stops)


class Difference:
    """Two texts, a letter for each token, and the runs of tokens that both have."""

    def __init__(self, old: str, new: str, marks: Marks) -> None:
        self.old, self.new, self._marks = old, new, marks
        runs = self._in_order()
        solid = [r for r in runs if self._solid(r)]
        self._end = Run(len(old), len(old), len(new))
        carried = list(self._carried(solid))
        runs = [r for r in runs if r in solid or not any(map(r.meets, carried))]
        self.runs = sorted([*runs, *carried], key=lambda r: r.start)
        self.solid = {r for r in self.runs if self._solid(r)} | {Run(0, 0, 0), self._end}
        self.fresh = gaps([(r.there, r.until) for r in self.solid], len(new))
        self._starts = [r.start for r in self.runs]
        self._edges: dict[Run, tuple[Edge, Edge]] = {}

    def edits(self) -> Iterator[tuple[str, str]]:
        """Return what was taken out and what was put in between runs that follow one another."""
        for one, two in pairwise(self.runs):
            yield self.old[one.end : two.start], self.new[one.until : two.there]

    def run(self, n: int) -> Run | None:
        """Return the run in which a token of the older text stands."""
        at = bisect_right(self._starts, n) - 1
        return self.runs[at] if at >= 0 and n < self.runs[at].end else None

    def around(self, n: int) -> tuple[Run, Run]:
        """Return the runs before and after a token of the older text that stands in none."""
        at = bisect_right(self._starts, n)
        one = self.runs[at - 1] if at else Run(0, 0, 0)
        two = self.runs[at] if at < len(self.runs) else self._end
        return one, two

    def belief(self, i: int, j: int, run: Run) -> Belief:
        """Say how well it is known that tokens `[i, j)` of a run are where the run puts them.

        On either side they must be known again with the unedited ones up to the next edit: a
        deleted sentence may end, or begin, like the one that was put in its place.
        """
        before, after = self._edges.setdefault(run, (self._before(run), self._after(run)))
        size, half = j - i, (j - i + 1) // 2
        left, right = self.old[run.start : j], self.old[i : run.end]
        sides = (
            self._side(before, left, left[: len(left) - size + half]),
            self._side(after, right, right[size - half :]),
        )
        if run in self.solid:
            return min(sides)
        whole = all(edge.plain and edge.clean for edge in (before, after))
        known = min(sides) and (whole or max(sides) is Belief.PROVED)
        return Belief.LIKELY if known else Belief.DOUBTED

    def _side(self, edge: Edge, words: str, core: str) -> Belief:
        """Weigh what stands between an edit and the far end, and the middle, of coded words."""
        if edge.border:
            return Belief.PROVED
        pieces = self.pieces(core, SOLID)
        if pieces >= SOLID:
            return Belief.PROVED
        if not self._alone(words, edge):
            return Belief.DOUBTED
        if edge.plain and pieces >= PROOF:
            return Belief.PROVED
        known = edge.plain or edge.clean or self.pieces(words, PROOF) >= PROOF
        return Belief.LIKELY if known else Belief.DOUBTED

    def pieces(self, part: str, enough: int) -> int:
        """Count the pieces of other speech that words are put together from, up to `enough`.

        A piece is the longest row of words that either text has once more; words that are said
        elsewhere as a whole are one piece. The more pieces, the less likely they were said again
        by chance (cross-parsing: Ziv & Merhav 1993). Marks alone are no piece.
        """
        count = at = 0
        while at < len(part) and count < enough:
            end = at + 1
            while end < len(part) and self._again(part[at : end + 1]):
                end += 1
            count += not self._marks.all.issuperset(part[at:end])
            at = end
        return count

    def _again(self, part: str) -> bool:
        return not (once(part, self.old) and once(part, self.new))

    def _alone(self, words: str, edge: Edge) -> bool:
        """Tell whether words stand once in and around an edit, in either text."""
        size = len(words)
        return all(
            once(words, text[max(0, low - size) : high + size])
            for text, (low, high) in ((self.old, edge.old), (self.new, edge.new))
        )

    def _solid(self, run: Run) -> bool:
        if run.start == run.there == 0 or (run.end, run.until) == (len(self.old), len(self.new)):
            return True
        return self.pieces(self.old[run.start : run.end], SOLID) >= SOLID

    def _before(self, run: Run) -> Edge:
        ends = {(r.end, r.until) for r in self.solid}
        p = max(end for end, _ in ends if end <= run.start)
        q = max(until for _, until in ends if until <= run.there)
        clean = self._clean(run.start, run.there)
        border = run.start == run.there == 0
        return Edge((p, run.start), (q, run.there), (p, q) in ends, clean, border)

    def _after(self, run: Run) -> Edge:
        starts = {(r.start, r.there) for r in self.solid}
        p = min(start for start, _ in starts if start >= run.end)
        q = min(there for _, there in starts if there >= run.until)
        clean = self._clean(run.end, run.until)
        border = (run.end, run.until) == (len(self.old), len(self.new))
        return Edge((run.end, p), (run.until, q), (p, q) in starts, clean, border)

    def _clean(self, old: int, new: int) -> bool:
        return bool(self._marks.clean(self.old, old) or self._marks.clean(self.new, new))

    def _in_order(self) -> list[Run]:
        """Return what both texts have in the same order, cut where sentences are if that may be."""
        runs = [
            Run(b.src_start, b.src_end, b.dest_start)
            for b in Levenshtein.opcodes(self.old, self.new)
            if b.tag == "equal"
        ]
        for n in range(len(runs) - 1):
            one, two = runs[n : n + 2]
            if one.end == two.start:
                text, low, high = self.new, one.until, two.there
            elif one.until == two.there:
                text, low, high = self.old, one.end, two.start
            else:
                continue
            back = behind(text, low, text, high, one.end - one.start)
            on = ahead(text, low, text, high, two.end - two.start)
            by = max(
                range(-back, on + 1), key=lambda k: (self._marks.clean(text, low + k), -abs(k))
            )
            runs[n] = Run(one.start, one.end + by, one.there)
            runs[n + 1] = Run(two.start + by, two.end, two.there + by)
        return [r for r in runs if r.start < r.end]

    def _carried(self, solid: list[Run]) -> Iterator[Run]:
        """Find what was moved against the order of all: known again, and once in either text."""
        free = gaps([(r.there, r.until) for r in solid], len(self.new))
        for low, high in gaps([(r.start, r.end) for r in solid], len(self.old)):
            i = low
            while i < high:
                found = max(
                    (self._longest(i, high, *gap) for gap in free),
                    key=lambda r: r.end,
                    default=Run(i, i, 0),
                )
                if self.pieces(self.old[i : found.end], SOLID) >= SOLID:
                    yield found
                    i = found.end
                else:
                    i += 1

    def _longest(self, i: int, high: int, low: int, most: int) -> Run:
        found = Run(i, i, low)
        while found.end < high:
            at = self.new.find(self.old[i : found.end + 1], found.there, most)
            if at < 0:
                break
            found = Run(i, found.end + 1, at)
        return found


def once(part: str, text: str) -> bool:
    """Tell whether a row of tokens stands in a text, and in one place only."""
    at = text.find(part)
    return at >= 0 and text.find(part, at + 1) < 0


def ahead(text: str, at: int, other: str, there: int, most: int) -> int:
    """Count the tokens that are alike from a place on, in two texts."""
    most = min(most, len(text) - at, len(other) - there)
    return next((n for n in range(most) if text[at + n] != other[there + n]), most)


def behind(text: str, at: int, other: str, there: int, most: int) -> int:
    """Count the tokens that are alike before a place, in two texts."""
    most = min(most, at, there)
    return next((n for n in range(most) if text[at - 1 - n] != other[there - 1 - n]), most)


def gaps(taken: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Return what is left of `[0, size)`."""
    found, at = [], 0
    for low, high in [*sorted(taken), (size, size)]:
        if at < low:
            found.append((at, low))
        at = max(at, high)
    return found
