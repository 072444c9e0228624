"""What is wrong with what answers it, and what can be influenced how soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.balance import people
from workbench.care.claims import Action, Effort, Finding, FindingType, Horizon, Influence, State
from workbench.findings.counts import could_have_said
from workbench.findings.results import Result
from workbench.material.informants import Side
from workbench.practice.registers import name_of
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem and what is answered: `people` of `of` who could have said it speak of it."""

    finding: Finding
    people: frozenset[str]
    of: int
    needs: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Troubles(Result):
    """Problems and wishes with segments, people, needs and actions, most people first."""

    study: Study
    rows: tuple[Trouble, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return columns problem, kind, segments, people ("5/7"), needs, actions."""
        say, study, language = words(self.language), self.study, self.language
        rows = [
            (
                f"{t.finding.id} {t.finding.statement.say(language)}",
                say(f"type_{t.finding.type}"),
                "; ".join(name_of(s, "segment", study, language) for s in t.finding.segments)
                or say("side_provider"),
                f"{len(t.people)}/{t.of}",
                "; ".join(f"{n} {study.care.needs[n].statement.say(language)}" for n in t.needs),
                "; ".join(f"{a} {study.care.actions[a].what.say(language)}" for a in t.actions),
            )
            for t in self.rows
        ]
        keys = ("trouble", "field_type", "field_segments", "people")
        heads = [say(key) for key in (*keys, "register_needs", "register_actions")]
        return pd.DataFrame(rows, columns=heads)


def problems_summary(study: Study, language: str = "fi") -> Troubles:
    """Sum up what is wrong or wished for, whose it is, and which need and action answer it (R58).

    Every finding but drafts and strengths. People are those whose words the finding cites, of
    those of its segments (or of the provider's side) who speak in a coded document. A view of a
    segment keeps what concerns it, and its people.
    """
    rows = sorted(
        (_trouble(f, study) for f in study.care.findings.values() if _counts(f, study)),
        key=lambda t: (-len(t.people), t.finding.id),
    )
    caption = words(language)("troubles_caption", n=len(rows), of=len(could_have_said(study)))
    return Troubles(caption, language, study, tuple(rows))


def _counts(finding: Finding, study: Study) -> bool:
    if finding.state is State.DRAFT or finding.type is FindingType.STRENGTH:
        return False
    return not study.segment or bool(study.segments.kin(study.segment) & set(finding.segments))


def _trouble(finding: Finding, study: Study) -> Trouble:
    voices = people(finding.evidence, study.witness) & study.informants.keys()
    needs = tuple(n.id for n in study.care.needs_from(finding.id))
    actions = tuple(a.id for a in study.care.actions_for(needs))
    return Trouble(finding, voices, len(_asked(finding, study)), needs, actions)


def _asked(finding: Finding, study: Study) -> frozenset[str]:
    """Return who could have said it: of its segments, or of the provider's side."""
    heard = could_have_said(study)
    if finding.side is Side.PROVIDER:
        return frozenset(n for n in heard if study.informants[n].side is Side.PROVIDER)
    segments = (s for s in finding.segments if s in study.segments)
    return heard & frozenset[str]().union(*(study.segments.people[s] for s in segments))


@dataclass(frozen=True, repr=False)
class Levers(Result):
    """Actions by how soon a customer notices them and how far they are in our own hands."""

    study: Study
    actions: tuple[Action, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each action: horizon, influence, effort, what, who, at which level."""
        say = words(self.language)
        keys = ("horizon", "influence", "effort", "what", "owner", "level", "due", "status")
        heads = [say(f"field_{key}") for key in keys]
        return pd.DataFrame([self._row(a) for a in self.actions], columns=heads)

    def _row(self, action: Action) -> tuple[str, ...]:
        say, language = words(self.language), self.language
        party = self.study.care.parties.get(action.owner)
        return (
            say(f"horizon_{action.horizon}"),
            say(f"influence_{action.influence}"),
            say(f"effort_{action.effort}"),
            f"{action.id} {action.what.say(language)}",
            name_of(action.owner, "party", self.study, language),
            say(f"level_{party.level}") if party and party.level else "",
            action.due,
            say(f"status_{action.status}"),
        )


def levers(study: Study, language: str = "fi") -> Levers:
    """Return what can be influenced and how soon: actions by horizon, then by influence (R35).

    The thesis (p. 16): how a service is given can change at the very next encounter, image and
    expectations only slowly, and what people tell one another lies partly out of reach.
    """
    order = sorted(study.care.actions.values(), key=_lever)
    soon = sum(a.horizon is Horizon.NEXT_ENCOUNTER for a in order)
    caption = words(language)("levers_caption", n=len(order), soon=soon)
    return Levers(caption, language, study, tuple(order))


def _lever(action: Action) -> tuple[int, int, int, str]:
    ranks = (
        _rank(action.horizon, Horizon),
        _rank(action.influence, Influence),
        _rank(action.effort, Effort),
    )
    return (*ranks, action.id)


def _rank(value: str, order: Iterable[str]) -> int:
    return [str(member) for member in order].index(value)
