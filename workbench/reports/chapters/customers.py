"""The customers: relationships with what both sides gain, and how much is done in them (R2-R4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workbench.practice.registers import name_of
from workbench.practice.structure import Level, related, structure
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return relationships by segment, and the structure of the base by segment."""
    customers = study.care.customers
    by: dict[str, list[object]] = {}
    for r in related(study):
        by.setdefault(str(customers[r.customer].segment), []).append(r)
    order = [s.id for s in study.segments]
    return {
        "by_segment": sorted(by.items(), key=lambda item: order.index(item[0])),
        "base": structure(study, language, level=Level.SEGMENT),
        "by_kind": structure(study, language, level=Level.ENCOUNTER),
        "called": partial(name_of, study=study, language=language),
    }
