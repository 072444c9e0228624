"""Finding, need, action: each cites what it rests on, down to somebody's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from workbench.base.records import Label, Link, Place, Prose, When
from workbench.care.links import ToCode, ToFinding, ToGoal, ToNeed, ToParty, ToSegment
from workbench.material.informants import Side

_REFERENCE = re.compile(r"(?P<document>[A-Za-z0-9_-]+)/(?P<turn>\d{1,9}) (?P<code>\S+)")


class FindingType(StrEnum):
    """What a finding says."""

    PROBLEM = "problem"
    STRENGTH = "strength"
    EXPECTATION = "expectation"
    CONTRADICTION = "contradiction"


class State(StrEnum):
    """How far a finding has come: written, borne out by words, tried against others, published.

    `challenged` and `published` oblige: the passages that say the opposite were looked at.
    """

    DRAFT = "draft"
    SUPPORTED = "supported"
    CHALLENGED = "challenged"
    PUBLISHED = "published"


class Grade(StrEnum):
    """How much of the material stands behind a finding, weakest first."""

    SINGLE = "single"
    REPEATED = "repeated"
    BROAD = "broad"
    CONTESTED = "contested"


class Basis(StrEnum):
    """What a line of the care model rests on; all but the material need a reference."""

    MATERIAL = "material"
    THEORY = "theory"
    LAW = "law"
    MANAGEMENT = "management"


class Effort(StrEnum):
    """How much work an action is: days, weeks or months."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


class Horizon(StrEnum):
    """How soon a customer can notice an action (requirement R35)."""

    NEXT_ENCOUNTER = "next-encounter"
    MONTHS = "months"
    YEARS = "years"


class Influence(StrEnum):
    """How far an action is in the provider's own hands (requirement R35)."""

    OWN = "own"
    PARTLY = "partly"


class Status(StrEnum):
    """How far an action has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ONGOING = "ongoing"
    DONE = "done"
    REJECTED = "rejected"


OVER = (Status.DONE, Status.REJECTED)
"""What nobody works on any more."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The words a finding rests on: all passages of a turn that somebody coded with `code`."""

    document: str
    turn: int
    code: str

    def __str__(self) -> str:
        return f"{self.document}/{self.turn} {self.code}"


def parse_citation(text: str) -> Citation | None:
    """Read `h03/2 saavutettavuus` (document / turn, code); None if it has another form."""
    match = _REFERENCE.fullmatch(text)
    return Citation(match["document"], int(match["turn"]), match["code"]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look at the opposite passages of a finding: which do not speak against it, and why."""

    by: str
    date: When
    passages: tuple[Link, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence about the material, with the passages for it and those against it.

    A customer finding speaks of `segments`; a provider finding (`side: provider`) of none. An
    opposite passage is answered once it stands under `counter` or among those `seen`.
    """

    id: str
    place: Place
    statement: Label
    type: FindingType
    evidence: tuple[Link, ...]
    segments: tuple[ToSegment, ...] = ()
    side: Side = Side.CUSTOMER
    counter: tuple[Link, ...] = ()
    state: State = State.SUPPORTED
    seen: tuple[Seen, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the customers of some findings must get done; `code` is its code in the codebook."""

    id: str
    place: Place
    statement: Label
    code: ToCode
    findings: tuple[ToFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """Whatever must rest on something: needs, or findings, or a theory, law or decision it names.

    Findings are cited where a state of affairs is told and nobody needs anything yet. What
    realises an action (a field `actions`) rests on the needs of that action too.
    """

    place: Place
    needs: tuple[ToNeed, ...] = ()
    findings: tuple[ToFinding, ...] = ()
    basis: Basis = Basis.MATERIAL
    reference: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A rank given by people instead of the ladder's (`findings.priorities`), with its reason."""

    place: Place
    rank: int
    reason: str
    by: str
    date: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Grounded):
    """What will be done, by whom, until when, and how one will see that it helped."""

    id: str
    what: Label
    owner: ToParty
    due: When
    measure: Label
    effort: Effort
    horizon: Horizon
    influence: Influence = Influence.OWN
    status: Status = Status.PROPOSED
    priority: Override | None = None
    first_step: Label | None = None
    goals: tuple[ToGoal, ...] = ()


class PartyLevel(StrEnum):
    """Where a party stands between management and customers (R38)."""

    MANAGEMENT = "management"
    TEAM = "team"
    HANDLER = "handler"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can own an action or have a part in a task: a role, never a person."""

    id: str
    place: Place
    label: Label
    side: Side
    level: PartyLevel | None = None
