"""Clock and contact plan: days that exist and leave time, and nobody left out (R70, R78)."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness
from workbench.care.calendar import is_bank_day
from workbench.care.clock import (
    Clock,
    ClockEvent,
    Contact,
    EventKind,
    Occurrence,
    clashes,
    clock_year,
)
from workbench.care.model import Care
from workbench.care.recurrence import WEEKDAYS, BadRule
from workbench.material.segments import ContactLevel

_AHEAD = 7
"""So many years from the material's own are looked at: a date meets each weekday in them."""


def check_clock(care: Care, witness: Witness) -> list[Problem]:
    """Note events whose days cannot be, come too late, are not free or clash."""
    clock = Clock(care.clock, witness.segments)
    year = clock_year(witness.documents)
    problems: list[Problem] = []
    for event in care.clock.values():
        problems += [*_figures(event), *_without(event, witness)]
        try:
            days = [o for y in range(year, year + _AHEAD) for o in clock.of(event.id, y)]
            problems += _days(event, days, clock)
        except BadRule as wrong:
            problems.append(event.when.place.problem(f"{event.id}: {wrong.message}", wrong.hint))
    return [*problems, *_clashes(clock, year)]


def check_contacts(care: Care, witness: Witness) -> list[Problem]:
    """Note contacts that are planned too little or too often, and segments nobody meets."""
    year = Clock(care.clock, witness.segments).year(clock_year(witness.documents))
    times = Counter(o.event.id for o in year)
    problems: list[Problem] = []
    for contact in care.contacts.values():
        problems += _contact(contact, care, witness, times)
    return [*problems, *_left_out(care, witness)] if care.contacts else []


def _days(event: ClockEvent, days: list[Occurrence], clock: Clock) -> Iterator[Problem]:
    """Note what is wrong with the days of an event; each fault once, with its first day."""
    place = event.when.place
    gaps = [(b.day - a.day).days for a, b in itertools.pairwise(days)]
    if gaps and event.lead >= min(gaps):
        message = f"{event.id} is told {event.lead} days ahead but comes after {min(gaps)} days."
        yield event.place.problem(message, f"Write a `lead` under {min(gaps)}.")
    if event.kind is not EventKind.DEADLINE:
        return
    from_pay = any(
        name in clock.events and clock.events[name].kind is EventKind.PAY_DAY
        for name in clock.counted_from(event)
    )
    late = next((o for o in days if from_pay and o.day >= o.start), None)
    if late is not None:
        message = f"{event.id} falls on {_told(late)}, not before the pay day it is for"
        hint = "Count back from the pay day: `- 5 business days`."
        yield place.problem(f"{message} ({late.start}).", hint)
    free = next((o for o in days if not is_bank_day(o.day)), None)
    if free is not None:
        message = f"{event.id} falls on {_told(free)}, which is no bank day."
        yield place.problem(message, "Write `or previous bank day` behind the rule.")


def _told(one: Occurrence) -> str:
    return f"{WEEKDAYS[one.day.weekday()]} {one.day}"


def _figures(event: ClockEvent) -> Iterator[Problem]:
    if event.lead < 0:
        message = f"{event.id} would be told after it has happened (lead {event.lead})."
        yield event.place.problem(message, "Write how many days before it, as `lead`.")
    if event.hours is not None and event.hours < 0:
        yield event.place.problem(f"{event.id} takes {event.hours:g} hours.", "Write 0 or more.")
    if event.hours is not None and event.source is None:
        message = f"{event.id} takes {event.hours:g} hours, but nobody says who counted them."
        yield event.place.problem(message, "Add `source:`, or write `hours: null`.")


def _without(event: ClockEvent, witness: Witness) -> Iterator[Problem]:
    for name in event.without:
        above = witness.segments.holding(name)[1:] if name in witness.segments else event.segments
        if set(above).isdisjoint(event.segments):
            message = f"{event.id} is not for '{name}' anyway."
            yield name.place.problem(message, "Take it out of `without`.")


def _clashes(clock: Clock, year: int) -> Iterator[Problem]:
    """Note clashes of the clock's year, a pair of events once."""
    told = set()
    for one, other in clashes(clock.year(year)):
        if (pair := frozenset((one.event.id, other.event.id))) in told:
            continue
        told.add(pair)
        message = f"{one.event.id} on {one.day} clashes with {other.event.id} on {other.day}."
        hint = "Both are for the same segment: move one by two days."
        yield one.event.when.place.problem(message, hint, Level.WARNING)


def _contact(
    contact: Contact, care: Care, witness: Witness, times: Counter[str]
) -> Iterator[Problem]:
    if contact.times < 1:
        hint = "Write how many times a year, or take the contact out."
        yield contact.place.problem(f"{contact.id} is planned {contact.times} times.", hint)
    if not contact.agenda:
        message = f"{contact.id} has no agenda."
        yield contact.place.problem(message, "Write what it is about, a line for each point.")
    events = [care.clock[name] for name in contact.events if name in care.clock]
    given = sum(times[event.id] for event in events)
    if events and contact.times > given:
        message = f"{contact.id} is planned {contact.times} times, but its events come {given}."
        yield contact.place.problem(message, "Name further `events`, or plan it less often.")
    for event in events:
        if not _meet(contact, event, witness):
            message = f"{event.id} is for none of the segments of {contact.id}."
            yield contact.place.problem(message, f"It is for {', '.join(event.segments)}.")


def _meet(contact: Contact, event: ClockEvent, witness: Witness) -> bool:
    known = [s for s in contact.segments if s in witness.segments]
    kin = {name for s in known for name in witness.segments.kin(s)}
    return not known or not event.segments or not kin.isdisjoint(event.segments)


def _left_out(care: Care, witness: Witness) -> Iterator[Problem]:
    met = {name for contact in care.contacts.values() for name in contact.segments}
    for segment in witness.segments:
        asks = segment.contact_level is ContactLevel.ON_REQUEST and segment.contact_reason
        if not asks and met.isdisjoint(witness.segments.holding(segment.id)):
            message = f"no contact with '{segment.id}' is planned."
            hint = (
                "Plan one in care/contacts.yml, or say why not: `contact_level: on-request` with "
                "a `contact_reason`."
            )
            yield segment.place.problem(message, hint, Level.WARNING)
