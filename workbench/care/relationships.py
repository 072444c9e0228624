"""Customers, and the relationships with them: base ▸ relationship ▸ encounter ▸ activity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Place, Prose, When
from workbench.care.claims import Grounded
from workbench.care.links import (
    ToArea,
    ToChannel,
    ToCustomer,
    ToEncounter,
    ToFacet,
    ToFinding,
    ToParty,
    ToSegment,
    ToService,
    ToSystem,
    ToUnit,
)


class Phase(StrEnum):
    """Where a relationship stands in its life."""

    STARTING = "starting"
    ESTABLISHED = "established"
    CHANGING = "changing"
    ENDING = "ending"


class Affected(StrEnum):
    """How a process or service touches a customer (thesis, p. 9)."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person's role or a group that a service affects; never a person (R2).

    `size` is how many people, None if no source says so; then `source` says that.
    """

    id: str
    place: Place
    label: Label
    segment: ToSegment
    source: Prose
    size: int | None = None
    affected: Affected = Affected.DIRECT
    internal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """How often an encounter happens in a relationship in a year; None is not known.

    Without a `year` it holds for any year.
    `own` of them met the relationship's own handler, None if nobody counted that.
    """

    place: Place
    encounter: ToEncounter
    count: int | None
    source: Prose
    year: When | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Grounded):
    """The relationship of a customer and a unit: what both give and gain (R3).

    `areas` are what its handler must know; `complexity` weighs the minutes of its encounters.
    """

    id: str
    label: Label
    customer: ToCustomer
    unit: ToUnit
    phase: Phase
    value_customer: Label | None = None
    value_provider: Label | None = None
    role_customer: Label | None = None
    role_provider: Label | None = None
    exchange: tuple[Label, ...] = ()
    areas: tuple[ToArea, ...] = ()
    complexity: float = 1.0
    volumes: tuple[Volume, ...] = ()


class Demand(StrEnum):
    """The four levels of demand (Hannus 2004, by thesis p. 14), the least personal first."""

    AUTOMATED = "automated"
    SELF_SERVICE = "self-service"
    REMOTE = "remote"
    PERSONAL = "personal"


class Actor(StrEnum):
    """Who does an activity."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A step within an encounter: a box of the service blueprint (R6).

    `minutes` of work for one encounter, None if nobody measured; `visible` is whether the
    customer sees it; `evidence` is what the customer holds in hand or sees.
    """

    place: Place
    what: Label
    actor: Actor
    party: ToParty | None = None
    visible: bool = True
    minutes: float | None = None
    system: ToSystem | None = None
    evidence: Prose | None = None
    findings: tuple[ToFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter(Grounded):
    """A kind of encounter: every situation in which something is exchanged (R5).

    `demand` is the level of service the matter needs, `channels` are where it is done today.
    `failure_of` names the services whose failure causes it: failure demand.
    """

    id: str
    label: Label
    demand: Demand
    channels: tuple[ToChannel, ...]
    facet: ToFacet | None = None
    trigger: Label | None = None
    result: Label | None = None
    failure_of: tuple[ToService, ...] = ()
    activities: tuple[Activity, ...] = ()
