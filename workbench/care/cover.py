"""Who serves each relationship, who stands in, and on which days nobody does."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.base.records import When
from workbench.care.handlers import COMPETENT, Away, Handler
from workbench.care.model import Care
from workbench.care.relationships import Relationship

Day = datetime.date


@dataclass(frozen=True, slots=True)
class Cover:
    """A relationship, the handlers who name it as their own, and those who name it as backups."""

    relationship: Relationship
    primary: tuple[Handler, ...]
    backup: tuple[Handler, ...]

    @property
    def able(self) -> tuple[Handler, ...]:
        """Return the backups who know all the relationship asks for."""
        return tuple(h for h in self.backup if not lacking(h, self.relationship))

    def without(self, days: Iterable[Day]) -> tuple[Day, ...]:
        """Return those of `days` on which nobody who could stand in is at work."""
        return tuple(day for day in days if all(is_away(h, day) for h in self.able))


def covers(care: Care) -> dict[str, Cover]:
    """Return who serves each relationship of the care model."""
    handlers = care.handlers.values()
    return {
        name: Cover(
            relationship,
            tuple(h for h in handlers if name in h.primary),
            tuple(h for h in handlers if name in h.backup),
        )
        for name, relationship in care.relationships.items()
    }


def holds(handler: Handler, relationship: Relationship, days: Iterable[Day]) -> bool:
    """Tell whether a handler knows all a relationship asks for and is at work on all of `days`."""
    return not lacking(handler, relationship) and not any(is_away(handler, day) for day in days)


def lacking(handler: Handler, relationship: Relationship) -> tuple[str, ...]:
    """Return the areas a relationship asks for that a handler does not hold at `COMPETENT`."""
    return tuple(a for a in relationship.areas if level(handler, a) < COMPETENT)


def level(handler: Handler, area: str) -> int:
    """Return how well a handler holds an area, 0 if nothing says so."""
    return next((n for name, n in handler.skills.items() if name == area), 0)


def is_away(handler: Handler, day: Day) -> bool:
    """Tell whether a handler is away on a day, as planned."""
    return any(first(a.start) <= day <= last(a.end) for a in handler.away)


def weekdays(away: Away) -> tuple[Day, ...]:
    """Return the days from Monday to Friday of an absence."""
    return tuple(between(first(away.start), last(away.end)))


def between(start: Day, end: Day) -> Iterator[Day]:
    """Yield the days from Monday to Friday between two days, both included."""
    span = (end - start).days + 1
    days = (start + datetime.timedelta(n) for n in range(span))
    return (day for day in days if day.weekday() < 5)


def first(when: When) -> Day:
    """Return the first day of a year, month or day."""
    return Day(*[*map(int, when.split("-")), 1, 1][:3])


def last(when: When) -> Day:
    """Return the last day of a year, month or day."""
    year, month, *day = [*map(int, when.split("-")), *([12] if len(when) == 4 else [])]
    if day:
        return Day(year, month, day[0])
    return Day(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)
