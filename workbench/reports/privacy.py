"""The privacy gate: what may be shown of whom, decided before anything is rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said
from workbench.material.segments import SegmentLevel
from workbench.study import Study, segment_of

HANDLER_CODES = ("DET.03.1", "DET.07.3")
"""Codes about one contact person: in a single-handler service such words point at a colleague."""


@dataclass(frozen=True)
class Gate:
    """What a report for a segment may show.

    `study` is the view whose material is shown: the segment's own, or the nearest parent's with
    enough informants, or None if even the top is too small. `asked` is the segment it is for.
    """

    asked: str
    study: Study | None
    of: int

    @property
    def shown(self) -> str:
        """Return the segment whose material is shown, or nothing."""
        return self.study.segment if self.study else ""

    @property
    def rolled_up(self) -> bool:
        """Tell whether a parent's material stands for the segment's own."""
        return self.shown != self.asked


def gate(view: Study) -> Gate:
    """Decide what the report of a segment may show; raises `WorkbenchError` for no segment."""
    asked = segment_of(view).id
    whole = view.whole or view
    for name in whole.segments.holding(asked):
        here = whole.where(segment=name)
        people = len(could_have_said(here))
        if people >= whole.settings.privacy.quote:
            return Gate(asked, here, people)
    return Gate(asked, None, 0)


def attribution(study: Study, informant: str) -> str:
    """Return the smallest base segment or roll-up of an informant with enough people to hide in."""
    whole = study.whole or study
    base = whole.segments.base_of(informant)
    if not base:
        return ""
    for name in whole.segments.holding(base):
        if whole.segments[name].level is SegmentLevel.CROSS:
            continue
        if len(whole.segments.people[name]) >= whole.settings.privacy.quote:
            return name
    return ""


def quotable(study: Study, coding: Coding) -> bool:
    """Tell whether the words of a coding may stand in a report.

    Only a customer's own words, with consent, from a group large enough to hide in, and none
    about one contact person or out of a confidential document. An observer's note is never a
    quote.
    """
    whole = study.whole or study
    name = whole.speaker(coding)
    if not name:
        return False
    about_handler = {whole.codebook.called(ref) for ref in HANDLER_CODES} - {""}
    return (
        whole.informants[name].consent.quote
        and not whole.documents[coding.document].confidential
        and bool(attribution(study, name))
        and coding.code not in about_handler
    )


def choose_quotes(study: Study, codings: Iterable[Coding], most: int) -> list[Coding]:
    """Choose at most `most` quotable passages, the voices in turn, nobody above their share.

    The same words are chosen once; order is that of the material, so a rerun chooses the same.
    """
    waiting: dict[str, list[Coding]] = {}
    seen = set()
    for coding in codings:
        p = coding.passage
        if (p.document, p.turn, p.start, p.end) not in seen and quotable(study, coding):
            seen.add((p.document, p.turn, p.start, p.end))
            waiting.setdefault(study.speaker(coding), []).append(coding)
    chosen: list[Coding] = []
    said: Counter[str] = Counter()
    limit = max(1, ceil(most * study.settings.privacy.share))
    while len(chosen) < most and any(waiting.values()):
        for name, own in waiting.items():
            if own and len(chosen) < most:
                chosen.append(own.pop(0))
                said[name] += 1
                if said[name] >= limit:
                    own.clear()
    return chosen
