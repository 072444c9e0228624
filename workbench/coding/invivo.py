"""A code made of somebody's own words, written into a tree of its own until it is defined."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from workbench.base.files import read, write
from workbench.base.languages import words
from workbench.base.problems import WorkbenchError
from workbench.coding.codebook import Codebook, assemble, parse_tree

TREE = "in-vivo"
MOST = 40


class NoInVivo(WorkbenchError):
    """The words cannot become a code; nothing was written."""


def in_vivo(
    folder: Path, book: Codebook, quote: str, languages: Sequence[str]
) -> tuple[Codebook, str]:
    """Return the codebook with a code of these words, and its id; `in-vivo.yml` now holds it.

    Words that are a code already give that code. Raises `NoInVivo` if there is no letter in them
    or the file does not read well with the new code in it.
    """
    code = name_of(quote)
    if not code:
        raise NoInVivo(f"'{quote}' cannot name a code. Choose words with letters in them.")
    if code in book:
        return book, code
    path = folder / "parameters" / "codebook" / f"{TREE}.yml"
    old = read(path)[0]
    content = (old.content.rstrip("\n") or _head(languages)) + "\n" + _entry(code, quote, languages)
    book_of, problems = parse_tree(content, path, tuple(languages))
    if book_of is None or problems or code not in {c.id for c in book_of[1]}:
        why = problems[0] if problems else f"{path}: `codes` must be its last part."
        raise NoInVivo(f"{why} Mend the file first; the code was not made.")
    write(old, content)
    others = [(t, book.tree(t.id)) for t in book.trees.values() if t.id != TREE]
    return assemble([*others, book_of])[0], code


def name_of(quote: str) -> str:
    """Return the id that words get as a code: lower case, joined by -, at most 40 characters."""
    name = ""
    for word in re.findall(r"\w+", quote.casefold()):
        longer = f"{name}-{word}" if name else word[:MOST]
        if len(longer) > MOST:
            break
        name = longer
    return name


def _head(languages: Sequence[str]) -> str:
    return f"label: {_texts('invivo_tree', languages)}\nkind: content\ncodes:"


def _entry(code: str, quote: str, languages: Sequence[str]) -> str:
    said = json.dumps(" ".join(quote.split()), ensure_ascii=False)
    label = ", ".join(f"{language}: {said}" for language in languages)
    return (
        f"  {code}:\n"
        f"    label: {{{label}}}\n"
        f"    definition: {_texts('invivo_definition', languages)}\n"
        f"    example: {said}\n"
    )


def _texts(key: str, languages: Sequence[str]) -> str:
    texts = (f"{one}: {json.dumps(words(one)(key), ensure_ascii=False)}" for one in languages)
    return "{" + ", ".join(texts) + "}"
