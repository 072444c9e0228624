"""Tasks given to people at least cost: overload in hours, and a price on whatever is moved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.base.problems import WorkbenchError


class BadPrice(WorkbenchError):
    """The price of a broken relationship is no number of hours."""

    def __init__(self, price: float) -> None:
        super().__init__(
            f"A broken relationship cannot cost {price:g} hours. "
            "Give hours from 0 up, or math.inf for no move at all."
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Something that must be somebody's: its hours, today's holder, and who else could hold it.

    `fit` are in the order of preference, should they be equally good. `without` is what it costs in
    hours if nobody holds it; None if somebody must.
    """

    id: str
    hours: float
    today: str | None
    fit: tuple[str, ...]
    without: float | None = None


_TIE = 1e-4
"""Hours by which one who is less preferred is dearer: it decides among equals and nothing else."""
_Pair = tuple[Task, "str | None", int]
Holding = Mapping[str, str | None]
"""Who holds each task, None if nobody."""


def cost(tasks: Iterable[Task], room: Mapping[str, float], price: float, held: Holding) -> float:
    """Return hours over everybody's room, hours nobody holds, and the price of what is broken.

    What nobody holds today is not broken by giving it to somebody.
    """
    tasks = list(tasks)
    load = dict.fromkeys(room, 0.0)
    total = 0.0
    for task in tasks:
        who = held[task.id]
        if who is None:
            total += task.without or 0.0
        else:
            load[who] += task.hours
        if task.today is not None and who != task.today:
            total += price
    return total + sum(max(0.0, load[name] - room[name]) for name in room)


def assign(tasks: Sequence[Task], room: Mapping[str, float], price: float) -> dict[str, str | None]:
    """Return who should hold each task so that `cost` is least; today's holding if nothing is won.

    A mixed-integer program: one yes-or-no for each task and each fit holder, one amount of overload
    for each holder; solved by `scipy.optimize.milp` (HiGHS, https://highs.dev). Raises `BadPrice`
    for a price below 0.
    """
    today: dict[str, str | None] = {task.id: task.today for task in tasks}
    if math.isnan(price) or price < 0:
        raise BadPrice(price)
    if math.isinf(price):
        price = 1.0 + cost(tasks, room, 0.0, today) + sum(t.without or 0.0 for t in tasks)
    pairs = [(task, who, at) for task in tasks for at, who in enumerate(_options(task))]
    if not pairs:
        return today
    chosen = _solved(tasks, list(room), pairs, room, price)
    best = dict(today)
    best.update({task.id: who for task, who, _ in chosen})
    return (
        best if cost(tasks, room, price, best) < cost(tasks, room, price, today) - 1e-6 else today
    )


def _options(task: Task) -> list[str | None]:
    """Return who may hold a task, today's holder first; nobody if it may be so."""
    known = [name for name in dict.fromkeys((task.today, *task.fit)) if name is not None]
    none: list[str | None] = [None] if task.without is not None or not known else []
    return [*none, *known] if task.today is None else [*known, *none]


def _solved(
    tasks: Sequence[Task],
    names: Sequence[str],
    pairs: Sequence[_Pair],
    room: Mapping[str, float],
    price: float,
) -> list[_Pair]:
    """Let the solver choose one of the pairs of every task."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    n, h = len(pairs), len(names)
    moved = [price if t.today is not None and who != t.today else 0.0 for t, who, _ in pairs]
    empty = [(t.without or 0.0) if who is None else 0.0 for t, who, _ in pairs]
    liked = [_TIE * at for *_, at in pairs]
    row_of = {task.id: at for at, task in enumerate(tasks)}
    once = csr_array(
        (np.ones(n), ([row_of[t.id] for t, *_ in pairs], range(n))), shape=(len(tasks), n + h)
    )
    at = {name: k for k, name in enumerate(names)}
    held = [(k, at[who], t.hours) for k, (t, who, _) in enumerate(pairs) if who is not None]
    over = csr_array(
        (
            [*(hours for *_, hours in held), *[-1.0] * h],
            ([*(row for _, row, _ in held), *range(h)], [*(k for k, *_ in held), *range(n, n + h)]),
        ),
        shape=(h, n + h),
    )
    found = milp(
        [*map(sum, zip(moved, empty, liked, strict=True)), *[1.0] * h],
        integrality=[1] * n + [0] * h,
        bounds=Bounds(0, [1.0] * n + [np.inf] * h),
        constraints=[
            LinearConstraint(once, 1, 1),
            LinearConstraint(over, -np.inf, [room[name] for name in names]),
        ],
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        return []
    return [pair for pair, x in zip(pairs, found.x[:n], strict=True) if x > 0.5]
