"""What a model answered, judged item by item: only what stands in the words asked about is taken.

An answer is as little trusted as a file from a stranger. Each item must name a turn of its
request, a quote that stands there once, and codes of the codebook; all else is refused and counted.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from workbench.base.problems import visible
from workbench.material.pseudonyms import Masked

MOST = 200
"""Items of one answer; the rest is refused unseen."""
LONGEST = 1000
"""Characters of a reason."""
_STARTS = 20
"""Places in an answer at which JSON is looked for."""


class Refusal(StrEnum):
    """Why an item of an answer was not taken."""

    UNREADABLE = "unreadable"
    TYPE = "type"
    TURN = "turn"
    QUOTE = "quote"
    SEVERAL = "several"
    CODE = "code"
    FACET = "facet"
    REASON = "reason"
    TWICE = "twice"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model said of words of a turn; `[start, end)` counts in the original text."""

    turn: int
    start: int
    end: int
    code: str
    facets: frozenset[str]
    reason: str
    confidence: str


def said(reply: str) -> str | None:
    """Return what the model said in an endpoint's reply, or None if it is no such reply."""
    try:
        content = json.loads(reply)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return content if isinstance(content, str) else None


def items(content: str) -> list[Any] | None:
    """Return the items of an answer: `{"codings": […]}` or a list, with or without words around."""
    decoder = json.JSONDecoder()
    for begin in islice(re.finditer(r"[{\[]", content), _STARTS):
        try:
            found, _ = decoder.raw_decode(content, begin.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            found = found.get("codings")
        if isinstance(found, list):
            return found
    return None


def judged(
    content: str,
    turns: Mapping[int, Masked],
    codes: Collection[str],
    facets: Collection[str],
) -> tuple[list[Judgement], Counter[Refusal]]:
    """Return what of an answer may stand, and how often what else was refused; pure.

    `turns` are those that may be coded, with their marks.
    """
    found = items(content)
    if found is None:
        return [], Counter([Refusal.UNREADABLE])
    taken: dict[tuple[int, int, int, str], Judgement] = {}
    refused = Counter({Refusal.MANY: len(found) - MOST} if len(found) > MOST else {})
    for item in found[:MOST]:
        one = _judged(item, turns, codes, facets)
        if isinstance(one, Refusal):
            refused[one] += 1
        elif (key := (one.turn, one.start, one.end, one.code)) in taken:
            refused[Refusal.TWICE] += 1
        else:
            taken[key] = one
    return list(taken.values()), refused


def _judged(
    item: object, turns: Mapping[int, Masked], codes: Collection[str], facets: Collection[str]
) -> Judgement | Refusal:
    if not isinstance(item, dict):
        return Refusal.TYPE
    turn, quote, code = (item.get(key) for key in ("turn", "quote", "code"))
    angles, reason = item.get("facets") or [], item.get("reason") or ""
    sure = _confidence(item.get("confidence"))
    if not (isinstance(quote, str) and isinstance(code, str) and isinstance(reason, str)):
        return Refusal.TYPE
    if not (isinstance(angles, list) and all(isinstance(f, str) for f in angles)):
        return Refusal.TYPE
    if type(turn) is not int or sure is None:
        return Refusal.TYPE
    if turn not in turns:
        return Refusal.TURN
    if code not in codes:
        return Refusal.CODE
    if set(angles) - set(facets):
        return Refusal.FACET
    if len(reason) > LONGEST:
        return Refusal.REASON
    spans = list(_standing(quote, turns[turn].text))
    if len(spans) != 1:
        return Refusal.SEVERAL if spans else Refusal.QUOTE
    start, end = turns[turn].original(*spans[0])
    return Judgement(turn, start, end, code, frozenset(angles), _line(reason), sure)


def _standing(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where whole words stand in a text; only blanks may differ."""
    parts = unicodedata.normalize("NFC", quote).split()
    if parts and len(quote) <= 2 * len(text):
        words = r"\s+".join(map(re.escape, parts))
        yield from (m.span() for m in re.finditer(rf"(?<!\w){words}(?!\w)", text))


def _confidence(value: object) -> str | None:
    """Return how sure the model says it is, from 0 to 1, nothing if it is silent, None if wrong."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return f"{value:.2f}" if 0 <= value <= 1 else None


def _line(text: str) -> str:
    """Return a reason on one line, with nothing in it that could steer a terminal or a file."""
    return unicodedata.normalize("NFC", visible(" ".join(text.split())))
