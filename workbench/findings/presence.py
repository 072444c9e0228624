"""Who has which code, as a matrix: people or documents × codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.findings.columns import columns
from workbench.findings.counts import could_have_said
from workbench.material.informants import Side
from workbench.study import Study, Unknown

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Presence:
    """`cells` is true where one of `rows` (people or documents) has one of `codes`."""

    rows: tuple[str, ...]
    codes: tuple[str, ...]
    cells: Flags


def customers(study: Study) -> frozenset[str]:
    """Return the customers of a view who could have said something."""
    people = could_have_said(study)
    return frozenset(p for p in people if study.informants[p].side is Side.CUSTOMER)


def people_by_code(study: Study, people: Iterable[str], *, tree: str = "") -> Presence:
    """Return `people` by name × codes that any of them has; a code holds the codes below it.

    Only codes of one `tree`, if it is given. Raises `Unknown` for a tree that is not there.
    """
    cols = columns(study)
    cells = np.zeros((len(cols.people) + 1, len(cols.codes)), bool)
    for at, code in cols.levels(cols.code):
        cells[cols.person[at], code] = True
    return _kept(study, sorted(people), cols.people, cells, tree)


def documents_by_code(study: Study, documents: Iterable[str], *, tree: str = "") -> Presence:
    """Return `documents`, in this order, × codes as they were given, without those above them.

    Only codes of one `tree`, if it is given. Raises `Unknown` for a tree that is not there.
    """
    cols = columns(study)
    cells = np.zeros((len(cols.documents), len(cols.codes)), bool)
    cells[cols.document, cols.code] = True
    return _kept(study, documents, cols.documents, cells, tree)


def _kept(
    study: Study, wanted: Iterable[str], names: Sequence[str], cells: Flags, tree: str
) -> Presence:
    """Return the wanted rows, and the codes of a tree that anybody in them has."""
    book, codes = study.codebook, columns(study).codes
    if tree and tree not in book.trees:
        raise Unknown("tree", tree, book.trees)
    at, rows = {name: n for n, name in enumerate(names)}, tuple(wanted)
    here = cells[[at[row] for row in rows]]
    own = np.array([not tree or book[code].tree == tree for code in codes], bool)
    kept = here.any(axis=0) & own
    return Presence(
        rows, tuple(c for c, keep in zip(codes, kept, strict=True) if keep), here[:, kept]
    )
