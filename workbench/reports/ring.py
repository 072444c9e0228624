"""The year as a ring on a page: where each day stands, worked out for an SVG template."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.base.languages import day_of, months
from workbench.care.clock import EventKind, Layer, Occurrence
from workbench.practice.year import Year

MIDDLE, NAMES = 400, 374
_RINGS = {Layer.PAY_PERIOD: 320, Layer.MONTH: 302, Layer.QUARTER: 287, Layer.YEAR: 274,
          Layer.COOPERATION: 274}  # fmt: skip
_OUTWARDS = {EventKind.DEADLINE: 15, EventKind.PAY_DAY: 30}
"""Within a pay period what closes stands outside what is only told, and money outermost."""
_LANES = (246, 216, 186, 156, 126)
_APART = 33
"""So far apart, along its lane, two numbers can be read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the ring, `angle` degrees clockwise from the turn of the year."""

    angle: float
    radius: int
    kind: str
    told: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Ring:
    """What a ring shows: marks, and the names of the months at their angles."""

    marks: tuple[Mark, ...]
    months: tuple[tuple[float, str], ...]
    borders: tuple[float, ...]
    middle: int = MIDDLE
    names: int = NAMES


def ring(result: Year, numbers: Mapping[str, int]) -> Ring:
    """Return the ring of a year; events in `numbers` get their number, all others are ticks."""
    ticks = [_tick(o, result.language) for o in result.days if o.event.id not in numbers]
    numbered = [o for o in result.days if o.event.id in numbers]
    first = [datetime.date(result.year, month, 1) for month in range(1, 13)]
    names = zip((angle(day) + 15 for day in first), months(result.language), strict=True)
    return Ring(
        (*ticks, *_placed(numbered, numbers, result.language)),
        tuple((round(at, 1), name) for at, name in names),
        tuple(round(angle(day), 1) for day in first),
    )


def angle(day: datetime.date) -> float:
    """Return where a day stands on a ring, in degrees from the turn of the year."""
    first = datetime.date(day.year, 1, 1)
    return 360 * (day - first).days / (datetime.date(day.year + 1, 1, 1) - first).days


def _tick(one: Occurrence, language: str) -> Mark:
    at = round(angle(one.day), 1)
    ring = _RINGS[one.event.layer]
    if one.event.layer is Layer.PAY_PERIOD:
        ring += _OUTWARDS.get(one.event.kind, 0)
    return Mark(at, ring, one.event.kind, _told(one, language))


def _placed(
    days: Iterable[Occurrence], numbers: Mapping[str, int], language: str
) -> Iterable[Mark]:
    """Put each number on the outermost lane where it does not touch the one before it."""
    last = dict.fromkeys(_LANES, -360.0)
    first: dict[int, float] = {}
    for one in days:
        at = round(angle(one.day), 1)
        free = [
            lane
            for lane in _LANES
            if min(at - last[lane], first.get(lane, at) + 360 - at) * lane >= _APART * 57.3
        ]
        lane = free[0] if free else min(_LANES, key=lambda lane: last[lane])
        last[lane] = at
        first.setdefault(lane, at)
        yield Mark(at, lane, one.event.kind, _told(one, language), numbers[one.event.id])


def _told(one: Occurrence, language: str) -> str:
    return f"{day_of(one.day, language)} {one.event.title.say(language)}"
