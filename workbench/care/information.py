"""Customer information: what is known of customers, who needs it, where it flows (R13-R23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.base.records import Label, Place, Prose, When
from workbench.care.claims import Grounded
from workbench.care.links import ToParty, ToSystem


class ItemState(StrEnum):
    """How an item of information is kept today."""

    OK = "ok"
    MISSING = "missing"
    OUTDATED = "outdated"
    SCATTERED = "scattered"
    SUPERFLUOUS = "superfluous"
    UNUSED = "unused"


class Frequency(StrEnum):
    """How often a party needs an item."""

    DAILY = "daily"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    NEVER = "never"


class Sensitivity(StrEnum):
    """Who may know it at most."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


class Verdict(StrEnum):
    """What is decided of an item."""

    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A way to sort information, with its classes and where it comes from (R17)."""

    id: str
    place: Place
    label: Label
    classes: Mapping[str, Label]
    source: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Grounded):
    """An item of customer information: a description of it, never a value (R20).

    `classes` gives its class in each classification, `needed` how often a party needs it.
    `verdict` is what is decided of an item nobody needs.
    """

    id: str
    label: Label
    classes: Mapping[str, str]
    state: ItemState
    sensitivity: Sensitivity
    systems: tuple[ToSystem, ...]
    needed: Mapping[str, Frequency] = field(default_factory=dict)
    collected: bool = True
    how: Label | None = None
    update_right: tuple[ToParty, ...] = ()
    update_duty: ToParty | None = None
    view_right: tuple[ToParty, ...] = ()
    development: Prose | None = None
    verdict: Verdict | None = None
    reason: Prose | None = None


class SystemSide(StrEnum):
    """Where a system stands in the flow of information (figure 2 of the thesis, lost)."""

    INTERFACE = "interface"
    STORE = "store"
    REPORTING = "reporting"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What flows from a system into another, by itself or by hand."""

    place: Place
    to: ToSystem
    what: Label
    auto: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """An information system: who owns it, what it feeds (R21, R23, R81)."""

    id: str
    place: Place
    label: Label
    side: SystemSide
    owner: ToParty
    use: Label
    feeds: tuple[Feed, ...] = ()
    note: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Grounded):
    """A question to the organisation about what it needs to know (R14); unanswered is open."""

    id: str
    text: Label
    asked: ToParty
    answer: Prose | None = None
    date: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Grounded):
    """What is written down where, by whom, and how long it is kept (R72)."""

    id: str
    what: Label
    where: ToSystem
    by: ToParty
    keep: Label
    template: Prose | None = None
