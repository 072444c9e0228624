"""The absence test: who is without a handler if somebody is away, and who only seems covered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.base.languages import date, span, words
from workbench.base.records import When
from workbench.care.cover import Cover, Day, between, covers, first, is_away, lacking, last
from workbench.care.handlers import Handler
from workbench.care.model import Care
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study, Unknown


class Held(StrEnum):
    """Whether a relationship holds while its handler is away."""

    COVERED = "covered"
    NOMINAL = "nominal"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Case:
    """One relationship while its handler is away, on weekdays: who covers it, and who does not.

    `days` are those of the absence, `without` those of them on which nobody able is at work.
    `unable` are backups with the areas they do not hold, `gone` able ones who are away then.
    """

    handler: str
    cover: Cover
    days: tuple[Day, ...]
    without: tuple[Day, ...]

    @property
    def held(self) -> Held:
        """Return whether the relationship holds: nominal if a backup is named and fails a day."""
        if not self.cover.backup:
            return Held.UNCOVERED
        return Held.NOMINAL if self.without or not self.cover.able else Held.COVERED

    @property
    def by(self) -> tuple[str, ...]:
        """Return the handlers who can do it and are at work on some of the days."""
        able = self.cover.able
        return tuple(h.id for h in able if not self.days or not _gone(h, self.days))

    @property
    def gone(self) -> tuple[str, ...]:
        """Return the backups who can do it and are away on some of the days."""
        return tuple(h.id for h in self.cover.able if any(is_away(h, d) for d in self.days))

    @property
    def unable(self) -> dict[str, tuple[str, ...]]:
        """Return the backups who cannot do it alone, and what they would have to know."""
        backups = ((h.id, lacking(h, self.cover.relationship)) for h in self.cover.backup)
        return {name: areas for name, areas in backups if areas}


@dataclass(frozen=True, repr=False)
class Absence(Result):
    """Every relationship of those who are away, by handler and time."""

    study: Study
    times: tuple[str, ...]
    cases: tuple[tuple[str, Case], ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each case: who is away when, does it hold, who covers, why not."""
        say = words(self.language)
        keys = ("handler", "time", "relationship", "held", "by", "without", "why")
        return pd.DataFrame(
            [self.row(time, case) for time, case in self.cases],
            columns=[say(f"absence_{key}") for key in keys],
        )

    def row(self, time: str, case: Case) -> tuple[str, ...]:
        """Return a case in words, in the order of the table's columns."""
        say, at = words(self.language), self.language
        return (
            case.handler,
            self.when(time),
            name_of(case.cover.relationship.id, "relationship", self.study, at),
            say(f"held_{case.held}"),
            ", ".join(case.by),
            f"{len(case.without)}/{len(case.days)}",
            self._why(case),
        )

    def when(self, time: str) -> str:
        """Return a month, or the first and last day of an absence, in words."""
        if "/" in time:
            start, end = time.split("/")
            return span(start, end, self.language)
        return date(time, self.language) if time else words(self.language)("absence_any")

    def _why(self, case: Case) -> str:
        say, at = words(self.language), self.language
        if case.held is Held.UNCOVERED:
            return say("absence_nobody")
        parts = [
            say("absence_unable", handler=name, areas=", ".join(
                name_of(area, "area", self.study, at) for area in areas
            ))
            for name, areas in case.unable.items()
        ]  # fmt: skip
        parts += [say("absence_gone", handler=name) for name in case.gone]
        return "; ".join(parts)

    def count(self, handler: str, time: str) -> dict[Held, int]:
        """Return how many relationships of a handler hold, seem to hold and do not, at a time."""
        own = [c.held for t, c in self.cases if t == time and c.handler == handler]
        return {held: own.count(held) for held in Held}


@dataclass(frozen=True, repr=False)
class Leaves(Absence):
    """Planned absences: each from its first day to its last, with the relationships it leaves."""


def absence(study: Study, handler: str = "", month: str = "", language: str = "fi") -> Absence:
    """Take one handler away for a month and say who is uncovered, who covers, who only seems to.

    Without a handler each is taken away in turn; without a month it is done for every month in
    which anybody is away as planned. A backup counts as cover only with all areas at level 2 and at
    work on the weekday; the others' planned absences hold. Raises `Unknown` for a handler or month
    there is not.
    """
    care = study.care
    if handler and handler not in care.handlers:
        raise Unknown("handler", handler, care.handlers)
    months = (_month(month),) if month else tuple(busy(care)) or ("",)
    chosen = [care.handlers[handler]] if handler else list(care.handlers.values())
    found = covers(care)
    cases = [
        (time, case) for h in chosen for time in months for case in away(h, found, _days(time))
    ]
    return Absence(_caption(cases, language), language, study, months, tuple(cases))


def leaves(study: Study, language: str = "fi") -> Leaves:
    """Return every planned absence with the relationships it leaves alone, and for how many days.

    The list a team lead reads on Mondays: goal of the example's action T02 is no day without.
    """
    found = covers(study.care)
    cases = []
    for handler in study.care.handlers.values():
        for a in handler.away:
            start, end = first(a.start), last(a.end)
            time = f"{start}/{end}"
            cases += [(time, case) for case in away(handler, found, tuple(between(start, end)))]
    times = tuple(sorted(dict.fromkeys(time for time, _ in cases)))
    return Leaves(_caption(cases, language), language, study, times, tuple(cases))


def away(handler: Handler, found: dict[str, Cover], days: tuple[Day, ...]) -> list[Case]:
    """Return what becomes of each relationship of a handler who is away on `days`."""
    own = (found[name] for name in handler.primary if name in found)
    return [Case(handler.id, cover, days, cover.without(days)) for cover in own]


def busy(care: Care) -> list[str]:
    """Return the months in which anybody is away as planned."""
    days = [
        day
        for handler in care.handlers.values()
        for a in handler.away
        for day in between(first(a.start), last(a.end))
    ]
    return sorted({f"{day:%Y-%m}" for day in days})


def _caption(cases: Sequence[tuple[str, Case]], language: str) -> str:
    held = [case.held for _, case in cases]
    return words(language)(
        "absence_caption",
        n=len(held),
        covered=held.count(Held.COVERED),
        nominal=held.count(Held.NOMINAL),
        uncovered=held.count(Held.UNCOVERED),
    )


def _gone(handler: Handler, days: Sequence[Day]) -> bool:
    return all(is_away(handler, day) for day in days)


def _days(month: str) -> tuple[Day, ...]:
    if not month:
        return ()
    return tuple(between(first(When(month)), last(When(month))))


def _month(month: str) -> str:
    try:
        return f"{datetime.datetime.strptime(month, '%Y-%m'):%Y-%m}"
    except ValueError:
        raise Unknown("month", month, ["2010-06"]) from None
