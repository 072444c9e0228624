"""Coders' disagreements on a document, decided one by one; each decision is saved at once."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from workbench.base.files import read, write
from workbench.base.languages import Near, Said
from workbench.base.problems import Level, Problem
from workbench.base.records import Place
from workbench.coding.agreed import agreed_codings
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Code, Codebook
from workbench.coding.codings import Coding, Passage, format_codings, parse_codings, sidecar
from workbench.coding.comparison import How, Point, compare
from workbench.coding.decisions import (
    Decision,
    Decisions,
    decisions_file,
    format_decisions,
    open_points,
    outdated,
    parse_decisions,
    settled,
)
from workbench.material.documents import Document

NONE, BOTH = "none", "both"


class CannotDecide(Said):
    """A decision asks for what cannot be; nothing was changed."""


class Adjudication:
    """The disagreements of `coders` on a document, decided one at a time by `by`.

    Every decision is in `DOCUMENT.decisions.yml` before it returns; when the last one is made the
    agreed codings are written to the TSV of the coder called `agreed`. What was decided here can be
    undone and redone until somebody else changes one of the files. Raises `CannotDecide` if a file
    that is needed has lines that cannot be read: they would be lost.
    """

    def __init__(
        self,
        document: Document,
        coders: Iterable[str],
        codebook: Codebook,
        by: str = "",
        agreed: str = "sovittu",
    ) -> None:
        self.document = document
        self.coders = tuple(coders)
        self.codebook = codebook
        self.by = by
        self.agreed = agreed
        self.path = decisions_file(document.path)
        self._undo: list[tuple[Decision, ...]] = []
        self._redo: list[tuple[Decision, ...]] = []
        self._seen: tuple[str, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the coders' files and the decisions again; undo begins anew if they have changed."""
        codings: list[Coding] = []
        seen: list[str] = []
        for coder in self.coders:
            path = sidecar(self.document.path, coder)
            if path.exists():
                text, faults = read(path)
                found, more = parse_codings(text.content, path, self.document.id, coder)
                _sound(faults + more)
                codings += anchor(found, self.document)[0]
                seen.append(text.digest)
        self.points: tuple[Point, ...] = compare(self.document, codings, self.coders)
        self._text, faults = read(self.path)
        kept = Decisions(self.coders)
        if self.path.exists():
            kept, more = parse_decisions(
                self._text.content, self.path, self.document.id, self.agreed
            )
            _sound(faults + more)
        self.decisions = settled(kept, self.document)
        if (now := (self._text.digest, *seen)) != self._seen:
            self._seen = now
            self._undo.clear()
            self._redo.clear()

    @property
    def disagreements(self) -> tuple[Point, ...]:
        """Return the points on which the coders differ, decided or not."""
        return tuple(p for p in self.points if p.how is not How.SAME)

    @property
    def left(self) -> tuple[Point, ...]:
        """Return the disagreements on which nothing is decided."""
        return open_points(self.points, self.decisions)

    def decide(
        self,
        point: Point,
        take: str | Iterable[Coding],
        reason: str,
        on: str = "",
    ) -> Decision:
        """Decide on a point and save it.

        `take` names a coder, "both" or "none", or gives other codings. Of codings under one code
        "both" makes one, over the words and with the facets of all. The date is today unless `on`
        gives it. Raises `CannotDecide` without a reason or a decider, and if somebody has changed
        the codings of the point since it was read.
        """
        self.refresh()
        point = self._still(point)
        if not reason.strip():
            raise CannotDecide("decide_reason")
        if not self.by.strip():
            raise CannotDecide("decide_by")
        taken = self.taken(point, take) if isinstance(take, str) else self._other(point, take)
        place = Place(self.path, 1)
        agreed = tuple(replace(c, coder=self.agreed, place=place) for c in taken)
        date = on or datetime.date.today().isoformat()
        made = Decision(point.codings, agreed, reason.strip(), self.by.strip(), date, place)
        self._decided([*self._others(point), made])
        return made

    def reopen(self, point: Point) -> None:
        """Take the decision on a point back; an agreed file stays as it was and `check` tells."""
        self.refresh()
        self._decided(self._others(self._still(point)))

    def undo(self) -> bool:
        """Take the last act back, as `reopen` does; tell whether there was one."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Do again what was taken back last; tell whether there was something."""
        return self._step(self._redo, self._undo)

    @property
    def steps(self) -> tuple[int, int]:
        """Return how many acts can be undone and redone."""
        return len(self._undo), len(self._redo)

    def _step(self, here: list[tuple[Decision, ...]], there: list[tuple[Decision, ...]]) -> bool:
        if not here:
            return False
        self.refresh()
        if not here:
            raise CannotDecide("decide_underneath", document=self.document.id)
        now = self.decisions.made
        self._save(here[-1])
        here.pop()
        there.append(now)
        self.settle()
        return True

    def _decided(self, made: Iterable[Decision]) -> None:
        before = self.decisions.made
        self._save(tuple(made))
        self._undo.append(before)
        self._redo.clear()
        self.settle()

    def settle(self) -> bool:
        """Write the agreed codings if nothing is left to decide; tell whether it was so."""
        if self.left:
            return False
        path = sidecar(self.document.path, self.agreed)
        kept = agreed_codings(self.points, self.decisions, self.agreed, self.document)
        write(read(path)[0], format_codings(kept, self.codebook.facets))
        return True

    def _still(self, point: Point) -> Point:
        for now in self.disagreements:
            if now.basis == point.basis:
                return now
        raise CannotDecide("decide_changed")

    def _others(self, point: Point) -> list[Decision]:
        """Return the decisions that stay when `point` is decided: not those it takes over from."""
        gone = outdated(self.points, self.decisions)
        return [
            d
            for d in self.decisions.made
            if d.basis != point.basis and not (d in gone and _meets(d, point))
        ]

    def taken(self, point: Point, take: str) -> tuple[Coding, ...]:
        """Return the codings that a choice leaves: a coder's, "both", or "none"."""
        if take == NONE:
            return ()
        if take == BOTH:
            same = len({c.code for c in point.codings}) == 1
            return (self._merged(point),) if same else point.codings
        if take not in self.coders:
            hint = Near(take, (*self.coders, BOTH, NONE))
            raise CannotDecide("decide_taken", take=take, hint=hint)
        return point.of(take)

    def _merged(self, point: Point) -> Coding:
        first = point.codings[0]
        facets = frozenset(f for c in point.codings for f in c.facets)
        memo = " / ".join(dict.fromkeys(c.memo for c in point.codings if c.memo))
        passage = self._passage(point.turn, point.start, point.end)
        return replace(first, passage=passage, facets=facets, memo=memo)

    def _other(self, point: Point, codings: Iterable[Coding]) -> tuple[Coding, ...]:
        """Return a solution of the adjudicator's own; blanks at the ends of words are left out."""
        said = {name for c in point.codings for name in (c.code, *c.facets)}
        kept = []
        for c in codings:
            self._known([c.code], self.codebook.content, said)
            self._known(c.facets, self.codebook.facets, said)
            p = c.passage
            words = self.document.turns[point.turn].text[max(p.start, 0) : max(p.end, 0)]
            start = max(p.start, 0) + len(words) - len(words.lstrip())
            kept.append(
                replace(c, passage=self._passage(point.turn, start, start + len(words.strip())))
            )
        return tuple(kept)

    def _known(self, names: Iterable[str], book: Mapping[str, Code], said: Container[str]) -> None:
        for name in names:
            if name not in book:
                raise CannotDecide("decide_no_code", code=name, hint=Near(name, book))
            if book[name].retired and name not in said:
                raise CannotDecide("decide_retired", code=name)

    def _passage(self, turn: int, start: int, end: int) -> Passage:
        words = self.document.turns[turn].text[start:end]
        if start < 0 or not words.strip():
            raise CannotDecide("decide_no_words", turn=turn, start=start, end=end)
        return Passage(self.document.id, turn, start, start + len(words), words)

    def _save(self, made: tuple[Decision, ...]) -> None:
        between = self.decisions.coders
        if not set(between) <= set(self.coders):
            named = ", ".join(between)
            raise CannotDecide("decide_between", document=self.document.id, coders=named)
        kept = Decisions(self.coders, made)
        self._text = write(self._text, format_decisions(kept, self.codebook.facets))
        self._seen = (self._text.digest, *self._seen[1:])
        self.decisions = kept


def _meets(decision: Decision, point: Point) -> bool:
    return any(
        c.passage.turn == point.turn and c.passage.start < point.end and point.start < c.passage.end
        for c in decision.judged
    )


def _sound(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if problem.level is Level.ERROR:
            raise CannotDecide("decide_mend", place=f"{problem.path}:{problem.line}")
