"""The strategy for a segment: goals, phases, exchange, roles, information (R7, R8, R12)."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.base.records import Label, Place, When
from workbench.care.claims import Grounded
from workbench.care.links import ToEncounter, ToItem
from workbench.care.plans import Line
from workbench.care.relationships import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim(Grounded):
    """What the provider wants with a segment, and how one will see it."""

    text: Label
    measure: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A phase of the relationship: its encounters and what is exchanged in it."""

    place: Place
    phase: Phase
    text: Label
    encounters: tuple[ToEncounter, ...] = ()
    exchange: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """The one strategy of a segment; its contact level and reason stand with the segment."""

    id: str
    place: Place
    valid_from: When
    goals: tuple[Aim, ...]
    stages: tuple[Stage, ...]
    role_customer: Line
    role_provider: Line
    value: tuple[Line, ...] = ()
    information: tuple[ToItem, ...] = ()
