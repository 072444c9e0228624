"""A handful of handlers, relationships and encounters for tests: only what a test is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from workbench.base.records import Label, Link, Place, Prose, When
from workbench.care.claims import Finding, FindingType
from workbench.care.handlers import (
    Area,
    AreaKind,
    Away,
    Change,
    Effect,
    Handler,
    ServiceModel,
    Sharing,
)
from workbench.care.model import Care
from workbench.care.organisation import Unit
from workbench.care.relationships import (
    Activity,
    Actor,
    Demand,
    Encounter,
    Phase,
    Relationship,
    Volume,
)
from workbench.study import Study

HERE = Place(Path("care.yml"), 1)


def label(text: str) -> Label:
    return Label({"fi": text, "en": text, "sv": text})


def link(name: str) -> Link:
    return Link(name, HERE)


def links(names: Iterable[str]) -> tuple[Link, ...]:
    return tuple(map(link, names))


def handler(
    name: str,
    primary: Iterable[str] = (),
    backup: Iterable[str] = (),
    skills: Mapping[str, int] | None = None,
    away: Iterable[tuple[str, str]] = (),
    hours: float | None = 1600,
    fixed: float | None = 0,
    unit: str = "yksikko",
) -> Handler:
    return Handler(
        id=name,
        place=HERE,
        unit=link(unit),
        source=Prose({"fi": "koe"}),
        hours=hours,
        fixed=fixed,
        skills={link(area): level for area, level in (skills or {}).items()},
        primary=links(primary),
        backup=links(backup),
        away=tuple(Away(place=HERE, start=When(a), end=When(b)) for a, b in away),
    )


def relationship(
    name: str,
    areas: Iterable[str] = (),
    volumes: Mapping[str, int | None] | None = None,
    own: Mapping[str, int] | None = None,
    complexity: float = 1.0,
    year: str | None = None,
) -> Relationship:
    return Relationship(
        id=name,
        place=HERE,
        label=label(f"Asiakkuus {name}"),
        customer=link(name),
        unit=link("yksikko"),
        phase=Phase.ESTABLISHED,
        areas=links(areas),
        complexity=complexity,
        volumes=tuple(
            Volume(
                place=HERE,
                encounter=link(encounter),
                count=count,
                source=Prose({"fi": "koe"}),
                own=(own or {}).get(encounter),
                year=When(year) if year else None,
            )
            for encounter, count in (volumes or {}).items()
        ),
    )


def encounter(name: str, *steps: tuple[Actor, float | None]) -> Encounter:
    return Encounter(
        id=name,
        place=HERE,
        label=label(f"Kohtaaminen {name}"),
        demand=Demand.REMOTE,
        channels=(),
        activities=tuple(
            Activity(place=HERE, what=label("askel"), actor=actor, minutes=minutes)
            for actor, minutes in steps
        ),
    )


def area(name: str, least: int = 2) -> Area:
    kind = AreaKind.AGREEMENT
    return Area(id=name, place=HERE, label=label(f"Alue {name}"), kind=kind, least=least)


def finding(name: str) -> Finding:
    statement, kind = label(f"Löydös {name}"), FindingType.PROBLEM
    return Finding(id=name, place=HERE, statement=statement, type=kind, evidence=())


def model(name: str, sharing: Sharing, effects: Mapping[str, Change] | None = None) -> ServiceModel:
    return ServiceModel(
        id=name,
        place=HERE,
        label=label(f"Malli {name}"),
        sharing=sharing,
        what=label("mitä"),
        effects=tuple(
            Effect(place=HERE, of=links([f]), change=change, why=label("koska"))
            for f, change in (effects or {}).items()
        ),
    )


def staffed(*records: object) -> Study:
    """Return a study whose care model holds just these records."""
    care = Care(units={"yksikko": Unit(id="yksikko", place=HERE, label=label("Yksikkö"))})
    tables = {
        Handler: care.handlers,
        Relationship: care.relationships,
        Encounter: care.encounters,
        Area: care.areas,
        Finding: care.findings,
        ServiceModel: care.models,
    }
    for record in records:
        tables[type(record)][record.id] = record  # type: ignore[attr-defined,index]
    return Study(Path(), care=care)


SERVED = (Actor.PROVIDER, 30.0)
"""A step that takes the provider half an hour."""
