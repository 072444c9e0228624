"""Small numbers of people in printed tables, and which others must go so that none comes back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import heappop, heappush
from math import inf
from typing import TypeVar

from workbench.base.problems import WorkbenchError

Name = TypeVar("Name", bound=Hashable)
Change = dict[int, int]
"""By how much the numbers of pieces, or of rows, would be others."""
Ends = dict[int, tuple[int, int]]
"""How far each row moves down and up in the proofs so far."""
STEP = 1e-4
"""What moving one person costs beside withholding a number: of ways alike the shortest."""
MOST = 1e9
"""More than all prices and steps together."""
FREE = 1
"""The price of withholding nobody: what costs less withholds nothing."""
LAST_RESORT = 1000
"""The price of withholding a small number, where even that it is small would tell which it is."""
PATIENCE = 100
"""How many ways are tried in search of the cheapest."""
FAR = 8
"""How many people are moved before farther ways are looked for at all."""


class TooNarrow(WorkbenchError):
    """The band of small numbers has fewer values than must stay possible."""

    def __init__(self, k: int, width: int) -> None:
        super().__init__(
            f"Numbers below {k} cannot be hidden so that {width} values stay possible. "
            "Raise the threshold, or write 1 to hide nothing."
        )


class Print(StrEnum):
    """How a number is printed: itself, as fewer than k, or not at all."""

    EXACT = "exact"
    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Piece:
    """A smallest group: how many of its people are counted, and `of` how many."""

    people: int
    of: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of people: the sum of its pieces.

    What is not `printed` is a group one gets by subtracting: all supervisors but those of two
    sectors. A `guarded` number must not come out whatever it is. That there are at `least` so
    many people is plain from something else, such as their words.
    """

    pieces: frozenset[str]
    printed: bool = True
    guarded: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """What everybody knows: the pieces `few` have together no more people than `many`."""

    few: frozenset[str]
    many: frozenset[str]


def within(small: str, large: str) -> Relation:
    """Say that whoever is counted in `small` is counted in `large`."""
    return Relation(frozenset((small,)), frozenset((large,)))


def union(parent: str, children: Iterable[str]) -> tuple[Relation, ...]:
    """Say that `parent` counts each person once who is in any of `children`."""
    below = frozenset(children)
    return (*(within(child, parent) for child in below), Relation(frozenset((parent,)), below))


def protect(
    pieces: Mapping[str, Piece],
    cells: Mapping[Name, Cell],
    relations: Iterable[Relation],
    k: int,
    *,
    zeros: bool = False,
    width: int = 2,
) -> dict[Name, Print]:
    """Decide how each printed cell is printed, so that no small number can be worked out.

    Small are 1 to k - 1 people, with `zeros` also 0. A small number is safe if other numbers
    would print exactly the same, keep every relation, and differ there: it spans at least `width`
    values. Where there are none, the cheapest further cells are withheld so that there are, for
    one small number after the other (cell suppression after Kelly, Golden & Assad, Networks 22,
    1992; their linear programme is a search here, since people are whole). The other numbers
    found are the proof that nobody can be sure. Reckoned with is whoever knows what is printed,
    all sizes and relations, and guesses rightly whether a withheld number is below k. The order
    of pieces, cells and relations changes nothing. Raises `TooNarrow`.
    """
    if k <= 1:
        return {name: Print.EXACT for name, cell in cells.items() if cell.printed}
    lowest = int(not zeros)
    if k - lowest < width:
        raise TooNarrow(k, width)
    names = sorted(cells, key=repr)
    puzzle = _puzzle(pieces, [cells[name] for name in names], relations, k, lowest)
    puzzle.solve(width - 1)
    prints = dict(zip(names, puzzle.prints(), strict=False))
    return {name: prints[name] for name, cell in cells.items() if cell.printed}


