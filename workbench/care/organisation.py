"""Who serves: units of the provider, its services, the processes of managing customers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Place, Prose, When
from workbench.care.claims import Grounded
from workbench.care.links import (
    ToChannel,
    ToCode,
    ToEncounter,
    ToParty,
    ToProcess,
    ToSegment,
    ToUnit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit on the organisation chart and the segments it serves (requirement R44)."""

    id: str
    place: Place
    label: Label
    parent: ToUnit | None = None
    head: ToParty | None = None
    serves: tuple[ToSegment, ...] = ()
    valid: When | None = None
    note: Prose | None = None


class ServiceGroup(StrEnum):
    """The six groups of services the thesis names for the unit (p. 19)."""

    EMPLOYMENT = "employment"
    PAY = "pay"
    SYSTEMS = "systems"
    EMPLOYER = "employer"
    BOOKKEEPING = "bookkeeping"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityTarget(Grounded):
    """What a service wants to be good at, by determinant, and how one sees it (R64)."""

    determinant: ToCode
    target: Label
    measure: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Grounded):
    """A service of the catalogue (R47, R63); its product card has the same name."""

    id: str
    label: Label
    group: ServiceGroup
    unit: tuple[ToUnit, ...]
    segments: tuple[ToSegment, ...]
    what: Label
    result: Label
    time: Label | None = None
    not_included: Prose | None = None
    channels: tuple[ToChannel, ...] = ()
    encounters: tuple[ToEncounter, ...] = ()
    quality: tuple[QualityTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Grounded):
    """What holds for the service of every segment (R67)."""

    id: str
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Grounded):
    """A process of managing customers: identify, group, plan, care, measure, develop (R66)."""

    id: str
    label: Label
    owner: ToParty
    input: Label
    output: Label
    rhythm: Label
    feeds: tuple[ToProcess, ...] = ()
    steps: tuple[Label, ...] = ()
