"""How many people speak of what: people first, then documents; passages only as a work log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding, Standing
from workbench.findings.results import Result
from workbench.study import Study, answered, status


@dataclass
class Tally:
    """Who and what stands behind a code in a view.

    `people` are informants, `documents` ids of documents, `passages` the codings themselves.
    """

    people: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    passages: list[Coding] = field(default_factory=list)

    def add(self, coding: Coding, speaker: str) -> None:
        """Count one coding, whose words are `speaker`'s (nothing for a field note)."""
        self.people.update({speaker} - {""})
        self.documents.add(coding.document)
        self.passages.append(coding)


def tally(study: Study, codings: Iterable[Coding] | None = None) -> dict[str, Tally]:
    """Return what stands behind each content code; a code holds what the codes below it hold."""
    found: dict[str, Tally] = defaultdict(Tally)
    for coding in study.counting if codings is None else codings:
        if coding.code in study.codebook:
            speaker = study.speaker(coding)
            for code in study.codebook.path(coding.code):
                found[code].add(coding, speaker)
    return dict(found)


@answered
def voices(study: Study) -> dict[str, frozenset[str]]:
    """Return the informants of a view who speak in each of its documents that is coded."""
    found = study.derived.get(voices)
    if not isinstance(found, dict):
        if study.coder:  # all that this coder coded counts
            coded = {
                name
                for name, own in study.by_document.items()
                if any(c.standing is not Standing.LOST for c in own)
            }
        elif study.whole:
            coded = set(voices(study.whole))
        else:
            coded = {c.document for c in study.counting}
        here = [name for name in study.documents if name in coded]
        found = study.derived[voices] = {name: speakers(study, name) for name in here}
    return found


def speakers(study: Study, document: str) -> frozenset[str]:
    """Return the informants of a view whose words stand in a document."""
    whole = study.whole or study
    known = whole.derived.setdefault(speakers, {})
    assert isinstance(known, dict)
    if document not in known:
        text = whole.documents[document]
        known[document] = frozenset(text.author(t) for t in text.turns.values())
    return frozenset(known[document] & study.informants.keys())


def could_have_said(study: Study) -> frozenset[str]:
    """Return the informants of a view who speak in a coded document: the number below the line."""
    return frozenset[str]().union(*voices(study).values())


@dataclass(frozen=True, repr=False)
class Counts(Result):
    """Codes of a view by people, documents and passages; `rows` holds (code, tally)."""

    rows: tuple[tuple[str, Tally], ...]
    of: int
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return columns tree, code, people ("5/7"), documents, passages."""
        say = words(self.language)
        book = self.study.codebook
        return pd.DataFrame(
            [
                (
                    book.trees[book[code].tree].label.say(self.language),
                    book[code].label.say(self.language),
                    f"{len(t.people)}/{self.of}",
                    len(t.documents),
                    len(t.passages),
                )
                for code, t in self.rows
            ],
            columns=[say(k) for k in ("tree", "code", "people", "documents", "passages")],
        )


def counts(study: Study, language: str = "fi", *, tree: str = "", most: int = 0) -> Counts:
    """Count the codes of a view, or of one tree of it: most people first, then documents.

    `most` limits the rows (0 for all).
    """
    found = tally(study)
    book = study.codebook
    rows = sorted(
        ((code, t) for code, t in found.items() if not tree or book[code].tree == tree),
        key=lambda row: (-len(row[1].people), -len(row[1].documents), row[0]),
    )
    of = len(could_have_said(study))
    caption = words(language)("counts_caption", n=of, documents=len(study.documents))
    return Counts(caption, language, tuple(rows[: most or None]), of, study)


@dataclass(frozen=True, repr=False)
class Documents(Result):
    """The documents of a view and who has coded them."""

    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each document and coder."""
        say = words(self.language)
        keys = ("document", "kind", "date", "turns", "words", "coder", "passages", "coded_turns")
        return pd.DataFrame(
            [
                (
                    row.document.id,
                    say(row.document.kind),
                    row.document.date,
                    len(row.document.turns),
                    row.document.words,
                    row.coder,
                    row.codings,
                    row.turns,
                )
                for row in status(self.study)
            ],
            columns=[say(key) for key in keys],
        )


def documents(study: Study, language: str = "fi") -> Documents:
    """List the documents of a view and what is coded by whom."""
    n, people = len(study.documents), len(study.informants)
    caption = words(language)("material_caption", documents=n, people=people)
    return Documents(caption, language, study)
