"""The service process: encounters as blueprints, the customer's own steps among them (R6, R62)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.practice.blueprint import Blueprint, Lane, blueprint, minutes_of
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet, told
from workbench.study import Study

OPEN = 3
"""So many blueprints are shown at once; the others open when asked for."""


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return every encounter with its blueprint, those first that most findings speak of."""
    published = {f.id for f in told(study.care.findings.values())}
    every = [blueprint(study, name, language) for name in study.care.encounters]
    drawn = [b for b in every if b.steps]
    most = sorted(drawn, key=lambda b: -_spoken(b, published))
    return {
        "encounters": study.care.encounters.values(),
        "first": most[:OPEN],
        "others": [b for b in drawn if b not in most[:OPEN]],
        "lanes": Lane,
        "minutes_of": partial(minutes_of, language=language),
        "published": published,
        "called": partial(name_of, study=study, language=language),
    }


def _spoken(found: Blueprint, published: set[str]) -> int:
    return len({f for step in found.steps for f in step.findings} & published)
