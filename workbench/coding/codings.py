"""Codings: one coder's judgements on one document, a TSV beside it with the exact words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Place

COLUMNS = ("turn", "start", "end", "code", "facets", "quote", "memo")
_NEEDED = COLUMNS[:6]
_NUMBER = re.compile(r"\d{1,9}")
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
    at = {name: columns.index(name) for name in columns}
    extra = [name for name in columns if name not in COLUMNS]
    codings: list[Coding] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            hint = "Keep the lines of both sides and remove the marks."
            problems.append(Problem(path, number, "an unfinished merge stands here.", hint))
            continue
        cells = line.split("\t")
        if columns[-1] == MEANING and len(cells) == len(columns) - 1:
            cells.append("")
        if len(cells) != len(columns):
            message = f"{len(cells)} fields instead of {len(columns)}."
            hint = "Fields are separated by tabs; write a tab inside a quote as \\t."
            problems.append(Problem(path, number, message, hint))
            continue
        turn, start, end = (cells[at[name]] for name in COLUMNS[:3])
        if not all(_NUMBER.fullmatch(cell) for cell in (turn, start, end)):
            message = f"turn, start and end must be whole numbers, not {turn} {start} {end}."
            problems.append(Problem(path, number, message, "Nine digits are the most."))
            continue
        quote = unescape(cells[at["quote"]])
        if not quote.strip():
            message = "the quote is empty."
            hint = "Copy the coded words from the turn."
            problems.append(Problem(path, number, message, hint))
            continue
        codings.append(
            Coding(
                passage=Passage(document, int(turn), int(start), int(end), quote),
                code=cells[at["code"]].strip(),
                coder=coder,
                place=Place(path, number),
                facets=frozenset(cells[at["facets"]].split()),
                memo=unescape(cells[at["memo"]]) if "memo" in at else "",
                extra=tuple(
                    (name, cells[at[name]]) for name in extra if name != MEANING or cells[at[name]]
                ),
            )
        )
    return codings, problems + _repeated(codings)


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
    for coding in codings:
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
