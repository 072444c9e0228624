"""How customers are grouped: criteria, sizes with their source, who serves whom (R9-R12, R65)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from workbench.material.segments import Segment, SegmentLevel
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the segments by level, each with its criteria in words and the units that serve it."""
    segments = list(study.segments)
    return {
        "levels": [(n, [s for s in segments if s.level is n]) for n in SegmentLevel],
        "criteria": lambda segment: list(criteria(study, segment, language)),
        "serving": partial(_serving, study),
        "shared": partial(_shared, study),
        "called": partial(name_of, study=study, language=language),
    }


def criteria(study: Study, segment: Segment, language: str) -> Iterator[str]:
    """Yield the values by which somebody belongs to a segment, as the study calls them."""
    known = study.settings.attributes
    for key, values in segment.rule.items():
        for value in values:
            label = known.get(key, {}).get(value)
            yield label.say(language) if label else value


def _serving(study: Study, segment: Segment) -> list[str]:
    return [u.id for u in study.care.units.values() if segment.id in u.serves]


def _shared(study: Study, segment: Segment) -> bool:
    """Tell whether the reason of a segment's contact level is that of its parent."""
    above = study.segments.all.get(segment.parent or "")
    return above is not None and above.contact_reason == segment.contact_reason
