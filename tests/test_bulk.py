"""Records made many at once are the same as records made one by one."""

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from workbench.base.bulk import records


@dataclass(frozen=True, slots=True)
class Pair:
    left: int
    right: str = ""


def test_many_records_are_those_that_are_made_one_by_one() -> None:
    rows = [(1, "a"), (2, "b")]
    made = records(Pair, rows)
    assert made == [Pair(1, "a"), Pair(2, "b")]
    assert {type(one) for one in made} == {Pair}
    assert [hash(one) for one in made] == [hash(Pair(*row)) for row in rows]
    assert replace(made[0], right="c") == Pair(1, "c")


def test_they_are_frozen() -> None:
    (one,) = records(Pair, [(1, "a")])
    with pytest.raises(FrozenInstanceError):
        one.left = 2  # type: ignore[misc]


def test_a_row_that_is_too_short_is_refused() -> None:
    with pytest.raises(TypeError):
        records(Pair, [(1,)])
