"""The annual clock: what happens when, for whom, and who says so how long before (R70, R78)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Link
from workbench.care.claims import Grounded
from workbench.care.links import ToAction, ToCard, ToChannel, ToEvent, ToParty, ToSegment


class Layer(StrEnum):
    """The rhythm an event belongs to."""

    PAY_PERIOD = "pay-period"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    COOPERATION = "cooperation"


class EventKind(StrEnum):
    """What an event is: a pay day, a deadline before one, a task, a meeting, a notice."""

    PAY_DAY = "pay-day"
    DEADLINE = "deadline"
    TASK = "task"
    MEETING = "meeting"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent(Grounded):
    """An event of the year; `when` is a rule that gives its days in any year.

    `lead` is how many days before it people are told, `hours` the work it takes the provider.
    """

    id: str
    title: Label
    kind: EventKind
    layer: Layer
    when: Link
    segments: tuple[ToSegment, ...]
    owner: ToParty
    lead: int = 0
    hours: float | None = None
    channel: ToChannel | None = None
    what: Label | None = None
    actions: tuple[ToAction, ...] = ()
    cards: tuple[ToCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Grounded):
    """A planned contact: occasion, channel, how often, who, about what (R70)."""

    id: str
    occasion: Label
    segments: tuple[ToSegment, ...]
    channel: ToChannel
    owner: ToParty
    times: int
    agenda: tuple[Label, ...]
    events: tuple[ToEvent, ...] = ()
