"""The codings of a view that count, as columns of numbers, for questions about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from workbench.coding.codings import Coding, Standing
from workbench.study import Study, Unknown

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_MOST = 100_000_000
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

    def cut(self, kept: Bools, view: Study) -> Columns:
        """Return the rows that are kept, with documents and people numbered as in a view."""
        documents, people = (
            _places(self.documents, view.documents),
            _places(self.people, view.informants),
        )
        return replace(
            self,
            codings=tuple(compress(self.codings, kept.tolist())),
            people=tuple(view.informants),
            documents=tuple(view.documents),
            code=self.code[kept],
            person=people[self.person[kept]],
            document=documents[self.document[kept]],
            turn=self.turn[kept],
            last=self.last[kept],
            start=self.start[kept],
            end=self.end[kept],
            angles=self.angles[kept],
        )

    def within(self, view: Study) -> Bools:
        """Return which codings are words of a view's people, or notes, in its documents."""
        documents, people = (
            _places(self.documents, view.documents),
            _places(self.people, view.informants),
        )
        heard = (people[self.person] >= 0) | (self.person < 0)
        return np.asarray((documents[self.document] >= 0) & heard)

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
        found = study.derived[Columns] = Columns.of(study, study.counting)
    return found


def every(study: Study) -> Columns:
    """Return all codings of a view that stand somewhere, also those that do not count."""
    found = study.derived.get(every)
    if not isinstance(found, Columns):
        kept = (c for c in study.codings if c.standing is not Standing.LOST)
        found = study.derived[every] = Columns.of(study, kept)
    return found


def narrowed(study: Study, **given: str) -> Study:
    """Return the view `study.where(…)` with its columns cut from those of `study`.

    Whose codings count is the same in every view, so that nothing is judged anew: milliseconds
    for a hundred thousand codings. Raises `Unknown` as `where` does.
    """
    if not given:
        return study
    view = study.where(**given)
    view = replace(view, whole=view.whole or study)
    cols, coder = every(study), given.get("coder")
    kept = cols.within(view)
    if coder:
        kept &= np.fromiter((c.coder == coder for c in cols.codings), dtype=np.bool_)
    view.derived[every] = own = cols.cut(kept, view)
    counting = columns(study)
    view.derived[Columns] = own if coder else counting.cut(counting.within(view), view)
    return view


def _places(names: Iterable[str], now: Iterable[str]) -> Ints:
    """Return where each of `names` stands now, -1 where it is gone; the last is for nobody."""
    at = {name: n for n, name in enumerate(now)}
    return _ints([*(at.get(name, -1) for name in names), -1])


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
