"""The re-coding queue: codings whose code means something else by now, confirmed or recoded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.problems import visible
from workbench.coding.codings import Coding
from workbench.coding.recoding import Decision, meaning, names, waiting
from workbench.revision.asking import (
    key,
    known,
    must_exist,
    of_one_kind,
    swapped,
    targets,
    usable,
)
from workbench.revision.changes import CannotChange, Change
from workbench.revision.planning import Plan, planned
from workbench.revision.shelf import Shelf
from workbench.study import Study


def follow(study: Study) -> Change:
    """Bring codings and citations after codes that were renamed or merged before they came.

    So the work of a colleague who coded in another branch is not lost. Raises `CannotChange` if
    nothing is behind.
    """
    shelf = Shelf.of(study)
    book, past = shelf.book, study.history
    late = {name for c, _ in shelf.codings() for name in names(c)} | {e.code for e in past.entries}
    gone = {n: now for n in sorted(late - set(book.codes)) if (now := past.became(n)) in book}

    def become(c: Coding) -> Coding:
        for old, new in gone.items():
            c = swapped(c, old, new, past.carried(old, meaning(c, old)))
        return c

    plan = Plan(
        entries=(),
        concerns=lambda c: not gone.keys().isdisjoint(names(c)),
        trees={},
        book=book,
        become=become,
        names=gone,
    )
    change = planned(shelf, plan)
    if not change.edits:
        raise CannotChange("No coding is behind the history of the codebook.")
    return change


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding to look at again: as it stands in its file, where its words are, and which code."""

    line: Coding
    coding: Coding
    code: str

    def become(self, to: str) -> Decision:
        """Return the decision that the coding gets `to`; the same code confirms it."""
        return Decision.on(self.line, self.code, to)


def recoding_queue(study: Study) -> tuple[Waiting, ...]:
    """Return the codings made before their code's meaning changed, and not confirmed since."""
    shelf = Shelf.of(study)
    return tuple(
        Waiting(line, placed, name)
        for line, placed in shelf.codings()
        for name in waiting(line, shelf.book)
    )


def decide(study: Study, decisions: Iterable[Decision]) -> Change:
    """Confirm codings under the present meaning of their code, or give them another.

    Only the coders' files change, and evidence that cites them: a decision about a coding is not
    one about the codebook, and coders decide side by side without conflict. Raises
    `CannotChange` for a coding that is not there, or a code that cannot be given.
    """
    shelf = Shelf.of(study)
    book = shelf.book
    chosen = targets(decisions)
    if not chosen:
        raise CannotChange("Nothing is decided. Fill in the column `to` of the list.")
    for (*_, code), to in chosen.items():
        of_one_kind(book, usable(book, to), known(book, code))
    must_exist(chosen, shelf)

    def become(c: Coding) -> Coding:
        for name in names(c):
            if to := chosen.get(key(c, name), ""):
                c = swapped(c, name, to, book[to].meaning)
        return c

    plan = Plan(
        entries=(),
        concerns=lambda c: any(key(c, name) in chosen for name in names(c)),
        trees={},
        book=book,
        become=become,
        names={},
    )
    return planned(shelf, plan)


def shown(study: Study, waiting: Iterable[Waiting]) -> str:
    """Return the queue as text: for each code what changed, then its codings with their words."""
    by_code: dict[str, list[Waiting]] = defaultdict(list)
    for one in waiting:
        by_code[one.code].append(one)
    lines = []
    for name, own in by_code.items():
        code = study.codebook[name]
        last = [e for e in study.history.of(name) if e.verb in ("redefine", "split")][:1]
        for entry in last:
            why = f" ({entry.reason})" if entry.reason else ""
            lines.append(f"{name}: {entry.verb} {entry.date}{why}")
            lines += [f"  was {line}" for line in entry.was.split("\n") if line]
        lines += [] if last else [f"{name}: changed"]
        language = study.settings.languages[0]
        now = f"one of {', '.join(code.into)}" if code.into else code.definition.say(language)
        lines.append(f"  now {now}")
        for c in (one.coding for one in own):
            p = c.passage
            lines.append(f"  {c.document}.{c.coder} [{p.turn}] {p.start}–{p.end} '{p.quote}'")
    number = sum(map(len, by_code.values()))
    return "\n".join([*map(visible, lines), f"{number} codings wait."]) + "\n"
