"""What a year holds: its days, who is told when, and how much falls into each week (R78)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from workbench.base.languages import words
from workbench.base.problems import WorkbenchError
from workbench.base.records import Link
from workbench.care.calendar import DAY
from workbench.care.clock import YEARS, Clock, Occurrence, clashes, clock_year
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study


class NoSuchYear(WorkbenchError):
    """A clock was asked for a year no calendar is kept for."""

    def __init__(self, year: int) -> None:
        known = f"{YEARS.start} to {YEARS.stop - 1}"
        super().__init__(f"There is no clock for the year {year}. Ask for one from {known}.")


@dataclass(frozen=True, repr=False)
class Week:
    """A week by its Monday: how many events, their hours, and how many deadlines clash.

    `hours` sums what is known and is None if nothing is; `unknown` events have no hours.
    """

    monday: datetime.date
    events: int
    hours: float | None
    unknown: int
    clashes: int

    @property
    def number(self) -> int:
        """Return the number of the week (ISO 8601, as in Finnish calendars)."""
        return self.monday.isocalendar().week


@dataclass(frozen=True, repr=False)
class Weeks(Result):
    """How much falls into each week of a year."""

    year: int
    weeks: tuple[Week, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each week; hours nobody knows are counted, not taken as nothing."""
        say = words(self.language)
        rows = [(w.number, w.monday, w.events, w.hours, w.unknown, w.clashes) for w in self.weeks]
        keys = ("week", "monday", "events", "hours", "hours_unknown", "clashes")
        frame = pd.DataFrame(rows, columns=[say(f"year_{key}") for key in keys])
        return frame.astype({say("year_hours"): "Float64"})


@dataclass(frozen=True, repr=False)
class Year(Result):
    """The days of a year in their order, each event once on a day whomever it is for."""

    year: int
    days: tuple[Occurrence, ...]
    study: Study = field(compare=False)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each day: event, for whom, told when, how, by whom, what to do."""
        say = words(self.language)
        keys = ("date", "event", "kind", "layer", "audience", "told", "channel", "owner", "hours",
                "what")  # fmt: skip
        columns = [say(f"year_{key}") for key in keys]
        return pd.DataFrame([self._row(o) for o in self.days], columns=columns)

    @property
    def load(self) -> Weeks:
        """Return how much falls into each week."""
        say = words(self.language)
        weeks = tuple(_weeks(self.days, self.year))
        caption = say("year_load_caption", year=self.year, n=len(self.days))
        return Weeks(caption, self.language, self.year, weeks)

    @property
    def clashes(self) -> tuple[tuple[Occurrence, Occurrence], ...]:
        """Return each deadline with what falls within a day of it for the same segment."""
        return tuple(clashes(list(self.days)))

    def name(self, link: Link | None, kind: str) -> str:
        """Return the label of what an event names, or nothing."""
        return name_of(link, kind, self.study, self.language) if link else ""

    def audience(self, one: Occurrence) -> str:
        """Return for whom an event is; the provider's own has nobody."""
        names = [self.name(segment, "segment") for segment in one.event.segments]
        return "; ".join(names) or words(self.language)("year_internal")

    def _row(self, one: Occurrence) -> tuple[object, ...]:
        say, event = words(self.language), one.event
        return (
            one.day,
            event.title.say(self.language),
            say(f"kind_{event.kind}"),
            say(f"layer_{event.layer}"),
            self.audience(one),
            one.notice if event.lead else None,
            self.name(event.channel, "channel"),
            self.name(event.owner, "party"),
            event.hours,
            event.what.say(self.language) if event.what else "",
        )


def year(study: Study, language: str = "fi", *, year: int | None = None) -> Year:
    """Return the days of a year: `year(study, "fi", year=2011)`; the material's own unless given.

    A view of a segment has what is for it or for one above it; the whole has the provider's own
    work too. Events whose rule gives no days are left out: the study's problems tell them. Raises
    `NoSuchYear` for a year outside 1900-2199.
    """
    wanted = clock_year((study.whole or study).documents) if year is None else year
    if wanted not in YEARS:
        raise NoSuchYear(wanted)
    above = study.segments.holding(study.segment) if study.segment else ()
    clock = Clock(study.care.clock, study.segments)
    days = tuple(o for o in clock.year(wanted) if not above or o.event.reaches(above))
    say = words(language)
    whose = study.segments[study.segment].label.say(language) if above else say("year_everybody")
    caption = say("year_caption", year=wanted, whose=whose, n=len({o.event.id for o in days}))
    return Year(caption, language, wanted, days, study)


def _weeks(days: Iterable[Occurrence], year: int) -> Iterable[Week]:
    known = list(days)
    clashing = Counter(_monday(one.day) for one, _ in clashes(known))
    monday = _monday(datetime.date(year, 1, 1))
    while monday.year <= year:
        here = [o.event.hours for o in known if _monday(o.day) == monday]
        counted = [hours for hours in here if hours is not None]
        hours = sum(counted) if counted else None
        yield Week(monday, len(here), hours, len(here) - len(counted), clashing[monday])
        monday += 7 * DAY


def _monday(day: datetime.date) -> datetime.date:
    return day - day.weekday() * DAY
