"""Groups that people's codes suggest: what drives each, how firmly it stands, never a segmentation.

Complete linkage on Jaccard distances between people's codes. How firm a cluster is, is how well it
is found again when a fifth of the codes is left out (mean Jaccard, Hennig 2007, Cluster-wise
assessment of cluster stability, doi 10.1016/j.csda.2006.11.025), beside the same for material that
has no groups: each code dealt out anew among the people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform

from workbench.base.languages import number, words
from workbench.base.problems import WorkbenchError
from workbench.findings.presence import Flags, Presence, customers, people_by_code
from workbench.findings.results import Result
from workbench.study import Study

LEAST, MOST = 12, 12
"""With fewer customers nothing is clustered; and never into more clusters than this."""
_LEFT_OUT, _RESAMPLED, _DEALT, _OF_DEALT = 0.2, 100, 20, 10
"""Share of codes left out; how often so in the material; dealt materials; how often in each."""
_SEGMENTS = 4
"""How many base segments the table names for a cluster, most people first."""
Ints = NDArray[np.int64]


class BadNumber(WorkbenchError):
    """A number of clusters that means nothing."""

    def __init__(self, k: object) -> None:
        super().__init__(
            f"{k} is no number of clusters. Give one from 2 to {MOST}, or a range: "
            "range(2, 6) tries 2, 3, 4 and 5."
        )


@dataclass(frozen=True, slots=True)
class Driver:
    """A code by which a cluster stands out: people of it and of the others who have it."""

    code: str
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """People whose codes are alike; `firm` is how well the cluster is found again, 0 to 1."""

    people: tuple[str, ...]
    drivers: tuple[Driver, ...]
    firm: float


@dataclass(frozen=True, repr=False)
class Clusters(Result):
    """Suggested clusters, the largest first, or none where there are too few people.

    `by_chance` is how well clusters are found again where there are no groups. `presence` holds
    the people in the order of the tree and the codes that were used.
    """

    study: Study
    clusters: tuple[Cluster, ...]
    presence: Presence
    by_chance: float

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each cluster: people, drivers, firmness, base segments, note."""
        say = words(self.language)
        keys = ("cluster", "people", "drivers", "firm", "segments", "note")
        heads = [say(f"clusters_{key}") for key in keys]
        return pd.DataFrame([self._row(n, c) for n, c in enumerate(self.clusters)], columns=heads)

    def _row(self, n: int, cluster: Cluster) -> list[object]:
        say, size = words(self.language), len(cluster.people)
        firm = number(round(cluster.firm, 2), self.language)
        small = size < self.study.settings.privacy.quote
        note = say("clusters_small") if small else ""
        if cluster.firm <= self.by_chance:
            note = f"{note} {say('clusters_loose')}".strip()
        driven = "; ".join(self.driver(cluster, d) for d in cluster.drivers)
        segments = "; ".join(list(self._segments(cluster))[:_SEGMENTS])
        return [letter(n), size, driven, firm, segments, note]

    def driver(self, cluster: Cluster, d: Driver) -> str:
        """Return how a code sets a cluster apart: "Odotusaika 5/6 (muut 2/20)"."""
        inside, rest = len(cluster.people), len(self.presence.rows) - len(cluster.people)
        return words(self.language)(
            "clusters_driver", code=self.study.codebook[d.code].label.say(self.language),
            own=f"{d.inside}/{inside}", rest=f"{d.outside}/{rest}",
        )  # fmt: skip

    def _segments(self, cluster: Cluster) -> Iterator[str]:
        """Yield base segments with how many of their people interviewed are in the cluster."""
        segments = self.study.segments
        everybody = Counter(map(segments.base_of, self.presence.rows))
        here = Counter(map(segments.base_of, cluster.people))
        for name, people in sorted(here.items(), key=lambda item: (-item[1], item[0])):
            if name:
                label = segments[name].label.say(self.language)
                yield f"{label} {people}/{everybody[name]}"


def letter(n: int) -> str:
    """Return what the cluster of this number, from 0, is called."""
    return chr(ord("A") + n)


