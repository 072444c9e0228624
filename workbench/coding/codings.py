"""Codings: one coder's judgements on one document, a TSV beside it with the exact words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, repeat
from operator import attrgetter
from pathlib import Path

from workbench.base.bulk import records
from workbench.base.problems import Problem, near_miss
from workbench.base.records import Place

COLUMNS = ("turn", "start", "end", "code", "facets", "quote", "memo")
_NEEDED = COLUMNS[:6]
_DIGITS = 9
_NUMBER = re.compile(rf"\d{{1,{_DIGITS}}}")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")
"""How a line begins where git could not merge."""
MEANING = "meaning"
"""A last column that a line may lack: few codings need it, and other lines stay as they are."""
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"))


class Standing(StrEnum):
    """How a coding's words stand in the document as it is now."""

    EXACT = "exact"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document: a turn, code points `[start, end)` in its text, and the words."""

    document: str
    turn: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's judgement on one passage.

    `extra` keeps further columns of the file as they are; `standing` is set when the passage is
    looked up in its document.
    """

    passage: Passage
    code: str
    coder: str
    place: Place
    facets: frozenset[str] = frozenset()
    memo: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    standing: Standing = Standing.EXACT

    @property
    def document(self) -> str:
        """Return the id of the coded document."""
        return self.passage.document

    @property
    def key(self) -> tuple[int, int, int, str]:
        """Return what names a coding within its file: turn, start, end and code."""
        p = self.passage
        return p.turn, p.start, p.end, self.code

    def at(self, passage: Passage, standing: Standing) -> Coding:
        """Return the same judgement on `passage`."""
        return replace(self, passage=passage, standing=standing)


