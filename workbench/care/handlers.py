"""The single-handler model: who serves whom, who stands in, who knows what; and other models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.base.records import Label, Place, Prose, When
from workbench.care.claims import Grounded
from workbench.care.links import ToArea, ToFinding, ToParty, ToRelationship, ToUnit


class AreaKind(StrEnum):
    """What an area of knowledge is about."""

    SECTOR = "sector"
    AGREEMENT = "agreement"
    SYSTEM = "system"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Grounded):
    """How more people come to know an area."""

    what: Label
    due: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A weakness somebody knows of and lets stand, for the time being: it is not listed again."""

    place: Place
    reason: Prose
    by: ToParty
    date: When
    relationships: tuple[ToRelationship, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of knowledge and how many must hold it at `COMPETENT` or above (R69)."""

    id: str
    place: Place
    label: Label
    kind: AreaKind
    least: int = 2
    training: tuple[Training, ...] = ()
    accepted: Accepted | None = None


COMPETENT = 2
"""The level of skill, from 0 to 3, at which somebody can stand in alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """When a handler is away: first and last day, or whole months."""

    place: Place
    start: When
    end: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """A handler, by pseudonym: management only, never in a segment's documents.

    `hours` of work in a year and `fixed` hours of them bound otherwise, None is unknown; `source`
    says who counted them. `skills` are areas with levels 0-3. `accepted` are weaknesses in the
    cover of own relationships that are known and let stand.
    """

    id: str
    place: Place
    unit: ToUnit
    source: Prose
    hours: float | None = None
    fixed: float | None = None
    skills: Mapping[ToArea, int] = field(default_factory=dict)
    primary: tuple[ToRelationship, ...] = ()
    backup: tuple[ToRelationship, ...] = ()
    away: tuple[Away, ...] = ()
    accepted: tuple[Accepted, ...] = ()


class Change(StrEnum):
    """What a service model does to a finding."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Grounded):
    """What would become of some findings under a service model, and why one thinks so."""

    of: tuple[ToFinding, ...]
    change: Change
    why: Label


class Sharing(StrEnum):
    """How many people know a relationship under a service model."""

    ONE = "one"
    PAIR = "pair"
    TEAM = "team"
    COUNTER = "counter"


class Topic(StrEnum):
    """What a line on a service model is about."""

    DAILY = "daily"
    BACKUP = "backup"
    ESCALATION = "escalation"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Grounded):
    """How it is done under a service model, on a usual day and on others."""

    topic: Topic
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceModel:
    """A way to organise service, compared on the same evidence (R46)."""

    id: str
    place: Place
    label: Label
    sharing: Sharing
    what: Label
    ways: tuple[Way, ...] = ()
    effects: tuple[Effect, ...] = ()
    note: Prose | None = None
