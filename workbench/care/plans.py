"""Account plans and product cards: what is agreed with a segment, line by line with its basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from workbench.base.records import Label, Place, When
from workbench.care.claims import Grounded
from workbench.care.links import ToAction, ToChannel, ToParty, ToSegment
from workbench.care.relationships import Phase
from workbench.material.informants import Side

BLOCKS = ("starting_information", "relationship", "responsibilities", "development")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Grounded):
    """One sentence of a plan."""

    text: Label

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page of its plan, which other lines do not move."""
        return f"l{crc32(self.text.say('fi').encode()):x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
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
    responsible: tuple[ToParty, ...]
    accountable: ToParty
    consulted: tuple[ToParty, ...] = ()
    informed: tuple[ToParty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What only the card "before you call" tells: when and how, what to ask, what not to say."""

    place: Place
    best: Line
    ask: tuple[Line, ...]
    avoid: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan:
    """The account plan of a segment: four mandatory blocks (Hannus 2004) and a follow-up date.

    `handler` and `backup` are roles. The tasks of the segments above hold too
    (`shared_tasks`), so a plan names only its own.
    """

    id: str
    place: Place
    starting_information: tuple[Line, ...]
    relationship: Nature
    responsibilities: tuple[Responsibility, ...]
    development: tuple[ToAction, ...]
    follow_up: When
    handler: ToParty | None = None
    backup: ToParty | None = None
    call: Call | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return all sentences of starting information and relationship."""
        r = self.relationship
        values = (r.value_customer, r.value_provider)
        return (*self.starting_information, *values, *r.strengths, *r.tensions)


def shared_tasks(
    plans: Mapping[str, AccountPlan], above: Iterable[str]
) -> list[tuple[str, Responsibility]]:
    """Return the tasks a plan shares with the segments `above` it, and where each stands."""
    return [(name, t) for name in above if name in plans for t in plans[name].responsibilities]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something a service needs from its customer, and until when."""

    place: Place
    what: Label
    due: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a service as its card tells it, and which side takes it."""

    place: Place
    side: Side
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Grounded):
    """What often goes wrong with a service, and what to do instead."""

    text: Label
    instead: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard(Grounded):
    """One service on one page: for whom, what we need, what we promise, where to turn (R79).

    It has the name of its service. `channels` are the first one to try, then the next.
    """

    id: str
    name: Label
    promise: Label
    segments: tuple[ToSegment, ...]
    when: Label
    inputs: tuple[Input, ...]
    result: Label
    contact: Label
    owner: ToParty
    review: When
    not_included: Label | None = None
    steps: tuple[Step, ...] = ()
    time: Label | None = None
    channels: tuple[ToChannel, ...] = ()
    backup: Label | None = None
    cost: Label | None = None
    measure: Label | None = None
    mistakes: tuple[Mistake, ...] = ()
    actions: tuple[ToAction, ...] = ()
    version: str = "1"
