"""Whether a way to group customers splits the material, and what another way would change.

Groups are compared by their code profiles: how many of each group's people speak of each code.
Beside every difference stands how often groups drawn at random, of the same sizes and from the same
people, differ as much (a permutation of people among groups, as in Anderson 2001, A new method for
non-parametric multivariate analysis of variance, doi 10.1111/j.1442-9993.2001.01070.pp.x). That
share describes this material; it tests nothing about people who were not interviewed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.files import read
from workbench.base.languages import in_order, words
from workbench.base.problems import Problem, WorkbenchError
from workbench.base.records import Label, Place, Prose
from workbench.findings.groups import Group
from workbench.findings.presence import Flags, Presence, customers, people_by_code
from workbench.findings.results import Result
from workbench.material.informants import Side
from workbench.material.segments import Population, Segment, SegmentLevel, arrange, parse_segment
from workbench.study import Study, Unknown

SEGMENT = "segment"
"""What to split by for today's base segments, instead of an attribute."""
Rules = Mapping[str, Mapping[str, str | Iterable[str]]]


class NoRules(WorkbenchError):
    """Another segmentation holds no base segments."""

    def __init__(self, where: object) -> None:
        super().__init__(
            f"{where} holds no base segments to compare with. Give a folder of segment files, or "
            "rules such as {'uudet': {'tenure': 'alle-1'}, 'muut': {'tenure': ['1-9', 'yli-10']}}."
        )


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far groups lie apart in their codes, and how far drawn groups do.

    `counts` is people, groups × codes; `each` the largest difference between two groups' shares,
    by code. Of `drawn` regroupings `as_far` differ as much over all codes (mean of `each`), and
    `as_far_once` in some one code (largest of `each`).
    """

    codes: tuple[str, ...]
    counts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    each: NDArray[np.float64]
    drawn: int
    as_far: int
    as_far_once: int


def gaps(presence: Presence, groups: Sequence[Group], *, drawn: int = 1000, seed: int = 1) -> Gaps:
    """Set two or more groups beside one another, and beside `drawn` random ones of their sizes.

    `presence` holds the groups' people and nobody else; somebody may be in several groups.
    """
    member = np.array([[row in g.of for row in presence.rows] for g in groups])
    each = _apart(member[None], presence.cells)[0]
    rows = np.tile(np.arange(len(presence.rows)), (drawn, 1))
    order = np.random.default_rng(seed).permuted(rows, axis=1)
    random = _apart(member[:, order].swapaxes(0, 1), presence.cells)
    mean = _at_least(random.sum(axis=1), each.sum())
    top = _at_least(random.max(axis=1, initial=0), each.max(initial=0))
    counts = member.astype(np.int64) @ presence.cells
    return Gaps(presence.codes, counts, member.sum(axis=1), each, drawn, mean, top)


def _apart(members: Flags, cells: Flags) -> NDArray[np.float64]:
    """Return for each grouping (groupings × groups × people) the largest difference by code."""
    groupings, groups, people = members.shape
    flat = members.reshape(-1, people).astype(np.float32)
    said = (flat @ cells.astype(np.float32)).reshape(groupings, groups, -1)
    shares = said / members.sum(axis=-1, keepdims=True)
    apart: NDArray[np.float64] = np.ptp(shares, axis=1)
    return apart


def _at_least(random: NDArray[np.float64], ours: float) -> int:
    return int((random >= ours - 1e-9).sum())


@dataclass(frozen=True, repr=False)
class Splits(Result):
    """Code profiles of the groups that one criterion makes; no `gaps` where it cannot be told.

    `groups` are those with enough people, `small` those left out.
    """

    study: Study
    by: str
    groups: tuple[Group, ...]
    small: tuple[Group, ...]
    gaps: Gaps | None

    @property
    def order(self) -> list[int]:
        """Return the numbers of the codes: largest difference first, then most people."""
        if self.gaps is None:
            return []
        people, each = self.gaps.counts.sum(axis=0), self.gaps.each.round(9)
        return sorted(range(len(each)), key=lambda n: (-each[n], -people[n], n))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each code: who speaks of it most and least, and all groups as "5/7"."""
        say = words(self.language)
        heads = [say("code"), *(say(f"splits_{key}") for key in ("most", "least", "gap"))]
        heads += [group.label for group in self.groups]
        return pd.DataFrame([self._row(n) for n in self.order], columns=heads)

    def _row(self, n: int) -> list[str]:
        assert self.gaps is not None
        high, low = self.ends(n)
        code = self.study.codebook[self.gaps.codes[n]].label.say(self.language)
        cells = [self.cell(g, n) for g in range(len(self.groups))]
        if high == low:
            return [code, "–", "–", "–", *cells]
        most, least = (", ".join(self.groups[g].label for g in end) for end in (high, low))
        return [code, most, least, f"{cells[high[0]]} – {cells[low[0]]}", *cells]

    def ends(self, n: int) -> tuple[list[int], list[int]]:
        """Return the groups, by number, of which most and fewest speak of a code."""
        assert self.gaps is not None
        shares = (self.gaps.counts[:, n] / self.gaps.sizes).round(9)
        most, fewest = (np.flatnonzero(shares == x).tolist() for x in (shares.max(), shares.min()))
        return most, fewest

    def cell(self, group: int, n: int) -> str:
        """Return how many of a group's people speak of a code: "5/7"."""
        assert self.gaps is not None
        return f"{self.gaps.counts[group, n]}/{self.gaps.sizes[group]}"


