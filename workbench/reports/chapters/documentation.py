"""Documentation: what is recorded where, by whom, and how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.care.claims import Basis
from workbench.care.information import Record
from workbench.practice.registers import say_field
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the records in three groups: kept by law, the service's own, kept elsewhere."""
    groups: dict[str, list[Record]] = {"law": [], "own": [], "apart": []}
    for record in study.care.records.values():
        law = record.basis is Basis.LAW
        groups["apart" if record.where is None else "law" if law else "own"].append(record)
    return {
        "groups": groups,
        "told": lambda record, field: say_field(record, field, study, language),
    }
