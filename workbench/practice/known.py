"""What the care model's files already know of a segment, so that its plan need not repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.base.records import Link
from workbench.care.handlers import AreaKind
from workbench.care.relationships import Encounter, Relationship
from workbench.practice.registers import name_of
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Known:
    """The names of what serves a segment: empty where no file says so yet."""

    units: tuple[str, ...]
    agreements: tuple[str, ...]
    channels: tuple[str, ...]
    systems: tuple[str, ...]


def known(study: Study, segment: str, language: str) -> Known:
    """Return units, agreements, channels and systems of a segment's relationships.

    A segment without customers of its own has those of the nearest segment above it.
    """
    found = list(_relationships(study, segment))
    met = list(_encounters(study, found))
    areas = study.care.areas
    agreements = (
        a for r in found for a in r.areas if a in areas and areas[a].kind is AreaKind.AGREEMENT
    )
    steps = (s for e in met for s in e.activities if s.system)

    def names(kind: str, links: Iterable[Link]) -> tuple[str, ...]:
        return tuple(name_of(x, kind, study, language) for x in dict.fromkeys(links))

    return Known(
        names("unit", (r.unit for r in found)),
        names("area", agreements),
        names("channel", (c for e in met for c in e.channels)),
        names("system", (s.system for s in steps if s.system)),
    )


def _relationships(study: Study, segment: str) -> Iterator[Relationship]:
    customers = study.care.customers
    for name in study.segments.holding(segment):
        below = {name, *(s.id for s in study.segments.children(name))}
        here = {c.id for c in customers.values() if c.segment in below}
        if found := [r for r in study.care.relationships.values() if r.customer in here]:
            yield from found
            return


def _encounters(study: Study, found: Iterable[Relationship]) -> Iterator[Encounter]:
    names = dict.fromkeys(v.encounter for r in found for v in r.volumes)
    return (study.care.encounters[n] for n in names if n in study.care.encounters)
