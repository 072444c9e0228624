"""The unit: the organisation chart, and whom each unit serves (R43, R44)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.care.model import Care
from workbench.care.organisation import Unit
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the topmost units, what is below each, and how things are called."""
    units = study.care.units.values()
    return {
        "tops": [u for u in units if u.parent not in study.care.units],
        "below": partial(below, study.care),
        "notes": [u for u in units if u.note],
        "called": partial(name_of, study=study, language=language),
    }


def below(care: Care, unit: Unit) -> list[Unit]:
    """Return the units right below one, without those that would stand above themselves."""
    return [u for u in care.units.values() if u.parent == unit.id and not _under(care, unit, u)]


def _under(care: Care, unit: Unit, other: Unit) -> bool:
    seen: set[str] = set()
    above: Unit | None = unit
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = care.units.get(above.parent or "")
    return other.id in seen
