"""Who or what has which code: people or documents × codes as a matrix, for what counts by matrix."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.findings.counts import could_have_said, tally
from workbench.material.informants import Side
from workbench.study import Study, Unknown

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Presence:
    """`cells` is true where one of `rows` (people or documents) has one of `codes`."""

    rows: tuple[str, ...]
    codes: tuple[str, ...]
    cells: Flags

    @classmethod
    def of(cls, rows: Iterable[str], pairs: Collection[tuple[str, str]]) -> Presence:
        """Return the matrix of (row, code) `pairs`: rows as given, codes in alphabetical order."""
        names, codes = tuple(rows), tuple(sorted({code for _, code in pairs}))
        at = {name: n for n, name in enumerate(names)}
        column = {code: n for n, code in enumerate(codes)}
        cells = np.zeros((len(names), len(codes)), bool)
        for row, code in pairs:
            cells[at[row], column[code]] = True
        return cls(names, codes, cells)


def customers(study: Study) -> frozenset[str]:
    """Return the customers of a view who could have said something."""
    people = could_have_said(study)
    return frozenset(p for p in people if study.informants[p].side is Side.CUSTOMER)


def people_by_code(study: Study, people: Collection[str], *, tree: str = "") -> Presence:
    """Return `people` × codes of the view; a code holds the codes below it.

    Only codes of one `tree`, if it is given. Raises `Unknown` for a tree that is not there.
    """
    known_tree(study, tree)
    pairs = {
        (person, code)
        for code, found in tally(study).items()
        if not tree or study.codebook[code].tree == tree
        for person in found.people.intersection(people)
    }
    return Presence.of(sorted(people), pairs)


def documents_by_code(study: Study, documents: Iterable[str], *, tree: str = "") -> Presence:
    """Return `documents`, in this order, × codes as they were given, without those above them.

    Only codes of one `tree`, if it is given. Raises `Unknown` for a tree that is not there.
    """
    known_tree(study, tree)
    rows, book = tuple(documents), study.codebook
    among = set(rows)
    pairs = {
        (c.document, c.code)
        for c in study.counting
        if c.document in among and c.code in book and (not tree or book[c.code].tree == tree)
    }
    return Presence.of(rows, pairs)


def known_tree(study: Study, tree: str) -> None:
    """Raise `Unknown` for a tree the codebook does not have."""
    if tree and tree not in study.codebook.trees:
        raise Unknown("tree", tree, study.codebook.trees)
