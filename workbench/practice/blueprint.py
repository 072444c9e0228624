"""The service blueprint of an encounter: who does what, and what of it the customer sees (R6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.base.languages import number, words
from workbench.care.relationships import Activity, Actor, Encounter
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study, Unknown


class Lane(StrEnum):
    """The lanes of a blueprint from the customer inwards.

    The line of interaction runs below the customer, the line of visibility below what the
    provider does in sight (Shostack 1984; Bitner, Ostrom & Morgan 2008).
    """

    EVIDENCE = "evidence"
    CUSTOMER = "customer"
    VISIBLE = "visible"
    HIDDEN = "hidden"
    SYSTEMS = "systems"


@dataclass(frozen=True, slots=True)
class Step:
    """An activity as the blueprint shows it: what stands in which lane."""

    order: int
    lane: Lane
    lanes: dict[Lane, str]
    minutes: float | None
    findings: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Blueprint(Result):
    """The activities of an encounter in their order, each in its lane."""

    encounter: Encounter
    steps: tuple[Step, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each step and a column for each lane, with minutes and findings."""
        say = words(self.language)
        rows = [
            (
                step.order,
                *(step.lanes.get(lane, "") for lane in Lane),
                minutes_of(step, self.language),
                ", ".join(step.findings),
            )
            for step in self.steps
        ]
        heads = [say("blueprint_step"), *(say(f"blueprint_{lane}") for lane in Lane)]
        heads += [say("field_minutes"), say("findings")]
        return pd.DataFrame(rows, columns=heads)


def blueprint(study: Study, name: str, language: str = "fi") -> Blueprint:
    """Return the blueprint of the encounter `name`; raises `Unknown` if there is none."""
    care = study.care
    if name not in care.encounters:
        raise Unknown("encounter", name, care.encounters)
    encounter = care.encounters[name]
    steps = tuple(
        _step(n, activity, study, language) for n, activity in enumerate(encounter.activities, 1)
    )
    caption = words(language)("blueprint_caption", name=encounter.label.say(language), n=len(steps))
    return Blueprint(caption, language, encounter, steps)


def minutes_of(step: Step, language: str) -> str:
    """Return the minutes of a step as they are printed; a system's take nobody's time."""
    if step.minutes is not None:
        return number(step.minutes, language)
    return "" if step.lane is Lane.SYSTEMS else words(language)("unknown")


def _step(order: int, activity: Activity, study: Study, language: str) -> Step:
    lane = _lane(activity)
    what = activity.what.say(language)
    if activity.party:
        what = f"{_upper(name_of(activity.party, 'party', study, language))}: {_lower(what)}"
    lanes = {lane: what}
    if activity.system:
        system = name_of(activity.system, "system", study, language)
        lanes[Lane.SYSTEMS] = f"{system}: {_lower(what)}" if lane is Lane.SYSTEMS else system
    if activity.evidence:
        lanes[Lane.EVIDENCE] = activity.evidence.say(language)
    return Step(order, lane, lanes, activity.minutes, tuple(map(str, activity.findings)))


def _lane(activity: Activity) -> Lane:
    if activity.actor is Actor.CUSTOMER:
        return Lane.CUSTOMER
    if activity.actor is Actor.SYSTEM:
        return Lane.SYSTEMS
    return Lane.VISIBLE if activity.visible else Lane.HIDDEN


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
