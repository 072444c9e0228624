"""One coder's desk: the codings of one document, changed one act at a time, each saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from workbench.base.files import Changed, digest, read, write
from workbench.base.languages import Near, Said
from workbench.base.problems import Level
from workbench.base.records import Place
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Codebook
from workbench.coding.codings import (
    Coding,
    Form,
    Passage,
    Standing,
    parse_codings,
    sidecar,
)
from workbench.coding.recoding import stamped, under
from workbench.material.documents import Document

Key = tuple[int, int, int, str]
"""What names a coding in its file: turn, start, end and code."""


class CannotCode(Said):
    """An act asks for what cannot be; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the coder's file, and the same judgement where its words stand now.

    What has moved keeps its old place in the file until somebody changes the coding.
    """

    line: Coding
    placed: Coding
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The file's lines of one turn, in order, and their text: what an act leaves alone stays."""

    rows: dict[Key, Row]
    text: str

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Lines:
        """Return the lines of `rows` in the order of the file."""
        in_order = sorted(rows, key=lambda row: row.line.key)
        return cls({row.line.key: row for row in in_order}, "".join(r.text for r in in_order))


NONE = Lines({}, "")


@dataclass(frozen=True, slots=True)
class Act:
    """What one act took out of the file and what it put there; taken back by doing the reverse."""

    taken: tuple[Row, ...] = ()
    put: tuple[Row, ...] = ()

    @property
    def back(self) -> Act:
        """Return the act that takes this one back."""
        return Act(self.put, self.taken)

    @property
    def turns(self) -> frozenset[int]:
        """Return the turns whose codings change."""
        return frozenset(row.placed.passage.turn for row in (*self.taken, *self.put))


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
        self._undo: list[Act] = []
        self._redo: list[Act] = []
        self.touched: frozenset[int] = frozenset()
        """The turns whose codings the last act changed."""
        self.refresh()

    def refresh(self) -> None:
        """Read the coder's file again; undo begins anew."""
        lines: list[Coding] = []
        if self.path.exists():
            self._text, problems = read(self.path)
            lines, more = parse_codings(self._text.content, self.path, self.document.id, self.coder)
            for problem in problems + more:
                if problem.level is Level.ERROR:
                    raise CannotCode("code_broken", problem=problem)
        else:
            self._text = read(self.path)[0]
        self._form = Form.of(lines, self.codebook.facets)
        self._lines = {
            turn: Lines.of(rows)
            for turn, rows in groupby(self._laid(lines), lambda row: row.line.passage.turn)
        }
        self._strayed = {
            row.line.passage.turn
            for row in self.rows
            if row.placed.passage.turn != row.line.passage.turn
        }
        self._undo.clear()
        self._redo.clear()
        self.touched = frozenset(self.document.turns)

    @property
    def outdated(self) -> bool:
        """Tell whether somebody has changed the file since it was read."""
        found = digest(self.path.read_bytes()) if self.path.exists() else ""
        return found != self._text.digest

    def _laid(self, lines: Iterable[Coding]) -> tuple[Row, ...]:
        kept = sorted(lines, key=lambda c: c.key)
        placed, _ = anchor(kept, self.document)
        return tuple(
            Row(line, where, self._form.line(line))
            for line, where in zip(kept, placed, strict=True)
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the lines of the file in its order, lost ones among them."""
        return tuple(row for lines in self._lines.values() for row in lines.rows.values())

    def standing_in(self, turns: Iterable[int]) -> Iterator[Row]:
        """Yield the lines whose words stand in `turns` now."""
        wanted = set(turns)
        for turn in sorted(wanted | self._strayed):
            for row in self._lines.get(turn, NONE).rows.values():
                if row.placed.passage.turn in wanted:
                    yield row

    @property
    def codings(self) -> tuple[Coding, ...]:
        """Return the codings where their words stand now; lost ones among them."""
        return tuple(row.placed for row in self.rows)

    def code(
        self, turn: int, start: int, end: int, code: str, facets: Iterable[str] = (), memo: str = ""
    ) -> Coding:
        """Code the words `[start, end)` of a turn; blanks at the ends are left out."""
        passage = self.passage(turn, start, end)
        self._known([code], self.codebook.content)
        self._known(facets, self.codebook.facets)
        made = Coding(
            passage, code, self.coder, Place(self.path, 1), frozenset(facets), memo.strip()
        )
        made = under(made, self.codebook)
        self._save((), (made,))
        return made

    def code_each(self, places: Iterable[tuple[int, int, int]], code: str) -> tuple[Key, ...]:
        """Code the words in several places with one act; what is coded so already stays.

        Return what names the codings that are there now.
        """
        self._known([code], self.codebook.content)
        passages = [self.passage(*place) for place in places]
        rows = self.standing_in({p.turn for p in passages})
        standing = {row.placed.key: row.line.key for row in rows}
        made: dict[Key, Coding] = {}
        for passage in passages:
            plain = Coding(passage, code, self.coder, Place(self.path, 1))
            made[plain.key] = under(plain, self.codebook)
        if new := [c for key, c in made.items() if key not in standing]:
            self._save((), new)
        return tuple(standing.get(key, key) for key in made)

    def uncode(self, *keys: Key) -> None:
        """Take codings away."""
        self._save(tuple(map(self._at, keys)), ())

    def facet(self, key: Key, facet: str) -> Coding:
        """Give a coding a facet, or take it away where it has it."""
        return self.facet_each([key], facet, facet not in self._at(key).placed.facets)[0]

    def facet_each(self, keys: Iterable[Key], facet: str, given: bool) -> tuple[Coding, ...]:
        """Give several codings a facet, or take it away from them, with one act."""
        self._known([facet], self.codebook.facets)
        number = self.codebook[facet].meaning
        rows = tuple(map(self._at, keys))

        def changed(c: Coding) -> Coding:
            if given == (facet in c.facets):
                return c
            made = replace(c, facets=c.facets ^ {facet})
            return stamped(made, facet, number) if given else made

        made = tuple(changed(row.placed) for row in rows)
        self._save(rows, made)
        return made

    def memo(self, key: Key, memo: str) -> Coding:
        """Write a coding's memo."""
        return self._change(key, lambda c: replace(c, memo=memo.strip()))

    def recode(self, key: Key, code: str) -> Coding:
        """Give the same words another code."""
        self._known([code], self.codebook.content)
        return self._change(key, lambda c: under(replace(c, code=code), self.codebook))

    def stretch(self, key: Key, start: int, end: int) -> Coding:
        """Move the boundaries of a coding within its turn."""
        passage = self.passage(self._at(key).placed.passage.turn, start, end)
        return self._change(key, lambda c: c.at(passage, Standing.EXACT))

    def split(self, key: Key, at: int) -> tuple[Coding, Coding]:
        """Part a coding in two at an offset of its turn; both keep facets and memo."""
        row = self._at(key)
        p = row.placed.passage
        if not p.start < at < p.end:
            raise CannotCode("code_not_inside", at=at, start=p.start, end=p.end)
        parts = [
            row.placed.at(self.passage(p.turn, start, end), Standing.EXACT)
            for start, end in ((p.start, at), (at, p.end))
        ]
        self._save((row,), parts)
        return parts[0], parts[1]

    def undo(self) -> bool:
        """Take the last act back; tell whether there was one."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Do again what was taken back last; tell whether there was something."""
        return self._step(self._redo, self._undo)

    def _step(self, here: list[Act], there: list[Act]) -> bool:
        if not here:
            return False
        act = here[-1]
        self._write(act)
        here.pop()
        there.append(act.back)
        return True

    def _save(self, taken: tuple[Row, ...], put: Iterable[Coding]) -> None:
        act = Act(taken, self._laid(put))
        free = {row.line.key for row in taken}
        come: set[Key] = set()
        for row in act.put:
            key = row.line.key
            if key in come or (key not in free and self._has(key)):
                p = row.line.passage
                raise CannotCode("code_already", quote=p.quote, code=row.line.code)
            come.add(key)
        self._write(act)
        self._undo.append(act.back)
        self._redo.clear()

    def _write(self, act: Act) -> None:
        gone, put = {row.line.key for row in act.taken}, {row.line.key: row for row in act.put}
        lines = self._lines.copy()
        for turn in {key[0] for key in gone | put.keys()}:
            stay = {k: row for k, row in lines.get(turn, NONE).rows.items() if k not in gone}
            come = {k: row for k, row in put.items() if k[0] == turn}
            lines[turn] = Lines.of((stay | come).values())
        lines = {turn: lines[turn] for turn in sorted(lines)}
        try:
            self._text = write(self._text, self._form.text(part.text for part in lines.values()))
        except Changed:
            self.refresh()
            raise
        self._lines = lines
        self.touched = act.turns

    def _change(self, key: Key, change: Callable[[Coding], Coding]) -> Coding:
        row = self._at(key)
        made = change(row.placed)
        self._save((row,), (made,))
        return made

    def _at(self, key: Key) -> Row:
        if not self._has(key):
            raise CannotCode("code_no_coding", code=key[3], place=f"[{key[0]}] {key[1]}–{key[2]}")
        return self._lines[key[0]].rows[key]

    def _has(self, key: Key) -> bool:
        return key in self._lines.get(key[0], NONE).rows

    def passage(self, turn: int, start: int, end: int) -> Passage:
        """Return the words `[start, end)` of a turn without the blanks at their ends."""
        if turn not in self.document.turns:
            raise CannotCode("code_no_turn", document=self.document.id, turn=turn)
        text = self.document.turns[turn].text
        words = text[max(start, 0) : max(end, 0)]
        start = max(start, 0) + len(words) - len(words.lstrip())
        words = words.strip()
        if not words:
            raise CannotCode("code_no_words")
        return Passage(self.document.id, turn, start, start + len(words), words)

    def _known(self, names: Iterable[str], known: Iterable[str]) -> None:
        all_known = list(known)
        for name in names:
            if name not in all_known:
                raise CannotCode("code_unknown", code=name, hint=Near(name, all_known))
            if self.codebook[name].retired:
                raise CannotCode("code_retired", code=name)