@dataclass(slots=True)
class _Row:
    """A sum of pieces that lies between bounds: a cell, or a relation.

    `signs` are those of its pieces, `size` is the most it can be. A printed number that is
    withheld has the bounds `loose` instead, at a `price`.
    """

    signs: Change
    people: int
    size: int = 0
    low: float = -inf
    high: float = inf
    loose: tuple[float, float] | None = None
    price: int = 0
    small: bool = False
    needy: bool = False

    @property
    def bounding(self) -> bool:
        """Tell whether a row could be out of its bounds: cells on no page cannot be below 0."""
        return bool(self.loose) or self.size == 0 or self.low > 0

    def mended(self, shift: int, *, withheld: bool) -> int:
        """Return the direction in which a row moved by `shift` is out of its bounds, as mended."""
        low, high = self.loose if withheld and self.loose else (self.low, self.high)
        value = self.people + shift
        return (value < low) - (value > high)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Other numbers that print the same once some rows are withheld: how far each row moves."""

    shifts: Change
    withheld: frozenset[int]


@dataclass(frozen=True, slots=True)
class _State:
    """A way half searched: what has moved, which rows are `broken` by it, which are withheld."""

    cost: float = 0
    moved: Change = field(default_factory=dict)
    shifts: Change = field(default_factory=dict)
    broken: frozenset[int] = frozenset()
    withheld: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Puzzle:
    """Pieces by number, the rows, and of each piece the rows that hold it, with their signs.

    `bounded` are those of them that bound anything.
    """

    people: list[int]
    of: list[int]
    rows: list[_Row]
    holding: list[list[tuple[int, int]]]
    bounded: list[list[tuple[int, int]]]
    withheld: frozenset[int] = frozenset()
    proofs: list[_Proof] = field(default_factory=list)

    def prints(self) -> list[Print]:
        """Return how each row is printed."""
        shown = (Print.SMALL if row.small else Print.EXACT for row in self.rows)
        return [Print.WITHHELD if n in self.withheld else how for n, how in enumerate(shown)]

    def solve(self, span: int) -> None:
        """Withhold rows until every needy one can differ by `span`, then show what may be."""
        ends: Ends = {}
        needs: Change = {}
        for n, row in enumerate(self.rows):
            if row.needy:
                needs[n] = min(span, row.size)
                if _span(ends, n) < needs[n]:
                    found = self._cheapest(n, needs[n])
                    self.proofs += found
                    self.withheld = self.withheld.union(*(p.withheld for p in found))
                    _widen(ends, found)
                    needs[n] = min(needs[n], _span(ends, n))
        self._show_again(needs)

    def _proof(self, moved: Change) -> _Proof:
        """Return how far every row moves if these pieces do, and which must be withheld then."""
        shifts: Change = {}
        for piece, step in moved.items():
            for n, sign in self.holding[piece]:
                shifts[n] = shifts.get(n, 0) + sign * step
        out = (n for n, shift in shifts.items() if self.rows[n].mended(shift, withheld=False))
        return _Proof(shifts, frozenset(out))

    def _show_again(self, needs: Change) -> None:
        """Show withheld numbers after all, the largest first, that no needy row needs."""
        always: Ends = {}
        _widen(always, (p for p in self.proofs if not p.withheld))
        others = [p for p in self.proofs if p.withheld]
        for n in sorted(self.withheld, key=lambda n: (-self.rows[n].people, n)):
            left = self.withheld - {n}
            ends = dict(always)
            _widen(ends, (p for p in others if p.withheld <= left))
            if all(_span(ends, row) >= need for row, need in needs.items()):
                self.withheld = left

    def _cheapest(self, row: int, span: int) -> list[_Proof]:
        """Return the cheapest proofs, upwards and downwards, by which a row can differ by `span`.

        There are none where the number follows from sizes, or from all or none of a larger group.
        """
        for limit, far in ((FREE, FAR), (LAST_RESORT, FAR), (MOST, FAR), (MOST, MOST)):
            best: list[_Proof] = []
            least: float = limit
            for up in range(span, -1, -1):
                found = [self._search(row, m, least, far) for m in (up, up - span) if m]
                proofs = [p for p in found if p is not None]
                hidden = frozenset[int]().union(*(p.withheld for p in proofs)) - self.withheld
                price = sum(self.rows[n].price for n in hidden)
                if len(proofs) == len(found) and price < least:
                    best, least = proofs, price
            if best:
                return best
        return []

    def _search(self, target: int, move: int, limit: float, far: float) -> _Proof | None:
        """Return the proof in which `target` moves by `move` that costs least, below `limit`.

        Best first: a row out of its bounds is mended by one person more or less in any of its
        pieces, or by withholding it. At most `far` people are moved. Where that takes too many
        steps, whatever mends most comes first, and a proof that is not the cheapest will do.
        """
        hasty = ((limit, MOST),) if limit > FREE else ()
        for haste, most in ((STEP, PATIENCE), *hasty):
            waiting = [(0.0, 0, _State())]
            seen: set[tuple[frozenset[tuple[int, int]], frozenset[int]]] = set()
            while waiting and len(seen) < most:
                state = heappop(waiting)[2]
                missing = move - sum(state.moved.get(p, 0) for p in self.rows[target].signs)
                if missing * move <= 0 and not state.broken:
                    return self._proof(state.moved)
                row = target if missing * move > 0 else min(state.broken, key=self._narrowness)
                way = move // abs(move) if missing * move > 0 else 0
                for after in self._next(state, row, way, abs(move)):
                    key = frozenset(after.moved.items()), after.withheld
                    if key not in seen and after.cost < limit and _people(after.moved) <= far:
                        seen.add(key)
                        rank = after.cost + haste * len(after.broken)
                        heappush(waiting, (rank, len(seen), after))
            if not waiting:
                return None
        return None

    def _narrowness(self, row: int) -> tuple[int, int]:
        return len(self.rows[row].signs), row

    def _next(self, state: _State, n: int, way: int, most: int) -> Iterator[_State]:
        """Return the states in which row `n` is mended, or moved one `way` if that is not 0."""
        row = self.rows[n]
        withheld = n in state.withheld or n in self.withheld
        shift = state.shifts.get(n, 0)
        step = way or row.mended(shift, withheld=withheld)
        for piece, sign in row.signs.items():
            before = state.moved.get(piece, 0)
            there = before + sign * step
            possible = 0 <= self.people[piece] + there <= self.of[piece]
            if possible and abs(before) < abs(there) <= most:
                yield self._moved(state, piece, there, sign * step)
        if row.loose and not way and not withheld:
            broken = state.broken - ({n} if not row.mended(shift, withheld=True) else set())
            cost = state.cost + row.price
            yield replace(state, cost=cost, broken=broken, withheld=state.withheld | {n})

    def _moved(self, state: _State, piece: int, there: int, step: int) -> _State:
        """Return the state in which a piece moves one `step`.

        A row that is this piece alone cannot be mended otherwise, so it is withheld at once.
        """
        cost, shifts = state.cost + STEP, dict(state.shifts)
        broken, withheld = set(state.broken), set(state.withheld)
        for n, sign in self.bounded[piece]:
            row = self.rows[n]
            shift = shifts[n] = shifts.get(n, 0) + sign * step
            if row.low <= row.people + shift <= row.high:
                broken.discard(n)
                continue
            hidden = n in withheld or n in self.withheld
            if len(row.signs) == 1 and row.loose and not hidden:
                withheld.add(n)
                cost += row.price
                hidden = True
            if row.mended(shift, withheld=hidden):
                broken.add(n)
            else:
                broken.discard(n)
        moved = {**state.moved, piece: there}
        return _State(cost, moved, shifts, frozenset(broken), frozenset(withheld))


def _people(moved: Change) -> int:
    return sum(map(abs, moved.values()))


def _span(ends: Ends, row: int) -> int:
    low, high = ends.get(row, (0, 0))
    return high - low


def _widen(ends: Ends, proofs: Iterable[_Proof]) -> None:
    for proof in proofs:
        for row, shift in proof.shifts.items():
            low, high = ends.get(row, (0, 0))
            ends[row] = min(low, shift), max(high, shift)


def _puzzle(
    pieces: Mapping[str, Piece],
    cells: Iterable[Cell],
    relations: Iterable[Relation],
    k: int,
    lowest: int,
) -> _Puzzle:
    names = sorted(pieces)
    place = {name: n for n, name in enumerate(names)}
    people = [pieces[name].people for name in names]
    of = [pieces[name].of for name in names]
    rows = [
        _row(cell, sorted(place[p] for p in cell.pieces), people, of, k, lowest) for cell in cells
    ]
    known = []
    for relation in relations:
        few = dict.fromkeys((place[name] for name in relation.few), -1)
        many = dict.fromkeys((place[name] for name in relation.many), 1)
        known.append(sorted((few | many).items()))
    rows += [_Row(dict(r), sum(people[n] * sign for n, sign in r), low=0) for r in sorted(known)]
    holding: list[list[tuple[int, int]]] = [[] for _ in names]
    for n, row in enumerate(rows):
        for piece, sign in row.signs.items():
            holding[piece].append((n, sign))
    bounded = [[(n, s) for n, s in own if rows[n].bounding] for own in holding]
    return _Puzzle(people, of, rows, holding, bounded)


def _row(
    cell: Cell, pieces: list[int], people: list[int], of: list[int], k: int, lowest: int
) -> _Row:
    """Return a cell as a row, with the bounds that a reader knows."""
    row = _Row(dict.fromkeys(pieces, 1), sum(people[n] for n in pieces), sum(of[n] for n in pieces))
    row.small = lowest <= row.people < k
    row.needy = row.small or cell.guarded
    row.low = cell.least
    if cell.printed:
        low = max(cell.least, lowest)
        row.low, row.high = (low, k - 1) if row.small else (row.people, row.people)
        row.loose = k if row.people >= k else cell.least, row.size
        row.price = LAST_RESORT if row.small else 1 + row.people
    return row