def splits(
    study: Study,
    language: str = "fi",
    *,
    by: str = SEGMENT,
    tree: str = "",
    drawn: int = 1000,
    seed: int = 1,
) -> Splits:
    """Show whether an attribute of informants, or today's base segments, split the material.

    Only customers are grouped, and only groups of at least `privacy: quote` people compared: who
    is left out and why stands in the caption. Somebody with two values of an attribute counts in
    both groups; who has none is a group of its own. Raises `Unknown` for an attribute or tree.
    """
    people = customers(study)
    groups, small = _by_size(_groups(study, by, people, language), study)
    found = _gaps_of(study, groups, tree, drawn, seed)
    say = words(language)
    name = say("level_base") if by == SEGMENT else by
    if found is None:
        told = [say("splits_none", by=name, least=study.settings.privacy.quote)]
    else:
        n = len(frozenset().union(*(g.of for g in groups)))
        told = [
            say("splits_caption", by=name, n=n, groups=len(groups), codes=len(found.codes)),
            say("splits_drawn", n=found.as_far, once=found.as_far_once, drawn=drawn, seed=seed),
        ]
    if small:
        named = ", ".join(f"{g.label} ({len(g.of)})" for g in small)
        told.append(say("splits_small", least=study.settings.privacy.quote, groups=named))
    return Splits(" ".join(told), language, study, by, groups, small, found)


def _gaps_of(
    study: Study, groups: Sequence[Group], tree: str, drawn: int, seed: int
) -> Gaps | None:
    """Return how far the groups lie apart, or nothing for fewer than two."""
    presence = people_by_code(study, frozenset().union(*(g.of for g in groups)), tree=tree)
    return gaps(presence, groups, drawn=drawn, seed=seed) if len(groups) > 1 else None


def _groups(study: Study, by: str, people: frozenset[str], language: str) -> list[Group]:
    """Return the groups of `people` by an attribute's values in their order, or by segment."""
    vocabulary = study.settings.attributes
    if by == SEGMENT:
        base = [s for s in study.segments if s.level is SegmentLevel.BASE]
        return [
            Group(s.id, s.label.say(language), study.segments.people[s.id] & people) for s in base
        ]
    if by not in vocabulary:
        raise Unknown("attribute", by, [*vocabulary, SEGMENT])
    has = {p: study.informants[p].attributes.get(by, ()) for p in people}
    found = [
        Group(value, label.say(language), frozenset(p for p in people if value in has[p]))
        for value, label in vocabulary[by].items()
    ]
    rest = frozenset(p for p in people if not has[p])
    return [*found, Group("", words(language)("splits_no_value"), rest)]