def clusters(
    study: Study,
    language: str = "fi",
    *,
    k: int | range = range(2, 6),
    tree: str = "",
    seed: int = 1,
) -> Clusters:
    """Suggest groups of customers whose codes are alike; it is a suggestion, and says so.

    Of several `k` the one is taken whose clusters are found again best, beyond what chance gives.
    Codes of one person only, or of all, tell nothing apart and stay out. With fewer than `LEAST`
    customers there are no clusters, and the caption says why. Raises `BadNumber`, and `Unknown`
    for a tree.
    """
    ks = tuple(k) if isinstance(k, range) else (k,)
    if not ks or min(ks) < 2 or max(ks) > MOST:
        raise BadNumber(k)
    say, people = words(language), customers(study)
    presence = _telling(people_by_code(study, people, tree=tree))
    if len(people) < LEAST or not presence.codes:
        caption = say("clusters_few", n=len(people), least=LEAST)
        return Clusters(caption, language, study, (), presence, 0.0)
    rng = np.random.default_rng(seed)
    found = _cuts(presence.cells, ks)
    firm = _firmness(presence.cells, found, _RESAMPLED, rng)
    chance = _chance(presence.cells, ks, rng)
    best = max(range(len(ks)), key=lambda n: (firm[n].mean() - chance[n], -ks[n]))
    made = _clusters(presence, found[best], firm[best])
    caption = say(
        "clusters_caption", n=len(people), codes=len(presence.codes), k=len(made),
        chance=number(round(chance[best], 2), language), times=_RESAMPLED, seed=seed,
    )  # fmt: skip
    ordered = leaves_list(_tree(presence.cells))
    at = {p: n for n, c in enumerate(made) for p in c.people}
    order = sorted(ordered, key=lambda row: at[presence.rows[row]])
    rows = tuple(presence.rows[n] for n in order)
    shown = Presence(rows, presence.codes, presence.cells[order])
    return Clusters(caption, language, study, made, shown, chance[best])


def _telling(presence: Presence) -> Presence:
    """Return only codes that at least two people have, and not everybody."""
    people = presence.cells.sum(axis=0)
    kept = (people >= 2) & (people < len(presence.rows))
    codes = tuple(c for c, keep in zip(presence.codes, kept, strict=True) if keep)
    return Presence(presence.rows, codes, presence.cells[:, kept])


def _tree(cells: Flags) -> NDArray[np.float64]:
    """Return the tree of the rows; two rows without any code are alike."""
    numbers = cells.astype(np.float64)
    both, own = numbers @ numbers.T, numbers.sum(axis=1)
    either = own[:, None] + own[None, :] - both
    alike = np.divide(both, either, out=np.ones_like(both), where=either > 0)
    tree: NDArray[np.float64] = linkage(squareform(1 - alike, checks=False), "complete")
    return tree


def _cuts(cells: Flags, ks: Iterable[int]) -> list[Ints]:
    """Return for each k the cluster of each row; ties in the tree may leave fewer than k."""
    tree = _tree(cells)
    return [fcluster(tree, k, "maxclust").astype(np.int64) - 1 for k in ks]


def _firmness(
    cells: Flags, cuts: Sequence[Ints], times: int, rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    """Return for each cut how well each of its clusters is found when codes are left out."""
    ks = [int(cut.max()) + 1 for cut in cuts]
    firm = [np.zeros(k) for k in ks]
    for _ in range(times):
        kept = rng.random(cells.shape[1]) >= _LEFT_OUT
        for n, again in enumerate(_cuts(cells[:, kept], ks)):
            firm[n] += _found_again(cuts[n], again) / times
    return firm


def _found_again(cut: Ints, again: Ints) -> NDArray[np.float64]:
    """Return for each cluster the Jaccard likeness of the one most like it in another cut."""
    one, other = np.eye(cut.max() + 1)[cut], np.eye(again.max() + 1)[again]
    both = one.T @ other
    either = one.sum(axis=0)[:, None] + other.sum(axis=0)[None, :] - both
    best: NDArray[np.float64] = (both / either).max(axis=1)
    return best


def _chance(cells: Flags, ks: Sequence[int], rng: np.random.Generator) -> list[float]:
    """Return for each k how well clusters are found again where codes are dealt out anew."""
    found = []
    for _ in range(_DEALT):
        dealt = rng.permuted(cells, axis=0)
        found.append([f.mean() for f in _firmness(dealt, _cuts(dealt, ks), _OF_DEALT, rng)])
    return [float(x) for x in np.mean(found, axis=0)]


def _clusters(presence: Presence, cut: Ints, firm: NDArray[np.float64]) -> tuple[Cluster, ...]:
    made = []
    for n in range(int(cut.max()) + 1):
        people = tuple(p for p, at in zip(presence.rows, cut, strict=True) if at == n)
        made.append(Cluster(people, _drivers(presence, cut == n), float(firm[n])))
    return tuple(sorted(made, key=lambda c: (-len(c.people), c.people)))


def _drivers(presence: Presence, inside: Flags, most: int = 4) -> tuple[Driver, ...]:
    """Return the codes whose share among the people inside is highest above that of the others."""
    own, rest = presence.cells[inside].sum(axis=0), presence.cells[~inside].sum(axis=0)
    gap = own / inside.sum() - rest / (~inside).sum()
    order = np.lexsort((presence.codes, -gap.round(9)))[:most]
    return tuple(Driver(presence.codes[n], int(own[n]), int(rest[n])) for n in order if gap[n] > 0)
