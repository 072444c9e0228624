"""One coder's desk: the codings of one document, changed one act at a time, each saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.files import Changed, read, write
from workbench.base.problems import Level, WorkbenchError, near_miss
from workbench.base.records import Place
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Codebook
from workbench.coding.codings import (
    Coding,
    Passage,
    Standing,
    format_codings,
    parse_codings,
    sidecar,
)
from workbench.material.documents import Document

Key = tuple[int, int, int, str]
"""What names a coding in its file: turn, start, end and code."""


class CannotCode(WorkbenchError):
    """An act asks for what cannot be; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coder's file as it is: its lines, and the same codings where their words stand now.

    `lines[n]` and `placed[n]` are the same judgement. What has moved keeps its old place in the
    file until somebody changes the coding or accepts the move.
    """

    lines: tuple[Coding, ...]
    placed: tuple[Coding, ...]


class Desk:
    """The codings of `coder` in `document`.

    Every act is in the file before it returns, with undo and redo as long as the desk stands. If
    the file was changed by somebody else, the act raises `Changed`, the refused version is kept
    beside the file, and the desk shows the file as it is now. Raises `CannotCode` if the coder's
    file has lines that cannot be read: they would be lost.
    """

    def __init__(self, document: Document, coder: str, codebook: Codebook) -> None:
        self.document = document
        self.coder = coder
        self.codebook = codebook
        self.path: Path = sidecar(document.path, coder)
        self._undo: list[tuple[Coding, ...]] = []
        self._redo: list[tuple[Coding, ...]] = []
        self.refresh()

    def refresh(self) -> None:
        """Read the coder's file again; undo begins anew."""
        lines: list[Coding] = []
        if self.path.exists():
            self._text, problems = read(self.path)
            lines, more = parse_codings(self._text.content, self.path, self.document.id, self.coder)
            for problem in problems + more:
                if problem.level is Level.ERROR:
                    raise CannotCode(f"{problem} Mend the file first, so that nothing is lost.")
        else:
            self._text = read(self.path)[0]
        self._undo.clear()
        self._redo.clear()
        self._lay(lines)

    def _lay(self, lines: Iterable[Coding]) -> None:
        kept = tuple(sorted(lines, key=lambda c: c.key))
        placed, _ = anchor(kept, self.document)
        self.sheet = Sheet(kept, tuple(placed))

    @property
    def codings(self) -> tuple[Coding, ...]:
        """Return the codings where their words stand now; lost ones among them."""
        return self.sheet.placed

    def code(
        self, turn: int, start: int, end: int, code: str, facets: Iterable[str] = (), memo: str = ""
    ) -> Coding:
        """Code the words `[start, end)` of a turn; blanks at the ends are left out."""
        passage = self._passage(turn, start, end)
        self._known([code], self.codebook.content)
        self._known(facets, self.codebook.facets)
        made = Coding(
            passage, code, self.coder, Place(self.path, 1), frozenset(facets), memo.strip()
        )
        if made.key in (c.key for c in self.sheet.lines):
            raise CannotCode(f"'{passage.quote}' is coded '{code}' already.")
        self._save((*self.sheet.lines, made))
        return made

    def uncode(self, key: Key) -> None:
        """Take a coding away."""
        self._save(tuple(c for c in self.sheet.lines if c is not self._at(key)[0]))

    def facet(self, key: Key, facet: str) -> Coding:
        """Give a coding a facet, or take it away where it has it."""
        self._known([facet], self.codebook.facets)
        return self._change(key, lambda c: replace(c, facets=c.facets ^ {facet}))

    def memo(self, key: Key, memo: str) -> Coding:
        """Write a coding's memo."""
        return self._change(key, lambda c: replace(c, memo=memo.strip()))

    def recode(self, key: Key, code: str) -> Coding:
        """Give the same words another code."""
        self._known([code], self.codebook.content)
        return self._change(key, lambda c: replace(c, code=code))

    def stretch(self, key: Key, start: int, end: int) -> Coding:
        """Move the boundaries of a coding within its turn."""
        passage = self._passage(self._at(key)[1].passage.turn, start, end)
        return self._change(key, lambda c: c.at(passage, Standing.EXACT))

    def split(self, key: Key, at: int) -> tuple[Coding, Coding]:
        """Part a coding in two at an offset of its turn; both keep facets and memo."""
        line, placed = self._at(key)
        p = placed.passage
        if not p.start < at < p.end:
            raise CannotCode(f"{at} is not inside the coding ({p.start}–{p.end}).")
        parts = [
            placed.at(self._passage(p.turn, start, end), Standing.EXACT)
            for start, end in ((p.start, at), (at, p.end))
        ]
        self._save((*(c for c in self.sheet.lines if c is not line), *parts))
        return parts[0], parts[1]

    def undo(self) -> bool:
        """Take the last act back; tell whether there was one."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Do again what was taken back last; tell whether there was something."""
        return self._step(self._redo, self._undo)

    def _step(self, here: list[tuple[Coding, ...]], there: list[tuple[Coding, ...]]) -> bool:
        if not here:
            return False
        now = self.sheet.lines
        self._write(here[-1])
        there.append(now)
        here.pop()
        return True

    def _save(self, lines: tuple[Coding, ...]) -> None:
        now = self.sheet.lines
        self._write(lines)
        self._undo.append(now)
        self._redo.clear()

    def _write(self, lines: tuple[Coding, ...]) -> None:
        try:
            self._text = write(self._text, format_codings(lines, self.codebook.facets))
        except Changed:
            self.refresh()
            raise
        self._lay(lines)

    def _change(self, key: Key, change: Callable[[Coding], Coding]) -> Coding:
        line, placed = self._at(key)
        made = change(placed)
        if made.key in (c.key for c in self.sheet.lines if c is not line):
            raise CannotCode(f"'{made.passage.quote}' is coded '{made.code}' already.")
        self._save(tuple(made if c is line else c for c in self.sheet.lines))
        return made

    def _at(self, key: Key) -> tuple[Coding, Coding]:
        for line, placed in zip(self.sheet.lines, self.sheet.placed, strict=True):
            if line.key == key:
                return line, placed
        raise CannotCode(f"There is no coding '{key[3]}' at [{key[0]}] {key[1]}–{key[2]}.")

    def _passage(self, turn: int, start: int, end: int) -> Passage:
        if turn not in self.document.turns:
            raise CannotCode(f"{self.document.id} has no turn [{turn}].")
        text = self.document.turns[turn].text
        words = text[max(start, 0) : max(end, 0)]
        start = max(start, 0) + len(words) - len(words.lstrip())
        words = words.strip()
        if not words:
            raise CannotCode("There are no words to code.")
        return Passage(self.document.id, turn, start, start + len(words), words)

    def _known(self, names: Iterable[str], known: Iterable[str]) -> None:
        all_known = list(known)
        for name in names:
            if name not in all_known:
                raise CannotCode(f"The codebook has no '{name}'. {near_miss(name, all_known)}")
