"""Competence: what must be known in the house, by how many, and how more come to; no handler."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.care.handlers import AreaKind
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, _: str, __: Sheet) -> Mapping[str, object]:
    """Return the areas of knowledge by what they are about."""
    areas = study.care.areas.values()
    grouped = ((kind, [a for a in areas if a.kind is kind]) for kind in AreaKind)
    return {"areas": [(kind, found) for kind, found in grouped if found]}
