"""Gamma: how far coders agree on where spans lie and what they are called, by their best alignment.

Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), 437–479. The alignment is exact
(an integer programme), what chance would give is drawn, so gamma itself depends on `seed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from workbench.base.problems import WorkbenchError

Floats = NDArray[np.float64]
MOST, _TRIES = 5_000_000, 100
"""Ways to put units of different coders together that are looked at."""


class Unit(NamedTuple):
    """A coded span, end exclusive, and its code."""

    start: float
    end: float
    code: str


class Weights(NamedTuple):
    """How much place and code count, and what a missing unit costs (alpha, beta, delta empty)."""

    place: float = 3.0
    code: float = 1.0
    empty: float = 1.0


USUAL = Weights()


class TooManyUnits(WorkbenchError):
    """There are too many units to try all ways of putting them together."""

    def __init__(self, ways: int) -> None:
        super().__init__(
            f"{ways} ways to put the coders' spans together are too many for gamma. "
            "Compare two coders at a time, or fewer documents; alpha for spans has no such limit."
        )


def unlike(one: str, other: str) -> float:
    """Return 0 for the same code, 1 for different ones."""
    return float(one != other)


def apart(one: Unit, other: Unit) -> float:
    """Return how far two spans lie apart: no unit, the same for both stretched alike."""
    lengths = one.end - one.start + other.end - other.start
    return float(((abs(one.start - other.start) + abs(one.end - other.end)) / lengths) ** 2)


def disorder(
    coders: Sequence[Sequence[Unit]],
    weights: Weights = USUAL,
    between: Callable[[str, str], float] = unlike,
) -> float:
    """Return the disorder of the best alignment: 0 where all coders agree in everything.

    `coders` holds the units of each coder; `between` gives the distance of two codes, 0 to 1.
    Without any unit there is none (0). Raises `TooManyUnits`.
    """
    units = [len(own) for own in coders]
    if not sum(units):
        return 0.0
    if (ways := int(np.prod([n + 1 for n in units], dtype=float))) > MOST:
        raise TooManyUnits(ways)
    chosen = np.stack([axis.ravel() for axis in np.indices([n + 1 for n in units])])
    cost = np.zeros(chosen.shape[1])
    for a, b in combinations(range(len(coders)), 2):
        cost += _distances(coders[a], coders[b], weights, between)[chosen[a], chosen[b]]
    cost /= len(coders) * (len(coders) - 1) / 2
    present = chosen < np.array(units)[:, None]
    alone = present.sum(axis=0) * weights.empty
    kept = present.any(axis=0) & (cost <= alone + 1e-9)
    rows = (chosen + np.cumsum([0, *units[:-1]])[:, None])[:, kept]
    columns = np.broadcast_to(np.arange(kept.sum()), rows.shape)
    held = present[:, kept]
    used = csr_array(
        (np.ones(held.sum()), (rows[held], columns[held])), shape=(sum(units), int(kept.sum()))
    )
    best = milp(
        cost[kept], integrality=np.ones(kept.sum()), bounds=Bounds(0, 1),
        constraints=LinearConstraint(used, 1, 1),
    )  # fmt: skip
    return float(best.fun / np.mean(units))


def _distances(
    one: Sequence[Unit],
    other: Sequence[Unit],
    weights: Weights,
    between: Callable[[str, str], float],
) -> Floats:
    """Return what it costs to put two units together; the last row and column is a missing one."""
    found = np.full((len(one) + 1, len(other) + 1), weights.empty)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            cost = weights.place * apart(a, b) + weights.code * between(a.code, b.code)
            found[i, j] = weights.empty * cost
    return found


def gamma(
    continua: Sequence[Sequence[Sequence[Unit]]],
    weights: Weights = USUAL,
    between: Callable[[str, str], float] = unlike,
    *,
    draws: int = 30,
    seed: int = 1,
) -> float | None:
    """Return gamma over several texts, each weighted by its units: 1 is alike, 0 is by chance.

    `continua` holds for each text the units of each coder. By chance, each coder's units are those
    of a coder drawn at random, shifted round the text. `None` where nothing was coded.
    """
    dice = np.random.default_rng(seed)
    observed = expected = 0.0
    for coders in continua:
        weight = float(np.mean([len(own) for own in coders]))
        observed += weight * disorder(coders, weights, between)
        drawn = [disorder(_shuffled(coders, dice), weights, between) for _ in range(draws)]
        expected += weight * float(np.mean(drawn))
    return 1 - observed / expected if expected else None


def _shuffled(
    coders: Sequence[Sequence[Unit]], dice: np.random.Generator
) -> Sequence[Sequence[Unit]]:
    every = [unit for own in coders for unit in own]
    if not every:
        return coders
    low, high = min(u.start for u in every), max(u.end for u in every)
    room = float(np.mean([u.end - u.start for u in every])) / 2
    found, pivots = [], list[float]()
    for _ in coders:
        pivots.append(_pivot(low, high, pivots, room, dice))
        own = coders[int(dice.integers(len(coders)))]
        found.append(
            [_shifted(u, (low if u.start >= pivots[-1] else high) - pivots[-1]) for u in own]
        )
    return found


def _pivot(
    low: float, high: float, taken: Sequence[float], room: float, dice: np.random.Generator
) -> float:
    """Draw where a text is cut: half a unit from other cuts, or chance would agree too well."""
    for _ in range(_TRIES):
        pivot = float(dice.uniform(low, high))
        if all(abs(pivot - other) >= room for other in taken):
            break
    return pivot


def _shifted(unit: Unit, by: float) -> Unit:
    return unit._replace(start=unit.start + by, end=unit.end + by)
