"""The history of the codebook: which code was renamed, merged or redefined, when and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from workbench.base.problems import Level, Problem
from workbench.base.records import Place
from workbench.coding.codings import escape, unescape

NAME = "history.tsv"
_MOVED_ON = ("rename", "merge")


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
        meanings: Counter[str] = Counter()
        for e in self.entries:
            if e.verb == "redefine" or (e.verb == "split" and e.code in e.to):
                meanings[e.code] += 1
            elif e.verb == "rename":
                meanings[e.to[0]] = meanings.pop(e.code, 0)
            if e.code == code and e.verb == "merge":
                own = re.search(r"^ *meaning: (\d+)", e.was, re.MULTILINE)
                late = number < int(own[1] if own else 1)
                number = 1 + meanings[e.to[0]] - late
            if e.code == code and e.verb in _MOVED_ON:
                code = e.to[0]
        return number

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
