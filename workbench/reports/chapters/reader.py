"""To the reader: for whom the handbook is, what stands behind it, what it cannot say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from workbench.base.languages import period
from workbench.material.documents import Kind
from workbench.reports.numbers import Sheet, told
from workbench.study import Study

ROOMS = ("interviews", "observations", "parameters")


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return how much material and how many findings the care model stands on, and its mark."""
    kinds = [d.kind for d in study.documents.values()]
    return {
        "interviews": kinds.count(Kind.INTERVIEW),
        "observations": kinds.count(Kind.OBSERVATION),
        "people": len(study.informants),
        "months": period((d.date for d in study.documents.values()), language),
        "findings": len(told(study.care.findings.values())),
        "needs": len(study.care.needs),
        "actions": len(study.care.actions),
        "mark": mark(study),
    }


def mark(study: Study) -> str:
    """Return six characters that change whenever a file of the study does, on any machine."""
    digest = hashlib.sha256()
    for path in sorted(p for room in ROOMS for p in (study.folder / room).rglob("*.*")):
        if path.is_file() and not path.name.startswith("."):
            digest.update(path.relative_to(study.folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:6]
