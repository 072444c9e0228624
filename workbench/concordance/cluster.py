"""Rules on millions of texts: sent to workers in parts, or where they lie in a Dask bag."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.base.lemmas import Analyser, OwnWords
from workbench.base.workers import NoDask, Workers, answers, batches
from workbench.coding.query import parse_rules
from workbench.concordance.corpus import Corpus
from workbench.concordance.matching import Matcher

Codes = tuple[str, ...]
TOGETHER = 20_000
"""Texts matched together by one worker: fewer would look up the rules' words again too often."""


def codes_of(
    texts: Iterable[str],
    rules: Mapping[str, Iterable[str]],
    language: str = "fi",
    own: OwnWords | None = None,
    *,
    executor: Workers | None = None,
) -> list[Codes]:
    """Return the codes whose rules are true of a sentence in each text, one pass for all of them.

    An `executor` of `concurrent.futures` or a Dask client has them matched by its workers. Raises
    `BadQuery` for a rule that cannot be read, before anything is sent.
    """
    kept = {code: tuple(map(str, r)) for code, r in rules.items()}
    for patterns in kept.values():
        parse_rules(patterns)
    asked = (kept, language, own)
    if executor is None:
        return _matched(tuple(texts), asked)
    parts = dict(answers(executor, _matched, batches(texts, TOGETHER), asked))
    return [codes for n in sorted(parts) for codes in parts[n]]


def _matched(
    texts: tuple[str, ...], asked: tuple[dict[str, Codes], str, OwnWords | None]
) -> list[Codes]:
    rules, language, own = asked
    queries = {code: query for code, r in rules.items() if (query := parse_rules(r)) is not None}
    corpus = Corpus.of(texts, language)
    matcher = Matcher(corpus, {language: analyser(language, own)})
    found: list[list[str]] = [[] for _ in corpus.texts]
    for code, query in queries.items():
        for n in np.unique(corpus.text_of[matcher.matches(query)]).tolist():
            found[n].append(code)
    return list(map(tuple, found))


def codes_of_series(
    texts: pd.Series[Any],
    rules: Mapping[str, Iterable[str]],
    language: str = "fi",
    own: OwnWords | None = None,
) -> pd.Series[Any]:
    """Return the codes of each text of a series as one string, blanks between; no text, no code."""
    found = codes_of(["" if pd.isna(t) else str(t) for t in texts], rules, language, own)
    return pd.Series(list(map(" ".join, found)), texts.index, dtype="object", name="codes")


_started: dict[tuple[str, str], Analyser] = {}


def analyser(language: str, own: OwnWords | None = None) -> Analyser:
    """Return this process's analyser, which remembers every form it has seen."""
    key = language, repr(own or OwnWords())
    if key not in _started:
        _started[key] = Analyser(language, own)
    return _started[key]


def on_dask(
    texts: Any,
    rules: Mapping[str, Iterable[str]],
    language: str = "fi",
    own: OwnWords | None = None,
) -> Any:
    """Return a Dask bag (or series) with the codes of each text of a Dask bag (or series).

    For texts that a cluster holds already; `codes_of(…, executor=client)` sends it those that are
    here. Nothing is computed here. In a series the codes of a text are one string, blanks between.
    Raises `NoDask` where Dask is not installed, and `BadQuery` before anything is sent.
    """
    try:
        bag = importlib.import_module("dask.bag")
    except ImportError:
        raise NoDask from None
    kept = {code: tuple(map(str, r)) for code, r in rules.items()}
    for patterns in kept.values():
        parse_rules(patterns)
    if isinstance(texts, bag.Bag):
        matched = functools.partial(codes_of, rules=kept, language=language, own=own)
        return texts.map_partitions(matched)
    named = {"rules": kept, "language": language, "own": own}
    return texts.map_partitions(codes_of_series, **named, meta=("codes", "object"))


__all__ = ["NoDask", "analyser", "codes_of", "codes_of_series", "on_dask"]
