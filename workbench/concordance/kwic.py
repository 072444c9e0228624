"""Search in a study: each hit in its place, words before and after it, who speaks, codes there."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.base.languages import words
from workbench.base.lemmas import Analyser, OwnWords
from workbench.base.problems import WorkbenchError, near_miss
from workbench.coding.codings import Coding, Passage, Standing
from workbench.coding.query import Query, narrowed, parse_query
from workbench.concordance.corpus import Corpus
from workbench.concordance.matching import Matcher
from workbench.findings.results import Result
from workbench.material.documents import Document, Turn
from workbench.study import Study, Unknown

WIDTH = 60
SCOPES = ("sentence", "turn")


class UnknownScope(WorkbenchError):
    """A search was asked within something else than a sentence or a turn."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"There is no scope '{scope}'. {near_miss(scope, SCOPES)}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a query found.

    `passage` is the hit itself and `sentence` what it stands in, both in code points of the turn.
    `exact` is false where only a part of a compound was meant.
    """

    passage: Passage
    sentence: Passage
    left: str
    right: str
    speaker: str
    segment: str
    codes: tuple[str, ...]
    exact: bool


@functools.lru_cache(maxsize=16)
def _analyser(language: str, forms: tuple[tuple[str, str], ...], whole: tuple[str, ...],
              cache: Path) -> Analyser:  # fmt: skip
    return Analyser(language, OwnWords(forms=dict(forms), whole=whole), cache)


def analysers(study: Study, languages: Iterable[str]) -> dict[str, Analyser]:
    """Return what gives base forms in each language, with the study's own words.

    What was looked up is kept under build/words for the next time.
    """
    own, cache = study.words, study.folder.resolve() / "build" / "words"
    return {x: _analyser(x, tuple(own.forms.items()), own.whole, cache) for x in set(languages)}


class Index:
    """The turns of a study or view, ready for many questions.

    Words of informants who are not in the view stay out; with `informants_only` an interviewer's
    stay out as well.
    """

    def __init__(self, study: Study, *, informants_only: bool = False) -> None:
        self.study = study
        self.turns = [
            (document, turn)
            for document in study.documents.values()
            for turn in document.turns.values()
            if _heard(study, document, turn)
            and not (informants_only and turn.speaker and turn.speaker == document.interviewer)
        ]
        texts = [turn.text for _, turn in self.turns]
        spoken = [document.language for document, _ in self.turns]
        self.analysers = analysers(study, spoken)
        self.matcher = Matcher(Corpus.of(texts, spoken).prepare(), self.analysers)
        self._segment = functools.cache(study.segments.base_of)
        self._parts: dict[str, Index] = {}
        self.coded(study.codings)

    def coded(self, codings: Iterable[Coding]) -> None:
        """Take these as the codings there are: for one who codes what was found and asks again."""
        self._codings: dict[tuple[str, int], list[Coding]] = defaultdict(list)
        for c in codings:
            if c.standing is not Standing.LOST:
                self._codings[c.document, c.passage.turn].append(c)
        for part in self._parts.values():
            part._codings = self._codings

    def of(self, segment: str | None) -> Index:
        """Return the index of a segment's material (of all for None), built when first asked."""
        if segment is None:
            return self
        if segment not in self._parts:
            self._parts[segment] = Index(self.study.where(segment=segment))
            self._parts[segment]._codings = self._codings
        return self._parts[segment]

    @property
    def analysed_by(self) -> str:
        """Return name and version of the analysers, which belong beside every stored result."""
        return "; ".join(f"{lang}: {a.name}" for lang, a in sorted(self.analysers.items()))

    def hits(self, query: Query, within: str = "sentence") -> list[Hit]:
        """Return every hit in the order of the documents; AND and NOT hold `within` a unit."""
        if within not in SCOPES:
            raise UnknownScope(within)
        found = self.matcher.hits(query, within)
        places = self.matcher.corpus.code_points(found.first, found.last)
        return [
            self._hit(*place, exact)
            for place, exact in zip(places, found.exact.tolist(), strict=True)
        ]

    def sentences(self, query: Query) -> set[tuple[str, int, int]]:
        """Return document, turn and start of every sentence the query is true of."""
        corpus = self.matcher.corpus
        true = np.flatnonzero(self.matcher.matches(query))
        places = zip(corpus.text_of[true].tolist(), corpus.spans[true, 0].tolist(), strict=True)
        return {(self.turns[n][0].id, self.turns[n][1].number, start) for n, start in places}

    def _hit(self, n: int, start: int, end: int, begin: int, stop: int, exact: bool) -> Hit:
        document, turn = self.turns[n]
        author = document.author(turn)
        return Hit(
            passage=_passage(document, turn, start, end),
            sentence=_passage(document, turn, begin, stop),
            left=_one_line(turn.text[max(0, start - WIDTH) : start], cut=start > WIDTH),
            right=_one_line(turn.text[end : end + WIDTH], end=len(turn.text) - end > WIDTH),
            speaker=turn.speaker or author,
            segment=self._segment(author),
            codes=self.codes(document.id, turn.number, start, end),
            exact=exact,
        )

    def codes(self, document: str, turn: int, start: int, end: int) -> tuple[str, ...]:
        """Return the codes anybody gave to words between `start` and `end`."""
        there = self._codings[document, turn]
        return tuple(sorted({
            c.code for c in there if c.passage.start < end and start < c.passage.end
        }))  # fmt: skip


