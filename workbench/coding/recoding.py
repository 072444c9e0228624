"""Codings to look at again: made before the meaning of their code changed, and not confirmed yet.

A code's `meaning` in the codebook counts its redefinitions from 1. The column `meaning` of a
coder's file says under which of them a coding was made (`odotusaika:2`); nothing is the first. So
a coding that comes from an old branch, a colleague or an editor is asked about, never passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.problems import Level, Problem
from workbench.coding.codebook import Codebook
from workbench.coding.codings import MEANING, Coding, escape
from workbench.coding.history import History

DECISIONS = ("document", "coder", "turn", "start", "end", "code", "to", "quote")


def names(coding: Coding) -> tuple[str, ...]:
    """Return the code and the facets of a coding."""
    return (coding.code, *sorted(coding.facets))


def meaning(coding: Coding, name: str) -> int:
    """Return the number of the meaning of `name` under which a coding was made or confirmed."""
    return _marks(coding).get(name, 1)


def stamped(coding: Coding, name: str, number: int) -> Coding:
    """Return `coding` as made under the meaning `number` of `name`; the first needs no mark."""
    marks = {k: v for k, v in _marks(coding).items() if k in names(coding)} | {name: number}
    text = " ".join(f"{k}:{v}" for k, v in sorted(marks.items()) if v != 1)
    others = tuple((k, v) for k, v in coding.extra if k != MEANING)
    return replace(coding, extra=(*others, (MEANING, text)) if text else others)


def under(coding: Coding, book: Codebook) -> Coding:
    """Return `coding` as made now: under the present meaning of its code and facets."""
    for name in names(coding):
        if name in book:
            coding = stamped(coding, name, book[name].meaning)
    return coding


def _marks(coding: Coding) -> dict[str, int]:
    pairs = (mark.rpartition(":") for mark in dict(coding.extra).get(MEANING, "").split())
    return {name: int(number) for name, _, number in pairs if number.isdecimal()}


def waiting(coding: Coding, book: Codebook) -> list[str]:
    """Return the code or facets of a coding that were split or mean something else by now."""
    known = (book[name] for name in names(coding) if name in book)
    return [c.id for c in known if c.into or meaning(coding, c.id) < c.meaning]


def told(codings: Iterable[Coding], book: Codebook) -> list[Problem]:
    """Return a warning for each code with codings that wait."""
    problems = []
    changed = {c.id for c in book if c.into or c.meaning > 1}
    doubtful = (
        c for c in codings
        if c.extra or (changed and (c.code in changed or not changed.isdisjoint(c.facets)))
    )  # fmt: skip
    for name, number in Counter(n for c in doubtful for n in waiting(c, book)).items():
        code = book[name]
        message = f"{number} codings of '{name}' were made before its meaning changed."
        if code.into:
            message = f"{number} codings of '{name}' wait to be put under {' or '.join(code.into)}."
        hint = "See them with `workbench recode`."
        problems.append(code.place.problem(message, hint, Level.WARNING))
    return problems


def forked(codings: Iterable[Coding], book: Codebook, history: History) -> list[Problem]:
    """Return an error for each code whose present meaning was given to it twice.

    Two branches that redefine a code both count to the same number. Once they are merged, codings
    made under two meanings look alike, until another redefinition sets a number of its own.
    """
    forks, problems = history.forks(), list[Problem]()
    made = Counter((n, meaning(c, n)) for c in (codings if forks else ()) for n in names(c))
    for (name, number), entries in forks.items():
        if name in book and book[name].meaning == number:
            when = " and ".join(f"{e.date} {e.who}".rstrip() for e in entries)
            message = (
                f"meaning {number} of '{name}' was given to it in two branches ({when}): nobody "
                f"can tell under which of them its {made[name, number]} codings were made."
            )
            hint = (
                f"Write the text that holds, then `workbench code redefine {name}`: they wait in "
                "`workbench recode` until confirmed."
            )
            problems.append(book[name].place.problem(message, hint))
    return problems


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one coding, named by its place in the coder's file: `code` gives way to `to`.

    The same code again confirms the coding under the present meaning.
    """

    document: str
    coder: str
    turn: int
    start: int
    end: int
    code: str
    to: str

    @classmethod
    def on(cls, coding: Coding, code: str, to: str) -> Decision:
        """Return the decision that `coding`, as it stands in its file, gets `to` for `code`."""
        p = coding.passage
        return cls(p.document, coding.coder, p.turn, p.start, p.end, code, to)


def parse_decisions(text: str, path: Path) -> tuple[list[Decision], list[Problem]]:
    """Read a list of decisions (TSV); lines without `to` are not decided yet. Pure."""
    lines = text.split("\n")
    columns = lines[0].split("\t")
    if missing := [c for c in DECISIONS[:7] if c not in columns]:
        hint = "Let `workbench recode --tsv` write the list and fill in the column `to`."
        return [], [Problem(path, 1, f"the header lacks {', '.join(missing)}.", hint)]
    decisions, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        row = dict(zip(columns, line.split("\t"), strict=False))
        where = [row.get(name, "") for name in ("turn", "start", "end")]
        if not line or not row.get("to", "").strip():
            continue
        if not all(n.isdecimal() for n in where):
            problems.append(Problem(path, number, "turn, start and end must be whole numbers."))
            continue
        turn, start, end = map(int, where)
        code, to = row["code"].strip(), row["to"].strip()
        decisions.append(Decision(row["document"], row["coder"], turn, start, end, code, to))
    return decisions, problems


def format_waiting(codings: Iterable[tuple[Coding, str]]) -> str:
    """Return codings as they stand in their files, with the code in doubt, as a list to fill in."""
    rows = ["\t".join(DECISIONS)]
    for c, code in codings:
        p = c.passage
        cells = (p.document, c.coder, p.turn, p.start, p.end, code, "", escape(p.quote))
        rows.append("\t".join(map(str, cells)))
    return "\n".join(rows) + "\n"
