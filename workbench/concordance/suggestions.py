"""Codes that a study's own codings suggest for words nobody has coded: a shortlist, never a coder.

Base forms and character n-grams into a linear support vector machine, and around it conformal sets
(least ambiguous sets with bounded error, Sadinle, Lei & Wasserman 2019): so many codes as are
needed to hold the right one `COVERED` of the time, proved on documents the model had not seen.
Logistic regression took twenty times as long and was right a little less often.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.languages import number, words
from workbench.base.lemmas import Analyser
from workbench.base.problems import WorkbenchError
from workbench.coding.codings import Passage, Standing
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


@dataclass(frozen=True)
class Learnt:
    """What was learnt from a study's codings, and how often it was right about unseen documents.

    `first` is how often the first code was right, `right` how often one of the first `most` was,
    `covered` how often the right one scored `threshold` or more.
    """

    study: Study
    passages: int
    codes: NDArray[Any]
    first: float
    right: float
    covered: float
    threshold: float
    most: int
    model: Any
    terms: Callable[[Passage], str]

    def suggested(self, passages: Sequence[Passage]) -> list[Suggestion]:
        """Return for each passage the likeliest codes, and how many cannot be told apart."""
        if not passages:
            return []
        scores = _scores(self.model, [self.terms(p) for p in passages])
        return [
            Suggestion(p, tuple(self.codes[np.argsort(-row)][: self.most]), int(among))
            for p, row, among in zip(
                passages, scores, (scores >= self.threshold).sum(axis=1), strict=True
            )
        ]


@dataclass(frozen=True, repr=False)
class Suggestions(Result):
    """Sentences with a short list of codes, the most certain first."""

    learnt: Learnt
    made: tuple[Suggestion, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return columns document, turn, sentence, codes, and of how many these are the first."""
        say, book = words(self.language), self.learnt.study.codebook
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

    For somebody who codes blind give `visible_to(study, coder)`. Raises `TooLittle`, and
    `NoLearning` without scikit-learn.
    """
    learnt = learn(study, most=most)
    made = [s for s in learnt.suggested(list(_uncoded(study))) if s.among]
    say = words(language)
    caption = say(
        "suggestions_caption", n=len(made), learnt=learnt.passages, codes=len(learnt.codes),
        most=most, right=number(round(100 * learnt.right), language),
        first=number(round(100 * learnt.first), language),
    )  # fmt: skip
    return Suggestions(caption, language, learnt, tuple(sorted(made, key=lambda s: s.among)))


def learn(study: Study, *, most: int = 3) -> Learnt:
    """Learn from the codings that count, of people only, and prove it on unseen documents.

    Raises `TooLittle`, and `NoLearning` without scikit-learn.
    """
    machines, content = study.settings.machines, study.codebook.content
    given = [c for c in study.counting if c.coder not in machines and c.code in content]
    often = Counter(c.code for c in given)
    given = [c for c in given if often[c.code] >= EACH]
    documents = np.array([c.document for c in given])
    if len(given) < LEAST or len(set(documents)) < FOLDS or len({c.code for c in given}) < 2:
        raise TooLittle(len(given))
    readers = analysers(study, {d.language for d in study.documents.values()})

    def terms(p: Passage) -> str:
        return _terms(p.quote, readers[study.documents[p.document].language])

    texts, codes = [terms(c.passage) for c in given], np.array([c.code for c in given])
    names, held = _unseen(texts, codes, documents)
    own = held[np.arange(len(codes)), np.searchsorted(names, codes)]
    level = np.floor((len(own) + 1) * (1 - COVERED)) / len(own)
    threshold = float(np.quantile(own, level, method="lower"))
    rank = np.where(np.isfinite(own), (held > own[:, None]).sum(axis=1), len(names))
    first, right, covered = (float(x.mean()) for x in (rank == 0, rank < most, own >= threshold))
    return Learnt(
        study, len(given), names, first, right, covered, threshold, most,
        _model().fit(texts, codes), terms,
    )  # fmt: skip


def _unseen(
    texts: list[str], codes: NDArray[Any], groups: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return the codes, and each text's scores by a model that had not seen its document."""
    selection = _sklearn("model_selection")
    names = np.unique(codes)
    held = np.full((len(codes), len(names)), -np.inf)
    for seen, unseen in selection.GroupKFold(FOLDS).split(texts, codes, groups):
        if len(set(codes[seen])) < 2:
            continue
        model = _model().fit([texts[n] for n in seen], codes[seen])
        columns = np.searchsorted(names, model.classes_)
        held[np.ix_(unseen, columns)] = _scores(model, [texts[n] for n in unseen])
    return names, held


def _scores(model: Any, texts: list[str]) -> NDArray[np.float64]:
    """Return texts × codes; of two codes the machine scores only one."""
    scores: NDArray[np.float64] = model.decision_function(texts)
    return np.stack([-scores, scores], axis=1) if scores.ndim == 1 else scores


def _model() -> Any:
    text, pipeline = _sklearn("feature_extraction.text"), _sklearn("pipeline")
    whole = text.TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)  # noqa: S106
    letters = text.TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3
    )
    both = pipeline.make_union(whole, letters)
    return pipeline.make_pipeline(both, _sklearn("svm").LinearSVC(C=0.1, random_state=0))


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
