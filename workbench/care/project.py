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


class Zone(StrEnum):
    """How much a risk asks for: to be borne, to be watched, to be acted on."""

    BEAR = "bear"
    WATCH = "watch"
    ACT = "act"


SCALE = range(1, 6)
"""Probability and impact run from 1 to 5."""

WATCHED, ACTED_ON = 6, 15
"""Products of probability and impact from which a risk is watched, and is acted on."""


def zone(probability: int, impact: int) -> Zone:
    """Return what a place of the risk matrix asks for."""
    score = probability * impact
    return Zone.ACT if score >= ACTED_ON else Zone.WATCH if score >= WATCHED else Zone.BEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk: how likely and how bad, from 1 to 5, with the reason and what is done (R52).

    A risk is no evidence, but may cite findings. `trigger` is what one sees when it begins to
    come true, `actions` are those of the care model that meet it.
    """

    id: str
    place: Place
    text: Label
    probability: int
    impact: int
    why: Label
    owner: ToParty
    response: Label
    trigger: Label | None = None
    findings: tuple[ToFinding, ...] = ()
    actions: tuple[ToAction, ...] = ()

    @property
    def score(self) -> int:
        """Return probability times impact."""
        return self.probability * self.impact

    @property
    def zone(self) -> Zone:
        """Return what the risk asks for."""
        return zone(self.probability, self.impact)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPhase:
    """A phase of the project, what lets one begin it and leave it, and its notebooks (R54).

    Phases follow one another as they stand in the file. `notebooks` are named by their number:
    `01`, or `2x` for all from 20 to 29.
    """

    id: str
    place: Place
    label: Label
    entry: Label
    exit: Label
    done: bool = False
    notebooks: tuple[Link, ...] = ()
    goals: tuple[ToGoal, ...] = ()


class Duty(StrEnum):
    """One letter of RACI."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTask:
    """A task of the project and who has which part in it (R53).

    `duties` gives a party its letters of RACI: `R`, or `AR` for who answers for what they do.
    """

    id: str
    place: Place
    label: Label
    duties: Mapping[ToParty, Link] = field(default_factory=dict)

    def holding(self, duty: Duty) -> tuple[Link, ...]:
        """Return the parties that have a letter."""
        return tuple(party for party, letters in self.duties.items() if duty in letters)


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


class Gain(StrEnum):
    """What came of a promise that is measured.

    BETTER: there is no goal to be nearer to. SHORT: the goal was not reached, and nobody knows
    where it began.
    """

    REACHED = "reached"
    NEARER = "nearer"
    BETTER = "better"
    NOTHING = "nothing"
    WORSE = "worse"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was promised of an action or a rule, and what was measured (R84).

    `value`, `baseline` and `goal` are in `unit`; None is not measured yet.
    """

    id: str
    place: Place
    of: Link
    what: Label
    unit: Label
    better: Better
    baseline: float | None = None
    goal: float | None = None
    value: float | None = None
    date: When | None = None
    source: Prose | None = None

    def ahead(self, value: float, other: float) -> bool:
        """Tell whether `value` is better than `other`."""
        return value > other if self.better is Better.UP else value < other

    @property
    def gain(self) -> Gain:
        """Return what came of the promise, as far as it is known."""
        value, baseline, goal = self.value, self.baseline, self.goal
        if value is None:
            return Gain.UNKNOWN
        if goal is not None and not self.ahead(goal, value):
            return Gain.REACHED
        if baseline is None:
            return Gain.SHORT if goal is not None else Gain.UNKNOWN
        if self.ahead(value, baseline):
            return Gain.BETTER if goal is None else Gain.NEARER
        return Gain.NOTHING if value == baseline else Gain.WORSE
