"""Perceived quality after Grönroos: where expectation comes from, outcome against process.

Thesis pp. 15–16 and its figure 3: what a customer perceives is experienced quality, technical
(what) and functional (how), held against what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said
from workbench.findings.quality import BAD, EXPECTED, EXPERIENCED, GOOD
from workbench.findings.quotes import Quotes, listed
from workbench.findings.results import Result
from workbench.study import Study

SOURCES = ("EXP.1", "EXP.2", "EXP.3", "EXP.4")
OUTCOME, PROCESS = "DIM.T", "DIM.F"
BOXES = (*SOURCES, EXPECTED, EXPERIENCED, OUTCOME, PROCESS)


@dataclass(frozen=True, repr=False)
class Perceived(Result):
    """Figure 3 with counts: `boxes` maps a `ref` (`EXP.1`, `VIEW.E`, …) to its codings."""

    study: Study
    boxes: dict[str, tuple[Coding, ...]]
    of: int

    def people(self, ref: str) -> int:
        """Return how many informants stand behind a box."""
        return len(_speakers(self.study, self.boxes[ref]))

    def label(self, ref: str) -> str:
        """Return the name of a box."""
        return self.study.codebook[self.study.codebook.called(ref)].label.say(self.language)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each box: its name, people as "5/7", passages."""
        say = words(self.language)
        rows = [
            (self.label(r), f"{self.people(r)}/{self.of}", len(c)) for r, c in self.boxes.items()
        ]
        return pd.DataFrame(rows, columns=[say(k) for k in ("facet", "people", "passages")])

    def quotes(self, ref: str) -> Quotes:
        """Return the words behind a box."""
        return listed(self.study, self.boxes[ref], self.language, self.label(ref))


def perceived(study: Study, language: str = "fi") -> Perceived:
    """Count the people behind each box of figure 3; boxes the codebook lacks are left out."""
    book = study.codebook
    names = {ref: book.called(ref) for ref in BOXES if book.called(ref)}
    boxes = {
        ref: tuple(c for c in study.counting if name in c.facets) for ref, name in names.items()
    }
    of = len(could_have_said(study))
    return Perceived(words(language)("perceived_caption", n=of), language, study, boxes, of)


class Cell(NamedTuple):
    """Who tells of such an outcome and such a process in one turn, and who does so anywhere.

    `codings` are those of the turns that tell of both.
    """

    people: frozenset[str]
    anywhere: frozenset[str]
    codings: tuple[Coding, ...]


@dataclass(frozen=True, repr=False)
class Outcome(Result):
    """Outcome by process: `cells` maps (GOOD or BAD, GOOD or BAD) to who tells of both."""

    study: Study
    cells: dict[tuple[str, str], Cell]
    of: int

    @property
    def table(self) -> pd.DataFrame:
        """Return outcome in rows, process in columns: "5/7", and who tells of both anywhere."""
        say = words(self.language)
        rows = [
            [say(f"outcome_{_KEY[a]}"), *(self._cell(self.cells[a, b]) for b in (GOOD, BAD))]
            for a in (GOOD, BAD)
        ]
        heads = ["outcome", "process_good", "process_bad"]
        return pd.DataFrame(rows, columns=[say(head) for head in heads])

    def _cell(self, cell: Cell) -> str:
        say = words(self.language)
        return say("outcome_cell", n=len(cell.people), of=self.of, anywhere=len(cell.anywhere))

    def quotes(self, outcome: str = GOOD, process: str = BAD) -> Quotes:
        """Return the words behind a cell; as given, those of "right result, wrong way"."""
        say = words(self.language)
        label = f"{say(f'outcome_{_KEY[outcome]}')} + {say(f'process_{_KEY[process]}')}"
        return listed(self.study, self.cells[outcome, process].codings, self.language, label)


_KEY = {GOOD: "good", BAD: "bad"}


def outcome(study: Study, language: str = "fi") -> Outcome:
    """Set outcome (technical quality) against process (functional quality), by people.

    A right result reached in a wrong way is the thesis's own case (p. 15). What is told within
    one turn is taken for one matter; over a whole interview nearly everybody has met everything.
    """
    book = study.codebook
    told = {
        (dim, tone): [
            c for c in study.counting if {book.called(dim), book.called(tone)} <= c.facets
        ]
        for dim in (OUTCOME, PROCESS)
        for tone in (GOOD, BAD)
    }
    cells = {
        (a, b): _cell(study, told[OUTCOME, a], told[PROCESS, b])
        for a in (GOOD, BAD)
        for b in (GOOD, BAD)
    }
    of = len(could_have_said(study))
    return Outcome(words(language)("outcome_caption", n=of), language, study, cells, of)


def _cell(study: Study, result: list[Coding], way: list[Coding]) -> Cell:
    turns = {_turn(c) for c in result} & {_turn(c) for c in way}
    wanted = {id(c) for c in (*result, *way) if _turn(c) in turns}
    told = tuple(c for c in study.counting if id(c) in wanted)
    anywhere = _speakers(study, result) & _speakers(study, way)
    return Cell(_speakers(study, told), anywhere, told)


def _turn(coding: Coding) -> tuple[str, int]:
    return coding.document, coding.passage.turn


def _speakers(study: Study, codings: Iterable[Coding]) -> frozenset[str]:
    return frozenset(study.speaker(c) for c in codings) - {""}