def _heard(study: Study, document: Document, turn: Turn) -> bool:
    author = document.author(turn)
    return author in study.informants or author not in (study.whole or study).informants


def _passage(document: Document, turn: Turn, start: int, end: int) -> Passage:
    return Passage(document.id, turn.number, start, end, turn.text[start:end])


def _one_line(text: str, *, cut: bool = False, end: bool = False) -> str:
    """Return `text` with blanks for line breaks, cut at a whole word where it goes on."""
    if cut:
        text = f"…{text.partition(' ')[2]}"
    if end:
        text = f"{text.rpartition(' ')[0]}…"
    return text.replace("\n", " ")


@dataclass(frozen=True, repr=False)
class Concordance(Result):
    """The hits of a query: the word itself first, then compounds, each in order of the material.

    `analysed_by` names the analyser and its version; another one may find other forms.
    """

    hits: tuple[Hit, ...]
    query: str
    analysed_by: str

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each hit, code points counted in the turn."""
        say = words(self.language)
        keys = ("document", "turn", "start", "end", "speaker", "segment", "left", "hit", "right",
                "codes", "exact")  # fmt: skip
        rows = [
            (
                h.passage.document, h.passage.turn, h.passage.start, h.passage.end, h.speaker,
                h.segment, h.left, h.passage.quote, h.right, " ".join(h.codes), h.exact,
            )
            for h in self.hits
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[say(f"kwic_{key}") for key in keys])


def search(
    study: Study | Index,
    query: str,
    language: str = "fi",
    *,
    segment: str | None = None,
    speaker: str | None = None,
    code: str | None = None,
    within: str = "sentence",
) -> Concordance:
    """Find words in the material by base form and compound part (`coding.query` has the language).

    Give an `Index` instead of a study to ask many questions quickly. `speaker` is an informant or
    a speaker's label, `code` keeps hits in words coded with it or a code below it; both, and
    `segment`, may stand in the query as well (`speaker:E03`). `within` says whether AND and NOT
    hold for a sentence or a turn. Raises `BadQuery`, and `Unknown` for a segment, speaker or code
    that is not there.
    """
    text, where = narrowed(query)
    asked = parse_query(text)
    segment, speaker = segment or where.get("segment"), speaker or where.get("speaker")
    code = code or where.get("code")
    if isinstance(study, Index):
        index = study.of(segment)
    else:
        index = Index(study if segment is None else study.where(segment=segment))
    wanted = _below(index.study, code)
    if speaker is not None:
        voices = {name for d, t in index.turns for name in (t.speaker, d.author(t)) if name}
        if speaker not in voices:
            raise Unknown("speaker", speaker, voices)
    hits = [
        hit
        for hit in index.hits(asked, within)
        if speaker in (None, hit.speaker) and (wanted is None or wanted & set(hit.codes))
    ]
    hits.sort(key=lambda hit: not hit.exact)
    documents = len({hit.passage.document for hit in hits})
    caption = words(language)("kwic_caption", n=len(hits), documents=documents, query=query)
    return Concordance(caption, language, tuple(hits), query, index.analysed_by)


def _below(study: Study, code: str | None) -> frozenset[str] | None:
    if code is None:
        return None
    if code not in study.codebook:
        raise Unknown("code", code, study.codebook.codes)
    return study.codebook.below(code)


__all__ = ["Concordance", "Hit", "Index", "UnknownScope", "analysers", "search"]
