"""Codes that a study's own codings suggest for words nobody has coded: a shortlist, never a coder.

Base forms and character n-grams into a logistic regression, and around it conformal sets (least
ambiguous sets with bounded error, Sadinle, Lei & Wasserman 2019): so many codes as are needed to
hold the right one `COVERED` of the time, proved on documents the model had not seen.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.languages import number, words
from workbench.base.lemmas import Analyser
from workbench.base.problems import WorkbenchError
from workbench.coding.codings import AUTO, Passage, Standing
from workbench.concordance.corpus import WORD
from workbench.concordance.kwic import analysers
from workbench.concordance.sentences import sentence_spans
from workbench.findings.results import Result
from workbench.study import Study

LEAST, EACH, FOLDS, COVERED = 200, 8, 5, 0.9
"""Passages in all, passages of a code, folds of documents, and how often a set holds the code."""


class TooLittle(WorkbenchError):
    """There is not enough to learn from."""

    def __init__(self, found: int) -> None:
        super().__init__(
            f"Suggestions need at least {LEAST} coded passages, with {EACH} or more of a code; "
            f"there are {found}. Until then they would only repeat the commonest codes."
        )


class NoLearning(WorkbenchError):
    """scikit-learn is not installed."""

    def __init__(self) -> None:
        super().__init__("This needs scikit-learn. Install it: pip install 'workbench[learn]'.")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence and the likeliest codes, out of `among` that cannot be told apart any further."""

    passage: Passage
    codes: tuple[str, ...]
    among: int


@dataclass(frozen=True, repr=False)
class Suggestions(Result):
    """Sentences with a short list of codes, the most certain first.

    For documents the model had not seen, `first` is how often the first code was right, `right`
    how often the short list held the right one, and `covered` how often the whole set did.
    """

    study: Study
    made: tuple[Suggestion, ...]
    first: float
    right: float
    covered: float

    @property
    def table(self) -> pd.DataFrame:
        """Return columns document, turn, sentence, codes, and of how many these are the first."""
        say, book = words(self.language), self.study.codebook
        rows = [
            (
                s.passage.document,
                s.passage.turn,
                s.passage.quote,
                ", ".join(book[c].label.say(self.language) for c in s.codes),
                s.among,
            )
            for s in self.made
        ]
        return pd.DataFrame(
            rows, columns=[say(k) for k in ("document", "turn", "quote", "kwic_codes", "among")]
        )


def suggest(study: Study, language: str = "fi", *, most: int = 3) -> Suggestions:
    """Suggest at most `most` codes for each sentence without any coding; nothing is written.

    Learns from the codings that count, of people only. For somebody who codes blind give
    `visible_to(study, coder)`. Raises `TooLittle`, and `NoLearning` without scikit-learn.
    """
    learnt = [c for c in study.counting if c.coder != AUTO and c.code in study.codebook.content]
    often = Counter(c.code for c in learnt)
    learnt = [c for c in learnt if often[c.code] >= EACH]
    documents = {c.document for c in learnt}
    if len(learnt) < LEAST or len(documents) < FOLDS:
        raise TooLittle(len(learnt))
    open_ = list(_uncoded(study))
    spoken = {d.language for d in study.documents.values()}
    readers = analysers(study, spoken)

    def features(passages: Iterable[Passage]) -> list[str]:
        return [_terms(p.quote, readers[study.documents[p.document].language]) for p in passages]

    texts, codes = features(c.passage for c in learnt), np.array([c.code for c in learnt])
    groups = np.array([c.document for c in learnt])
    names, held = _unseen(texts, codes, groups)
    own = held[np.arange(len(codes)), np.searchsorted(names, codes)]
    level = np.floor((len(own) + 1) * (1 - COVERED)) / len(own)
    threshold = float(np.quantile(own, level, method="lower"))
    rank = (held > own[:, None]).sum(axis=1)
    first, right, covered = (float(x.mean()) for x in (rank == 0, rank < most, own >= threshold))
    chances = _model().fit(texts, codes).predict_proba(features(open_)) if open_ else held[:0]
    made = [
        Suggestion(p, tuple(names[np.argsort(-row)][:most]), int((row >= threshold).sum()))
        for p, row in zip(open_, chances, strict=True)
    ]
    made = sorted((s for s in made if s.among), key=lambda s: s.among)
    say = words(language)
    caption = say(
        "suggestions_caption", n=len(made), learnt=len(learnt), codes=len(names), most=most,
        right=number(round(100 * right), language), first=number(round(100 * first), language),
    )  # fmt: skip
    return Suggestions(caption, language, study, tuple(made), first, right, covered)


def _unseen(
    texts: list[str], codes: NDArray[Any], groups: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return the codes, and each text's chances by a model that had not seen its document."""
    selection = _sklearn("model_selection")
    names = np.unique(codes)
    held = np.zeros((len(codes), len(names)))
    for seen, unseen in selection.GroupKFold(FOLDS).split(texts, codes, groups):
        model = _model().fit([texts[n] for n in seen], codes[seen])
        columns = np.searchsorted(names, model.classes_)
        held[np.ix_(unseen, columns)] = model.predict_proba([texts[n] for n in unseen])
    return names, held


def _model() -> Any:
    text, pipeline = _sklearn("feature_extraction.text"), _sklearn("pipeline")
    whole = text.TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)  # noqa: S106
    letters = text.TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3
    )
    both = pipeline.make_union(whole, letters)
    regression = _sklearn("linear_model").LogisticRegression(C=10.0, max_iter=300)
    return pipeline.make_pipeline(both, regression)


def _sklearn(part: str) -> Any:
    try:
        return importlib.import_module(f"sklearn.{part}")
    except ModuleNotFoundError:
        raise NoLearning from None


def _terms(quote: str, analyser: Analyser) -> str:
    found = (analyser.word(form) for form in WORD.findall(quote))
    return " ".join(term for word in found for term in sorted(word.lemmas | word.parts))


def _uncoded(study: Study) -> Iterable[Passage]:
    """Yield the sentences of informants that no coding touches."""
    taken = {
        (c.document, c.passage.turn, at)
        for c in study.codings
        if c.standing is not Standing.LOST
        for at in range(c.passage.start, c.passage.end)
    }
    for document in study.documents.values():
        for turn in document.turns.values():
            if not document.verbatim(turn) or document.author(turn) not in study.informants:
                continue
            for start, end in sentence_spans(turn.text):
                free = not any((document.id, turn.number, at) in taken for at in range(start, end))
                if free and len(WORD.findall(turn.text, start, end)) > 3:
                    yield Passage(document.id, turn.number, start, end, turn.text[start:end])
