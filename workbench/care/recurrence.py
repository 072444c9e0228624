"""Rules that give days in any year: `15th or previous bank day`, `V01 - 5 business days`.

A rule is one or several starts, each moved by steps in the order they are written; docs/files.md
has the grammar.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workbench.base.problems import WorkbenchError, near_miss
from workbench.care.calendar import DAY, is_bank_day, last_day, moved, nearest

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAY_DAY = "pay day"

Span = tuple[int, int]
_EVERY_MONTH: tuple[Span, ...] = tuple((m, m) for m in range(1, 13))
_EACH_QUARTER: tuple[Span, ...] = tuple((m, m + 2) for m in range(1, 13, 3))
_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SURE_BANK_DAYS, _SURE_WEEKS = 15, 4
"""So many bank days and so many of each weekday has every month."""
_FARTHEST = 366

_DATE = re.compile(r"(\d{2})-(\d{2})")
_MONTH = "|".join(MONTHS)
_COMMA = re.compile(rf",(?!\s*(?:{_MONTH})\b)")
_STEP = re.compile(
    r"\s+(?:(?P<sign>[-+−–])\s*(?P<number>\d{1,3}) (?P<unit>business days?|days?|weeks?)"
    r"|or (?P<shift>previous|next) bank day)(?=\s|$)"
)
_STARTS_STEP = re.compile(r"\s[-+−–]\s|\s+or\s")
_NTH = re.compile(r"(?:(?P<number>\d{1,2})(?:st|nd|rd|th)|(?P<last>last))(?: (?P<of>.+))?")
_WEEKS = re.compile(r"every (?:(?P<weeks>\d{1,2}) weeks|week) from (?P<start>\d{4}-\d{2}-\d{2})")
_ID = re.compile(r"[^\W\d][\w-]*")


class BadRule(WorkbenchError):
    """A rule of the clock that gives no days; `message` says why, `hint` what to write."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of the year: `04-15`."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Nth:
    """The so-manieth day, bank day or weekday of each span of months; -1 is the last."""

    number: int
    of: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """A day every so many weeks, before `start` and after it."""

    weeks: int
    start: datetime.date