def by_document(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return the codings of each document, in their order."""
    found: dict[str, list[Coding]] = {}
    for name, group in groupby(codings, attrgetter("passage.document")):
        found.setdefault(name, []).extend(group)
    return found


def sidecar(document: Path, coder: str) -> Path:
    """Return the file of `coder`'s codings of a document: `h03.aino.tsv` beside `h03.md`."""
    return document.with_name(f"{document.stem}.{coder}.tsv")


def parse_codings(
    text: str, path: Path, document: str, coder: str
) -> tuple[list[Coding], list[Problem]]:
    """Read the codings of one coder from TSV; pure. Lines that cannot be read are problems."""
    lines = text.split("\n")
    columns = lines[0].split("\t")
    if missing := [c for c in _NEEDED if c not in columns]:
        message = f"the header lacks {', '.join(missing)}."
        hint = f"The first line must be {' '.join(COLUMNS)}, with tabs between."
        return [], [Problem(path, 1, message, hint)]
    if len(set(columns)) < len(columns):
        return [], [Problem(path, 1, "a column name stands twice.", "Keep one of them.")]
    rows = [line.split("\t") for line in lines[1 : -1 if text.endswith("\n") else None]]
    problems = list[Problem]()
    numbers: Sequence[int] = range(2, len(rows) + 2)
    if columns[-1] == MEANING:
        rows = [_whole(cells, columns) for cells in rows]
    if not _sound(rows, columns):
        numbers, rows, problems = _readable(lines, columns, path)
    codings = _made(rows, numbers, columns, path, document, coder)
    return codings, problems + _repeated(codings)


def _whole(cells: list[str], columns: list[str]) -> list[str]:
    """Return the cells of a line, with a last one for the mark of meaning that it may lack."""
    lacks = columns[-1] == MEANING and len(cells) == len(columns) - 1
    return [*cells, ""] if lacks else cells


def _sound(rows: list[list[str]], columns: list[str]) -> bool:
    """Tell whether plainly no line has a fault; looks at all of them at once, so it is quick.

    Where it says no, `_readable` looks at each line, and knows.
    """
    if not rows or set(map(len, rows)) != {len(columns)}:
        return False
    cells = dict(zip(columns, zip(*rows, strict=True), strict=True))
    numbers = (*cells["turn"], *cells["start"], *cells["end"])
    return (
        "".join(numbers).isdecimal()
        and all(numbers)
        and max(map(len, numbers)) <= _DIGITS
        and all(map(str.strip, _plain(cells["quote"])))
        and not any(cell.startswith(_MARKS) for cell in set(cells[columns[0]]))
    )


def _readable(
    lines: list[str], columns: list[str], path: Path
) -> tuple[Sequence[int], list[list[str]], list[Problem]]:
    """Look at each line: return those that can be read, with their numbers, and what is wrong."""
    at = [columns.index(name) for name in ("turn", "start", "end", "quote")]
    numbers, rows, problems = list[int](), list[list[str]](), list[Problem]()
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if line.startswith(_MARKS):
            hint = "Keep the lines of both sides and remove the marks."
            problems.append(Problem(path, number, "an unfinished merge stands here.", hint))
            continue
        cells = _whole(line.split("\t"), columns)
        if len(cells) != len(columns):
            message = f"{len(cells)} fields instead of {len(columns)}."
            hint = "Fields are separated by tabs; write a tab inside a quote as \\t."
            problems.append(Problem(path, number, message, hint))
            continue
        turn, start, end, quote = (cells[n] for n in at)
        if not all(_NUMBER.fullmatch(cell) for cell in (turn, start, end)):
            message = f"turn, start and end must be whole numbers, not {turn} {start} {end}."
            problems.append(Problem(path, number, message, "Nine digits are the most."))
            continue
        if not unescape(quote).strip():
            message = "the quote is empty."
            hint = "Copy the coded words from the turn."
            problems.append(Problem(path, number, message, hint))
            continue
        numbers.append(number)
        rows.append(cells)
    return numbers, rows, problems


def _made(
    rows: list[list[str]],
    numbers: Iterable[int],
    columns: list[str],
    path: Path,
    document: str,
    coder: str,
) -> list[Coding]:
    """Return the codings of readable lines, made column by column."""
    cells = dict(zip(columns, zip(*rows, strict=True) if rows else repeat(()), strict=False))
    turns, starts, ends = (map(int, cells[name]) for name in COLUMNS[:3])
    memos = _plain(cells["memo"]) if "memo" in cells else repeat("")
    quotes, names, facets = _plain(cells["quote"]), cells["code"], cells["facets"]
    passages = records(Passage, zip(repeat(document), turns, starts, ends, quotes))
    places = records(Place, zip(repeat(path), numbers))
    judged = passages, map(_name, names), repeat(coder), places, map(_names, facets), memos
    return records(Coding, zip(*judged, _extra(cells), repeat(Standing.EXACT)))


def _extra(cells: Mapping[str, Sequence[str]]) -> Iterable[tuple[tuple[str, str], ...]]:
    """Return what further columns hold, line by line; a mark of meaning only where there is one."""
    further = {name: cells[name] for name in cells if name not in COLUMNS}
    for row in zip(*further.values(), strict=True):
        pairs = zip(further, row, strict=True)
        yield tuple(pair for pair in pairs if pair[1] or pair[0] != MEANING)
    if not further:
        yield from repeat(())


def _plain(cells: Sequence[str]) -> Sequence[str]:
    return [unescape(cell) for cell in cells] if "\\" in "".join(cells) else cells


@lru_cache(maxsize=4096)
def _name(cell: str) -> str:
    return cell.strip()


@lru_cache(maxsize=4096)
def _names(cell: str) -> frozenset[str]:
    return frozenset(cell.split())


def format_codings(codings: Iterable[Coding], facet_order: Iterable[str] = ()) -> str:
    """Return TSV text: one coding a line, sorted by turn, start, end, code; columns kept."""
    rows = sorted(codings, key=lambda c: (*c.key, c.memo))
    form = Form.of(rows, facet_order)
    return form.text(form.line(c) for c in rows)


@dataclass(frozen=True, slots=True)
class Form:
    """How a coder's file is written: its further columns, and the order of facets in a cell."""

    extra: tuple[str, ...]
    facets: dict[str, int]

    @classmethod
    def of(cls, codings: Iterable[Coding], facet_order: Iterable[str]) -> Form:
        """Return the form in which no column of `codings` is left out."""
        extra = dict.fromkeys(name for c in codings for name, _ in c.extra if name != MEANING)
        return cls(tuple(extra), {name: n for n, name in enumerate(facet_order)})

    def line(self, c: Coding) -> str:
        """Return a coding's line of the file; the mark of its code's meaning only if it has one."""
        p, last = c.passage, len(self.facets)
        facets = " ".join(sorted(c.facets, key=lambda f: (self.facets.get(f, last), f)))
        own = (str(p.turn), str(p.start), str(p.end), c.code, facets)
        more = dict(c.extra)
        mark = (more[MEANING],) if more.get(MEANING) else ()
        words = (escape(p.quote), escape(c.memo))
        further = (more.get(name, "") for name in self.extra)
        return "\t".join((*own, *words, *further, *mark)) + "\n"

    def text(self, lines: Iterable[str]) -> str:
        """Return the file: header, then `lines`, each with its line end."""
        columns = (*COLUMNS, *self.extra)
        body = "".join(lines)
        marked = body.count("\t") > body.count("\n") * (len(columns) - 1)
        return "\t".join((*columns, MEANING) if marked else columns) + "\n" + body


def check_codes(
    codings: Iterable[Coding],
    content: Iterable[str],
    facets: Iterable[str],
    became: Callable[[str], str] = lambda _: "",
) -> list[Problem]:
    """Note codes and facets that are not in the book, with what they became or the near miss."""
    codes, angles = set(content), set(facets)
    problems = []
    doubtful = (c for c in codings if c.code not in codes or not c.facets <= angles)
    for coding in doubtful:
        if coding.code not in codes:
            hint = became(coding.code) or near_miss(coding.code, codes)
            if coding.code in angles:
                hint = "It is a facet: write it in the facets column."
            problems.append(coding.place.problem(f"no code '{coding.code}'.", hint))
        for facet in sorted(coding.facets - angles):
            hint = became(facet) or near_miss(facet, angles)
            if facet in codes:
                hint = "It is a content code: give it a line of its own."
            problems.append(coding.place.problem(f"no facet '{facet}'.", hint))
    return problems


def _repeated(codings: list[Coding]) -> list[Problem]:
    if len({c.key for c in codings}) == len(codings):
        return []
    first: dict[tuple[int, int, int, str], int] = {}
    problems = []
    for coding in codings:
        line = first.setdefault(coding.key, coding.place.line)
        if line != coding.place.line:
            message = f"the same coding stands on line {line}."
            problems.append(coding.place.problem(message, "Remove one of them."))
    return problems


def escape(text: str) -> str:
    """Return `text` fit for a field of a TSV file: tab, line break and backslash written out."""
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text


def unescape(text: str) -> str:
    """Return what `escape` was given."""
    if "\\" not in text:
        return text
    kept = "\0"
    text = text.replace("\\\\", kept).replace("\\t", "\t").replace("\\n", "\n")
    return text.replace(kept, "\\")
