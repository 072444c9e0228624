"""The codings of a view that count, as columns of numbers, for questions about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.coding.codings import Coding, Standing
from workbench.study import Study, Unknown

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_MOST = 50_000_000
"""Cells times members that are marked one by one; beyond that they are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One row a coding: numbers into `codes`, `people`, `documents`; nobody is person -1.

    `turn` numbers the turns of the material one after the other, `last` is the number of the last
    turn of the same document. `angles` tells which of `facets` a coding has, `parent` the code
    above each code (-1 at the top).
    """

    codings: tuple[Coding, ...]
    codes: tuple[str, ...]
    people: tuple[str, ...]
    documents: tuple[str, ...]
    facets: tuple[str, ...]
    code: Ints
    person: Ints
    document: Ints
    turn: Ints
    last: Ints
    start: Ints
    end: Ints
    angles: Bools
    parent: Ints

    @classmethod
    def of(cls, study: Study, codings: Iterable[Coding]) -> Columns:
        """Put `codings` of a view into columns; what is coded with an unknown code stays out."""
        book, material = study.codebook, (study.whole or study).documents
        codes = {name: n for n, name in enumerate(book.content)}
        angles = {name: n for n, name in enumerate(book.facets)}
        people = {name: n for n, name in enumerate(study.informants)}
        documents = {name: n for n, name in enumerate(study.documents)}
        rows = tuple(c for c in codings if c.code in codes)
        turns: dict[tuple[str, int], int] = {}
        last: dict[str, int] = {}
        for name in documents:
            for number in material[name].turns:
                turns[name, number] = len(turns)
            last[name] = len(turns) - 1
        spoken = {(c.document, c.passage.turn): c for c in rows}
        speaker = {key: people.get(study.speaker(c), -1) for key, c in spoken.items()}
        where = [(c.document, c.passage.turn) for c in rows]
        marked = np.zeros((len(rows), len(angles)), dtype=bool)
        given = [(n, angles[f]) for n, c in enumerate(rows) for f in c.facets if f in angles]
        if given:
            marked[tuple(np.array(given).T)] = True
        return cls(
            rows, tuple(codes), tuple(people), tuple(documents), tuple(angles),
            code=_ints(codes[c.code] for c in rows),
            person=_ints(speaker[key] for key in where),
            document=_ints(documents[c.document] for c in rows),
            turn=_ints(turns[key] for key in where),
            last=_ints(last[c.document] for c in rows),
            start=_ints(c.passage.start for c in rows),
            end=_ints(c.passage.end for c in rows),
            angles=marked,
            parent=_ints(codes.get(book[name].parent, -1) for name in codes),
        )  # fmt: skip

    def cut(self, rows: Ints, view: Study, codings: tuple[Coding, ...]) -> Columns:
        """Return `rows` of the whole's columns, which are `codings`, numbered as in a view."""
        documents, people = (
            _ints([*(at.get(name, -1) for name in names), -1])
            for names, at in (
                (self.documents, {name: n for n, name in enumerate(view.documents)}),
                (self.people, {name: n for n, name in enumerate(view.informants)}),
            )
        )
        return replace(
            self, codings=codings, people=tuple(view.informants), documents=tuple(view.documents),
            code=self.code[rows], person=people[self.person[rows]],
            document=documents[self.document[rows]], turn=self.turn[rows], last=self.last[rows],
            start=self.start[rows], end=self.end[rows], angles=self.angles[rows],
        )  # fmt: skip

    def having(self, facets: Iterable[str]) -> Bools:
        """Return which codings have all of `facets`; raises `Unknown` for one not in the book."""
        kept = np.ones(len(self.codings), dtype=bool)
        for name in facets:
            if name not in self.facets:
                raise Unknown("facet", name, self.facets)
            kept &= self.angles[:, self.facets.index(name)]
        return kept

    def below(self, *codes: str) -> Bools:
        """Return which codings have one of `codes` or one below it; raises `Unknown`."""
        numbers = [self.number(code) for code in codes]
        wanted = np.zeros(len(self.codes), dtype=bool)
        for at, above in self.levels(np.arange(len(self.codes))):
            wanted[at] |= np.isin(above, numbers)
        return np.asarray(wanted[self.code])

    def number(self, code: str) -> int:
        """Return the number of a code; raises `Unknown`."""
        if code not in self.codes:
            raise Unknown("code", code, self.codes)
        return self.codes.index(code)

    def levels(self, code: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield positions in `code` and the codes they count for: themselves, then those above."""
        at = np.arange(len(code))
        yield at, code
        while len(at):
            code = self.parent[code]
            at, code = at[code >= 0], code[code >= 0]
            yield at, code


def columns(study: Study) -> Columns:
    """Return the codings of a view that count, as columns; made once for a view."""
    found = study.derived.get(Columns)
    if not isinstance(found, Columns):
        found = study.derived[Columns] = _made(study, study.counting)
    return found


def every(study: Study) -> Columns:
    """Return all codings of a view that stand somewhere, also those that do not count.

    Once they are made for a whole study, the columns of its views are cut from them.
    """
    found = study.derived.get(every)
    if not isinstance(found, Columns):
        kept = tuple(c for c in study.codings if c.standing is not Standing.LOST)
        found = study.derived[every] = _made(study, kept)
    return found


def _made(study: Study, codings: tuple[Coding, ...]) -> Columns:
    cols = study.whole.derived.get(every) if study.whole else None
    if not isinstance(cols, Columns):
        return Columns.of(study, codings)
    place = _places(study.whole or study, cols)
    rows = _ints(place.get(id(c), -1) for c in codings)
    if (rows < 0).any():
        if any(c.code in cols.codes and id(c) not in place for c in codings):
            return Columns.of(study, codings)
        codings = tuple(c for c in codings if id(c) in place)
    return cols.cut(rows[rows >= 0], study, codings)


def _places(whole: Study, cols: Columns) -> dict[int, int]:
    """Return which row of a whole study's columns holds which coding, by identity."""
    found = whole.derived.get(_places)
    if not isinstance(found, dict):
        found = whole.derived[_places] = {id(c): n for n, c in enumerate(cols.codings)}
    return found


def distinct(cell: Ints, member: Ints, cells: int, members: int) -> Ints:
    """Count the different members of each cell, shape (cells,); members below 0 are nobody."""
    cell, member = cell[member >= 0], member[member >= 0]
    key = cell * members + member
    if cells * members <= _MOST:
        seen = np.zeros(cells * members, dtype=bool)
        seen[key] = True
        pairs = np.flatnonzero(seen)
    else:
        pairs = np.unique(key)
    return np.bincount(pairs // members, minlength=cells).astype(np.int64)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)
