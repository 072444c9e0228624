"""Triangulation: survey, feedback and interviews beside one another, each with its own n."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.findings.counts import could_have_said
from workbench.findings.feedback import Heap, heaps_by_code
from workbench.findings.quality import BAD
from workbench.findings.results import Result
from workbench.findings.salience import Raised, salience
from workbench.findings.survey import Score, Scores, one_of, survey
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Beside:
    """What each kind of source holds of one determinant: None where it asks or holds nothing."""

    code: str
    interviews: Raised | None
    survey: Score | None
    feedback: Heap


@dataclass(frozen=True, repr=False)
class Triangulation(Result):
    """Sources beside one another by determinant, never summed: their people are not the same."""

    study: Study
    rows: tuple[Beside, ...]
    of: int
    scores: Scores | None

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each determinant and columns for interviews, survey and feedback."""
        say, book = words(self.language), self.study.codebook
        bad = book.called(BAD)
        keys = ("determinant", "triangulation_interviews", "triangulation_bad",
                "triangulation_survey", "survey_pair", "triangulation_feedback",
                "triangulation_feedback_bad", "feedback_people")  # fmt: skip
        rows = [
            (
                book[r.code].label.say(self.language),
                f"{len(r.interviews.people)}/{self.of}" if r.interviews else f"0/{self.of}",
                f"{len(r.interviews.bad)}/{len(r.interviews.people)}" if r.interviews else "–",
                self._mean(r.survey),
                self._gap(r.survey),
                len(r.feedback.items),
                len(r.feedback.toned(bad).items),
                len(r.feedback.people),
            )
            for r in self.rows
        ]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def _mean(self, score: Score | None) -> str:
        if score is None or self.scores is None or not score.experienced.n:
            return "–"
        return f"{self.scores.said(score.experienced)} (n = {score.experienced.n})"

    def _gap(self, score: Score | None) -> str:
        if score is None or self.scores is None or not score.gap.n:
            return "–"
        return f"{self.scores.difference(score)} (n = {score.gap.n})"

    def quotes(self, code: str) -> pd.DataFrame:
        """Return the words behind one determinant: of whom agreed to be quoted, by source.

        Interviews by informants' consent and documents that are not confidential, feedback where
        its giver agreed. Open answers are not quoted. Pages choose from these by
        `reports.privacy`.
        """
        say, book = words(self.language), self.study.codebook
        below = book.below(code)
        own = self.study.whole or self.study
        said = [
            (say("interview"), f"{c.document}/{c.passage.turn}", c.passage.quote)
            for c in self.study.counting
            if c.code in below
            and (name := own.speaker(c))
            and own.informants[name].consent.covers(c.document, c.passage.turn)
            and not own.documents[c.document].confidential
        ]
        row = next((r for r in self.rows if r.code == code), None)
        given = [
            (say("triangulation_source_feedback"), f"{source}:{m.line}", m.text)
            for source, m, _ in (row.feedback.items if row else ())
            if m.quote
        ]
        keys = ("triangulation_source", "triangulation_place", "triangulation_words")
        return pd.DataFrame([*said, *given], columns=[say(key) for key in keys])


def triangulation(study: Study, language: str = "fi", *, name: str = "") -> Triangulation:
    """Set survey, feedback and interviews beside one another for each determinant of a view.

    `name` is that of the survey, needed only where there are several. Each number keeps its own n;
    nothing is added up. Determinants that no source holds are left out.
    """
    say = words(language)
    told = salience(study, language)
    raised = {r.code: r for r in told.raised}
    asked = one_of(study.surveys, "survey", name) if study.surveys or name else None
    scores = survey(study, language, name=asked.id) if asked else None
    by_code = {s.code: s for s in scores.scores} if scores else {}
    heaps = heaps_by_code(study, study.feedback.values())
    rows = tuple(
        Beside(c.id, raised.get(c.id), by_code.get(c.id), heaps.get(c.id, Heap()))
        for c in study.codebook
        if not c.parent and (c.id in raised or c.id in by_code or _determinant(c.ref, c.id, heaps))
    )
    of = len(could_have_said(study))
    items = sum(len(f.rows) for f in study.feedback.values())
    answered = len(asked.answered) if asked else 0
    caption = say("triangulation_caption", people=of, answered=answered, items=items)
    return Triangulation(caption, language, study, rows, of, scores)


def _determinant(ref: str, code: str, heaps: dict[str, Heap]) -> bool:
    return ref.startswith("DET.") and code in heaps
