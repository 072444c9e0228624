"""A document as a row of words and marks, so that two texts are compared word by word."""

from __future__ import annotations

import re

from workbench.coding.codings import Passage
from workbench.material.documents import Document

_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\S(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d\S)*")


class Stream:
    """A document as a row of tokens, one letter for each, so that whole texts are quickly compared.

    Tokens are words and marks; blanks and line breaks are none, so a text wrapped otherwise is
    the same text. A turn begins with a token for its speaker.
    """

    def __init__(self, document: Document, alphabet: dict[str, str]) -> None:
        self.document = document
        self.turns: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.first: dict[int, tuple[int, int]] = {}
        letters: list[str] = []
        for number, turn in document.turns.items():
            tokens = [(f"\n{turn.speaker}", 0, 0)]
            tokens += [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(turn.text)]
            self.first[number] = (len(letters) + 1, len(letters) + len(tokens))
            for token, start, end in tokens:
                letters.append(alphabet.setdefault(token, chr(0x100 + len(alphabet))))
                self.turns.append(number)
                self.starts.append(start)
                self.ends.append(end)
        self.letters = "".join(letters)

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