def _by_size(groups: Iterable[Group], study: Study) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return the groups that are large enough to compare, and those that are not."""
    there = [g for g in groups if g.of]
    least = study.settings.privacy.quote
    return (
        tuple(g for g in there if len(g.of) >= least),
        tuple(g for g in there if len(g.of) < least),
    )


NOBODY, SEVERAL = "", "*"
"""In place of a group's name: of those who fit none, and of those who fit more than one."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """One way to divide customers: its groups, large and small, and how far the large ones differ.

    `of` says for each customer the one group by name, `NOBODY` or `SEVERAL`.
    """

    groups: tuple[Group, ...]
    small: tuple[Group, ...]
    of: Mapping[str, str]
    gaps: Gaps | None

    @property
    def places(self) -> list[str]:
        """Return the names of the groups, and of what else somebody may be in."""
        aside = [name for name in (SEVERAL, NOBODY) if name in self.of.values()]
        return [*(g.name for g in self.groups), *aside]

    @property
    def lost(self) -> int:
        """Return how many people nothing can be reported on: in small groups, several, or none."""
        small = {g.name for g in self.small} | {NOBODY, SEVERAL}
        return sum(name in small for name in self.of.values())

    def label(self, name: str, language: str) -> str:
        """Return what a place is called."""
        aside = {NOBODY: "compare_nobody", SEVERAL: "compare_several"}
        if name in aside:
            return words(language)(aside[name])
        return next(g.label for g in self.groups if g.name == name)


@dataclass(frozen=True, repr=False)
class Comparison(Result):
    """Today's base segments against another set of rules.

    `moves` maps (today's group, the other's) to the customers; `problems` are those of the other's
    files.
    """

    today: Segmentation
    other: Segmentation
    moves: Mapping[tuple[str, str], frozenset[str]]
    problems: tuple[Problem, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return today's groups × the other's by people, with totals."""
        say = words(self.language)
        rows, columns = self.today.places, self.other.places
        cells = [[len(self.moves.get((r, c), ())) for c in columns] for r in rows]
        cells = [[*row, sum(row)] for row in cells]
        cells.append([sum(row[n] for row in cells) for n in range(len(columns) + 1)])
        total = say("compare_all")
        names = [self.today.label(r, self.language) for r in rows]
        heads = [self.other.label(c, self.language) for c in columns]
        named = [[name, *row] for name, row in zip([*names, total], cells, strict=False)]
        return pd.DataFrame(named, columns=[say("compare_today"), *heads, total])


def compare_segmentations(
    study: Study,
    language: str = "fi",
    *,
    other: Rules | str | Path,
    tree: str = "",
    drawn: int = 1000,
    seed: int = 1,
) -> Comparison:
    """Set today's base segments beside other rules: who moves where, and which split the material.

    `other` is a folder of segment files, or rules as `{name: {attribute: value or values}}`. Which
    splits more is told by how often random groups of the same sizes differ as much: the seldomer,
    the more. Raises `NoRules`, and `Unknown` for attributes, values and trees that are not there.
    """
    everybody = frozenset(p.id for p in study.informants.values() if p.side is Side.CUSTOMER)
    new, problems = _others(study, other, everybody, language)
    now = _groups(study, SEGMENT, everybody, language)
    today, then = (_segmentation(study, g, everybody, tree, drawn, seed) for g in (now, new))
    moves: dict[tuple[str, str], set[str]] = {}
    for person in everybody:
        moves.setdefault((today.of[person], then.of[person]), set()).add(person)
    kept = {pair: frozenset(people) for pair, people in moves.items()}
    least = study.settings.privacy.quote
    caption = " ".join(_compared(today, then, len(everybody), least, drawn, problems, language))
    return Comparison(caption, language, today, then, kept, tuple(problems))


