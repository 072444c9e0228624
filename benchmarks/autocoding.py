"""Autocoding a million generated sentences, beside one regular expression for each code."""

from __future__ import annotations

import itertools
import random
import re
import statistics
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.plain_search import PlainText
from workbench.base import finnish
from workbench.base.lemmas import Analyser
from workbench.coding.query import Query, parse_rules
from workbench.concordance.autocode import autocode
from workbench.concordance.corpus import WORD, Corpus
from workbench.concordance.kwic import Index
from workbench.concordance.matching import Matcher
from workbench.concordance.sentences import sentence_spans
from workbench.loading import load
from workbench.study import Study

ROOT = Path(__file__).parent.parent
SENTENCES, CODES, PATTERNS, SAMPLE, CHECKED = 1_000_000, 50, 10, 20_000, 500
CHANGED = [
    [f"lomake ~{n} täyttää", f'"oma käsittelijä"~{n}', "palkka", "NOT loma"] for n in range(9)
]
BEFORE = ("työ", "palkka", "kesä", "loma", "vuoro", "yö", "koulu", "asiakas", "tieto", "ilta")


def sentences(words: list[str], chance: random.Random) -> list[str]:
    """Chain word pairs of the interviews; now and then a word becomes a longer compound."""
    follows: dict[str, list[str]] = {}
    for one, other in itertools.pairwise(words):
        follows.setdefault(one, []).append(other)
    read = finnish.chosen()[1]()
    long = [w for w in sorted(set(words)) if len(w) > 6 and w.islower() and _noun(read(w))]
    compounds = [b + w for w in long for b in BEFORE]
    made = []
    word = words[0]
    for _ in range(SENTENCES):
        line = []
        for _ in range(chance.randrange(6, 19)):
            word = chance.choice(follows.get(word) or words)
            line.append(word if chance.random() < 0.97 else chance.choice(compounds))
        made.append(" ".join(line).capitalize() + ".")
    return made


def _noun(readings: list[finnish.Reading]) -> bool:
    return all(r.noun and r.weight == 0 for r in readings)


def rules(words: list[str], analyser: Analyser, chance: random.Random) -> dict[str, list[str]]:
    """Make ten patterns for each code: base forms, an exact one, a beginning, a phrase."""
    many = Counter(
        lemma
        for w in words
        if len(w) > 5
        for lemma in sorted(analyser.word(w).lemmas)
        if len(lemma) > 4 and WORD.fullmatch(lemma)
    )
    lemmas = [w for w, _ in many.most_common(1500)]
    pairs = list(itertools.pairwise(words))
    made = {}
    for n in range(CODES):
        chosen = chance.sample(lemmas, PATTERNS - 1)
        phrase = chance.choice(pairs)
        first = (f"/^{chosen[0][:5]}/", f"={chosen[1]}", f'"{" ".join(phrase)}"~1')
        made[f"koodi-{n}"] = [*first, *chosen[2:]]
    return made


def as_regex(patterns: list[str]) -> re.Pattern[str]:
    """Write a code's patterns as people do: beginnings of words, joined by |."""
    stems = [
        r"\s+(?:\w+\s+)?".join(w[: max(4, len(w) - 2)] + r"\w*" for w in WORD.findall(pattern))
        for pattern in (p.removesuffix("~1") for p in patterns)
    ]
    return re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)


def timed(function):  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def measured() -> list[tuple[str, float, str, float, float]]:
    """Return the rows of the table, and tell what was prepared once."""
    chance = random.Random(20261125)
    study = load(ROOT)
    spoken = " ".join(t.text for d in study.documents.values() for t in d.turns.values())
    words = [w for w in WORD.findall(spoken) if ":" not in w]
    analyser = Analyser("fi")
    texts = sentences(words, chance)
    made = rules(words, analyser, chance)
    queries = {code: parse_rules(patterns) for code, patterns in made.items()}
    fresh = Analyser("fi")
    corpus, cutting = timed(lambda: Corpus.of(texts))
    _, sorting = timed(corpus.prepare)
    matcher, reading = timed(lambda: Matcher(corpus, {"fi": fresh}))
    found, first = timed(lambda: all_codes(matcher, queries))
    every = min(timed(lambda: all_codes(matcher, queries))[1] for _ in range(5))
    patterns = [as_regex(r) for r in made.values()]
    _, naive = timed(lambda: [[bool(p.search(t)) for t in texts[:SAMPLE]] for p in patterns])
    check(texts[:CHECKED], queries, found, fresh)
    index = Index(grown(study), informants_only=True)
    preview = statistics.median(
        timed(lambda r=r: autocode(index, rules={"odotusaika": r}))[1] for r in CHANGED
    )
    one = timed(lambda: [bool(patterns[0].search(t)) for t in texts[:SAMPLE]])[1]
    print(
        f"autocode: {len(corpus.ids):,} words, {len(corpus.forms):,} forms, "
        f"once: cut {cutting:.1f} s, sort {sorting:.1f} s, "
        f"analyse the forms ({fresh.name}) {reading:.1f} s, "
        f"resolve {CODES * PATTERNS} patterns {first - every:.2f} s; "
        f"{sum(int(f.sum()) for f in found.values()):,} codings; "
        f"the same as a plain search on {CHECKED:,} sentences."
    )
    scaled = naive * SENTENCES / SAMPLE
    return [
        (
            "autocode 1,000,000 sentences, 50 codes",
            every,
            "a regex a code, of 20,000",
            scaled,
            1 / 300,
        ),
        ("  the same in seconds against 0.2 s", every, "the goal", 0.2, 1.0),
        ("preview a changed rule, 20,000 sentences", preview, "the goal", 0.02, 1.0),
        ("  beside its regex", preview, "the code's regex", one, 1.0),
    ]


def grown(study: Study) -> Study:
    """Return the example with its documents repeated until it has 20,000 sentences."""
    many = sum(len(sentence_spans(t.text)) for d in study.documents.values()
               for t in d.turns.values())  # fmt: skip
    documents = {
        f"{name}x{n}": replace(document, id=f"{name}x{n}")
        for n in range(SAMPLE // many + 1)
        for name, document in study.documents.items()
    }
    return replace(study, documents=documents, codings=())


def all_codes(matcher: Matcher, queries: dict[str, Query]) -> dict[str, np.ndarray]:
    return {code: matcher.matches(query) for code, query in queries.items()}


def check(
    texts: list[str], queries: dict[str, Query], found: dict[str, np.ndarray], analyser: Analyser
) -> None:
    """Stop if the plain search disagrees anywhere."""
    plain = [PlainText(text, analyser) for text in texts]
    for code, query in queries.items():
        told = [bool(text.true_of(query)) for text in plain]
        assert told == found[code][: len(texts)].tolist(), f"{code} is found elsewhere"


if __name__ == "__main__":
    for row in measured():
        print(row, row[1] / row[3])
