"""Where a coding's words stand now: in their place, moved, or lost; never on other words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from workbench.base.problems import Level, Problem
from workbench.coding.codings import Coding, Passage, Standing
from workbench.material.documents import Document, Turn


def anchor(codings: Iterable[Coding], document: Document) -> tuple[list[Coding], list[Problem]]:
    """Look every coding up in its document.

    In order: the words at their offsets; the same words elsewhere in the turn; anywhere in the
    document, nearest turn first. Elsewhere only whole words will do: `aina` is not looked for in
    `ainakin`. What is found elsewhere is MOVED and told as a warning; what is
    not found is LOST, stays in the list and is an error that shows the most similar words.
    """
    placed, problems = [], []
    for coding in codings:
        p = coding.passage
        turn = document.turns.get(p.turn)
        if turn is not None and p.start < p.end and turn.text[p.start : p.end] == p.quote:
            placed.append(coding)
            continue
        found = _elsewhere(p, document.turns)
        if found:
            placed.append(coding.at(found[0], Standing.MOVED))
            problems.append(_moved(coding, found))
        else:
            placed.append(coding.at(p, Standing.LOST))
            problems.append(_lost(coding, document))
    return placed, problems


def _elsewhere(p: Passage, turns: Mapping[int, Turn]) -> list[Passage]:
    position = {number: n for n, number in enumerate(turns)}
    here = position.get(p.turn, p.turn - 1)
    found = []
    for number, turn in turns.items():
        start = turn.text.find(p.quote)
        while start >= 0:
            end = start + len(p.quote)
            if not (_in_word(turn.text, start) or _in_word(turn.text, end)):
                found.append(Passage(p.document, number, start, end, p.quote))
            start = turn.text.find(p.quote, start + 1)
    return sorted(
        found,
        key=lambda q: (q.turn != p.turn, abs(position[q.turn] - here), abs(q.start - p.start)),
    )


def _in_word(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at + 1].isalnum() and 0 < at < len(text)


def _moved(coding: Coding, found: list[Passage]) -> Problem:
    old, new = coding.passage, found[0]
    message = (
        f"'{_short(old.quote)}' moved from [{old.turn}] {old.start}–{old.end} "
        f"to [{new.turn}] {new.start}–{new.end}."
    )
    hint = ""
    if len(found) > 1:
        hint = (
            f"The words stand in {len(found)} places; the nearest was taken. Look whether it fits."
        )
    return coding.place.problem(message, hint, Level.WARNING)


def _lost(coding: Coding, document: Document) -> Problem:
    p = coding.passage
    message = f"'{_short(p.quote)}' is no longer in {document.id}; the coding does not count."
    near = _similar(p, document)
    hint = "Correct the quote or remove the line."
    if near is not None:
        hint = f"Most similar: [{near.turn}] '{_short(near.quote)}'. {hint}"
    return coding.place.problem(message, hint)


def _similar(p: Passage, document: Document) -> Passage | None:
    words = set(p.quote.casefold().split())
    turns = sorted(
        document.turns.values(), key=lambda t: -len(words & set(t.text.casefold().split()))
    )
    for turn in turns[:3]:
        matcher = difflib.SequenceMatcher(None, turn.text, p.quote, autojunk=False)
        blocks = [b for b in matcher.get_matching_blocks() if b.size > 2]
        if sum(b.size for b in blocks) > len(p.quote) / 2:
            first, last = blocks[0], blocks[-1]
            start, end = _whole_words(turn.text, first.a - first.b, last.a + len(p.quote) - last.b)
            return Passage(p.document, turn.number, start, end, turn.text[start:end])
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(start, 0), min(end, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _short(text: str, most: int = 60) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= most else f"{text[: most - 1]}…"
