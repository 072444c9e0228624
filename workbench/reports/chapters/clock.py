"""The annual clock: the year of all segments as a ring and as a list, and its load by week."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.practice.year import year
from workbench.reports.numbers import Sheet
from workbench.reports.year import told
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the year as its pages show it, and what falls into each week."""
    result = year(study, language)
    load = result.load
    return {**told(result), "load": load, "busiest": max((w.events for w in load.weeks), default=0)}
