"""The year of a segment as a calendar that any calendar program takes in (.ics, RFC 5545)."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from workbench.base.languages import words
from workbench.care.calendar import DAY
from workbench.care.clock import Occurrence
from workbench.practice.year import Year

_MORNING = datetime.timedelta(hours=9)


def ics(result: Year, name: str) -> bytes:
    """Return the days of a year as all-day entries, each with a reminder its lead before it.

    An entry is known by event and turn of the year, in every segment and language alike: taken in
    twice it stands there once. No clock of the machine is read, so the same study makes the same
    bytes. Whoever owns an event is a role, never a person.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//workbench//clock//{result.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    turns: Counter[str] = Counter()
    for one in result.days:
        turns[one.event.id] += 1
        calendar.add_component(_entry(one, turns[one.event.id], result))
    return bytes(calendar.to_ical())


def _entry(one: Occurrence, turn: int, result: Year) -> Entry:
    event, study = one.event, result.study
    title = event.title.say(result.language)
    entry = Entry()
    entry.add(
        "uid",
        f"{event.id}-{result.year}-{turn:02}@{_mark(study.settings.title.say(study.settings.languages[0]))}",
    )
    entry.add("dtstamp", _stamp(result))
    entry.add("dtstart", one.day)
    entry.add("dtend", one.day + DAY)
    entry.add("summary", title)
    entry.add("description", _description(one, result))
    entry.add("categories", [words(result.language)(f"kind_{event.kind}")])
    entry.add("transp", "TRANSPARENT")
    if event.lead:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", one.notice - one.day + _MORNING)
        entry.add_component(alarm)
    return entry


def _description(one: Occurrence, result: Year) -> str:
    say, event = words(result.language), one.event
    told = [
        event.what.say(result.language) if event.what else "",
        f"{say('year_owner')}: {result.name(event.owner, 'party')}",
        f"{say('year_channel')}: {result.name(event.channel, 'channel')}" if event.channel else "",
    ]
    return "\n".join(filter(None, told))


def _mark(title: str) -> str:
    """Return what tells the entries of one study from those of another."""
    return f"{hashlib.sha256(title.encode()).hexdigest()[:8]}.workbench"


def _stamp(result: Year) -> datetime.datetime:
    """Return the day of the latest material, from which the clock was made."""
    documents = (result.study.whole or result.study).documents.values()
    latest = max((d.date for d in documents), default=f"{result.year}")
    parts = [*map(int, latest.split("-")), 1, 1][:3]
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[misc,arg-type]
