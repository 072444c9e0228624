"""The privacy gate: what may be shown of whom, decided before anything is rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said, speakers
from workbench.material.informants import Side
from workbench.material.segments import SegmentLevel
from workbench.study import Study, answered, segment_of

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
        if people >= whole.settings.privacy.group:
            return Gate(asked, here, people)
    return Gate(asked, None, 0)


class Reason(StrEnum):
    """Why words are not quoted."""

    NOTE = "note"
    PROVIDER = "provider"
    CONSENT = "consent"
    CONFIDENTIAL = "confidential"
    HANDLER = "handler"
    GROUP = "group"
    LANGUAGE = "language"


Refused = dict[tuple[str, int, int, int], Reason]
"""Words that may not be quoted: document, turn, start, end, and why."""


@answered
def attribution(study: Study, informant: str, language: str = "") -> str:
    """Return the smallest base segment or roll-up of an informant with enough people to hide in.

    Where words are quoted, as many of its people must speak their `language`.
    """
    whole = study.whole or study
    base = whole.segments.base_of(informant)
    if not base:
        return ""
    for name in whole.segments.holding(base):
        if whole.segments[name].level is SegmentLevel.CROSS:
            continue
        alike = whole.segments.people[name]
        if language:
            alike &= _speaking(whole, language)
        if len(alike) >= whole.settings.privacy.group:
            return name
    return ""


def _speaking(whole: Study, language: str) -> frozenset[str]:
    """Return the informants who speak in a document in `language`."""
    found = whole.derived.get((_speaking, language))
    if not isinstance(found, frozenset):
        documents = (name for name, d in whole.documents.items() if d.language == language)
        found = frozenset[str]().union(*(speakers(whole, name) for name in documents))
        whole.derived[_speaking, language] = found
    return found


def reason(study: Study, coding: Coding) -> Reason | None:
    """Return why the words of a coding may not stand in a report, or None if they may.

    Only a customer's own words, with consent, from a group large enough to hide in and in a
    language that enough of it speak, and none about one contact person or out of a confidential
    document. An observer's note is never a quote. Who talks of being one of few is not seen: a
    person names such turns (`Consent.withhold`).
    """
    whole = study.whole or study
    name = whole.speaker(coding)
    if not name:
        return Reason.NOTE
    document = whole.documents[coding.document]
    about_handler = {whole.codebook.called(ref) for ref in HANDLER_CODES} - {""}
    refusals = {
        Reason.PROVIDER: whole.informants[name].side is Side.PROVIDER,
        Reason.CONSENT: not consents(whole, name, coding.document, coding.passage.turn),
        Reason.CONFIDENTIAL: document.confidential,
        Reason.HANDLER: coding.code in about_handler,
        Reason.GROUP: not attribution(study, name),
        Reason.LANGUAGE: not attribution(study, name, document.language),
    }
    return next((why for why, refused in refusals.items() if refused), None)


@answered
def consents(study: Study, informant: str, document: str, turn: int) -> bool:
    """Tell whether an informant agreed that these words be quoted."""
    return study.informants[informant].consent.covers(document, turn)


def quotable(study: Study, coding: Coding) -> bool:
    """Tell whether the words of a coding may stand in a report."""
    return reason(study, coding) is None


def choose_quotes(
    study: Study, codings: Iterable[Coding], most: int, refused: Refused | None = None
) -> list[Coding]:
    """Choose at most `most` quotable passages, the voices in turn, nobody above their share.

    The same words are chosen once; order is that of the material, so a rerun chooses the same.
    `refused` gets the words that may not be quoted, with the reason.
    """
    refused = {} if refused is None else refused
    waiting: dict[str, list[Coding]] = {}
    seen = set()
    for coding in codings:
        p = coding.passage
        if (words := (p.document, p.turn, p.start, p.end)) in seen:
            continue
        if why := reason(study, coding):
            refused[words] = why
        else:
            seen.add(words)
            waiting.setdefault(study.speaker(coding), []).append(coding)
    chosen: list[Coding] = []
    said: Counter[str] = Counter()
    limit = _limit(most, study.settings.privacy.share)
    while len(chosen) < most and any(waiting.values()):
        for name, own in waiting.items():
            if own and len(chosen) < most:
                chosen.append(own.pop(0))
                said[name] += 1
                if said[name] >= limit:
                    own.clear()
    return chosen


def voices(most: int, share: float) -> int:
    """Return how many people at least are behind `most` quotes chosen."""
    return ceil(most / _limit(most, share))


def _limit(most: int, share: float) -> int:
    return max(1, ceil(most * share))
