"""Account plans: which segment has one, where it stands, and who does what for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.material.segments import SegmentLevel
from workbench.reports.numbers import Sheet, plan_of
from workbench.study import Study


def chapter(study: Study, _language: str, _: Sheet) -> Mapping[str, object]:
    """Return every segment with the plan that serves it, and the plans whose tasks others share."""
    segments = list(study.segments)
    shared = (s for s in segments if s.level is SegmentLevel.ROLLUP and s.id in study.care.plans)
    return {
        "planned": [(s, plan_of(study, s.id)) for s in segments],
        "shared": [(s, study.care.plans[s.id]) for s in shared],
    }
