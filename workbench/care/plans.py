"""Account plans and product cards: what is agreed with a segment, line by line with its basis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Link, Place, Prose, When
from workbench.care.claims import Grounded

BLOCKS = ("starting_information", "relationship", "responsibilities", "development")


class Phase(StrEnum):
    """Where a relationship stands in its life."""

    STARTING = "starting"
    ESTABLISHED = "established"
    CHANGING = "changing"
    ENDING = "ending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Grounded):
    """One sentence of a plan."""

    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """The nature of the relationship: its phase, what both sides gain, strengths and tensions."""

    place: Place
    phase: Phase
    value_customer: Line
    value_provider: Line
    strengths: tuple[Line, ...] = ()
    tensions: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Grounded):
    """A recurring task and who is responsible, accountable, consulted, informed (RACI)."""

    task: Label
    responsible: tuple[Link, ...]
    accountable: Link
    consulted: tuple[Link, ...] = ()
    informed: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan:
    """The account plan of a segment: four mandatory blocks (Hannus 2004) and a follow-up date."""

    id: str
    place: Place
    starting_information: tuple[Line, ...]
    relationship: Relationship
    responsibilities: tuple[Responsibility, ...]
    development: tuple[Link, ...]
    follow_up: When

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return all sentences of starting information and relationship."""
        r = self.relationship
        values = (r.value_customer, r.value_provider)
        return (*self.starting_information, *values, *r.strengths, *r.tensions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard(Grounded):
    """One service on one page: for whom, what we need, what we promise, where to turn."""

    id: str
    name: Label
    promise: Label
    segments: tuple[Link, ...]
    when: Label
    inputs: tuple[Label, ...]
    result: Label
    contact: Label
    owner: Link
    review: When
    not_included: Prose | None = None
