"""Coefficients of agreement for any number of coders, with values missing, and their intervals.

Every coefficient is a sum over the distinct patterns a unit can have, so a whole resampling is one
product of matrices: resampled groups × groups' patterns. Sources: Cohen 1960 and Conger 1980
(kappa), Scott 1955 and Fleiss 1971 (fixed shares), Gwet 2008 and 2014 (AC1, AC2, weights, missing
values), Brennan & Prediger 1981, Krippendorff 2011 (alpha), Passonneau 2006 (MASI).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Parts = tuple[Floats, Floats]
"""Observed and expected agreement of each draw."""

MISSING = -1
LEAST_DEFINED = 0.95
"""The share of resamplings that must have a value for their interval to be one."""

CERTAIN = 1.0 - 1e-12
"""Expected agreement from which on there is nothing left to be better than."""


class Why(StrEnum):
    """Why there is no coefficient."""

    NO_PAIR = "no_pair"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class Ratings:
    """What coders said of units: patterns × coders as numbers of `values`, `MISSING` for nothing.

    `often` counts the patterns in each group (groups × patterns); a group is what is resampled
    whole, usually a document.
    """

    values: tuple[Any, ...]
    patterns: NDArray[np.int64]
    often: Floats

    @classmethod
    def of(
        cls,
        units: Sequence[Sequence[Hashable | None]],
        groups: Sequence[Hashable] | None = None,
        values: Sequence[Any] | None = None,
    ) -> Ratings:
        """Read units × coders, `None` where a coder said nothing; `values` in their order."""
        if values is None:
            found = {v for unit in units for v in unit if v is not None}
            values = sorted(found, key=lambda v: (str(type(v)), v))
        number = {v: n for n, v in enumerate(values)} | {None: MISSING}
        coded = np.array([[number[v] for v in unit] for unit in units], dtype=np.int64)
        row = {g: n for n, g in enumerate(dict.fromkeys(groups or ()))}
        where = np.array([row[g] for g in groups] if groups else range(len(units)))
        return cls.coded(tuple(values), coded.reshape(len(units), -1), where)

    @classmethod
    def coded(
        cls, values: tuple[Any, ...], units: NDArray[np.int64], groups: NDArray[np.int64]
    ) -> Ratings:
        """Count units × coders, given as numbers of `values`, in groups numbered from 0."""
        base = len(values) + 1
        if base ** units.shape[1] < 2**62:  # one number for a pattern sorts much quicker
            names = (units + 1) @ base ** np.arange(units.shape[1])
            _, first, which = np.unique(names, return_index=True, return_inverse=True)
            patterns = units[first]
        else:
            patterns, which = np.unique(units, axis=0, return_inverse=True)
        often = np.zeros((groups.max(initial=-1) + 1, len(patterns)))
        np.add.at(often, (groups, which.ravel()), 1.0)
        return cls(values, patterns, often)

    @property
    def counts(self) -> Floats:
        """Return patterns × values: how many coders said it."""
        given = self.patterns[:, :, None] == np.arange(len(self.values))
        return np.asarray(given.sum(axis=1), dtype=float)

    def only(self, value: Any) -> Ratings:
        """Return the same units judged as `value` or not."""
        at = self.values.index(value)
        told = np.where(self.patterns == MISSING, MISSING, (self.patterns == at).astype(np.int64))
        return Ratings((False, True), told, self.often)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient, or why there is none; observed and expected agreement; a 95 % interval."""

    value: float | None
    observed: float
    expected: float
    low: float | None = None
    high: float | None = None
    why: Why | None = None


# ---- distances between values: 0 for the same, larger for further apart ----------------------


def nominal(values: Sequence[Any]) -> Floats:
    """Return 0 for the same value, 1 for another."""
    return 1.0 - np.eye(len(values))


def linear(values: Sequence[Any]) -> Floats:
    """Return how far apart values are, as numbers or, if they are none, as ranks."""
    v = _numbers(values)
    return np.abs(v[:, None] - v)


def interval(values: Sequence[Any]) -> Floats:
    """Return squared differences: quadratic weights, and Krippendorff's interval metric."""
    return linear(values) ** 2


def ratio(values: Sequence[Any]) -> Floats:
    """Return Krippendorff's ratio metric; values must be numbers of one sign."""
    v = _numbers(values)
    total = v[:, None] + v
    return np.divide(v[:, None] - v, total, out=np.zeros_like(total), where=total != 0) ** 2


