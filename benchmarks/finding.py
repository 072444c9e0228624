"""How well Finnish forms are found: base forms beside substring, Snowball and word beginnings."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import Stemmer

from workbench.base.lemmas import Analyser

LISTS = Path(__file__).parent.parent / "tests" / "lemmas"
Means = Callable[[str, str], bool]


def methods() -> dict[str, Means]:
    """Return what each method says of a query and a form."""
    analyser = Analyser("fi")
    stem = Stemmer.Stemmer("finnish").stemWord

    def ours(query: str, form: str) -> bool:
        word = analyser.word(form)
        return not analyser.base(query).isdisjoint(word.lemmas | word.parts)

    return {
        f"workbench ({analyser.name})": ours,
        "substring": lambda query, form: query in form,
        "Snowball stems": lambda query, form: stem(query) == stem(form),
        "regex, first 5 letters": lambda query, form: form.startswith(query[:5]),
        "regex, stem anywhere": lambda query, form: query[: max(3, len(query) - 2)] in form,
    }


def main() -> None:
    """Print precision and recall on both lists; nothing was tuned on the held-out one."""
    print(f"\n{'Finnish forms found':<40}{'list':<10}{'pairs':>6}{'precision':>11}{'recall':>8}")
    for name in ("gold", "held_out"):
        with (LISTS / f"{name}.tsv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        for method, means in methods().items():
            found = {(r["query"], r["form"]) for r in rows if means(r["query"], r["form"])}
            meant = {(r["query"], r["form"]) for r in rows if r["expected"] == "match"}
            right = len(found & meant)
            print(
                f"{method:<40}{name:<10}{len(rows):>6}"
                f"{right / max(1, len(found)):>11.3f}{right / len(meant):>8.3f}"
            )


if __name__ == "__main__":
    main()
