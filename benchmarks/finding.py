"""How well Finnish words are found: precision and recall on two lists of pairs, beside others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import Stemmer

from workbench.base.lemmas import Analyser

LISTS = Path(__file__).parent.parent / "tests" / "lemmas"
Pair = tuple[str, str, bool]


def pairs(name: str) -> list[Pair]:
    """Return (query, word form, whether the query must find it) of one list."""
    _, *lines = (LISTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(query, form, told == "match") for query, form, told in map(str.split, lines)]


def table() -> list[str]:
    """Return the lines of the table: a row for each way and list."""
    analyser = Analyser("fi")
    stem = Stemmer.Stemmer("finnish").stemWord

    def ours(query: str, form: str) -> bool:
        word = analyser.word(form)
        return bool((word.lemmas | word.parts) & analyser.base(query))

    ways: dict[str, Callable[[str, str], bool]] = {
        f"ours ({analyser.name})": ours,
        "substring": lambda q, f: q in f.lower(),
        "snowball": lambda q, f: stem(q) == stem(f.lower()),
        "regex, beginning less two": lambda q, f: bool(re.match(q[: max(4, len(q) - 2)], f, re.I)),
    }
    lines = [f"{'Finnish search':<44}{'list':<10}{'pairs':>6}{'precision':>11}{'recall':>8}"]
    for name in ("gold", "held_out"):
        known = pairs(name)
        for way, finds in ways.items():
            found = [(finds(q, f), must) for q, f, must in known]
            right = sum(told and must for told, must in found)
            precision = right / max(1, sum(told for told, _ in found))
            recall = right / sum(must for _, must in found)
            lines.append(f"{way:<44}{name:<10}{len(known):>6}{precision:>11.2f}{recall:>8.2f}")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))
