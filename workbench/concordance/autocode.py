"""Codings found by the codebook's rules: seen before they are written, by a coder of their own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.base.languages import words
from workbench.base.problems import WorkbenchError
from workbench.base.records import Place
from workbench.base.workers import Workers, answers, batches
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, sidecar
from workbench.coding.machines import RULE, write_codings
from workbench.coding.query import BadQuery, parse_rules
from workbench.coding.recoding import under
from workbench.concordance.kwic import Hit, Index
from workbench.findings.results import Result
from workbench.material.documents import Document
from workbench.material.settings import AUTO
from workbench.study import Study, Unknown

TOGETHER = 200
"""Documents searched together by one worker."""
COLUMNS = (RULE, "analyser")
"""What stands beside a coding found by rules: which rule found it, and whose base forms."""


class NoRules(WorkbenchError):
    """There is no rule to find codings by."""

    def __init__(self, code: str = "") -> None:
        whose = f"The code '{code}' has" if code else "The codebook has"
        super().__init__(
            f"{whose} no rules. Write them below a code, in its file in parameters/codebook: "
            "auto: [palkka, '\"oma käsittelijä\"', 'NOT loma']."
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that rules of a code found; `rules` are those, `hits` the words in it."""

    code: str
    hits: tuple[Hit, ...]
    rules: tuple[str, ...]

    @property
    def hit(self) -> Hit:
        """Return the first hit: its `sentence` is the passage that is coded."""
        return self.hits[0]


@dataclass(frozen=True, repr=False)
class Preview(Result):
    """What rules find, before anything is written; `.write()` makes it the codings of `auto`."""

    found: tuple[Found, ...]
    codes: tuple[str, ...]
    analysed_by: str
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each passage, with the rule that found it."""
        say = words(self.language)
        keys = ("code", "kwic_document", "kwic_turn", "kwic_hit", "passage", "kwic_codes", "rule")
        rows = [
            (
                f.code, f.hit.passage.document, f.hit.passage.turn,
                ", ".join(h.passage.quote for h in f.hits), f.hit.sentence.quote,
                " ".join(f.hit.codes), " | ".join(f.rules),
            )
            for f in self.found
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def write(self) -> list[Path]:
        """Write the passages as codings of `auto` and return the files that changed.

        Only `auto`'s own files are replaced, and in them only the codes of this preview. Raises
        `NotMine` for a file with codings that no rule made, before any file is written.
        """
        whole = self.study.whole or self.study
        return write_codings(
            self.study.documents.values(),
            AUTO,
            RULE,
            map(self._coding, self.found),
            lambda c: c.code in self.codes,
            whole.codebook.facets,
        )

    def _coding(self, found: Found) -> Coding:
        passage = found.hit.sentence
        document = self.study.documents[passage.document]
        extra = zip(COLUMNS, (" | ".join(found.rules), self.analysed_by), strict=True)
        place = Place(sidecar(document.path, AUTO), 1)
        made = Coding(passage, found.code, AUTO, place, extra=tuple(extra))
        return under(made, self.study.codebook)


def autocode(
    study: Study | Index,
    codes: Iterable[str] = (),
    language: str = "fi",
    *,
    rules: Mapping[str, Iterable[str]] | None = None,
    executor: Workers | None = None,
) -> Preview:
    """Find the passages of codes by their rules: all codes that have any, unless `codes` name some.

    `rules` stands in for the codebook's while somebody tries them out. A passage is the sentence
    with the hit; interviewers' words are left out. Nothing is written before `.write()`. An
    `executor` of `concurrent.futures` or a Dask client has a study's documents searched by its
    workers; an `Index` is searched here. Raises `NoRules`, `BadQuery`, and `Unknown` for a code
    that is not in the codebook.
    """
    own = study.study if isinstance(study, Index) else study
    tried = (
        {code: tuple(r) for code, r in rules.items()} if rules else rules_of(own.codebook, codes)
    )
    for code in tried:
        if code not in own.codebook:
            raise Unknown("code", code, own.codebook.codes)
        if parse_rules(tried[code]) is None:
            raise BadQuery(
                " ".join(tried[code]), 1, "these rules find nothing.", "Add one that does."
            )
    if isinstance(study, Index):
        parts = [_searched(study, tried)]
    elif executor is None:
        parts = [_searched(Index(study, informants_only=True), tried)]
    else:
        done = dict(answers(executor, _elsewhere, _parts(study), (_bare(study), tried)))
        parts = [done[n] for n in sorted(done)]
    found = [one for code in tried for _, by_code in parts for one in by_code[code]]
    analysed_by = "; ".join(sorted({name for names, _ in parts for name in names}))
    caption = words(language)("auto_caption", n=len(found), codes=len(tried), analyser=analysed_by)
    return Preview(caption, language, tuple(found), tuple(tried), analysed_by, own)


Searched = tuple[list[str], dict[str, list[Found]]]
"""Who gave the base forms, and what was found for each code."""
Part = tuple[dict[str, Document], tuple[Coding, ...]]


def _searched(index: Index, tried: Mapping[str, tuple[str, ...]]) -> Searched:
    by_code = {code: _passages(index, code, rules) for code, rules in tried.items()}
    return [name for name in index.analysed_by.split("; ") if name], by_code


def _bare(study: Study) -> Study:
    """Return what a search of any documents of a study needs of the rest."""
    nowhere = Path(os.devnull)  # so that workers keep nothing of what they look up
    whole = Study(nowhere, informants=(study.whole or study).informants)
    return Study(
        nowhere,
        informants=study.informants,
        segments=study.segments,
        words=study.words,
        whole=whole,
    )


def _parts(study: Study) -> Iterator[Part]:
    for names in batches(study.documents, TOGETHER):
        codings = tuple(c for name in names for c in study.by_document.get(name, ()))
        yield {name: study.documents[name] for name in names}, codings


def _elsewhere(part: Part, shared: tuple[Study, Mapping[str, tuple[str, ...]]]) -> Searched:
    documents, codings = part
    bare, tried = shared
    view = replace(bare, documents=documents, codings=codings)
    return _searched(Index(view, informants_only=True), tried)


def rules_of(book: Codebook, codes: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return the rules of all codes that have any, or of those named.

    Raises `Unknown`, and `NoRules` where there are none.
    """
    named = list(codes)
    for code in named:
        if code not in book:
            raise Unknown("code", code, book.codes)
        if not book[code].auto:
            raise NoRules(code)
    found = {
        c.id: tuple(map(str, c.auto))
        for c in book
        if c.auto and not c.retired and (not named or c.id in named)
    }
    if not found:
        raise NoRules
    return found


def _passages(index: Index, code: str, rules: tuple[str, ...]) -> list[Found]:
    query = parse_rules(rules)
    assert query is not None
    by_sentence: dict[tuple[str, int, int, int], list[Hit]] = {}
    for hit in index.hits(query):
        s = hit.sentence
        by_sentence.setdefault((s.document, s.turn, s.start, s.end), []).append(hit)
    which = _which(index, rules)
    return [
        Found(code, tuple(hits), tuple(r for r in rules if _at(hits[0]) in which.get(r, ())))
        for hits in by_sentence.values()
    ]


def _at(hit: Hit) -> tuple[str, int, int]:
    return hit.sentence.document, hit.sentence.turn, hit.sentence.start


def _which(index: Index, rules: Iterable[str]) -> dict[str, set[tuple[str, int, int]]]:
    """Return the sentences each finding rule is true of."""
    asked = {rule: parse_rules([rule]) for rule in rules}
    return {rule: index.sentences(q) for rule, q in asked.items() if q is not None}
