"""Agreement about spans: which words were coded, and where coded words begin and end.

Krippendorff's alpha for unitizing, 2004 (Measuring the reliability of qualitative text analysis
data) and 1995: lengths and places of coded spans and of the gaps between them, squared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, combinations

Span = tuple[int, int]
Tile = tuple[int, int, bool]
"""Start, end, and whether it is a span or a gap."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Observed and expected disagreement of one code on one continuum of `length` characters."""

    observed: float
    expected: float
    length: int

    @property
    def alpha(self) -> float | None:
        """Return alpha_u; `None` where nothing was coded, or everything."""
        return alpha_u([self])


def alpha_u(parts: Iterable[Disagreement]) -> float | None:
    """Return alpha_u over codes and continua: documents weigh by the square of their length."""
    every = list(parts)
    expected = sum(p.expected * p.length**2 for p in every)
    observed = sum(p.observed * p.length**2 for p in every)
    return 1.0 - observed / expected if expected > 0 else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one; spans that only touch stay two."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def unitized(
    spans: Mapping[str, Iterable[Span]], length: int, *, continuous: bool = False
) -> Disagreement:
    """Compare what coders coded on a continuum `[0, length)`; two coders or more.

    `spans` gives each coder's spans, end exclusive; a coder who coded nothing has an empty list.
    `continuous` takes the length for a drawing measured ever finer, as Krippendorff 1995 does.
    """
    tiles = [_tiled(merged(s), length) for s in spans.values()]
    m = len(tiles)
    apart = 2 * sum(_apart(one, other) for one, other in combinations(tiles, 2))
    observed = apart / (m * (m - 1) * length**2)
    return Disagreement(observed, _expected(tiles, length, 0 if continuous else 1), length)


def _tiled(spans: Sequence[Span], length: int) -> list[Tile]:
    """Return all that lies on the continuum, in order: spans, and the gaps between them."""
    tiles, at = list[Tile](), 0
    for start, end in spans:
        if start > at:
            tiles.append((at, start, False))
        tiles.append((start, end, True))
        at = end
    if at < length:
        tiles.append((at, length, False))
    return tiles


def _apart(one: Sequence[Tile], other: Sequence[Tile]) -> int:
    """Return the squared distances of two coders' tiles: of those that share a place, in order."""
    total = i = j = 0
    while i < len(one) and j < len(other):
        (a, b, coded), (c, d, told) = one[i], other[j]
        if coded and told:
            total += (a - c) ** 2 + (b - d) ** 2
        elif coded and c <= a and b <= d:
            total += (b - a) ** 2
        elif told and a <= c and d <= b:
            total += (d - c) ** 2
        i, j = i + (b <= d), j + (d <= b)
    return total


def _expected(tiles: Sequence[Sequence[Tile]], length: int, grain: int) -> float:
    """Return what all ways of laying these spans and gaps would disagree, on average."""
    every = list(chain.from_iterable(tiles))
    long = [end - start for start, end, coded in every if coded]
    gaps = sorted(end - start for start, end, coded in every if not coded)
    above = [*accumulate(reversed(gaps), initial=0)][::-1]
    total = len(tiles) * length
    below = total * (total - grain) - sum(n * (n - grain) for n in long)
    if not long or not below:
        return 0.0
    apart = 0.0
    for n in long:
        first = bisect_left(gaps, n)
        room = above[first] - (len(gaps) - first) * (n - grain)
        overlap = (len(long) - 1) / 3 * (2 * n**3 - grain * 3 * n**2 + grain * n)
        apart += overlap + n**2 * room
    return 2 / length * apart / below
