"""The quality of the service: targets with their measures, and are all served alike (R45, R64)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.findings.equality import equal_service
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return services with targets, and the survey's means of competence that may be printed.

    Of interviews no number of people is printed here: the profiles have them, by the gate.
    """
    equal = equal_service(study, language)
    return {
        "services": [s for s in study.care.services.values() if s.quality],
        "equal": equal,
        "means": [(g.label, equal.mean(g)) for g in equal.groups] if equal.scores else [],
        "called": partial(name_of, study=study, language=language),
    }
