"""Where the sentences of a turn begin and end, in code points."""

from __future__ import annotations

import re

from simplemma import split_sentences

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:ao|em|ent|esim|huom|klo|ko|ks|mm|n|nro|ns|os|puh|s|ts|v|vrt"
    r"|bl\.a|e\.g|i\.e|t\.ex)\.$",
    re.IGNORECASE,
)
"""After these the sentence goes on; simplemma has no such list for Finnish and Swedish."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return `[start, end)` of each sentence; blanks between sentences belong to none."""
    spans: list[tuple[int, int]] = []
    end = 0
    for sentence in split_sentences(text):
        start = text.index(sentence, end)
        if spans and _ABBREVIATION.search(text, spans[-1][0], end):
            start = spans.pop()[0]
        end = text.index(sentence, end) + len(sentence)
        spans.append((start, end))
    return spans
