"""Customer information: what is known of customers, who needs it, where it flows (R13-R23)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from workbench.base.records import Label, Link, Place, Prose, When
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


GUARDED = (Sensitivity.PERSONAL, Sensitivity.SPECIAL)
"""What nobody sees without a right that names them."""


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
class Needed:
    """How often each party needs an item; `never` is said of a party that was asked."""

    place: Place
    daily: tuple[ToParty, ...] = ()
    monthly: tuple[ToParty, ...] = ()
    yearly: tuple[ToParty, ...] = ()
    never: tuple[ToParty, ...] = ()

    @property
    def by(self) -> tuple[Link, ...]:
        """Return the parties that need it at all, the most often first."""
        return (*self.daily, *self.monthly, *self.yearly)

    def pairs(self) -> Iterator[tuple[Link, Frequency]]:
        """Yield each party named with its frequency, as often as it is named."""
        for frequency in Frequency:
            for party in getattr(self, frequency):
                yield party, frequency


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Grounded):
    """An item of customer information: a description of it, never a value (R20).

    `classes` gives its class in each classification, `said` the words its state is read from
    (`h08/8 tieto-vanhentunut`). Without `view_right` an open item is for all, an internal one for
    the whole service. `verdict` is what is decided of an item nobody needs.
    """

    REFUSES: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("value", "values", "example", "arvo"),
        "the workbench holds what is known of customers, never the values.",
    )

    id: str
    label: Label
    classes: Mapping[str, Link]
    state: ItemState
    sensitivity: Sensitivity
    needed: Needed
    said: tuple[Link, ...] = ()
    systems: tuple[ToSystem, ...] = ()
    collected: bool = True
    how: Label | None = None
    update_right: tuple[ToParty, ...] = ()
    update_duty: ToParty | None = None
    view_right: tuple[ToParty, ...] = ()
    development: Label | None = None
    verdict: Verdict | None = None
    reason: Label | None = None


def needless(items: Iterable[Item], asked: Collection[str]) -> list[Item]:
    """Return what is collected though nobody needs it and no strategy asks for it (R22)."""
    return [i for i in items if i.collected and not i.needed.by and i.id not in asked]


class SystemSide(StrEnum):
    """Where a system stands in the flow of information (figure 2 of the thesis, lost)."""

    INTERFACE = "interface"
    STORE = "store"
    REPORTING = "reporting"
    OUTSIDE = "outside"


class Purpose(StrEnum):
    """What the end of the flow is for (R21)."""

    MANAGEMENT = "management"
    CARE = "care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What flows from a system into another, by itself or by hand."""

    place: Place
    to: ToSystem
    what: Label
    auto: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Grounded):
    """An information system: who owns it, what it feeds, what its reports serve (R21, R23, R81).

    Papers count as a system where they hold what no other does. A system that feeds nothing
    says in `note` why.
    """

    id: str
    label: Label
    side: SystemSide
    owner: ToParty
    use: Label
    feeds: tuple[Feed, ...] = ()
    serves: tuple[Purpose, ...] = ()
    note: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Grounded):
    """A question to the organisation about what it needs to know (R14); unanswered is open."""

    id: str
    text: Label
    asked: ToParty
    answer: Label | None = None
    date: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Grounded):
    """What is written down where, by whom, and how long it is kept (R72).

    What no system of the service holds says in `note` where it is instead.
    """

    id: str
    what: Label
    by: ToParty
    keep: Label
    where: ToSystem | None = None
    template: Label | None = None
    note: Label | None = None
