"""What became of documents between two rounds, and of the words behind a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from workbench.care.balance import citations, grade, people
from workbench.care.claims import Citation, Finding, Grade
from workbench.material.documents import Document
from workbench.practice.differences import plain
from workbench.study import Study

Words = tuple[Citation, str]
"""A place that is cited, and the coded words in it."""


class How(StrEnum):
    """What became of something from one round to the next."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


class Why(StrEnum):
    """Why words stand behind a finding now, or no longer do."""

    DOCUMENT = "document"
    TEXT = "text"
    CODING = "coding"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Move:
    """Words that came behind a finding (NEW), or went from behind it (GONE), and why."""

    how: How
    words: Words
    why: Why


@dataclass(frozen=True, slots=True)
class Behind:
    """What stood behind a finding then and does now; no grade where there was no finding."""

    moves: tuple[Move, ...]
    people: tuple[frozenset[str], frozenset[str]]
    grades: tuple[Grade | None, Grade | None]

    @property
    def stays(self) -> bool:
        """Tell whether words, people and grade are what they were."""
        return not self.moves and len(set(self.people)) == 1 and len(set(self.grades)) == 1


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that came, went or was edited: in these turns, or only in its front matter."""

    document: Document
    how: How
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """Something beside documents and care model that changed: a segment, a code, an informant."""

    kind: str
    id: str
    how: How


@dataclass(frozen=True)
class Material:
    """The material of two rounds, held against each other."""

    then: Study
    now: Study

    @cached_property
    def coded(self) -> tuple[frozenset[Words], frozenset[Words]]:
        """Return all words that bear witness, of then and of now."""
        return _coded(self.then), _coded(self.now)

    @property
    def documents(self) -> Iterator[Moved]:
        """Yield the documents that came, went or were edited."""
        old, new = self.then.documents, self.now.documents
        for name in dict.fromkeys((*new, *old)):
            if name not in old or name not in new:
                how = How.NEW if name in new else How.GONE
                yield Moved((new.get(name) or old[name]), how)
            elif _told(old[name]) != _told(new[name]):
                yield Moved(new[name], How.CHANGED, self._edited(name))

    @property
    def others(self) -> Iterator[Other]:
        """Yield whatever else a study is made of and is not what it was."""
        for (kind, old), (_, new) in zip(_others(self.then), _others(self.now), strict=True):
            for name in dict.fromkeys((*new, *old)):
                if name not in old or name not in new:
                    yield Other(kind, name, How.NEW if name in new else How.GONE)
                elif plain(old[name]) != plain(new[name]):
                    yield Other(kind, name, How.CHANGED)

    def _edited(self, name: str) -> tuple[int, ...]:
        numbers = dict.fromkeys((*self.then.documents[name].turns, *self.now.documents[name].turns))
        return tuple(sorted(n for n in numbers if self._differs(name, n)))

    def _differs(self, document: str, turn: int) -> bool:
        old, new = (s.documents[document].turns.get(turn) for s in (self.then, self.now))
        return old is None or new is None or (old.speaker, old.text) != (new.speaker, new.text)

    def behind(self, old: Finding | None, new: Finding | None) -> Behind:
        """Return what stood behind a finding then, what does now, and why it changed."""
        sides = ((old, self.then), (new, self.now))
        before, after = (_behind(f, s) if f else {} for f, s in sides)
        gone = (Move(How.GONE, w, self._why(w, How.GONE)) for w in before if w not in after)
        come = (Move(How.NEW, w, self._why(w, How.NEW)) for w in after if w not in before)
        voices = (people(f.evidence, s.witness) if f else frozenset[str]() for f, s in sides)
        grades = (grade(f, s.witness) if f else None for f, s in sides)
        return Behind((*come, *gone), tuple(voices), tuple(grades))  # type: ignore[arg-type]  # two

    def _why(self, words: Words, how: How) -> Why:
        citation, _ = words
        other, coded = (self.then, 0) if how is How.NEW else (self.now, 1)
        if citation.document not in other.documents:
            return Why.DOCUMENT
        if self._differs(citation.document, citation.turn):
            return Why.TEXT
        return Why.CITATION if words in self.coded[coded] else Why.CODING


def _behind(finding: Finding, study: Study) -> dict[Words, None]:
    """Return the words a finding cites, each once, in the order of its evidence."""
    return dict.fromkeys(
        (citation, coding.passage.quote)
        for citation in citations(finding.evidence, study.witness)
        for coding in study.witness.passages(citation)
    )


def _coded(study: Study) -> frozenset[Words]:
    return frozenset(
        (Citation(c.document, c.passage.turn, c.code), c.passage.quote)
        for here in study.witness.codings.values()
        for c in here
    )


def _others(study: Study) -> tuple[tuple[str, Mapping[str, object]], ...]:
    surveys, feedback, encounters = study.surveys, study.feedback, study.encounters
    counted: dict[str, object] = {
        **{name: (s.form, _ungrouped(s.rows)) for name, s in surveys.items()},
        **{name: (s.form, _ungrouped(s.rows)) for name, s in feedback.items()},
        **{name: (s.form, _ungrouped(s.rows)) for name, s in encounters.items()},
    }
    return (
        ("settings", {"study.yml": study.settings}),
        ("segments", study.segments.all),
        ("informants", study.informants),
        ("codes", study.codebook.codes),
        ("summaries", study.care.themes),
        ("counted", counted),
    )


def _ungrouped(rows: Iterable[Any]) -> tuple[object, ...]:
    """Return rows without their segment, which follows from the segments' rules."""
    return tuple(replace(row, group=replace(row.group, segment="")) for row in rows)


def _told(document: Document) -> tuple[object, ...]:
    turns = [(t.number, t.speaker, t.text) for t in document.turns.values()]
    head = (document.kind, document.date, document.language, str(document.informant))
    return turns, head, document.speakers, document.side, dict(document.attributes)