@dataclass(frozen=True, slots=True)
class Event:
    """The days of another event, by its id; or the pay days of whom the event is for."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """So many days or bank days on, or to the next (number 1) or previous (-1) bank day."""

    number: int
    unit: str


Start = Fixed | Nth | Weeks | Event


@dataclass(frozen=True, slots=True)
class Moment:
    """A start and the steps from it."""

    start: Start
    steps: tuple[Step, ...] = ()

    def moved(self, day: datetime.date) -> datetime.date:
        """Return where the steps lead from a day."""
        for step in self.steps:
            if step.unit == "shift":
                day = nearest(day, step.number)
            elif step.unit == "business":
                day = moved(day, step.number)
            else:
                day += step.number * DAY
        return day


def parse_rule(text: str) -> tuple[Moment, ...]:
    """Read a rule; raises `BadRule` for what cannot be read and for days that do not exist."""
    return tuple(_moment(part.strip()) for part in _COMMA.split(text))


def _moment(text: str) -> Moment:
    begins = _STARTS_STEP.search(text)
    head, tail = (text[: begins.start()], text[begins.start() :]) if begins else (text, "")
    steps, at = [], 0
    while at < len(tail):
        if (found := _STEP.match(tail, at)) is None:
            hint = "Write `- 5 business days`, `+ 3 days`, `- 1 week` or `or previous bank day`."
            raise BadRule(f"'{tail[at:].strip()}' is no step.", hint)
        steps.append(_step(found))
        at = found.end()
    return Moment(_start(head.strip()), tuple(steps))


def _step(found: re.Match[str]) -> Step:
    if found["shift"]:
        return Step(1 if found["shift"] == "next" else -1, "shift")
    number = int(found["number"]) * (1 if found["sign"] == "+" else -1)
    business = found["unit"].startswith("business")
    number *= 7 if found["unit"].startswith("week") else 1
    if abs(number) > (_FARTHEST // 2 if business else _FARTHEST):
        raise BadRule(f"'{found[0].strip()}' leads out of the year.", "Write a smaller step.")
    return Step(number, "business" if business else "days")


def _start(text: str) -> Start:
    if text == PAY_DAY:
        return Event("")
    if found := _DATE.fullmatch(text):
        return _fixed(int(found[1]), int(found[2]), text)
    if found := _WEEKS.fullmatch(text):
        return _weeks(int(found["weeks"] or 1), found["start"])
    head, _, span = text.partition(" of ")
    if found := _NTH.fullmatch(head):
        return _nth(found, _spans(span) if span else _EVERY_MONTH)
    if _ID.fullmatch(text):
        return Event(text)
    hint = "Write 04-15, 15th, last bank day, 2nd Tuesday of August, every 2 weeks from 2010-01-07,"
    raise BadRule(f"'{text}' is no day.", f"{hint} pay day or the id of an event.")


def _fixed(month: int, day: int, text: str) -> Fixed:
    if not 1 <= month <= 12 or not 1 <= day <= _SHORTEST[month - 1]:
        hint = "Write month and day of a day that every year has, such as 02-28"
        raise BadRule(f"there is no {text} in every year.", f"{hint}, or `last day of February`.")
    return Fixed(month, day)


def _weeks(weeks: int, start: str) -> Weeks:
    try:
        first = datetime.date.fromisoformat(start)
    except ValueError:
        raise BadRule(f"there is no day {start}.", "Write a day such as 2010-01-07.") from None
    if not weeks:
        raise BadRule("every 0 weeks is no rhythm.", "Write `every 2 weeks from 2010-01-07`.")
    return Weeks(weeks, first)


def _nth(found: re.Match[str], spans: tuple[Span, ...]) -> Nth:
    number, of = int(found["number"] or -1), found["of"] or "day"
    if of not in ("day", "bank day", *WEEKDAYS):
        raise BadRule(f"'{of}' is no kind of day.", near_miss(of, ("day", "bank day", *WEEKDAYS)))
    most = min(_sure(of, span) for span in spans)
    if number == 0 or number > most:
        hint = f"Write 1st to {most}th, or `last {of}`."
        raise BadRule(f"there is no {found[0]} every time.", hint)
    return Nth(number, of, spans)


def _sure(of: str, span: Span) -> int:
    """Return how many days of a kind a span of months has in every year, at least."""
    months = range(span[0], span[1] + 1)
    if of == "day":
        return sum(_SHORTEST[m - 1] for m in months)
    return len(months) * (_SURE_BANK_DAYS if of == "bank day" else _SURE_WEEKS)


def _spans(text: str) -> tuple[Span, ...]:
    if text in ("every month", "each quarter"):
        return _EVERY_MONTH if text == "every month" else _EACH_QUARTER
    names = re.split(r", | and ", text)
    for name in names:
        if name not in MONTHS:
            hint = near_miss(name, (*MONTHS, "every month", "each quarter"))
            more = (
                "" if hint else "Write every month, each quarter, or months such as May and June."
            )
            raise BadRule(f"'{name}' is no month.", hint or more)
    numbers = [MONTHS.index(name) + 1 for name in names]
    return tuple((m, m) for m in numbers)


def days(
    rule: Iterable[Moment], year: int, of: Callable[[str, int], Iterable[datetime.date]]
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Yield the starts of a year and the days the rule makes of them, which may be in the next.

    `of` gives the days of an event in a year.
    """
    for moment in rule:
        for day in _starts(moment.start, year, of):
            yield day, moment.moved(day)


def _starts(
    start: Start, year: int, of: Callable[[str, int], Iterable[datetime.date]]
) -> Iterable[datetime.date]:
    match start:
        case Fixed():
            return (datetime.date(year, start.month, start.day),)
        case Nth():
            return [_pick(start, year, span) for span in start.spans]
        case Weeks():
            return _every(start, year)
        case Event():
            return of(start.name, year)


def _pick(nth: Nth, year: int, span: Span) -> datetime.date:
    """Count days of the kind from the span's beginning, or the last one from its end."""
    forward = nth.number > 0
    day = datetime.date(year, span[0], 1) if forward else last_day(year, span[1])
    left = abs(nth.number)
    while left := left - _is(nth.of, day):
        day += DAY if forward else -DAY
    return day


def _is(of: str, day: datetime.date) -> bool:
    if of == "day":
        return True
    return is_bank_day(day) if of == "bank day" else WEEKDAYS[day.weekday()] == of


def _every(rhythm: Weeks, year: int) -> Iterator[datetime.date]:
    step = 7 * rhythm.weeks
    first = datetime.date(year, 1, 1)
    day = first + (rhythm.start - first).days % step * DAY
    while day.year == year:
        yield day
        day += step * DAY
