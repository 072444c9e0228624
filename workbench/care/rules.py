"""Service rules, interfaces and scripts: who does what, by when, and what to say (R24, R71-R75)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Place, Prose, When
from workbench.care.claims import Grounded
from workbench.care.links import (
    ToAction,
    ToCard,
    ToChannel,
    ToCode,
    ToEncounter,
    ToFinding,
    ToIndicator,
    ToParty,
    ToRule,
)


class RuleSet(StrEnum):
    """Whom a rule is for: handlers among themselves, supervisors, payees."""

    GENERAL = "general"
    SUPERVISORS = "supervisors"
    PAYEES = "payees"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRule(Grounded):
    """A promise: when `trigger`, `must` `by_when`; and what the other side does for it.

    The three texts make one sentence, `counterpart_does` its second half; `actor` and
    `counterpart` are the parties they speak of. `prevents` are the encounters of failure demand
    it is meant to end, `indicator` the definition its measure is counted by.
    """

    id: str
    set: RuleSet
    trigger: Label
    actor: ToParty
    must: Label
    by_when: Label
    owner: ToParty
    valid_from: When
    counterpart: ToParty | None = None
    counterpart_does: Label | None = None
    channels: tuple[ToChannel, ...] = ()
    exception: Prose | None = None
    escalation: Label | None = None
    measure: Label | None = None
    indicator: ToIndicator | None = None
    determinant: ToCode | None = None
    actions: tuple[ToAction, ...] = ()
    cards: tuple[ToCard, ...] = ()
    prevents: tuple[ToEncounter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """How a level of service is counted, so that two years and two units count alike.

    `published` is what others promise or reach by it, with their name: an example, no norm.
    """

    id: str
    place: Place
    label: Label
    definition: Label
    source: Prose
    published: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """A place where customers meet the provider, directly or not, with its tools (R24, R25).

    `findings` are what the material says of it; its tools are its rules and cards.
    """

    id: str
    place: Place
    label: Label
    direct: bool
    owner: ToParty
    encounters: tuple[ToEncounter, ...] = ()
    channels: tuple[ToChannel, ...] = ()
    findings: tuple[ToFinding, ...] = ()
    rules: tuple[ToRule, ...] = ()
    cards: tuple[ToCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What to do, say, record and hand over in a situation at the desk (R71)."""

    id: str
    place: Place
    situation: Label
    encounter: ToEncounter
    do: tuple[Label, ...]
    say: Label
    record: Label
    hand_over: Label
    rules: tuple[ToRule, ...]
    cards: tuple[ToCard, ...]
