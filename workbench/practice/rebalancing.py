"""Who should serve whom instead: less overload, with a price on every relationship it breaks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from workbench.base.languages import fixed, number, words
from workbench.care.cover import Cover, covers, holds, lacking, weekdays
from workbench.care.model import Care
from workbench.findings.results import Result
from workbench.practice.assignment import Holding, Task, assign, cost
from workbench.practice.hours import work_of, work_of_handler
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
    bare: int
    left_out: tuple[str, ...]

    @property
    def left(self) -> int:
        """Return the hours that are without a competent backup after the moves (today: `bare`)."""
        held = self.standing.held
        return round(sum(t.hours for t in self.standing.tasks if held[t.id] is None))

    @property
    def broken(self) -> int:
        """Return how many handlers or backups somebody has today would change."""
        return sum(move.was is not None for move in self.moves)

    @property
    def too_large(self) -> tuple[str, ...]:
        """Return the relationships that are more than a year of anybody: moving cannot help."""
        most = max(self.serving.room.values(), default=0.0)
        return tuple(task.id for task in self.serving.tasks if task.hours > most)

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
    office = _Office(study.care)
    serving = office.serving(price)
    standing = office.standing(serving.held, price)
    today = office.standing({name: c.primary[0].id for name, c in office.found.items()}, math.inf)
    bare = round(sum(task.hours for task in today.tasks if task.today is None))
    moves = (*_moves(serving, office.found), *_moves(standing, office.found))
    left_out = tuple(name for name in study.care.handlers if name not in office.known)
    plain = Rebalancing("", language, study, price, moves, serving, standing, bare, left_out)
    return replace(plain, caption=_caption(plain))


class _Office:
    """What is known of an office: its handlers with hours and load, relationships with work."""

    def __init__(self, care: Care) -> None:
        self.handlers = care.handlers
        self.known = {
            name: h
            for name, h in care.handlers.items()
            if h.hours is not None and not work_of_handler(h, care).missing
        }
        self.left = {
            name: (h.hours or 0.0) - work_of_handler(h, care).known
            for name, h in self.known.items()
        }
        works = {name: work_of(r, care).hours for name, r in care.relationships.items()}
        self.hours = {name: hours for name, hours in works.items() if hours is not None}
        self.found = {
            name: cover
            for name, cover in covers(care).items()
            if name in self.hours and cover.primary and cover.primary[0].id in self.known
        }

    def serving(self, price: float) -> Plan:
        """Give every relationship to a handler who holds its areas, so that overload is least."""
        tasks = tuple(
            Task(
                name,
                self.hours[name],
                cover.primary[0].id,
                self._preferred(cover, self._able(cover)),
            )
            for name, cover in self.found.items()
        )
        room = {name: (h.hours or 0.0) - (h.fixed or 0.0) for name, h in self.known.items()}
        return Plan("primary", tasks, room, assign(tasks, room, price))

    def standing(self, serves: Holding, price: float) -> Plan:
        """Give every relationship a backup who holds for the one who serves it.

        One who holds today and whose load is not known stays, so nothing is asked there.
        """
        tasks = []
        for name, cover in self.found.items():
            hold = self._hold(cover, serves[name])
            today = next((h.id for h in cover.backup if h.id in hold), None)
            if today is None or today in self.known:
                fit = self._preferred(cover, hold & self.known.keys())
                tasks.append(Task(name, self.hours[name], today, fit, self.hours[name]))
        room = {name: h.hours or 0.0 for name, h in self.known.items()}
        return Plan("backup", tuple(tasks), room, assign(tasks, room, price))

    def _able(self, cover: Cover) -> Iterator[str]:
        return (name for name, h in self.known.items() if not lacking(h, cover.relationship))

    def _preferred(self, cover: Cover, names: Iterable[str]) -> tuple[str, ...]:
        """Put first who stands in today, then who is of the same unit, then who has most room."""
        backup, unit = [h.id for h in cover.backup], cover.primary[0].unit

        def rank(name: str) -> tuple[bool, bool, float, str]:
            other = self.known[name].unit != unit
            return name not in backup, other, -self.left[name], name

        return tuple(sorted(names, key=rank))

    def _hold(self, cover: Cover, own: str | None) -> frozenset[str]:
        """Return who would hold for `own`: somebody else, able, at work when `own` is away."""
        days = [day for a in self.handlers[own].away for day in weekdays(a)] if own else []
        return frozenset(
            h.id
            for h in self.handlers.values()
            if h.id != own and holds(h, cover.relationship, days)
        )


def _moves(plan: Plan, found: Mapping[str, Cover]) -> Iterator[Move]:
    for task in plan.moved:
        becomes = plan.held[task.id]
        known = becomes in [h.id for h in found[task.id].backup]
        yield Move(task.id, plan.role, task.today, becomes, task.hours, plan.gain(task), known)


def _caption(r: Rebalancing) -> str:
    say, at = words(r.language), r.language
    parts = [
        say(
            "rebalancing_caption",
            n=len(r.moves),
            broken=r.broken,
            price=number(r.price, at),
            before=number(round(r.serving.today), at),
            after=number(round(r.serving.after), at),
            bare=number(r.bare, at),
            left=number(r.left, at),
        )
    ]
    if r.too_large:
        names = [name_of(name, "relationship", r.study, at) for name in r.too_large]
        parts.append(say("rebalancing_too_large", names=", ".join(names)))
    if r.left_out:
        parts.append(say("rebalancing_left_out", who=", ".join(r.left_out)))
    return " ".join(parts)