def _segmentation(
    study: Study, groups: Sequence[Group], people: frozenset[str], tree: str, drawn: int, seed: int
) -> Segmentation:
    named = {p: [g.name for g in groups if p in g.of] for p in people}
    of = {p: (SEVERAL if len(n) > 1 else n[0] if n else NOBODY) for p, n in named.items()}
    small = _by_size(groups, study)[1]
    heard = customers(study)
    spoken = [Group(g.name, g.label, g.of & heard) for g in groups]
    compared = _by_size(spoken, study)[0]
    return Segmentation(tuple(groups), small, of, _gaps_of(study, compared, tree, drawn, seed))


def _compared(
    today: Segmentation,
    other: Segmentation,
    people: int,
    least: int,
    drawn: int,
    problems: Collection[Problem],
    language: str,
) -> Iterable[str]:
    say = words(language)
    yield say("compare_caption", n=people, now=len(today.groups), new=len(other.groups))
    yield say("compare_lost", least=least, now=today.lost, new=other.lost)
    if other.small:
        named = ", ".join(f"{g.label} ({len(g.of)})" for g in other.small)
        yield say("compare_small", least=least, groups=named)
    now, new = (
        say("compare_untold") if s.gaps is None
        else say("compare_as_far", n=s.gaps.as_far, drawn=drawn, groups=len(s.gaps.sizes))
        for s in (today, other)
    )  # fmt: skip
    yield say("compare_splits", now=now, new=new)
    if problems:
        yield say("compare_problems", n=len(problems))


def _others(
    study: Study, other: Rules | str | Path, people: frozenset[str], language: str
) -> tuple[list[Group], list[Problem]]:
    """Return the groups that other rules make of `people`, and what is wrong with their files."""
    folder = None if isinstance(other, Mapping) else Path(other)
    if isinstance(other, Mapping):
        loaded = {n: _ruled(n, rule, study) for n, rule in other.items()}
        problems = list[Problem]()
    else:
        loaded, problems = _read(Path(other), study)
    informants = {p: study.informants[p] for p in people}
    segments, found = arrange(loaded, informants)
    groups = [
        Group(s.id, s.label.say(language), segments.people[s.id] & people)
        for s in segments
        if s.level is SegmentLevel.BASE
    ]
    if not groups:
        raise NoRules(folder or "This")
    return groups, [*problems, *found] if folder else []


def _read(folder: Path, study: Study) -> tuple[dict[str, Segment], list[Problem]]:
    loaded, problems = dict[str, Segment](), list[Problem]()
    settings = study.settings
    for path in in_order(folder.glob("*.yml"), lambda p: p.stem):
        text, faults = read(path)
        segment, found = parse_segment(text.content, path, settings.languages, settings.attributes)
        problems += [*faults, *found]
        if segment is not None:
            loaded[path.stem] = segment
    return loaded, problems


def _ruled(name: str, rule: Mapping[str, str | Iterable[str]], study: Study) -> Segment:
    """Return a base segment of a rule that stands in no file."""
    vocabulary = study.settings.attributes
    asked = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in rule.items()}
    for key, values in asked.items():
        if key not in vocabulary:
            raise Unknown("attribute", key, vocabulary)
        for value in values:
            if value not in vocabulary[key]:
                raise Unknown(f"value of '{key}'", value, vocabulary[key])
    nowhere, none = Place(study.folder, 1), Prose({"en": ""})
    label = Label({study.settings.languages[0]: name})
    return Segment(
        id=name, label=label, level=SegmentLevel.BASE, place=nowhere,
        population=Population(None, none), rule=asked,
    )  # fmt: skip
