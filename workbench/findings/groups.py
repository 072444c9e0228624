"""How codings fall into groups: segments, attributes, sides, documents, coders, facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from workbench.base.languages import words
from workbench.coding.codebook import TreeKind
from workbench.findings.columns import Bools, Columns, Ints, columns, every
from workbench.findings.counts import could_have_said, speakers, voices
from workbench.material.documents import Document, Kind
from workbench.material.informants import Informant, Side
from workbench.study import Study, Unknown

OWN = ("segment", "side", "kind", "coder", "document")


class Group(NamedTuple):
    """One group: its name, its label, and the informants in it who could have said it."""

    name: str
    label: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Codings as columns, and the groups they fall into; one may stand in several or none.

    What is in the same groups, of one person in one document, is a stratum. `stratum` has its
    number for each row of `cols` in `rows`, `member` tells which stratum is in which group, shape
    (strata, groups), `person` and `document` whose and where it is.
    """

    cols: Columns
    groups: tuple[Group, ...]
    rows: Ints
    stratum: Ints
    member: Bools
    person: Ints
    document: Ints

    @classmethod
    def of(
        cls, cols: Columns, groups: Iterable[Group], apart: Ints, member: Callable[[Ints], Bools]
    ) -> Division:
        """Part codings by person, document and `apart`, a number 0 or more for each of them.

        `member` is given one coding of each stratum and returns its groups.
        """
        width, height = int(apart.max(initial=0)) + 1, len(cols.people) + 1
        key = (cols.document * height + cols.person + 1) * width + apart
        _, first, stratum = np.unique(key, return_index=True, return_inverse=True)
        return cls(
            cols, tuple(groups), np.arange(len(key)), stratum, member(first),
            cols.person[first], cols.document[first],
        )  # fmt: skip

    def only(self, names: Iterable[str]) -> Division:
        """Return the division with only these groups, in this order; raises `Unknown`."""
        at = {g.name: n for n, g in enumerate(self.groups)}
        wanted = list(names)
        if missing := next((n for n in wanted if n not in at), ""):
            raise Unknown("group", missing, at)
        kept = [at[n] for n in wanted]
        groups = tuple(self.groups[n] for n in kept)
        return replace(self, groups=groups, member=self.member[:, kept])

    def with_all(self, group: Group) -> Division:
        """Return the division with one more group, which holds every coding."""
        everything = np.ones((len(self.member), 1), dtype=bool)
        return replace(
            self, groups=(*self.groups, group), member=np.hstack([self.member, everything])
        )

    def having(self, kept: Bools) -> Division:
        """Return the division of those codings that are kept."""
        here = kept[self.rows]
        return replace(self, rows=self.rows[here], stratum=self.stratum[here])

    def within(self, group: str) -> Ints:
        """Return which rows of `cols` stand in a group; raises `Unknown`."""
        return np.asarray(self.rows[self.only([group]).member[self.stratum, 0]])


def divided(study: Study, by: str, language: str = "fi") -> Division:
    """Divide the codings that count by segment, side, kind, document, an attribute or a facet tree.

    By `coder` all codings are divided, also those that do not count. Divided once for a view.
    Raises `Unknown` for another word.
    """
    key = (divided, by, language)
    found = study.derived.get(key)
    if not isinstance(found, Division):
        found = study.derived[key] = _divided(study, by, language)
    return found


def _divided(study: Study, by: str, language: str) -> Division:
    if by == "coder":
        return _coders(study)
    cols, could, book = columns(study), could_have_said(study), study.codebook
    nothing = np.zeros(len(cols.codings), dtype=np.int64)
    if by == "document":
        said = voices(study)
        groups = [Group(name, name, said.get(name, frozenset())) for name in study.documents]
        documents = np.arange(len(groups))
        return Division.of(
            cols, groups, nothing, lambda one: cols.document[one][:, None] == documents
        )
    if by in book.trees and book.trees[by].kind is TreeKind.FACET:
        facets = [c for c in book.tree(by) if c.id in cols.facets]
        angles = cols.angles[:, [cols.facets.index(c.id) for c in facets]]
        _, pattern = np.unique(angles, axis=0, return_inverse=True)
        labelled = [Group(c.id, c.label.say(language), could) for c in facets]
        return Division.of(cols, labelled, pattern.reshape(-1), lambda one: angles[one])
    parts = _parts(study, by, language)
    groups = [Group(p.name, p.label, p.of(study)) for p in parts]
    return Division.of(cols, groups, nothing, lambda one: _members(cols, parts, one))


