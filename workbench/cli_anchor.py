"""How the moves of `workbench anchor` are shown, and asked about with one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import click
from rapidfuzz.distance import Levenshtein

from workbench.base.problems import visible
from workbench.coding.alignment import Fate, Move
from workbench.coding.codings import Coding, Passage
from workbench.coding.moves import Trail
from workbench.material.documents import Document

AROUND = 32
"""Code points shown on either side of words."""
TITLES = {
    Fate.MOVED: "In another turn now, word for word:",
    Fate.BESIDE: "Followed, unedited, but the words beside them were edited:",
    Fate.CHANGED: "Followed to edited words; does the code still fit?",
    Fate.GONE: "Gone: the coding stays in the file without a place and does not count.",
    Fate.UNSURE: "To be asked about:",
}
_ENTER = "\r\n1"


def shown(trail: Trail, document: Document, asking: bool = False) -> Iterator[str]:
    """Yield what became of a coder's codings, kind by kind; what will be asked only counted.

    Words that have only shifted within their turn are counted, not shown.
    """
    yield f"{trail.text.path.name}: {trail.summary}"
    for fate, title in TITLES.items():
        moves = [m for m in trail.moves if m.fate is fate and not m.nowhere and not _shifted(m)]
        if moves and not (asking and fate is Fate.UNSURE):
            yield title
            for move in moves:
                yield from beside(move, document)


def _shifted(move: Move) -> bool:
    return move.fate is Fate.MOVED and move.places[0].turn == move.coding.passage.turn


def beside(move: Move, document: Document) -> Iterator[str]:
    """Yield the coded words and below them each place, with what differs marked."""
    old, places = move.coding.passage, move.places
    yield f"  {move.coding.code} {' '.join(sorted(move.coding.facets))}".rstrip()
    yield _line(f"was [{old.turn}]", old, move.said, places[0].quote if places else "", "red")
    for n, place in enumerate(places, 1):
        name = str(n) if move.fate is Fate.UNSURE else "now"
        text = document.turns[place.turn].text
        yield _line(f"{name} [{place.turn}]", place, text, old.quote, "green")


def _line(name: str, p: Passage, text: str, other: str, colour: str) -> str:
    words = marked(p.quote, other, colour) if other else _flat(p.quote)
    if not text:
        return f"{name:>12}  [{words}]"
    low, high = max(0, p.start - AROUND), p.end + AROUND
    before, after = _flat(text[low : p.start]), _flat(text[p.end : high])
    return f"{name:>12}  {'…' * (low > 0)}{before}[{words}]{after}{'…' * (high < len(text))}"


def marked(words: str, other: str, colour: str = "") -> str:
    """Return words with ‹› around those that `other` has not."""
    own = words.split()
    kept = [False] * len(own)
    for block in Levenshtein.editops(own, other.split()).as_matching_blocks():
        kept[block.a : block.a + block.size] = [True] * block.size
    parts = []
    for same, group in groupby(zip(own, kept, strict=True), key=itemgetter(1)):
        part = _flat(" ".join(word for word, _ in group))
        parts.append(part if same else click.style(f"‹{part}›", fg=colour or None))
    return " ".join(parts)


def _flat(text: str) -> str:
    return visible(text.replace("\n", " "))


def kind(move: Move) -> tuple[str, ...]:
    """Return what moves have in common that one answer may settle; nothing where places differ."""
    if len(move.places) != 1:
        return ()
    words = move.coding.passage.quote.split(), move.places[0].quote.split()
    return tuple(
        " ".join(part)
        for edit in Levenshtein.opcodes(*words)
        if edit.tag != "equal"
        for part in (
            words[0][edit.src_start : edit.src_end],
            words[1][edit.dest_start : edit.dest_end],
        )
    ) or ("unedited",)


def ask(moves: Sequence[Move], document: Document) -> dict[Coding, Coding]:
    """Ask about moves one by one, one key each; what was answered when somebody stops is kept."""
    answers: dict[Coding, Coding] = {}
    asked: list[list[Coding]] = []
    while left := [m for m in moves if m.coding not in answers]:
        move = left[0]
        alike = [m for m in left if kind(move) and kind(m) == kind(move)]
        click.echo(f"\n{len(moves) - len(left) + 1} of {len(moves)}, {move.coding.place.path.name}")
        click.echo("\n".join(beside(move, document)))
        key = _key(_ways(move, len(alike), bool(asked)))
        if key == "q":
            break
        if key == "b":
            for coding in asked.pop():
                del answers[coding]
            continue
        settled = alike if key == "a" else [move]
        asked.append([m.coding for m in settled])
        answers.update((m.coding, _answer(m, key)) for m in settled)
    return answers


def _answer(move: Move, key: str) -> Coding:
    if key in "gl":
        return move.lost() if key == "g" else move.coding
    return move.taken(move.places[int(key) - 1 if key.isdigit() else 0])


def _ways(move: Move, alike: int, back: bool) -> dict[str, str]:
    ways = {"1": "Enter or 1: there"} if move.places else {}
    ways |= {str(n): "" for n in range(2, len(move.places) + 1)}
    if alike > 1:
        ways["a"] = f"a: this and {alike - 1} more like it"
    ways |= {"g": "g: gone", "l": "l: leave for later"}
    if back:
        ways["b"] = "b: back"
    return {**ways, "q": "q: stop"}


def _key(ways: dict[str, str]) -> str:
    """Return the key pressed; where nobody can press one, that is `q`."""
    numbers = [key for key in ways if key.isdigit()]
    told = [text for key, text in ways.items() if text]
    if len(numbers) > 1:
        told.insert(1, f"2–{numbers[-1]}: there")
    click.echo("  ".join(told) + " ", nl=False)
    while True:
        try:
            key = click.getchar()
        except (OSError, EOFError, KeyboardInterrupt):
            key = ""
        key = "1" if key and key in _ENTER else key.lower()
        if key in ("", "\x03", "\x04", "\x1b"):
            key = "q"
        if key in ways:
            click.echo(key)
            return key
