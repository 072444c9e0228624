"""Coders side by side: where they judged the same words alike, and where and how they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from workbench.coding.codings import Coding, Standing
from workbench.material.documents import Document

T = TypeVar("T")
Judgement = tuple[str, int, int, int, str, frozenset[str]]
"""What a coder said of which words: coder, turn, start, end, code and facets."""


class How(StrEnum):
    """How coders stand to one another on the same words."""

    SAME = "same"
    FACETS = "facets"
    BOUNDARIES = "boundaries"
    CODE = "code"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Point:
    """Codings that belong together: what `coders` said of the same words of a turn.

    `MISSING` means that one of them coded nothing like it there. A coder may have several
    codings in a point: two short ones where the other has a long one, say.
    """

    document: str
    turn: int
    how: How
    coders: tuple[str, ...]
    codings: tuple[Coding, ...]

    def of(self, coder: str) -> tuple[Coding, ...]:
        """Return what `coder` said here; nothing if they coded nothing."""
        return tuple(c for c in self.codings if c.coder == coder)

    @property
    def basis(self) -> frozenset[Judgement]:
        """Return what names the point: the judgements in it, wherever they stand in their files."""
        return frozenset(judgement(c) for c in self.codings)

    @property
    def start(self) -> int:
        """Return where the first of its words begins."""
        return min(c.passage.start for c in self.codings)

    @property
    def end(self) -> int:
        """Return where the last of its words ends."""
        return max(c.passage.end for c in self.codings)


def judgement(c: Coding) -> Judgement:
    """Return what a coding says, without its memo and its line in the file."""
    p = c.passage
    return c.coder, p.turn, p.start, p.end, c.code, c.facets


def compare(
    document: Document, codings: Iterable[Coding], coders: Iterable[str]
) -> tuple[Point, ...]:
    """Set the codings of a document side by side, in the order of its text; pure.

    First what has the same code and shares words belongs together. What then still lacks one of
    the `coders` is joined to what the others said of the same words under other codes. Lost
    codings stand on no words and are left out.
    """
    names = tuple(coders)
    turns: dict[int, list[Coding]] = defaultdict(list)
    for c in codings:
        if c.document == document.id and c.coder in names and c.standing is not Standing.LOST:
            turns[c.passage.turn].append(c)
    points = []
    for number in document.turns:
        found = [
            Point(document.id, number, how, names, cs) for how, cs in _groups(turns[number], names)
        ]
        points += sorted(found, key=lambda p: (p.start, p.end, p.codings[0].code))
    return tuple(points)


def _groups(here: list[Coding], names: tuple[str, ...]) -> Iterable[tuple[How, tuple[Coding, ...]]]:
    parts = _joined(here, lambda a, b: a.code == b.code and _overlap(a, b))
    whole = [part for part in parts if _coders(part) == set(names)]
    rest = [part for part in parts if _coders(part) != set(names)]
    for part in whole:
        yield _how(part), _ordered(part, names)
    for group in _joined(rest, _beside):
        how = How.CODE if len(group) > 1 else How.MISSING
        yield how, _ordered([c for part in group for c in part], names)


def _how(part: list[Coding]) -> How:
    if len({(c.passage.start, c.passage.end) for c in part}) > 1:
        return How.BOUNDARIES
    return How.FACETS if len({c.facets for c in part}) > 1 else How.SAME


def _overlap(a: Coding, b: Coding) -> bool:
    return a.passage.start < b.passage.end and b.passage.start < a.passage.end


def _beside(one: list[Coding], other: list[Coding]) -> bool:
    """Tell whether other coders said something else of the same words."""
    apart = _coders(one).isdisjoint(_coders(other))
    return apart and any(_overlap(a, b) for a in one for b in other)


def _coders(part: Iterable[Coding]) -> set[str]:
    return {c.coder for c in part}


def _ordered(part: Iterable[Coding], names: tuple[str, ...]) -> tuple[Coding, ...]:
    return tuple(sorted(part, key=lambda c: (names.index(c.coder), c.key)))


def _joined(things: list[T], together: Callable[[T, T], bool]) -> list[list[T]]:
    """Return `things` in groups: two are in one group if a chain of pairs leads between them."""
    group = list(range(len(things)))
    for a, b in combinations(range(len(things)), 2):
        if group[a] != group[b] and together(things[a], things[b]):
            old, new = group[b], group[a]
            group = [new if g == old else g for g in group]
    found: dict[int, list[T]] = defaultdict(list)
    for thing, g in zip(things, group, strict=True):
        found[g].append(thing)
    return list(found.values())
