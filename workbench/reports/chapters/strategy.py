"""The service strategy: common principles, and a part for each segment that has one (R7, R67)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return strategies in the order of the segments, each with its segment."""
    strategies = study.care.strategies
    return {
        "strategies": [(s, strategies[s.id]) for s in study.segments if s.id in strategies],
        "called": partial(name_of, study=study, language=language),
    }
