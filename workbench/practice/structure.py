"""The structure of the customer base: base ▸ relationships ▸ encounters ▸ activities (R4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import pandas as pd

from workbench.base.languages import number, words
from workbench.care.relationships import Activity, Actor, Relationship, Volume
from workbench.findings.results import Result
from workbench.study import Study, Unknown

T = TypeVar("T")


class Level(StrEnum):
    """What a row of the structure is, the widest first."""

    BASE = "base"
    ROLLUP = "rollup"
    SEGMENT = "segment"
    RELATIONSHIP = "relationship"
    ENCOUNTER = "encounter"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Total:
    """The exact sum of what is known, and how many of its parts are not: never summed as 0."""

    value: Fraction = Fraction(0)
    unknown: int = 0
    parts: int = 0

    @classmethod
    def of(cls, values: Iterable[Fraction | None]) -> Total:
        """Return the sum of `values`; None is a part nobody knows."""
        given = list(values)
        known = [v for v in given if v is not None]
        return cls(sum(known, Fraction(0)), len(given) - len(known), len(given))

    def __add__(self, other: Total) -> Total:
        return Total(
            self.value + other.value, self.unknown + other.unknown, self.parts + other.parts
        )

    @property
    def known(self) -> bool:
        """Tell whether any part is known."""
        return self.unknown < self.parts

    def said(self, language: str) -> str:
        """Return the sum as it is printed, with what is not known beside it."""
        say = words(language)
        if not self.parts:
            return "–"
        if not self.known:
            return say("unknown")
        known = number(round(float(self.value)), language)
        if not self.unknown:
            return known
        return f"{known} {say('structure_unknown', n=self.unknown, of=self.parts)}"


@dataclass(frozen=True, slots=True)
class Done:
    """The encounters of one kind in one relationship in a year, with the activities in each."""

    relationship: Relationship
    volume: Volume
    activities: tuple[tuple[int, Activity], ...]
    whole: bool = True

    @property
    def key(self) -> str:
        """Return the encounter's name, with the place of the activity if this is only one."""
        step = "" if self.whole else f"/{self.activities[0][0] + 1}"
        return f"{self.volume.encounter}{step}"

    @property
    def times(self) -> Fraction | None:
        """Return how many encounters there were, None if nobody counted."""
        return None if self.volume.count is None else Fraction(self.volume.count)

    def minutes(self, actor: Actor) -> list[Fraction | None]:
        """Return the minutes of all activities of `actor`, weighed by complexity for the provider.

        An encounter whose activities nobody has written takes minutes that nobody knows.
        """
        if self.whole and not self.activities:
            return [None]
        weight = Fraction(str(self.relationship.complexity)) if actor is Actor.PROVIDER else 1
        own = [a.minutes for _, a in self.activities if a.actor is actor]
        return [
            None if m is None or self.times is None else self.times * Fraction(str(m)) * weight
            for m in own
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on its level: how many relationships and encounters, activities and minutes.

    `work` are minutes of the provider, `theirs` minutes of the customer.
    """

    key: str
    label: str
    relationships: int
    encounters: Total
    activities: Total
    work: Total
    theirs: Total


@dataclass(frozen=True, repr=False)
class Structure(Result):
    """The customer base on one level; `whole` is all of it, counted from the volumes themselves."""

    study: Study
    level: Level
    year: str
    rows: tuple[Row, ...]
    whole: Row

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each thing of the level, and the sum of the base."""
        say = words(self.language)
        keys = ("relationships", "encounters", "activities", "work", "theirs")
        names = [say(f"structure_{self.level}"), *(say(f"structure_n_{key}") for key in keys)]
        rows = self.rows if self.level is Level.BASE else (*self.rows, self.whole)
        return pd.DataFrame([self._said(row) for row in rows], columns=names)

    def _said(self, row: Row) -> tuple[str, ...]:
        totals = (row.encounters, row.activities, row.work, row.theirs)
        return (
            row.label,
            number(row.relationships, self.language),
            *(total.said(self.language) for total in totals),
        )


def structure(
    study: Study, language: str = "fi", *, level: str = Level.RELATIONSHIP, year: str = ""
) -> Structure:
    """Return the customer base of a view on one level, with sums that agree on every level.

    `level` is base, rollup, segment, relationship, encounter or activity; `year` that of the
    volumes, the latest unless given. On the level of activities a row tells in how many
    encounters the activity is done, which is no part of a sum. Raises `Unknown`.
    """
    if level not in list(Level):
        raise Unknown("level", level, list(Level))
    chosen = Level(level)
    relationships = related(study)
    year = year or latest(relationships)
    done = [d for r in relationships for d in done_in(r, study, year)]
    say = words(language)
    rows = tuple(
        row(key, _label(key, chosen, study, language), own, parts)
        for key, own, parts in _grouped(relationships, done, chosen, study)
    )
    whole = row("", _label("", Level.BASE, study, language), relationships, done)
    caption = say("structure_caption", year=year or say("unknown"), n=len(relationships))
    return Structure(caption, language, study, chosen, year, rows, whole)


def related(study: Study) -> list[Relationship]:
    """Return the relationships with customers of a view's segment, or of those below it."""
    care, segments = study.care, study.segments
    return [
        r
        for r in care.relationships.values()
        if (c := care.customers.get(r.customer)) is not None
        and c.segment in segments
        and (not study.segment or study.segment in segments.holding(c.segment))
    ]


def latest(relationships: Iterable[Relationship]) -> str:
    """Return the latest year in which encounters were counted, or nothing."""
    return max((v.year for r in relationships for v in r.volumes if v.year), default="")


def row(key: str, label: str, relationships: Iterable[Relationship], done: Iterable[Done]) -> Row:
    """Sum up the encounters `done` in these relationships."""
    parts = list(done)
    return Row(
        key,
        label,
        len({r.id for r in relationships}),
        Total.of(d.times for d in parts),
        Total.of(d.times for d in parts for _ in d.activities),
        Total.of(m for d in parts for m in d.minutes(Actor.PROVIDER)),
        Total.of(m for d in parts for m in d.minutes(Actor.CUSTOMER)),
    )


def done_in(relationship: Relationship, study: Study, year: str) -> Iterator[Done]:
    """Yield the encounters of a relationship in a year, and those that hold for any year."""
    for volume in relationship.volumes:
        if volume.year in (None, year):
            encounter = study.care.encounters.get(volume.encounter)
            steps = encounter.activities if encounter else ()
            yield Done(relationship, volume, tuple(enumerate(steps)))


def _grouped(
    relationships: list[Relationship], done: list[Done], level: Level, study: Study
) -> list[tuple[str, list[Relationship], list[Done]]]:
    """Return the keys of a level in the order of the files, with what belongs to each."""
    if level is Level.ENCOUNTER:
        return _by_encounter(done, study)
    if level is Level.ACTIVITY:
        return _by_encounter([step for d in done for step in _steps(d)], study)
    parts = _by(done, lambda d: d.relationship.id)
    return [
        (key, own, [d for r in own for d in parts.get(r.id, [])])
        for key, own in _by(relationships, lambda r: _above(r, level, study)).items()
    ]


def _by_encounter(
    done: list[Done], study: Study
) -> list[tuple[str, list[Relationship], list[Done]]]:
    order = {name: n for n, name in enumerate(study.care.encounters)}
    groups = _by(done, lambda d: d.key)
    keys = sorted(groups, key=lambda key: (order.get(key.partition("/")[0], -1), _place(key)))
    return [(key, [d.relationship for d in groups[key]], groups[key]) for key in keys]


def _by(things: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def _steps(done: Done) -> Iterator[Done]:
    """Yield an encounter activity by activity; whole if nobody has written its activities."""
    if not done.activities:
        yield done
    for step in done.activities:
        yield Done(done.relationship, done.volume, (step,), whole=False)


def _place(key: str) -> int:
    return int(key.partition("/")[2] or 0)


def _above(relationship: Relationship, level: Level, study: Study) -> str:
    segment = str(study.care.customers[relationship.customer].segment)
    if level is Level.ROLLUP:
        return study.segments.holding(segment)[-1]
    return {Level.BASE: "", Level.SEGMENT: segment}.get(level, relationship.id)


def _label(key: str, level: Level, study: Study, language: str) -> str:
    care = study.care
    if level in (Level.ROLLUP, Level.SEGMENT):
        return study.segments[key].label.say(language) if key in study.segments else key
    if level is Level.RELATIONSHIP:
        return care.relationships[key].label.say(language)
    if level is Level.BASE:
        view = study.segments[study.segment].label if study.segment else None
        return view.say(language) if view else words(language)("structure_whole")
    name, _, place = key.partition("/")
    encounter = care.encounters.get(name)
    label = encounter.label.say(language) if encounter else name
    if encounter is None or not place:
        return label
    return f"{label} {place}: {encounter.activities[int(place) - 1].what.say(language)}"
