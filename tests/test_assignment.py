"""Assignments equal the best of all there are, and never cost more than today's."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.practice.assignment import BadPrice, Task, assign, cost

WHO = ("K1", "K2", "K3")


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[Task], dict[str, float]]:
    """Return up to five tasks, some of which may be nobody's, and the room of three handlers."""
    hours = st.integers(0, 60).map(float)
    tasks = []
    for k in range(draw(st.integers(0, 5))):
        open_ = draw(st.booleans())
        today = draw(st.sampled_from([*WHO, None] if open_ else WHO))
        fit = tuple(draw(st.lists(st.sampled_from(WHO), unique=True)))
        tasks.append(Task(f"t{k}", draw(hours), today, fit, draw(hours) if open_ else None))
    return tasks, {name: draw(hours) for name in WHO}


def all_there_are(tasks: list[Task]) -> list[dict[str, str | None]]:
    options = []
    for task in tasks:
        may = set(task.fit) | ({task.today} if task.today else set())
        options.append([*sorted(may), *([None] if task.without is not None else [])])
    names = [task.id for task in tasks]
    return [dict(zip(names, held, strict=True)) for held in itertools.product(*options)]


def today(tasks: list[Task]) -> dict[str, str | None]:
    return {task.id: task.today for task in tasks}


@given(offices(), st.integers(0, 50))
@settings(max_examples=150, deadline=None)
def test_the_assignment_is_the_best_of_all_there_are(
    office: tuple[list[Task], dict[str, float]], price: int
) -> None:
    tasks, room = office
    best = min(cost(tasks, room, price, held) for held in all_there_are(tasks))
    found = assign(tasks, room, price)
    assert found in all_there_are(tasks)
    assert cost(tasks, room, price, found) == pytest.approx(best, abs=1e-5)
    assert cost(tasks, room, price, found) <= cost(tasks, room, price, today(tasks)) + 1e-9


@given(offices())
@settings(max_examples=60, deadline=None)
def test_at_an_infinite_price_nothing_that_is_somebodys_moves(
    office: tuple[list[Task], dict[str, float]],
) -> None:
    tasks, room = office
    found = assign(tasks, room, math.inf)
    assert all(found[t.id] == t.today for t in tasks if t.today is not None)


def test_one_move_is_made_when_it_saves_more_than_its_price() -> None:
    tasks = [Task("a", 60, "K1", ("K1", "K2")), Task("b", 50, "K1", ("K1",))]
    room = {"K1": 70.0, "K2": 55.0}
    assert cost(tasks, room, 30, today(tasks)) == 40
    assert assign(tasks, room, 30) == {"a": "K2", "b": "K1"}
    assert cost(tasks, room, 30, {"a": "K2", "b": "K1"}) == 5 + 30
    assert assign(tasks, room, 36) == {"a": "K1", "b": "K1"}


def test_among_equals_today_stays_and_then_the_preferred_takes_it() -> None:
    idle = [Task("a", 10, "K2", ("K1", "K3"))]
    assert assign(idle, {"K1": 50.0, "K2": 50.0, "K3": 50.0}, 0) == {"a": "K2"}
    busy = [Task("a", 10, "K2", ("K3", "K1"))]
    assert assign(busy, {"K1": 50.0, "K2": 0.0, "K3": 50.0}, 1) == {"a": "K3"}


def test_what_nobody_holds_is_given_away_without_a_price() -> None:
    tasks = [Task("a", 10, None, ("K1",), without=10)]
    assert assign(tasks, {"K1": 20.0}, 1000) == {"a": "K1"}


@pytest.mark.parametrize("price", [-1.0, math.nan])
def test_a_price_that_is_none_is_refused(price: float) -> None:
    with pytest.raises(BadPrice, match="hours from 0 up"):
        assign([], {}, price)
