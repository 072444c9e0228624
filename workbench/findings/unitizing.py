"""Agreement about spans: which words were coded, and where coded words begin and end.

Krippendorff's alpha for unitizing, 2004 (Measuring the reliability of qualitative text analysis
data) and 1995: lengths and places of coded spans and of the gaps between them, squared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
Floats = NDArray[np.float64]


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
    coders = {name: _tiled(merged(s), length) for name, s in spans.items()}
    m, tiles = len(coders), list(coders.values())
    apart = sum(_apart(a, b) for a, b in permutations(tiles, 2))
    observed = apart / (m * (m - 1) * length**2)
    return Disagreement(observed, _expected(tiles, length, 0 if continuous else 1), length)


def _tiled(spans: Sequence[Span], length: int) -> NDArray[np.int64]:
    """Return start, length and 1 (a span) or 0 (a gap) of all that lies on the continuum."""
    tiles, at = [], 0
    for start, end in spans:
        if start > at:
            tiles.append((at, start - at, 0))
        tiles.append((start, end - start, 1))
        at = end
    if at < length:
        tiles.append((at, length - at, 0))
    return np.array(tiles, dtype=np.int64).reshape(-1, 3)


def _apart(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the squared distances of one coder's tiles from another's."""
    (b, long, valued), (c, wide, told) = one[:, None, :].T, other[None, :, :].T
    b, long, valued, c, wide, told = (x.T for x in (b, long, valued, c, wide, told))
    late, inside = b - c, (valued == 1) & (told == 0)
    both = (valued == 1) & (told == 1) & (-long < late) & (late < wide)
    ends = late**2 + (late + long - wide) ** 2
    within = inside & (wide - long >= late) & (late >= 0)
    back = (valued == 0) & (told == 1) & (long - wide >= -late) & (-late >= 0)
    return float((ends * both + long**2 * within + wide**2 * back).sum())


def _expected(tiles: Sequence[NDArray[np.int64]], length: int, grain: int) -> float:
    """Return what all ways of laying these spans and gaps would disagree, on average."""
    every = np.concatenate(tiles).astype(float)
    long, gaps = every[every[:, 2] == 1, 1], every[every[:, 2] == 0, 1]
    if not len(long):
        return 0.0
    overlap = (len(long) - 1) / 3 * (2 * long**3 - grain * 3 * long**2 + grain * long)
    room = np.maximum(gaps[None, :] - long[:, None] + grain, 0.0)
    room[gaps[None, :] < long[:, None]] = 0.0
    total = len(tiles) * length
    below = total * (total - grain) - (long * (long - grain)).sum()
    return (
        float(2 / length * (overlap + long**2 * room.sum(axis=1)).sum() / below) if below else 0.0
    )
