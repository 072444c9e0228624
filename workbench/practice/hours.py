"""How many hours a relationship takes in a year, and what nobody has counted yet to know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.languages import words
from workbench.care.handlers import Handler
from workbench.care.model import Care
from workbench.care.relationships import Actor, Encounter, Relationship
from workbench.practice.registers import name_of
from workbench.practice.structure import latest
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Missing:
    """One figure nobody has given: whose it is and where it would stand in the files.

    `kind` is `minutes` of an encounter, `count` of an encounter in a relationship, `volumes` of a
    relationship, `own` encounters of a relationship, `hours` or `fixed` hours of a handler.
    """

    kind: str
    encounter: str = ""
    relationship: str = ""
    handler: str = ""

    def say(self, study: Study, language: str) -> str:
        """Return in words what is missing."""
        return words(language)(
            f"missing_{self.kind}",
            encounter=name_of(self.encounter, "encounter", study, language),
            relationship=name_of(self.relationship, "relationship", study, language),
            handler=self.handler,
        )


@dataclass(frozen=True, slots=True)
class Work:
    """Hours in a year as far as they are known, and what is missing to know them all."""

    known: float = 0.0
    missing: tuple[Missing, ...] = ()

    @property
    def hours(self) -> float | None:
        """Return all hours, None as long as anything is missing."""
        return None if self.missing else self.known

    def __add__(self, other: Work) -> Work:
        both = dict.fromkeys((*self.missing, *other.missing))
        return Work(self.known + other.known, tuple(both))


def minutes_of(encounter: Encounter) -> float | None:
    """Return the provider's minutes for one encounter, None if an activity has none."""
    steps = [a.minutes for a in encounter.activities if a.actor is Actor.PROVIDER]
    known = [m for m in steps if m is not None]
    return sum(known) if encounter.activities and len(known) == len(steps) else None


def work_of(relationship: Relationship, care: Care) -> Work:
    """Return the hours of a relationship: Σ count × minutes × complexity (domain practice).

    A caseload is no workload: what a relationship asks for is counted, not that there is one. Of
    counts by year those of the latest year count.
    """
    year = latest(care.relationships.values())
    volumes = [v for v in relationship.volumes if v.year in (None, year)]
    if not volumes:
        return Work(missing=(Missing("volumes", relationship=relationship.id),))
    total = Work()
    for volume in volumes:
        encounter = care.encounters.get(volume.encounter)
        minutes = minutes_of(encounter) if encounter else None
        lacks = []
        if volume.count is None:
            lacks.append(Missing("count", volume.encounter, relationship.id))
        if minutes is None and volume.count != 0:
            lacks.append(Missing("minutes", volume.encounter))
        hours = (volume.count or 0) * (minutes or 0) * relationship.complexity / 60
        total += Work(hours, tuple(lacks))
    return total


def work_of_handler(handler: Handler, care: Care) -> Work:
    """Return the hours of all a handler's own relationships, and those bound otherwise."""
    own = (care.relationships[name] for name in handler.primary if name in care.relationships)
    fixed = Missing("fixed", handler=handler.id)
    total = Work(missing=(fixed,)) if handler.fixed is None else Work(handler.fixed)
    return sum_of((total, *(work_of(r, care) for r in own)))


def sum_of(works: Iterable[Work]) -> Work:
    """Return several works as one."""
    return sum(works, start=Work())
