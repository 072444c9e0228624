"""The history of the codebook: which code was renamed, merged or redefined, when and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from workbench.base.problems import Level, Problem
from workbench.base.records import Place
from workbench.coding.codings import escape, unescape

NAME = "history.tsv"
_MOVED_ON = ("rename", "merge")
_NUMBER = re.compile(r"(?:^|[{,]) *meaning: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change: a verb, the code, what it was changed to, how many codings it touched.

    `was` holds the lines of the codebook that the change took away, `who` and `reason` may be
    empty.
    """

    date: str
    verb: str
    code: str
    to: tuple[str, ...] = ()
    codings: int = 0
    who: str = ""
    reason: str = ""
    was: str = ""

    @property
    def meaning(self) -> int:
        """Return the number of the meaning that the change gave its code; 0 if it gave none.

        It is one more than the number among the lines it took away; the first stands nowhere.
        """
        if self.verb == "redefine" or (self.verb == "split" and self.code in self.to):
            return _number(self.was) + 1
        return 0


COLUMNS = tuple(f.name for f in fields(Entry))
HEADER = "\t".join(COLUMNS) + "\n"


@dataclass(frozen=True)
class History:
    """All changes of a codebook, oldest first."""

    entries: tuple[Entry, ...] = ()

    def chain(self, code: str) -> list[Entry]:
        """Return the renames and merges that a code went through, oldest first."""
        found = []
        for entry in self.entries:
            if entry.code == code and entry.verb in _MOVED_ON:
                found.append(entry)
                code = entry.to[0]
        return found

    def became(self, code: str) -> str:
        """Return what a code is called now, through all renames and merges; itself if none."""
        chain = self.chain(code)
        return chain[-1].to[0] if chain else code

    def carried(self, code: str, number: int) -> int:
        """Return under which meaning of what `code` became a coding made under its `number` stands.

        A rename keeps the number. A merge takes a coding that was up to date as made under the
        meaning the other code had then, and one that was not as older.
        """
        meanings: dict[str, int] = {}
        for e in self.entries:
            if e.meaning:
                meanings[e.code] = max(e.meaning, meanings.get(e.code, 1))
            elif e.verb == "rename":
                meanings[e.to[0]] = meanings.pop(e.code, 1)
            if e.code == code and e.verb == "merge":
                number = meanings.get(e.to[0], 1) - (number < _number(e.was))
            if e.code == code and e.verb in _MOVED_ON:
                code = e.to[0]
        return number

    def forks(self) -> dict[tuple[str, int], list[Entry]]:
        """Return the meanings that a code got more than once: in branches that were merged since.

        Named by what the code is called now and the number of the meaning.
        """
        found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for e in self.entries:
            if e.meaning:
                found[self._renamed(e.code), e.meaning].append(e)
        return {key: entries for key, entries in found.items() if len(entries) > 1}

    def _renamed(self, code: str) -> str:
        for e in self.entries:
            if e.verb == "rename" and e.code == code:
                code = e.to[0]
        return code

    def of(self, code: str) -> list[Entry]:
        """Return the changes that a code or those it came from went through, newest first."""
        names, found = {code}, []
        for entry in reversed(self.entries):
            if entry.code in names or names & set(entry.to):
                found.append(entry)
                names.add(entry.code)
        return found

    def hint(self, code: str) -> str:
        """Return what became of a code that is no longer in the book, or nothing."""
        if (now := self.became(code)) == code:
            return ""
        return f"It became '{now}': `workbench code follow` brings these codings after it."


def parse_history(text: str, path: Path) -> tuple[History, list[Problem]]:
    """Read the history; lines that cannot be read are told and left out. Pure."""
    entries, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.split("\t")
        if not line or line + "\n" == HEADER:
            continue
        if len(cells) != len(COLUMNS) or not cells[4].isdecimal() or not _whole(cells):
            message = f"this line is no change of a code ({len(COLUMNS)} fields, tabs between)."
            hint = f"The fields are {' '.join(COLUMNS)}; nothing else reads this line."
            problems.append(Place(path, number).problem(message, hint, Level.WARNING))
            continue
        date, verb, code, to, codings = cells[:5]
        who, reason, was = map(unescape, cells[5:])
        entries.append(
            Entry(
                date=date,
                verb=verb,
                code=code,
                to=tuple(to.split()),
                codings=int(codings),
                who=who,
                reason=reason,
                was=was,
            )
        )
    return History(tuple(entries)), problems


def _number(lines: str) -> int:
    """Return the number of the meaning that stands in lines of the codebook, 1 if none does."""
    found = _NUMBER.search(lines)
    return int(found[1]) if found else 1


def _whole(cells: list[str]) -> bool:
    _, verb, code, to = cells[:4]
    return bool(code) and (bool(to) or verb not in _MOVED_ON)


def format_entries(entries: Iterable[Entry]) -> str:
    """Return the lines of `entries`, to be put behind the others."""
    lines = []
    for entry in entries:
        cells = (" ".join(v) if isinstance(v, tuple) else str(v) for v in astuple(entry))
        lines.append("\t".join(map(escape, cells)) + "\n")
    return "".join(lines)
