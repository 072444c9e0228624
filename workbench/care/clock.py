"""The annual clock: what happens when, for whom, and who says so how long before (R70, R78)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.base.problems import near_miss
from workbench.base.records import Label, Link, Prose
from workbench.care.calendar import DAY
from workbench.care.claims import Grounded
from workbench.care.links import ToAction, ToCard, ToChannel, ToEvent, ToParty, ToSegment
from workbench.care.recurrence import BadRule, Event, days, parse_rule
from workbench.material.documents import Document
from workbench.material.segments import Segments


class Layer(StrEnum):
    """The rhythm an event belongs to."""

    PAY_PERIOD = "pay-period"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    COOPERATION = "cooperation"


class EventKind(StrEnum):
    """What an event is: a pay day, a deadline before one, a task, a meeting, a notice."""

    PAY_DAY = "pay-day"
    DEADLINE = "deadline"
    TASK = "task"
    MEETING = "meeting"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent(Grounded):
    """An event of the year; `when` is a rule that gives its days in any year (`recurrence`).

    `lead` is how many days before it people are told. `hours` is the work it takes the provider
    each time, None if nobody knows; a number has its `source`. It is not for the segments
    `without`, though it is for one above them; for no segment at all if it is the provider's own.
    """

    id: str
    title: Label
    kind: EventKind
    layer: Layer
    when: Link
    segments: tuple[ToSegment, ...]
    owner: ToParty
    without: tuple[ToSegment, ...] = ()
    lead: int = 0
    hours: float | None = None
    source: Prose | None = None
    channel: ToChannel | None = None
    what: Label | None = None
    actions: tuple[ToAction, ...] = ()
    cards: tuple[ToCard, ...] = ()

    def reaches(self, above: Iterable[str]) -> bool:
        """Tell whether it is for a segment, given as that segment and its parents upwards."""
        names = set(above)
        return not names.isdisjoint(self.segments) and names.isdisjoint(self.without)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Grounded):
    """A planned contact: occasion, channel, how often, who, about what (R70)."""

    id: str
    occasion: Label
    segments: tuple[ToSegment, ...]
    channel: ToChannel
    owner: ToParty
    times: int
    agenda: tuple[Label, ...]
    events: tuple[ToEvent, ...] = ()


YEARS = range(1900, 2200)
"""Years a clock is kept for."""
_LONGEST_LEAD, _LONGEST_CHAIN = 10_000, 20


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an event: its day, and the day its rule counts it from."""

    day: datetime.date
    event: ClockEvent
    start: datetime.date

    @property
    def notice(self) -> datetime.date:
        """Return the day on which people are told; a senseless lead is a problem of its file."""
        return self.day - min(self.event.lead, _LONGEST_LEAD) * DAY


@dataclass(frozen=True)
class Clock:
    """The events of a care model, and on which days of a year they fall."""

    events: Mapping[str, ClockEvent]
    segments: Segments
    _made: dict[tuple[str, int], list[Occurrence]] = field(default_factory=dict)

    def year(self, year: int) -> list[Occurrence]:
        """Return all of a year, by day; events whose rule gives no days are left out."""
        found: list[Occurrence] = []
        for name in self.events:
            try:
                found += self.of(name, year)
            except BadRule:
                continue
        return sorted(found, key=lambda o: o.day)

    def of(self, name: str, year: int) -> list[Occurrence]:
        """Return the times of an event in a year; raises `BadRule` if its rule gives no days."""
        return self._of(name, year, ())

    def pay_days(self, event: ClockEvent) -> list[str]:
        """Return the pay days of an event's segments, those of a group before its parent's."""
        paying = [e for e in self.events.values() if e.kind is EventKind.PAY_DAY]
        found: dict[str, None] = {}
        for segment in event.segments:
            if segment in self.segments:
                levels = self.segments.holding(segment)
                own = [e for e in paying if e.reaches(levels)]
                near = ([e.id for e in own if level in e.segments] for level in levels)
                found |= dict.fromkeys(next(filter(None, near), []))
        return list(found)

    def counted_from(self, event: ClockEvent) -> list[str]:
        """Return the events whose days a rule counts from; raises `BadRule`."""
        names = [m.start.name for m in parse_rule(event.when) if isinstance(m.start, Event)]
        return [n for name in names for n in ([name] if name else self.pay_days(event))]

    def _of(self, name: str, year: int, trail: tuple[str, ...]) -> list[Occurrence]:
        near = (o for y in (year - 1, year, year + 1) for o in self._from(name, y, trail))
        return sorted((o for o in near if o.day.year == year), key=lambda o: o.day)

    def _from(self, name: str, year: int, trail: tuple[str, ...]) -> list[Occurrence]:
        """Return the times of an event that are counted from a day of `year`, each once."""
        if (name, year) not in self._made:
            if name in trail:
                hint = "Let one of these stand on a day of its own."
                raise BadRule(f"it is counted from itself: {' ▸ '.join((*trail, name))}.", hint)
            if len(trail) > _LONGEST_CHAIN:
                hint = "Count it from an event that stands on a day of its own."
                raise BadRule(f"it is counted over more than {_LONGEST_CHAIN} events.", hint)
            event = self._known(name)

            def others(which: str, y: int) -> Iterator[datetime.date]:
                for other in [which] if which else self._paying(event):
                    yield from (o.day for o in self._of(other, y, (*trail, name)))

            made = days(parse_rule(event.when), year, others)
            once = {day: start for start, day in made}
            self._made[name, year] = [Occurrence(day, event, once[day]) for day in sorted(once)]
        return self._made[name, year]

    def _known(self, name: str) -> ClockEvent:
        if name not in self.events:
            hint = near_miss(name, self.events) or "Name an event by its id, or write a day."
            raise BadRule(f"no event '{name}' to count from.", hint)
        return self.events[name]

    def _paying(self, event: ClockEvent) -> list[str]:
        if not (found := self.pay_days(event)):
            hint = "Name an event of kind pay-day by its id, or write such an event for them."
            raise BadRule(f"there is no pay day for the segments of {event.id}.", hint)
        return found


def clock_year(documents: Mapping[str, Document]) -> int:
    """Return the year a clock is read for unless one says another: that of the latest material."""
    years = (int(d.date[:4]) for d in documents.values())
    return max((year for year in years if year in YEARS), default=2010)


def clashes(year: list[Occurrence]) -> list[tuple[Occurrence, Occurrence]]:
    """Return each deadline with a pay day or another deadline of the same segment within a day.

    `year` is in the order of days; the deadline comes first in a pair (R62).
    """
    found = []
    timed = [o for o in year if o.event.kind in (EventKind.DEADLINE, EventKind.PAY_DAY)]
    for at, one in enumerate(timed):
        for other in timed[at + 1 :]:
            if other.day - one.day > DAY:
                break
            pair = sorted((one, other), key=lambda o: o.event.kind is EventKind.PAY_DAY)
            together = set(one.event.segments) & set(other.event.segments)
            if together and one.event.id != other.event.id and _deadline(pair[0]):
                found.append((pair[0], pair[1]))
    return found


def _deadline(one: Occurrence) -> bool:
    return one.event.kind is EventKind.DEADLINE
