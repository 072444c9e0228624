"""Which actions are whose: from management to the customer and the system (requirement R38)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.claims import Action, PartyLevel
from workbench.findings.results import Result
from workbench.study import Study


@dataclass(frozen=True, repr=False)
class Levels(Result):
    """Actions by the level of their owner; `None` holds those whose owner has no level."""

    actions: dict[PartyLevel | None, tuple[Action, ...]]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each level with the number of its actions, and which they are."""
        say = words(self.language)
        rows = [
            (name_of_level(level, self.language), len(own), ", ".join(a.id for a in own))
            for level, own in self.actions.items()
        ]
        return pd.DataFrame(
            rows, columns=[say("field_level"), say("actions_n"), say("register_actions")]
        )


def actions_by_level(study: Study, language: str = "fi") -> Levels:
    """Return the actions by the level of their owner, from management to system (R38).

    A view of a segment counts the actions of its plan or, without one, of the nearest plan above.
    """
    care = study.care
    levels: tuple[PartyLevel | None, ...] = (*PartyLevel, None)
    found: dict[PartyLevel | None, list[Action]] = {level: [] for level in levels}
    for action in _concerned(study):
        owner = care.parties.get(action.owner)
        found[owner.level if owner else None].append(action)
    if not found[None]:
        del found[None]
    counted = {level: tuple(own) for level, own in found.items()}
    caption = words(language)("levels_caption", n=sum(map(len, counted.values())))
    return Levels(caption, language, counted)


def name_of_level(level: PartyLevel | None, language: str) -> str:
    """Return what a level is called."""
    say = words(language)
    return say(f"level_{level}") if level else say("level_missing")


def _concerned(study: Study) -> list[Action]:
    actions = study.care.actions
    above = study.segments.holding(study.segment) if study.segment else ()
    plan = next((study.care.plans[s] for s in above if s in study.care.plans), None)
    return [actions[a] for a in plan.development if a in actions] if plan else [*actions.values()]
