"""A document as a row of words and marks, so that two texts are compared word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from workbench.coding.codings import Passage
from workbench.material.documents import Document

TOKEN = re.compile(r"[\w\u0300-\u036f]+|\S(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d\S)*")
OFTEN = 3
"""How many times the same words are put for the same words before it counts as done everywhere."""
_LONG = 6


class Stream:
    """A document as a row of tokens, one letter for each, so that whole texts are quickly compared.

    Tokens are words and marks; blanks and line breaks are none, so a text wrapped otherwise is
    the same text. A turn begins with a token for its speaker.
    """

    def __init__(self, document: Document, alphabet: dict[str, str]) -> None:
        self.document = document
        tokens: list[tuple[str, int, int, int]] = []
        for number, turn in document.turns.items():
            tokens.append((f"\n{turn.speaker}", number, 0, 0))
            tokens += [(m[0], number, *m.span()) for m in TOKEN.finditer(turn.text)]
        self.letters = "".join(
            alphabet.setdefault(token, chr(0x100 + len(alphabet))) for token, *_ in tokens
        )
        self._set([place for _, *place in tokens])

    def _set(self, places: list[list[int]]) -> None:
        self.turns = [turn for turn, _, _ in places]
        self.starts = [start for _, start, _ in places]
        self.ends = [end for _, _, end in places]
        self.first: dict[int, tuple[int, int]] = {}
        for n, turn in enumerate(self.turns):
            self.first[turn] = (self.first.get(turn, (n + 1, 0))[0], n + 1)

    def fold(self, rows: Mapping[str, str]) -> None:
        """Make one token of each of these rows of tokens, the one that stands for it."""
        letters, places, at = [], [], 0
        pattern = re.compile("|".join(map(re.escape, sorted(rows, key=len, reverse=True))))
        for match in pattern.finditer(self.letters):
            a, b = match.span()
            letters += [self.letters[at:a], rows[match[0]]]
            places += [[self.turns[n], self.starts[n], self.ends[n]] for n in range(at, a)]
            places.append([self.turns[a], self.starts[a], self.ends[b - 1]])
            at = b
        letters.append(self.letters[at:])
        places += [
            [self.turns[n], self.starts[n], self.ends[n]] for n in range(at, len(self.turns))
        ]
        self.letters = "".join(letters)
        self._set(places)

    def tokens(self, p: Passage) -> tuple[int, int]:
        """Return the first token of a passage and the one after its last."""
        low, high = self.first[p.turn]
        inside = [n for n in range(low, high) if self.ends[n] > p.start and self.starts[n] < p.end]
        return (inside[0], inside[-1] + 1) if inside else (low, low)

    def passage(self, i: int, j: int, before: int = 0, after: int = 0) -> Passage:
        """Return the words of tokens `[i, j)`, the ends shifted by code points."""
        turn = self.document.turns[self.turns[i]]
        start = max(self.starts[i] + before, 0)
        end = min(self.ends[j - 1] + after, len(turn.text))
        return Passage(self.document.id, turn.number, start, end, turn.text[start:end])


def everywhere(edits: Iterable[tuple[str, str]], marks: frozenset[str]) -> dict[str, str]:
    """Return what was put for what all over a text: names that were made unknown, a spelling."""
    times = Counter((old, new) for old, new in edits if max(len(old), len(new)) <= _LONG)
    return {
        old: new
        for (old, new), n in times.items()
        if n >= OFTEN and old and new and not marks.issuperset(old)
    }
