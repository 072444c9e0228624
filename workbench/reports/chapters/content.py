"""The content of the service: the catalogue in the six groups of the thesis (R43, R47, R63)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.care.organisation import ServiceGroup
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the services by group, in the order of the thesis."""
    services = study.care.services.values()
    return {
        "groups": [(g, [s for s in services if s.group is g]) for g in ServiceGroup],
        "called": partial(name_of, study=study, language=language),
    }
