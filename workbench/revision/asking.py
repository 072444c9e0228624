"""What a change is asked with: codes that are there and fit, decisions, and who asks and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workbench.base.problems import near_miss
from workbench.coding.codebook import Code, Codebook
from workbench.coding.codings import Coding
from workbench.coding.history import Entry
from workbench.coding.recoding import Decision, meaning, names, stamped
from workbench.revision.changes import CannotChange
from workbench.revision.shelf import Shelf

Texts = Mapping[str, str]
"""A text by language."""
Key = tuple[str, str, int, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Who changes the codebook, why and when; all of it may be left out."""

    reason: str = ""
    who: str = ""
    date: str = ""

    def entry(self, verb: str, code: str, to: Iterable[str] = (), was: str = "") -> Entry:
        """Return the line of the history."""
        day = self.date or datetime.date.today().isoformat()
        return Entry(
            date=day, verb=verb, code=code, to=tuple(to), who=self.who, reason=self.reason, was=was
        )


NO_NOTE = Note()


def swapped(c: Coding, old: str, new: str, number: int) -> Coding:
    """Return a coding with `new` in place of the code or facet `old`, under a meaning of `new`."""
    if old not in names(c):
        return c
    had = new != old and new in names(c)
    number = max(number, meaning(c, new)) if had else number
    code = new if c.code == old else c.code
    facets = frozenset(new if f == old else f for f in c.facets)
    return stamped(replace(c, code=code, facets=facets), new, number)


def known(book: Codebook, name: str) -> Code:
    """Return a code; raises `CannotChange` with the near miss if there is none."""
    if name not in book:
        raise CannotChange(f"The codebook has no '{name}'. {near_miss(name, book.codes)}")
    return book[name]


def usable(book: Codebook, name: str) -> Code:
    """Return a code that is not retired."""
    code = known(book, name)
    if code.retired:
        raise CannotChange(f"'{name}' is retired since {code.retired}.")
    return code


def of_one_kind(book: Codebook, code: Code, other: Code) -> Code:
    """Return `code`; raises `CannotChange` if one is a facet and the other is not."""
    if book.trees[code.tree].kind is not book.trees[other.tree].kind:
        raise CannotChange(f"'{code.id}' and '{other.id}' are not of one kind (content, facet).")
    return code


def free(book: Codebook, name: str) -> None:
    """Raise `CannotChange` if `name` cannot be the id of a new code."""
    if name in book:
        raise CannotChange(f"The codebook has '{name}' already. Merge the two, or choose another.")
    if not name or any(c.isspace() or c in "\"'\\,[]{}:#" for c in name):
        raise CannotChange(f"'{name}' cannot be a code. Use one word; join words with -.")


def key(c: Coding, name: str) -> Key:
    """Return what names the judgement `name` of a coding: document, coder, place, code or facet."""
    p = c.passage
    return p.document, c.coder, p.turn, p.start, p.end, name


def targets(decisions: Iterable[Decision]) -> dict[Key, str]:
    """Return what the decided codings get."""
    return {(d.document, d.coder, d.turn, d.start, d.end, d.code): d.to for d in decisions}


def one_of(name: str, into: Iterable[str]) -> str:
    """Return `name`; raises `CannotChange` if it is not among `into`."""
    if name not in into:
        raise CannotChange(f"'{name}' is none of {', '.join(into)}.")
    return name


def must_exist(chosen: Iterable[Key], shelf: Shelf) -> None:
    """Raise `CannotChange` if a decided coding is not in its file."""
    there = {key(line, name) for line, _ in shelf.codings() for name in names(line)}
    for document, coder, turn, start, end, code in set(chosen) - there:
        raise CannotChange(
            f"{document}.{coder} has no coding '{code}' at [{turn}] {start}–{end}. "
            "Make the list again with `workbench recode --tsv`."
        )
