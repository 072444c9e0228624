"""All coders' codings of one document, followed from the text they were written against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from workbench.base.files import Text, read, write
from workbench.base.git import commits, last_commit, text_at
from workbench.base.problems import Level, Problem, WorkbenchError
from workbench.coding.alignment import MOST, Alignment, Fate, Move, well_known
from workbench.coding.anchors import elsewhere, holds, similar
from workbench.coding.codings import Coding, format_codings, parse_codings, sidecar
from workbench.material.documents import Document, parse_document


class CannotFollow(WorkbenchError):
    """A coder's file has lines that cannot be read: they would be lost; nothing was written."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem} Mend the file first, so that nothing is lost.")


@dataclass(frozen=True, slots=True)
class Trail:
    """A coder's file as it is, and what became of each of its codings."""

    coder: str
    text: Text
    moves: tuple[Move, ...]

    @property
    def summary(self) -> str:
        """Say how many codings met which fate."""
        number = Counter("without a place" if m.nowhere else m.fate.value for m in self.moves)
        order = [*(fate.value for fate in Fate), "without a place"]
        return ", ".join(f"{number[what]} {what}" for what in order if number[what]) or "empty"


Answer = Callable[[Move], Coding]
"""What a move's line in the file shall be: `move.taken(place)`, `move.lost()`, `move.coding`."""


def followed(document: Document) -> list[Trail]:
    """Say what became of every coding of a document, a trail for each coder.

    The older text is the newest one git knows in which the words stood at their offsets, no newer
    than the coder's file; where there is none the words alone are looked for. Raises
    `CannotFollow` for a file with lines that cannot be read.
    """
    history = _History(document)
    found = []
    for path in sorted(document.path.parent.glob(f"{document.id}.*.tsv")):
        coder = path.name.removesuffix(".tsv").removeprefix(f"{document.id}.")
        if path == sidecar(document.path, coder) and "." not in coder:
            found.append(_trail(history, coder))
    return found


def settle(
    document: Document,
    trails: Iterable[Trail],
    answer: Answer = Move.followed,
    facets: Iterable[str] = (),
) -> list[Trail]:
    """Write the answers to all moves of a document: all coders' files, or none of them.

    Unless answered otherwise, what is certain or told is taken and the rest left as it is.
    Nothing is written before everything is answered. `facets` is the order facets are written in.
    Raises `Changed` or `Locked` if a file could not be written; the ones written before it are
    then put back. Returns the trails as they are now.
    """
    order = list(facets)
    todo = [
        (trail, lines)
        for trail in trails
        if (lines := _apart([(m.coding, answer(m)) for m in trail.moves]))
        != [m.coding for m in trail.moves]
    ]
    done: list[tuple[Text, str]] = []
    try:
        for trail, lines in todo:
            content = format_codings(lines, order)
            done.append((write(trail.text, content), trail.text.content))
    except WorkbenchError:
        for written, before in reversed(done):
            write(written, before)
        raise
    return followed(document)


def _apart(answers: list[tuple[Coding, Coding]]) -> list[Coding]:
    """Return the new lines; one that would double another is left as it was.

    A coding without a place is named by its old start, or the next number that is free.
    """
    lines = [new for _, new in answers]
    while True:
        times = Counter(c.key for c in lines)
        for n, c in enumerate(lines):
            if times[c.key] > 1 and c != answers[n][0]:
                p = c.passage
                free = replace(p, start=p.start + 1, end=p.end + 1)
                gone = p.start == p.end
                lines[n] = c.at(free, c.standing) if gone else answers[n][0]
                break
        else:
            return lines


def _trail(history: _History, coder: str) -> Trail:
    document = history.document
    text, problems = read(sidecar(document.path, coder))
    codings, more = parse_codings(text.content, text.path, document.id, coder)
    for problem in (*problems, *more):
        if problem.level is Level.ERROR:
            raise CannotFollow(problem)
    commit = last_commit(text.path)
    committed = (commit and text_at(text.path, commit)) or ""
    kept, _ = parse_codings(committed, text.path, document.id, coder)
    old = {(c.key, c.passage.quote) for c in kept}
    touched = committed != text.content
    moves = []
    for coding in codings:
        is_old = (coding.key, coding.passage.quote) in old
        move = history.follow(coding, commit if is_old else None)
        moves.append(_doubted(move) if touched and is_old and history.stands(coding) else move)
    return Trail(coder, text, tuple(moves))


def _doubted(move: Move) -> Move:
    """Doubt a move away from words that stand in their place in a file somebody has changed.

    The line may be as it was when it was committed, or be one that has followed its words since.
    """
    if move.fate is Fate.EXACT:
        return move
    here = move.coding.passage
    places = (here, *(p for p in move.places if p != here))
    return replace(move, fate=Fate.UNSURE, places=places)


class _History:
    """The older texts of a document, and the way from each to the present one."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._texts: dict[str, Document | None] = {}
        self._ways: dict[str, Alignment] = {}
        self._lists: dict[str, list[str]] = {}

    def stands(self, coding: Coding) -> bool:
        return holds(coding.passage, self.document)

    def follow(self, coding: Coding, until: str | None) -> Move:
        """Follow a coding from the newest text in which it holds; committed ones from `until`."""
        if coding.passage.start == coding.passage.end:
            return Move(coding, Fate.GONE)
        if until is None and self.stands(coding):
            return Move(coding, Fate.EXACT, (coding.passage,))
        for commit in self._commits(until or "HEAD"):
            old = self._text(commit)
            if old is not None and holds(coding.passage, old):
                said = old.turns[coding.passage.turn].text
                return replace(self._way(commit, old).follow(coding), said=said)
        return by_words(coding, self.document)

    def _commits(self, until: str) -> list[str]:
        if until not in self._lists:
            self._lists[until] = commits(self.document.path, until)
        return self._lists[until]

    def _text(self, commit: str) -> Document | None:
        if commit not in self._texts:
            text = text_at(self.document.path, commit)
            path = self.document.path
            self._texts[commit] = parse_document(text, path, {})[0] if text else None
        return self._texts[commit]

    def _way(self, commit: str, old: Document) -> Alignment:
        if commit not in self._ways:
            self._ways[commit] = Alignment(old, self.document)
        return self._ways[commit]


def by_words(coding: Coding, document: Document) -> Move:
    """Say where a coding's words stand when no older text is known; few words prove no place."""
    p = coding.passage
    if holds(p, document):
        return Move(coding, Fate.EXACT, (p,))
    places = tuple(elsewhere(p, document.turns))
    if len(places) == 1 and well_known(p.quote):
        return Move(coding, Fate.MOVED, places)
    places = places[:MOST] or tuple(similar(p, document))
    return Move(coding, Fate.UNSURE if places else Fate.GONE, places)
