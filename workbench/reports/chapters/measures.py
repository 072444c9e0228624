"""Promised against measured: what achieved nothing comes first, what nobody measures last."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.practice.measures import measures, quantity
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the promises that are measured and those that are not."""
    found = measures(study, language)
    return {
        "promised": found,
        "measured": [p for p in found.rows if p.measured],
        "unmeasured": [p for p in found.rows if not p.measured],
        "quantity": lambda value, m: quantity(value, m, language),
    }
