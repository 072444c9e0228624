"""What is printed of small numbers, and what an attacker with linear programmes makes of it."""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from workbench.reports.disclosure import (
    Cell,
    Piece,
    Print,
    Relation,
    TooNarrow,
    protect,
    union,
    within,
)

Table = tuple[dict[str, Piece], dict[str, Cell], list[Relation]]
Kind = Callable[[random.Random], Table]
T = TypeVar("T")
K = 5


def number(chance: random.Random) -> int:
    return chance.choice((0, 1, 2, 3, 4, 6, 8, 11, 17, 30))


def with_margins(chance: random.Random) -> Table:
    rows, columns = range(chance.randint(3, 7)), range(chance.randint(3, 7))
    inner = [f"r{r} c{c}" for r, c in product(rows, columns)]
    pieces = {name: Piece(n := number(chance), n + 9) for name in inner}
    cells = {name: Cell(frozenset([name])) for name in inner}
    cells |= {f"r{r}": Cell(frozenset(f"r{r} c{c}" for c in columns)) for r in rows}
    cells |= {f"c{c}": Cell(frozenset(f"r{r} c{c}" for r in rows)) for c in columns}
    return pieces, {**cells, "all": Cell(frozenset(inner))}, []


def hierarchy(chance: random.Random) -> Table:
    leaves: dict[str, Piece] = {}
    names: list[str] = []

    def grow(name: str, depth: int) -> None:
        names.append(name)
        if depth == 0:
            leaves[name] = Piece(n := number(chance), max(K, n + chance.randint(0, 5)))
        for n in range(chance.randint(2, 5) if depth else 0):
            grow(f"{name}{n}", depth - 1)

    grow("top", chance.randint(2, 3))
    below = {name: frozenset(leaf for leaf in leaves if leaf.startswith(name)) for name in names}
    return leaves, {name: Cell(found) for name, found in below.items()}, []


def codes_and_groups(chance: random.Random) -> Table:
    """People with codes: a parent code is the union of its children, a total the sum of groups."""
    groups = {f"g{g}": range(chance.randint(K, 12)) for g in range(chance.randint(3, 6))}
    codes = [f"k{c}" for c in range(chance.randint(2, 4))]
    said = {(k, g): {p for p in who if chance.random() < 0.4}
            for k in codes for g, who in groups.items()}  # fmt: skip
    said |= {("up", g): set().union(*(said[k, g] for k in codes)) for g in groups}
    pieces = {f"{k} {g}": Piece(len(found), len(groups[g])) for (k, g), found in said.items()}
    cells = {name: Cell(frozenset([name])) for name in pieces}
    cells |= {k: Cell(frozenset(f"{k} {g}" for g in groups)) for k in ("up", *codes)}
    known = [r for g in groups for r in union(f"up {g}", [f"{k} {g}" for k in codes])]
    return pieces, cells, known


KINDS = (with_margins, hierarchy, codes_and_groups)


def tables(count: int) -> list[Table]:
    return [KINDS[n % len(KINDS)](random.Random(n)) for n in range(count)]


def value(table: Table, name: str) -> int:
    return sum(table[0][p].people for p in table[1][name].pieces)


def only_small(table: Table) -> dict[str, Print]:
    return {n: Print.SMALL if 0 < value(table, n) < K else Print.EXACT for n in table[1]}


def possible(
    table: Table, prints: Mapping[str, Print], k: int = K, enough: int = 2
) -> Iterator[tuple[str, int]]:
    """Attack with linear programmes: how many values can each small number still have?

    Numbers that took `enough` values while others were attacked are not attacked themselves.
    """
    pieces, cells, relations = table
    place = {name: n for n, name in enumerate(pieces)}

    def row(names: frozenset[str]) -> np.ndarray:
        return np.array([float(name in names) for name in place])

    rows, most = [row(r.few) - row(r.many) for r in relations], [0.0] * len(relations)
    for name, cell in cells.items():
        n = value(table, name)
        low, high = {Print.EXACT: (n, n), Print.SMALL: (1, k - 1),
                     Print.WITHHELD: (k if n >= k else 0, 999)}[prints[name]]  # fmt: skip
        rows += [row(cell.pieces), -row(cell.pieces)]
        most += [high, -low]
    known = [(0, p.of) for p in pieces.values()]
    tried: list[np.ndarray] = []
    for name, cell in cells.items():
        if 0 < value(table, name) < k:
            aim = row(cell.pieces)
            if not tried or values(np.array(tried) @ aim) < enough:
                tried += [linprog(s * aim, np.array(rows), most, bounds=known).x for s in (1, -1)]
            yield name, values(np.array(tried) @ aim)


def values(found: np.ndarray) -> int:
    return int(np.floor(found.max() + 1e-6) - np.ceil(found.min() - 1e-6)) + 1


def falls(table: Table, prints: Mapping[str, Print]) -> bool:
    return any(left < 2 for _, left in possible(table, prints))


def campaign(count: int) -> tuple[int, int, str]:
    """Return how many tables fall protected, how many with small numbers hidden only."""
    fallen = bare = small = hidden = every = 0
    for table in tables(count):
        prints, control = protect(*table, K), only_small(table)
        fallen += falls(table, prints)
        bare += falls(table, control)
        every += len(prints)
        small += sum(p is not Print.EXACT for p in control.values())
        hidden += sum(p is not Print.EXACT for p in prints.values())
    return fallen, bare, f"{hidden / every:.1%} of the cells hidden, {small / every:.1%} are small"