def ranks(values: Sequence[Any]) -> Floats:
    """Return Gwet's ordinal weights as distances: pairs of ranks between two values."""
    steps = np.abs(np.subtract.outer(np.arange(len(values)), np.arange(len(values))))
    return np.asarray(steps * (steps + 1) / 2.0, dtype=float)


def jaccard(values: Sequence[frozenset[Any]]) -> Floats:
    """Return one minus the share of common members; two empty sets are the same."""
    return np.array([[1.0 - _shared(a, b) for b in values] for a in values])


def masi(values: Sequence[frozenset[Any]]) -> Floats:
    """Return Passonneau's distance of sets, 1 − J·M."""

    def alike(a: frozenset[Any], b: frozenset[Any]) -> float:
        kind = 1.0 if a == b else 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
        return _shared(a, b) * kind

    return np.array([[1.0 - alike(a, b) for b in values] for a in values])


def _shared(a: frozenset[Any], b: frozenset[Any]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _numbers(values: Sequence[Any]) -> Floats:
    if all(isinstance(v, int | float) for v in values):
        return np.array(values, dtype=float)
    return np.arange(len(values), dtype=float)


# ---- chance: what a coefficient expects without any skill --------------------------------------

Chance = Callable[[Ratings, Floats, Floats], Floats]
"""Ratings, weights of agreement and draws -> the agreement expected in each draw."""


def fixed_shares(ratings: Ratings, weights: Floats, draws: Floats) -> Floats:
    """Return chance after Scott (two coders) and Fleiss: everybody draws from the same shares."""
    shares = _shares(ratings, draws)
    return np.asarray(np.einsum("bk,kl,bl->b", shares, weights, shares))


def own_shares(ratings: Ratings, weights: Floats, draws: Floats) -> Floats:
    """Return chance after Cohen (two coders) and Conger: everybody draws from their own shares."""
    given = ratings.patterns[:, :, None] == np.arange(len(ratings.values))
    counts: Floats = np.einsum("bp,pgk->bgk", draws, given.astype(float))
    totals = counts.sum(axis=2, keepdims=True)
    own = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    every, coders = own.sum(axis=1), own.shape[1]
    all_pairs = np.einsum("bk,kl,bl->b", every, weights, every)
    same = np.einsum("bgk,kl,bgl->b", own, weights, own)
    return np.asarray((all_pairs - same) / (coders * (coders - 1)))


def gwet(ratings: Ratings, weights: Floats, draws: Floats) -> Floats:
    """Return chance after Gwet: AC1, with other weights than nominal AC2."""
    shares, k = _shares(ratings, draws), len(ratings.values)
    if k < 2:
        return np.ones(len(draws))
    return np.asarray(weights.sum() / (k * (k - 1)) * (shares * (1 - shares)).sum(axis=1))


def even_shares(ratings: Ratings, weights: Floats, draws: Floats) -> Floats:
    """Return chance after Brennan & Prediger (also S, and Randolph): every value as likely."""
    return np.full(len(draws), weights.sum() / len(ratings.values) ** 2)


def _shares(ratings: Ratings, draws: Floats) -> Floats:
    counts = ratings.counts
    total = counts.sum(axis=1, keepdims=True)
    each = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    with np.errstate(invalid="ignore"):
        return np.asarray((draws @ each) / (draws @ (total > 0)))


def _observed(ratings: Ratings, weights: Floats, draws: Floats) -> Floats:
    """Return the mean over units of the agreement of all pairs of coders of a unit."""
    counts = ratings.counts
    total = counts.sum(axis=1)
    pairs = total * (total - 1)
    alike = (counts * (counts @ weights - 1)).sum(axis=1)
    agreed = np.divide(alike, pairs, out=np.zeros_like(alike), where=pairs > 0)
    with np.errstate(invalid="ignore"):
        return np.asarray((draws @ agreed) / (draws @ (pairs > 0)))


# ---- coefficients ------------------------------------------------------------------------------

Judge = Callable[[Floats], Parts]
"""Draws × groups -> observed and expected agreement of each draw."""


def percent(ratings: Ratings) -> Judge:
    """Judge by the share of pairs of coders that agree; nothing is taken off for chance."""
    alike = np.eye(len(ratings.values))
    return lambda drawn: (
        _observed(ratings, alike, drawn @ ratings.often),
        np.zeros(len(drawn)),
    )


def corrected(
    ratings: Ratings, chance: Chance, distance: Callable[[Sequence[Any]], Floats] = nominal
) -> Judge:
    """Judge by (observed − expected) / (1 − expected), weighted by `distance`."""
    apart = distance(ratings.values)
    most = apart.max(initial=0.0)
    weights = 1.0 - apart / most if most else np.ones_like(apart)

    def judge(drawn: Floats) -> Parts:
        draws = drawn @ ratings.often
        return _observed(ratings, weights, draws), chance(ratings, weights, draws)

    return judge


def alpha(ratings: Ratings, distance: Callable[[Sequence[Any]], Floats] | None = nominal) -> Judge:
    """Judge by Krippendorff's alpha; `None` is his ordinal metric, which the shares themselves set.

    Observed and expected are given as agreement, 1 − D, with D divided by the largest distance.
    """
    apart = distance(ratings.values) if distance else None
    counts = ratings.counts
    others = np.maximum(counts.sum(axis=1) - 1, 1.0)[:, None, None]
    pairs = counts[:, :, None] * (counts[:, None, :] - np.eye(counts.shape[1])) / others

    def judge(drawn: Floats) -> Parts:
        found = np.tensordot(drawn @ ratings.often, pairs, axes=1)
        shares = found.sum(axis=2)
        n = shares.sum(axis=1)
        far = _ordinal(shares) if apart is None else np.broadcast_to(apart, found.shape)
        most = far.max(axis=(1, 2), initial=0.0)
        most = np.where(most > 0, most, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (found * far).sum(axis=(1, 2)) / n / most
            expected = np.einsum("bk,bkl,bl->b", shares, far, shares) / (n * (n - 1)) / most
        return 1.0 - observed, 1.0 - expected

    return judge


def _ordinal(shares: Floats) -> Floats:
    middle = np.cumsum(shares, axis=1) - shares / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)


def pooled(judges: Sequence[Judge]) -> Judge:
    """Judge several codes as one: the mean of what is observed and of what is expected.

    After De Vries, Elliott, Kanouse & Teleki 2008. A code without variation changes nothing.
    """

    def judge(drawn: Floats) -> Parts:
        observed, expected = (np.array(x) for x in zip(*(j(drawn) for j in judges), strict=True))
        fit = np.isfinite(observed) & np.isfinite(expected)
        with np.errstate(invalid="ignore"):
            n = fit.sum(axis=0)
            return np.where(fit, observed, 0).sum(0) / n, np.where(fit, expected, 0).sum(0) / n

    return judge


def estimate(judge: Judge, groups: int, *, resamplings: int = 0, seed: int = 1) -> Estimate:
    """Return a coefficient, with its 95 % interval from `resamplings` of the groups.

    There is no value where chance alone would always agree (`NO_VARIATION`) or no unit was judged
    by two (`NO_PAIR`), and no interval where over one resampling in twenty has no value.
    """
    observed, expected = (float(x[0]) for x in judge(np.ones((1, groups))))
    if np.isnan(observed):
        return Estimate(None, observed, expected, why=Why.NO_PAIR)
    if np.isnan(expected) or expected >= CERTAIN:
        return Estimate(None, observed, expected, why=Why.NO_VARIATION)
    value = (observed - expected) / (1.0 - expected)
    low, high = _interval(judge, groups, resamplings, seed) if resamplings else (None, None)
    return Estimate(value, observed, expected, low, high)


def _interval(
    judge: Judge, groups: int, resamplings: int, seed: int
) -> tuple[float | None, float | None]:
    observed, expected = judge(resampled(groups, resamplings, seed))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (observed - expected) / (1.0 - expected)
    values = values[np.isfinite(values) & (expected < CERTAIN)]
    if groups < 2 or len(values) < LEAST_DEFINED * resamplings:
        return None, None
    tail = _tail(groups)
    low, high = np.quantile(values, (tail, 1 - tail))
    return float(low), float(high)


def _tail(groups: int) -> float:
    """Return what is cut off at each end, less than 2.5 % for few groups.

    Hesterberg 2015 (What teachers should know about the bootstrap), expanded percentiles:
    resampling few groups makes too narrow an interval. Student's t after Cornish and Fisher.
    """
    normal, n = NormalDist(), groups - 1
    z = normal.inv_cdf(0.975)
    t = z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    return normal.cdf(-t * math.sqrt(groups / n))


@lru_cache(maxsize=4)
def resampled(groups: int, resamplings: int, seed: int) -> Floats:
    """Return how often each group is drawn in each resampling, with replacement."""
    dice = np.random.default_rng(seed)
    drawn = dice.multinomial(groups, np.full(groups, 1 / groups), size=resamplings)
    return drawn.astype(float)
