"""The development project: goals, limits, risks, phases, organisation, lessons, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.base.records import Label, Link, Place, Prose, When
from workbench.care.claims import Grounded, PartyLevel
from workbench.care.links import ToAction, ToFinding, ToGoal, ToParty


class Reached(StrEnum):
    """Whether a goal was reached, as far as anybody knows."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Grounded):
    """What the project is for, on whose part, and how one sees whether it was reached (R50, R60).

    `level` is where the work for it is done (R38); `judged` says why it counts as `reached`.
    """

    id: str
    text: Label
    level: PartyLevel
    measure: Label | None = None
    reached: Reached = Reached.OPEN
    judged: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Grounded):
    """What is out of the project's scope (R51)."""

    id: str
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk: how likely and how bad, from 1 to 5, with the reason and what is done (R52).

    A risk is no evidence, but may cite findings.
    """

    id: str
    place: Place
    text: Label
    probability: int
    impact: int
    why: Label
    owner: ToParty
    response: Label
    trigger: Label
    findings: tuple[ToFinding, ...] = ()
    actions: tuple[ToAction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPhase:
    """A phase of the project, what lets one begin it and leave it, and its notebooks (R54)."""

    id: str
    place: Place
    label: Label
    entry: Label
    exit: Label
    done: bool = False
    notebooks: tuple[str, ...] = ()
    goals: tuple[ToGoal, ...] = ()


class Duty(StrEnum):
    """One letter of RACI."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTask:
    """A task of the project and who has which part in it (R53): `duties` party -> R, A, C, I."""

    id: str
    place: Place
    label: Label
    duties: Mapping[str, str] = field(default_factory=dict)


class Judged(StrEnum):
    """What became of something when it was looked at again."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCheck:
    """Findings shown to those who know, what they said, and what was changed (R60)."""

    id: str
    place: Place
    findings: tuple[ToFinding, ...]
    date: When
    asked: Label
    verdict: Judged
    said: Prose | None = None
    changed: Prose | None = None


class Aspect(StrEnum):
    """What a lesson is about (chapters 8.1-8.3 of the thesis)."""

    EXECUTION = "execution"
    RESULTS = "results"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Grounded):
    """What was learnt in the project: of its execution, its results, for the next time (R60)."""

    id: str
    text: Label
    about: Aspect


class Better(StrEnum):
    """Which way a measure should go."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was promised of an action or a rule, and what was measured (R84).

    `value`, `baseline` and `goal` are in `unit`; None is not measured yet.
    """

    id: str
    place: Place
    of: Link
    unit: Label
    better: Better
    baseline: float | None = None
    goal: float | None = None
    value: float | None = None
    date: When | None = None
    source: Prose | None = None