def test_a_hundred_random_tables_give_no_small_number_away() -> None:
    fallen, bare, shares = campaign(100)
    assert fallen == 0, shares
    assert bare > 50


@pytest.mark.campaign
def test_a_thousand_random_tables_give_no_small_number_away() -> None:
    fallen, bare, shares = campaign(1000)
    assert fallen == 0, shares
    assert bare > 500, shares


@pytest.mark.parametrize("seed", range(6))
def test_a_wider_doubt_may_be_asked_for(seed: int) -> None:
    table = KINDS[seed % len(KINDS)](random.Random(seed))
    sizes = {name: sum(table[0][p].of for p in cell.pieces) for name, cell in table[1].items()}
    left = list(possible(table, protect(*table, K, width=3), enough=3))
    assert left
    assert all(count >= min(3, sizes[name] + 1) for name, count in left)


def sums(**people: int) -> tuple[dict[str, Piece], dict[str, Cell]]:
    """Return groups of people, all printed, and all of them together."""
    cells = {name: Cell(frozenset([name])) for name in people}
    together = Cell(frozenset(people))
    return {n: Piece(count, 20) for n, count in people.items()}, {**cells, "all": together}


def test_a_small_number_takes_the_cheapest_other_one_with_it() -> None:
    prints = protect(*sums(a=2, b=7, c=11), [], 5)
    assert prints == {"a": Print.SMALL, "b": Print.WITHHELD, "c": Print.EXACT, "all": Print.EXACT}


def test_two_small_numbers_hide_one_another() -> None:
    prints = protect(*sums(a=2, b=3, c=11), [], 5)
    assert [prints[n] for n in ("c", "all")] == [Print.EXACT, Print.EXACT]


def test_two_ones_that_make_two_are_given_away_by_being_small() -> None:
    prints = protect(*sums(a=1, b=1, c=11), [], 5)
    assert prints == {"a": Print.SMALL, "b": Print.SMALL, "c": Print.WITHHELD, "all": Print.EXACT}


def test_none_is_shown_unless_it_is_to_be_hidden() -> None:
    pieces, cells = sums(a=0, b=7, c=8)
    assert set(protect(pieces, cells, [], 5).values()) == {Print.EXACT}
    hidden = protect(pieces, cells, [], 5, zeros=True)
    assert (hidden["a"], hidden["b"]) == (Print.SMALL, Print.WITHHELD)


def test_a_union_as_large_as_its_parts_can_be_is_withheld() -> None:
    pieces = {"above": Piece(8, 20), "a": Piece(4, 20), "b": Piece(4, 20)}
    cells = {name: Cell(frozenset([name])) for name in pieces}
    prints = protect(pieces, cells, union("above", ["a", "b"]), 5)
    assert prints == {"above": Print.WITHHELD, "a": Print.SMALL, "b": Print.SMALL}


def test_whoever_is_in_a_part_is_in_the_whole() -> None:
    pieces = {"small": Piece(4, 20), "large": Piece(4, 4)}
    cells = {"small": Cell(frozenset(["small"])), "large": Cell(frozenset(["large"]))}
    both = {"small": Print.SMALL, "large": Print.SMALL}
    assert protect(pieces, cells, [within("small", "large")], 5) == both


def nearly(rest: int) -> tuple[dict[str, Piece], dict[str, Cell]]:
    """Return a group that is printed, most of it that is too, and the rest that is not."""
    pieces = {"most": Piece(7, 15), "rest": Piece(rest, 2)}
    most, all_ = frozenset(["most"]), frozenset(pieces)
    rest_cell = Cell(frozenset(["rest"]), printed=False, guarded=True)
    return pieces, {"most": Cell(most), "all": Cell(all_), "the rest": rest_cell}


@pytest.mark.parametrize("rest", [0, 1, 2])
def test_the_difference_of_two_groups_nearly_alike_is_not_given_away(rest: int) -> None:
    prints = protect(*nearly(rest), [], 5)
    assert sorted(prints) == ["all", "most"]
    assert list(prints.values()).count(Print.WITHHELD) == 1


def test_one_and_fewer_hide_nothing_and_two_cannot() -> None:
    assert set(protect(*sums(a=1, b=7), [], 1).values()) == {Print.EXACT}
    with pytest.raises(TooNarrow, match="below 2 cannot be hidden so that 2 values"):
        protect(*sums(a=1, b=7), [], 2)


SEEDS = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_order_changes_nothing(seed: int, kind: Kind, chance: random.Random) -> None:
    pieces, cells, relations = kind(random.Random(seed))

    def mixed(things: Mapping[str, T]) -> dict[str, T]:
        return dict(chance.sample(list(things.items()), len(things)))

    again = protect(mixed(pieces), mixed(cells), chance.sample(relations, len(relations)), K)
    assert again == protect(pieces, cells, relations, K)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(KINDS), st.integers(3, 8))
def test_a_higher_threshold_hides_every_number_below_the_lower_one(
    seed: int, kind: Kind, k: int
) -> None:
    table = kind(random.Random(seed))
    low, high = protect(*table, k), protect(*table, k + 1)
    hidden = {name for name, how in low.items() if how is Print.SMALL}
    assert not {name for name in hidden if high[name] is Print.EXACT}


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(KINDS))
def test_where_no_number_is_small_none_is_hidden(seed: int, kind: Kind) -> None:
    pieces, cells, relations = kind(random.Random(seed))
    large = {name: Piece(p.people * K, p.of * K) for name, p in pieces.items()}
    assert set(protect(large, cells, relations, K).values()) == {Print.EXACT}
