"""Ways to share the work, compared on the same findings: what gets better, worse or is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.balance import people
from workbench.care.claims import Finding, State
from workbench.care.cover import Cover, covers, lacking, level
from workbench.care.handlers import COMPETENT, Change, Effect, Handler, ServiceModel, Sharing
from workbench.care.model import Care
from workbench.findings.results import Result
from workbench.practice.registers import footing
from workbench.study import Study, Unknown


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding under a service model, and the people behind it; without an effect it is open."""

    finding: Finding
    effect: Effect | None
    people: frozenset[str]

    @property
    def change(self) -> Change:
        """Return what becomes of the finding; what nobody judged is open."""
        return self.effect.change if self.effect else Change.OPEN


@dataclass(frozen=True, slots=True)
class Compared:
    """A service model: findings judged, relationships that hold an absence, skills it takes.

    `holds` of `of` relationships go on when their handler is away. `must` says how many handlers
    have to hold each area, `short` how many of them do not yet.
    """

    model: ServiceModel
    judged: tuple[Judged, ...]
    holds: int
    of: int
    must: Mapping[str, int]
    short: Mapping[str, int]

    def those(self, change: Change) -> tuple[Judged, ...]:
        """Return the findings for which the model does this."""
        return tuple(j for j in self.judged if j.change is change)

    def voices(self, change: Change) -> int:
        """Return how many people stand behind those findings, each counted once."""
        return len(frozenset().union(*(j.people for j in self.those(change))))


@dataclass(frozen=True, repr=False)
class Models(Result):
    """The service models side by side; nothing in it is about a single handler."""

    study: Study
    rows: tuple[Compared, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each model: findings by change, people, cover, skills."""
        say, at = words(self.language), self.language
        rows = [
            (
                c.model.label.say(at),
                *(self._counted(c, change) for change in Change),
                f"{c.holds}/{c.of}",
                sum(c.must.values()),
                sum(c.short.values()),
            )
            for c in self.rows
        ]
        heads = [say(f"change_{change}") for change in Change]
        ends = [say(f"models_{key}") for key in ("holds", "must", "short")]
        return pd.DataFrame(rows, columns=[say("models_model"), *heads, *ends])

    def _counted(self, c: Compared, change: Change) -> str:
        n = len(c.those(change))
        return words(self.language)("models_counted", n=n, people=c.voices(change)) if n else "0"

    @property
    def areas(self) -> pd.DataFrame:
        """Return how many handlers must know each area under each model, and how many do not."""
        say, at = words(self.language), self.language
        rows = [
            (area.label.say(at), *(self._asked(c, area.id) for c in self.rows))
            for area in self.study.care.areas.values()
        ]
        names = [c.model.label.say(at) for c in self.rows]
        return pd.DataFrame(rows, columns=[say("competence_area"), *names])

    def _asked(self, c: Compared, area: str) -> str:
        must, short = c.must.get(area, 0), c.short.get(area, 0)
        return words(self.language)("models_asked", n=must, short=short) if short else str(must)


@dataclass(frozen=True, repr=False)
class Effects(Result):
    """What becomes of each finding under one service model, and why."""

    compared: Compared

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each finding, what changes first."""
        say, at = words(self.language), self.language
        order = [Change.WORSE, Change.BETTER, Change.OPEN, Change.SAME]
        rows = [
            (
                say(f"change_{j.change}"),
                f"{j.finding.id} {j.finding.statement.say(at)}",
                len(j.people),
                j.effect.why.say(at) if j.effect else say("models_not_judged"),
                footing(j.effect, at) if j.effect else "",
            )
            for j in sorted(self.compared.judged, key=lambda j: order.index(j.change))
        ]
        keys = ("change", "finding", "people", "why", "footing")
        return pd.DataFrame(rows, columns=[say(f"models_{key}") for key in keys])


def service_models(study: Study, language: str = "fi") -> Models:
    """Compare all service models on the same findings (R46): single handler, pair, queue, counter.

    Cover follows from who may serve a relationship under a model: its handler alone; the handler
    and the competent named backups; the competent of its unit; the competent of the house. Skills
    that must be held follow from the same: by the handlers; by handlers and backups; by the whole
    unit; at the counter by as many named experts as each area's `least`.
    """
    rows = tuple(compare(model, study) for model in study.care.models.values())
    caption = words(language)("models_caption", n=len(rows), findings=len(_told(study)))
    return Models(caption, language, study, rows)


def service_model(study: Study, name: str, language: str = "fi") -> Effects:
    """Say which findings get better and which worse under one service model, with the reasons.

    Raises `Unknown` for a model that is not in the files.
    """
    if name not in study.care.models:
        raise Unknown("service model", name, study.care.models)
    compared = compare(study.care.models[name], study)
    counts = {str(change): len(compared.those(change)) for change in Change}
    label = compared.model.label.say(language)
    caption = words(language)("models_one_caption", model=label, **counts)
    return Effects(caption, language, compared)


def compare(model: ServiceModel, study: Study) -> Compared:
    """Return a service model judged on the study's findings and its handlers."""
    care = study.care
    effects = {str(name): effect for effect in model.effects for name in effect.of}
    judged = tuple(
        Judged(f, effects.get(f.id), people(f.evidence, study.witness)) for f in _told(study)
    )
    every = list(covers(care).values())
    served = [cover for cover in every if cover.primary]
    holds = sum(any(h not in c.primary for h in may_serve(c, model.sharing, care)) for c in served)
    must, short = _skills(served, model.sharing, care)
    return Compared(model, judged, holds, len(every), must, short)


def may_serve(cover: Cover, sharing: Sharing, care: Care) -> list[Handler]:
    """Return who could serve a relationship under a sharing: its handler, and who else is able."""
    able = [h for h in _sharing(cover, sharing, care) if not lacking(h, cover.relationship)]
    return [*cover.primary, *(h for h in able if h not in cover.primary)]


def _sharing(cover: Cover, sharing: Sharing, care: Care) -> Iterable[Handler]:
    """Return with whom the handler shares a relationship, able or not."""
    units = {h.unit for h in cover.primary}
    among: dict[Sharing, Callable[[Handler], bool]] = {
        Sharing.ONE: lambda _: False,
        Sharing.PAIR: lambda h: h in cover.backup,
        Sharing.TEAM: lambda h: h.unit in units,
        Sharing.COUNTER: lambda _: True,
    }
    return (h for h in care.handlers.values() if h in cover.primary or among[sharing](h))


def _skills(
    served: Iterable[Cover], sharing: Sharing, care: Care
) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many must hold each area, and how many of those do not."""
    asked: dict[str, dict[str, Handler]] = {}
    for cover in served:
        for area in cover.relationship.areas:
            who = cover.primary if sharing is Sharing.COUNTER else _sharing(cover, sharing, care)
            asked.setdefault(area, {}).update({h.id: h for h in who})
    if sharing is Sharing.COUNTER:
        must = {name: care.areas[name].least for name in asked if name in care.areas}
        held = {n: sum(level(h, n) >= COMPETENT for h in care.handlers.values()) for n in must}
        return must, {name: max(0, n - held[name]) for name, n in must.items()}
    lacks = {n: sum(level(h, n) < COMPETENT for h in who.values()) for n, who in asked.items()}
    return {name: len(who) for name, who in asked.items()}, lacks


def _told(study: Study) -> list[Finding]:
    return [f for f in study.care.findings.values() if f.state is not State.DRAFT]
