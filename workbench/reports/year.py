"""The annual clock of a segment as a page, with the same days as a calendar beside it (R78)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from workbench.base.files import put
from workbench.base.languages import day_of, months, number, words
from workbench.care.clock import ClockEvent, EventKind, Occurrence
from workbench.practice.year import Year
from workbench.practice.year import year as days_of
from workbench.reports.calendars import ics
from workbench.reports.pages import YEAR, Page, gated, page, page_name
from workbench.reports.ring import ring
from workbench.study import Study, segment_of

OFTEN = 3
"""What comes so many times a year stands in the list of what repeats, and not month by month."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a page tells it: its days, who is told when and how, who sees to it."""

    event: ClockEvent
    days: tuple[str, ...]
    told: str
    audience: str
    channel: str
    owner: str
    number: int = 0
    first: bool = True


@dataclass(frozen=True, slots=True)
class Dates:
    """The pay days and deadlines that repeat: a column for each, a row for each month."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, repr=False)
class YearPage(Page):
    """The page of a segment's year; `save` writes the calendar beside it."""

    calendar: bytes = b""

    @property
    def calendar_file(self) -> str:
        """Return the name of the calendar's file: the page's, with `.ics`."""
        return calendar_name(self.file)

    def save(self, folder: str | Path) -> None:
        """Write page and calendar into `folder`; an empty name writes nothing."""
        super().save(folder)
        if folder:
            text = self.calendar.decode().replace("\r\n", "\n")
            put(Path(folder) / self.calendar_file, text, "\r\n")


def annual_clock(view: Study, language: str = "fi", *, year: int | None = None) -> YearPage:
    """Return the year of a segment: what it must do when, who reminds it, and why.

    `view` is `study.where(segment=…)`; the year is the material's own unless given. Raises
    `NotInLanguage` and `NoSuchYear`.
    """
    passed, sheet = gated(view, language)
    segment = segment_of(view)
    result = days_of(view, language, year=year)
    file = calendar_name(page_name(view, YEAR, segment.id, language))
    made = page(YEAR, view, segment, passed, sheet, language, calendar=file, **told(result))
    say = words(language)
    name = f"{say('year_title')} {result.year}: {segment.label.say(language)}"
    calendar = ics(result, name)
    return YearPage(made.file, made.title, made.language, made.body, made.frame, calendar)


def calendar_name(page: str) -> str:
    """Return the name of the calendar beside a page."""
    return str(Path(page).with_suffix(".ics"))


def told(result: Year) -> dict[str, object]:
    """Return a year as templates show it: ring, dates, months, and what repeats."""
    times = Counter(o.event.id for o in result.days)
    rare = dict.fromkeys(o.event.id for o in result.days if times[o.event.id] < OFTEN)
    numbers = {name: n for n, name in enumerate(rare, 1)}
    return {
        "year": result,
        "ring": ring(result, numbers),
        "dates": _dates([o for o in result.days if o.event.id not in numbers], result.language),
        "by_month": list(_months(result, numbers)),
        "repeating": [
            _entry(own, result) for own in _by_event(result.days) if own[0].event.id not in numbers
        ],
    }


def _by_event(days: Iterable[Occurrence]) -> list[tuple[Occurrence, ...]]:
    found: dict[str, list[Occurrence]] = {}
    for one in days:
        found.setdefault(one.event.id, []).append(one)
    return [tuple(own) for own in found.values()]


def _dates(days: Iterable[Occurrence], language: str) -> Dates | None:
    timed = [o for o in days if o.event.kind in (EventKind.PAY_DAY, EventKind.DEADLINE)]
    events = list(dict.fromkeys((o.event.id, o.event.title.say(language)) for o in timed))
    if not events:
        return None
    names = months(language, "wide")
    rows = tuple(
        (names[month - 1], tuple(_in_month(timed, name, month, language) for name, _ in events))
        for month in range(1, 13)
    )
    return Dates(tuple(title for _, title in events), rows)


def _in_month(days: Iterable[Occurrence], name: str, month: int, language: str) -> str:
    here = (o.day for o in days if o.event.id == name and o.day.month == month)
    return ", ".join(day_of(day, language) for day in here)


def _months(result: Year, numbers: dict[str, int]) -> Iterable[tuple[str, list[Entry]]]:
    names, seen = months(result.language, "wide"), set[str]()
    rare = [o for o in result.days if o.event.id in numbers]
    for month, here in groupby(rare, key=lambda o: o.day.month):
        entries = []
        for one in here:
            entries.append(_entry((one,), result, numbers[one.event.id], one.event.id not in seen))
            seen.add(one.event.id)
        yield names[month - 1], entries


def _entry(
    days: tuple[Occurrence, ...], result: Year, number_: int = 0, first: bool = True
) -> Entry:
    one = days[0]
    return Entry(
        one.event,
        tuple(day_of(o.day, result.language) for o in days),
        _reminder(days, result),
        result.audience(one),
        result.name(one.event.channel, "channel"),
        result.name(one.event.owner, "party"),
        number_,
        first,
    )


def _reminder(days: tuple[Occurrence, ...], result: Year) -> str:
    """Say when one is told: the day where there is one, else how many days before."""
    say, lead = words(result.language), days[0].event.lead
    if not lead:
        return ""
    before = say("year_lead_1") if lead == 1 else say("year_lead", n=number(lead, result.language))
    return f"{day_of(days[0].notice, result.language)} ({before})" if len(days) == 1 else before
