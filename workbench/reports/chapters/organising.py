"""Organising: who serves under which model, and what each would do to the findings; no handler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.care.claims import Finding
from workbench.care.handlers import Change, Effect, ServiceModel, Topic, Way
from workbench.practice.service_models import compare
from workbench.reports.numbers import Sheet
from workbench.study import Study

ORDER = (Change.BETTER, Change.WORSE, Change.OPEN, Change.SAME)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Findings of which a model is thought to make the same, for the same reason."""

    change: Change
    effect: Effect | None
    findings: tuple[Finding, ...]


def chapter(study: Study, _: str, __: Sheet) -> Mapping[str, object]:
    """Return the service models with how they are done and what they would do to the findings."""
    models = study.care.models.values()
    return {
        "models": [(model, verdicts(model, study)) for model in models],
        "ways": [(model, by_topic(model)) for model in models if model.ways],
        "order": ORDER,
    }


def verdicts(model: ServiceModel, study: Study) -> list[Verdict]:
    """Return what a model does to the findings, those of one reason together, changes first."""
    grouped: dict[tuple[Change, int], Verdict] = {}
    for j in compare(model, study).judged:
        at = (j.change, id(j.effect))
        before = grouped[at].findings if at in grouped else ()
        grouped[at] = Verdict(j.change, j.effect, (*before, j.finding))
    return sorted(grouped.values(), key=lambda v: ORDER.index(v.change))


def by_topic(model: ServiceModel) -> list[tuple[Topic, list[Way]]]:
    """Return how a model is done, by the situation a line is about."""
    found = ((topic, [way for way in model.ways if way.topic is topic]) for topic in Topic)
    return [(topic, ways) for topic, ways in found if ways]
