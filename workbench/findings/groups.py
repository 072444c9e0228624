"""How codings fall into groups: segments, attributes, sides, documents, coders, facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from workbench.base.languages import words
from workbench.coding.codebook import TreeKind
from workbench.findings.columns import Columns, Ints, columns, every
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
    """Codings as columns and the groups they fall into.

    Row `coding[i]` of `cols` stands in group `group[i]`; a coding may stand in several or none.
    """

    cols: Columns
    groups: tuple[Group, ...]
    coding: Ints
    group: Ints

    def only(self, names: Iterable[str]) -> Division:
        """Return the division with only these groups, in this order; raises `Unknown`."""
        at = {g.name: n for n, g in enumerate(self.groups)}
        wanted = list(names)
        if missing := next((n for n in wanted if n not in at), ""):
            raise Unknown("group", missing, at)
        number = np.full(len(self.groups), -1)
        number[[at[n] for n in wanted]] = np.arange(len(wanted))
        kept = number[self.group] >= 0
        groups = tuple(self.groups[at[n]] for n in wanted)
        return replace(
            self, groups=groups, coding=self.coding[kept], group=number[self.group[kept]]
        )

    def with_all(self, group: Group) -> Division:
        """Return the division with one more group, which holds every coding."""
        n = len(self.cols.codings)
        return replace(
            self,
            groups=(*self.groups, group),
            coding=np.concatenate([self.coding, np.arange(n)]),
            group=np.concatenate([self.group, np.full(n, len(self.groups))]),
        )


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
    if by == "document":
        said = voices(study)
        groups = tuple(Group(name, name, said.get(name, frozenset())) for name in study.documents)
        return Division(cols, groups, np.arange(len(cols.codings)), cols.document)
    if by in book.trees and book.trees[by].kind is TreeKind.FACET:
        facets = [c for c in book.tree(by) if c.id in cols.facets]
        coding, group = np.nonzero(cols.angles[:, [cols.facets.index(c.id) for c in facets]])
        labelled = tuple(Group(c.id, c.label.say(language), could) for c in facets)
        return Division(cols, labelled, coding, group)
    parts = _parts(study, by, language)
    members = [_members(cols, part) for part in parts]
    return Division(
        cols,
        tuple(Group(p.name, p.label, p.of(study)) for p in parts),
        np.concatenate([np.empty(0, np.int64), *members]),
        np.repeat(np.arange(len(members)), [len(m) for m in members]),
    )


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


def _members(cols: Columns, part: _Part) -> Ints:
    """Return the rows that belong: words of these people, notes on such people."""
    people = np.array([p in part.people for p in cols.people] + [True], dtype=bool)
    documents = np.array([d in part.documents for d in cols.documents], dtype=bool)
    return np.flatnonzero(people[cols.person] & documents[cols.document])


def _coders(study: Study) -> Division:
    """Divide all codings by their coders; who could have said it speaks where the coder coded."""
    cols = every(study)
    at = {name: n for n, name in enumerate(study.coders)}
    group = np.fromiter((at[c.coder] for c in cols.codings), dtype=np.int64)
    groups = []
    for name, n in at.items():
        coded = {cols.documents[d] for d in np.unique(cols.document[group == n])}
        said = frozenset[str]().union(*(speakers(study, d) for d in coded))
        groups.append(Group(name, name, said))
    return Division(cols, tuple(groups), np.arange(len(cols.codings)), group)