class _Part(NamedTuple):
    """People and documents that belong together."""

    name: str
    label: str
    people: frozenset[str]
    documents: frozenset[str]

    def of(self, study: Study) -> frozenset[str]:
        """Return the people who speak in these documents, so far as they are coded."""
        said = (who for name, who in voices(study).items() if name in self.documents)
        return frozenset[str]().union(*said) & self.people


def _parts(study: Study, by: str, language: str) -> list[_Part]:
    say, attributes = words(language), study.settings.attributes
    if by == "segment":
        return [
            _part(
                study, s.id, s.label.say(language),
                lambda p, s=s: p.id in study.segments.people[s.id],  # type: ignore[misc]
                lambda d, s=s: d.side is not Side.PROVIDER  # type: ignore[misc]
                and study.segments.fits(s.id, d.attributes),
            )
            for s in study.segments
        ]  # fmt: skip
    if by == "side":
        return [
            _part(study, side, say(f"side_{side}"), lambda p, side=side: p.side is side,  # type: ignore[misc]
                  lambda d, side=side: d.side is side)  # type: ignore[misc]
            for side in Side
        ]  # fmt: skip
    if by == "kind":
        kinds = {k: frozenset(d.id for d in study.documents.values() if d.kind is k) for k in Kind}
        return [_Part(k, say(k), frozenset(study.informants), names) for k, names in kinds.items()]
    if by in attributes:
        return [
            _part(study, value, label.say(language),
                  lambda p, v=value: v in p.attributes.get(by, ()),  # type: ignore[misc]
                  lambda d, v=value: v in d.attributes.get(by, ()))  # type: ignore[misc]
            for value, label in attributes[by].items()
        ]  # fmt: skip
    facets = [t.id for t in study.codebook.trees.values() if t.kind is TreeKind.FACET]
    raise Unknown("way to divide the codings", by, [*OWN, *attributes, *facets])


def _part(
    study: Study,
    name: str,
    label: str,
    person: Callable[[Informant], bool],
    observed: Callable[[Document], bool],
) -> _Part:
    people = frozenset(p.id for p in study.informants.values() if person(p))
    documents = frozenset(
        d.id
        for d in study.documents.values()
        if d.informant in people or (d.kind is Kind.OBSERVATION and observed(d))
    )
    return _Part(name, label, people, documents)


def _members(cols: Columns, parts: Iterable[_Part], rows: Ints) -> Bools:
    """Return which of `rows` belong to which part: words of its people, notes on such people."""
    found = []
    for part in parts:
        people = np.array([p in part.people for p in cols.people] + [True], dtype=bool)
        documents = np.array([d in part.documents for d in cols.documents], dtype=bool)
        found.append(people[cols.person[rows]] & documents[cols.document[rows]])
    return np.array(found, dtype=bool).reshape(len(found), len(rows)).T


def _coders(study: Study) -> Division:
    """Divide all codings by their coders; who could have said it speaks where the coder coded."""
    cols = every(study)
    at = {name: n for n, name in enumerate(study.coders)}
    coder = np.fromiter((at[c.coder] for c in cols.codings), dtype=np.int64)
    groups = []
    for name, n in at.items():
        coded = {cols.documents[d] for d in np.unique(cols.document[coder == n])}
        said = frozenset[str]().union(*(speakers(study, d) for d in coded))
        groups.append(Group(name, name, said))
    numbers = np.arange(len(at))
    return Division.of(cols, groups, coder, lambda one: coder[one][:, None] == numbers)
