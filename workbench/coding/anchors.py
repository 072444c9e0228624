"""Where a coding's words stand now: in their place, moved, or lost; never on other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbench.base.problems import Level, Problem
from workbench.coding.codings import Coding, Passage, Standing
from workbench.material.documents import Document, Turn

SIMILAR = 70
"""Least likeness, of 100, at which words are shown as perhaps the ones that were coded."""


def anchor(codings: Iterable[Coding], document: Document) -> tuple[list[Coding], list[Problem]]:
    """Look every coding up in its document by its words.

    In order: the words at their offsets; elsewhere in the turn, nearest first; in the one other
    turn where they stand. Elsewhere only whole words will do: `aina` is not looked for in
    `ainakin`. What is found elsewhere is MOVED and told as a warning. What is not
    found, or stands in several turns but not its own, is LOST: it stays in the list, does not
    count and is an error that shows where to look. Where an edit has moved or lost a coding, words
    that still stand in their place but elsewhere too are told as well: they may be others that say
    the same.
    """
    codings = list(codings)
    if _all_hold([c.passage for c in codings], document):
        return codings, []
    placed: list[Coding] = []
    problems: list[Problem] = []
    still: list[Coding] = []
    edited = False
    for coding in codings:
        p = coding.passage
        if holds(p, document):
            placed.append(coding)
            still.append(coding)
            continue
        edited |= p.start < p.end
        found = elsewhere(p, document.turns) if p.start < p.end else []
        if found and (found[0].turn == p.turn or len({q.turn for q in found}) == 1):
            placed.append(coding.at(found[0], Standing.MOVED))
            problems.append(_moved(coding, found))
        else:
            placed.append(coding.at(p, Standing.LOST))
            problems.append(_lost(coding, document, found))
    if edited:
        problems += _twins(still, document)
    return placed, problems


def _all_hold(passages: Iterable[Passage], document: Document) -> bool:
    turns = document.turns
    return all(
        p.turn in turns and p.start < p.end and turns[p.turn].text[p.start : p.end] == p.quote
        for p in passages
    )


def holds(p: Passage, document: Document) -> bool:
    """Tell whether the words of a passage stand at its offsets."""
    turn = document.turns.get(p.turn)
    return turn is not None and p.start < p.end and turn.text[p.start : p.end] == p.quote


def elsewhere(p: Passage, turns: Mapping[int, Turn]) -> list[Passage]:
    """Return where the words of a passage stand, its turn first, then the nearest.

    Words that stand nowhere as they are written may be wrapped into lines otherwise.
    """
    position = {number: n for n, number in enumerate(turns)}
    here = position.get(p.turn, p.turn - 1)
    spans = _verbatim(p.quote, turns) or _wrapped(p.quote, turns)
    found = [
        Passage(p.document, n, a, b, turns[n].text[a:b])
        for n, a, b in spans
        if not (_in_word(turns[n].text, a) or _in_word(turns[n].text, b))
    ]
    return sorted(
        found,
        key=lambda q: (q.turn != p.turn, abs(position[q.turn] - here), abs(q.start - p.start)),
    )


def _verbatim(quote: str, turns: Mapping[int, Turn]) -> list[tuple[int, int, int]]:
    found = []
    for number, turn in turns.items():
        start = turn.text.find(quote)
        while start >= 0:
            found.append((number, start, start + len(quote)))
            start = turn.text.find(quote, start + 1)
    return found


def _in_word(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at + 1].isalnum() and 0 < at < len(text)


def _wrapped(quote: str, turns: Mapping[int, Turn]) -> list[tuple[int, int, int]]:
    words = re.compile(r"\s+".join(map(re.escape, quote.split())))
    return [(n, *match.span()) for n, turn in turns.items() for match in words.finditer(turn.text)]


def similar(p: Passage, document: Document, most: int = 3) -> list[Passage]:
    """Return the words of a document that are most like those of a passage, whole words only."""
    from rapidfuzz import fuzz  # only where words were lost, so that a check starts fast

    found = []
    for turn in document.turns.values():
        like = fuzz.partial_ratio_alignment(p.quote, turn.text, score_cutoff=SIMILAR)
        if like and like.dest_start < like.dest_end and 2 * len(turn.text) > len(p.quote):
            start, end = _whole_words(turn.text, like.dest_start, like.dest_end)
            place = Passage(p.document, turn.number, start, end, turn.text[start:end])
            found.append((like.score, place))
    return [place for _, place in sorted(found, key=lambda f: -f[0])[:most] if place.quote]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _moved(coding: Coding, found: list[Passage]) -> Problem:
    old, new = coding.passage, found[0]
    message = (
        f"'{_short(old.quote)}' moved from [{old.turn}] {old.start}–{old.end} "
        f"to [{new.turn}] {new.start}–{new.end}."
    )
    hint = ""
    if len(found) > 1:
        hint = (
            f"The words stand in {len(found)} places; the nearest was taken. "
            f"`workbench anchor {old.document}` shows them."
        )
    return coding.place.problem(message, hint, Level.WARNING)


def _lost(coding: Coding, document: Document, found: list[Passage]) -> Problem:
    p = coding.passage
    if p.start == p.end:
        message = f"'{_short(p.quote)}' has no place in {document.id}; the coding does not count."
        hint = "Give it one in the coder, or remove the line."
        return coding.place.problem(message, hint, Level.WARNING)
    if found:
        message = (
            f"'{_short(p.quote)}' is no longer in [{p.turn}] but in {len(found)} other places, "
            f"first [{found[0].turn}] {found[0].start}; the coding does not count."
        )
        return coding.place.problem(message, f"Choose one: `workbench anchor {document.id}`.")
    message = f"'{_short(p.quote)}' is no longer in {document.id}; the coding does not count."
    hint = f"Correct the quote, remove the line, or ask `workbench anchor {document.id}`."
    for near in similar(p, document, 1):
        hint = f"Most similar: [{near.turn}] '{_short(near.quote)}'. {hint}"
    return coding.place.problem(message, hint)


def _twins(still: Iterable[Coding], document: Document) -> Iterable[Problem]:
    for coding in still:
        p = coding.passage
        places = len(_verbatim(p.quote, document.turns))
        if places > 1:
            message = (
                f"'{_short(p.quote)}' stands in its place, but in {places} places in all, "
                "and the transcript was edited."
            )
            hint = f"Look whether it fits, or ask `workbench anchor {document.id}`."
            yield coding.place.problem(message, hint, Level.WARNING)


def _short(text: str, most: int = 60) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= most else f"{text[: most - 1]}…"
