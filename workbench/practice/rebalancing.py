"""Who should serve whom instead: less overload, with a price on every relationship it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import fixed, number, words
from workbench.care.cover import Cover, covers, lacking, weekdays
from workbench.care.handlers import Handler
from workbench.care.model import Care
from workbench.findings.results import Result
from workbench.practice.assignment import Holding, Task, assign, cost
from workbench.practice.hours import Work, work_of, work_of_handler
from workbench.practice.registers import name_of
from workbench.study import Study

PRICE = 40.0
"""Hours of overload that must be saved for a relationship to be broken: a week of one's work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A round of giving out: the tasks, the room people have, and who holds what after it."""

    role: str
    tasks: tuple[Task, ...]
    room: Mapping[str, float]
    held: Holding

    @property
    def today(self) -> float:
        """Return today's hours beyond the room there is, and hours nobody holds."""
        return cost(self.tasks, self.room, 0.0, {task.id: task.today for task in self.tasks})

    @property
    def after(self) -> float:
        """Return the same hours after the moves."""
        return cost(self.tasks, self.room, 0.0, self.held)

    def gain(self, task: Task) -> float:
        """Return the hours that come back if only this task stays where it is today."""
        back = {**self.held, task.id: task.today}
        return cost(self.tasks, self.room, 0.0, back) - self.after

    @property
    def moved(self) -> list[Task]:
        """Return the tasks that change hands, those that save most first."""
        moved = [task for task in self.tasks if self.held[task.id] != task.today]
        return sorted(moved, key=lambda task: (-self.gain(task), task.id))


@dataclass(frozen=True, slots=True)
class Move:
    """A relationship that gets another handler or backup: what it saves, and what it breaks.

    `gain` is the overload in hours that comes back if only this move is left out. `known` says
    that the new handler stood in before, so the customer does not begin from nothing.
    """

    relationship: str
    role: str
    was: str | None
    becomes: str | None
    hours: float
    gain: float
    known: bool = False


@dataclass(frozen=True, repr=False)
class Rebalancing(Result):
    """The few moves worth their price, and what they do to overload and to hours without backup.

    `left_out` are handlers whose load or hours nobody knows: nothing is taken from them or given.
    """

    study: Study
    price: float
    moves: tuple[Move, ...]
    serving: Plan
    standing: Plan
    left_out: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each move: from whom to whom, what it saves, what it breaks."""
        say, at = words(self.language), self.language
        rows = [
            (
                name_of(m.relationship, "relationship", self.study, at),
                say(f"rebalancing_{m.role}"),
                m.was or "",
                m.becomes or "",
                round(m.hours),
                fixed(m.gain, at, 0),
                self._breaks(m),
            )
            for m in self.moves
        ]
        keys = ("relationship", "role", "was", "becomes", "hours", "gain", "breaks")
        return pd.DataFrame(rows, columns=[say(f"rebalancing_{key}") for key in keys])

    def _breaks(self, move: Move) -> str:
        say = words(self.language)
        if move.was is None:
            return say("rebalancing_nothing")
        if move.role == "backup":
            return say("rebalancing_backup_breaks", was=move.was)
        key = "rebalancing_known" if move.known else "rebalancing_stranger"
        return say(key, was=move.was, becomes=move.becomes)


def rebalancing(study: Study, price: float = PRICE, language: str = "fi") -> Rebalancing:
    """Propose who should serve and stand in for whom, so that no more is broken than is won.

    First handlers: overload (hours beyond a handler's year) + `price` × relationships moved is made
    least. Then backups on that: hours nobody could take over + hours beyond a handler's year of
    standing in + `price` × backups changed. Only those who hold all areas of a relationship are
    considered, as backups only those at work when its handler is away. What is not known stays
    where it is. Raises `BadPrice` for a price below 0.
    """
    care = study.care
    known = _known(care)
    work = {name: work_of(r, care) for name, r in care.relationships.items()}
    found = {
        name: cover
        for name, cover in covers(care).items()
        if cover.primary and cover.primary[0].id in known and not work[name].missing
    }
    serving = _serving(found, work, known, price)
    standing = _standing(found, work, known, serving.held, price)
    moves = (*_moves(serving, found), *_moves(standing, found))
    left_out = tuple(name for name in care.handlers if name not in known)
    bare = Rebalancing("", language, study, price, moves, serving, standing, left_out)
    return Rebalancing(_caption(bare), language, study, price, moves, serving, standing, left_out)


def _known(care: Care) -> dict[str, Handler]:
    """Return the handlers whose hours and whole load are known."""
    return {
        name: h
        for name, h in care.handlers.items()
        if h.hours is not None and not work_of_handler(h, care).missing
    }


def _serving(
    found: Mapping[str, Cover], work: Mapping[str, Work], known: Mapping[str, Handler], price: float
) -> Plan:
    tasks = tuple(
        Task(name, work[name].known, cover.primary[0].id, frozenset(_fit(cover, known)))
        for name, cover in found.items()
    )
    room = {name: (h.hours or 0.0) - (h.fixed or 0.0) for name, h in known.items()}
    return Plan("primary", tasks, room, assign(tasks, room, price))


def _standing(
    found: Mapping[str, Cover],
    work: Mapping[str, Work],
    known: Mapping[str, Handler],
    serves: Holding,
    price: float,
) -> Plan:
    tasks = []
    for name, cover in found.items():
        fit = _backups(cover, serves[name], known)
        today = next((h.id for h in cover.backup if h.id in fit), None)
        tasks.append(Task(name, work[name].known, today, fit, work[name].known))
    room = {name: h.hours or 0.0 for name, h in known.items()}
    return Plan("backup", tuple(tasks), room, assign(tasks, room, price))


def _fit(cover: Cover, known: Mapping[str, Handler]) -> Iterator[str]:
    return (name for name, h in known.items() if not lacking(h, cover.relationship))


def _backups(cover: Cover, own: str | None, known: Mapping[str, Handler]) -> frozenset[str]:
    """Return who could stand in for `own`: fit, somebody else, at work when `own` is away."""
    days = [day for a in known[own].away for day in weekdays(a)] if own else []
    return frozenset(
        name
        for name in _fit(cover, known)
        if name != own and not Cover(cover.relationship, (), (known[name],)).without(days)
    )


def _moves(plan: Plan, found: Mapping[str, Cover]) -> Iterator[Move]:
    for task in plan.moved:
        becomes = plan.held[task.id]
        known = becomes in [h.id for h in found[task.id].backup]
        yield Move(task.id, plan.role, task.today, becomes, task.hours, plan.gain(task), known)


def _caption(r: Rebalancing) -> str:
    say, at = words(r.language), r.language
    broken = sum(m.was is not None for m in r.moves)
    parts = [
        say(
            "rebalancing_caption",
            n=len(r.moves),
            broken=broken,
            price=number(r.price, at),
            before=number(round(r.serving.today), at),
            after=number(round(r.serving.after), at),
            bare=number(round(r.standing.today), at),
            left=number(round(r.standing.after), at),
        )
    ]
    if r.left_out:
        parts.append(say("rebalancing_left_out", who=", ".join(r.left_out)))
    return " ".join(parts)
