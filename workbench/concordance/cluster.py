"""Rules on millions of texts: a Dask bag or series, whose own workers run the matching."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.base.lemmas import Analyser, OwnWords
from workbench.base.workers import NoDask
from workbench.coding.query import parse_rules
from workbench.concordance.corpus import Corpus
from workbench.concordance.matching import Matcher

Codes = tuple[str, ...]


def codes_of(
    texts: Iterable[str],
    rules: Mapping[str, Iterable[str]],
    language: str = "fi",
    own: OwnWords | None = None,
) -> list[Codes]:
    """Return the codes whose rules are true of a sentence in each text, one pass for all of them.

    Raises `BadQuery` for a rule that cannot be read.
    """
    queries = {code: query for code, r in rules.items() if (query := parse_rules(r)) is not None}
    corpus = Corpus.of(texts, language)
    matcher = Matcher(corpus, {language: _analyser(language, repr(own), own or _NONE)})
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


_NONE = OwnWords()
_started: dict[tuple[str, str], Analyser] = {}


def _analyser(language: str, key: str, own: OwnWords) -> Analyser:
    """Return this worker's analyser, which remembers every form it has seen."""
    return _started.setdefault((language, key), Analyser(language, own))


def on_dask(
    texts: Any,
    rules: Mapping[str, Iterable[str]],
    language: str = "fi",
    own: OwnWords | None = None,
) -> Any:
    """Return a Dask bag (or series) with the codes of each text of a Dask bag (or series).

    Nothing is computed here. In a series the codes of a text are one string, blanks between.
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


__all__ = ["NoDask", "codes_of", "codes_of_series", "on_dask"]
