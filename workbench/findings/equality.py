"""Are all served alike? Competence and functional quality, group beside group (R45)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import fixed, words
from workbench.coding.codings import Coding
from workbench.findings.groups import divided
from workbench.findings.quality import BAD, EXPERIENCED, GOOD
from workbench.findings.results import Result
from workbench.findings.survey import Mean, Scores, printed, survey
from workbench.material.segments import SegmentLevel
from workbench.study import Study

COMPETENCE, FUNCTIONAL = "DET.03", "DIM.F"
LEAST = 5
"""Fewer people than this are not set against others (domain practice, as of the privacy gate)."""

People = frozenset[str]


@dataclass(frozen=True, slots=True)
class Served:
    """A group: who could have told, who told what, and the survey's mean of competence.

    Each set holds those who experienced it well or badly; one person may stand in both.
    """

    name: str
    label: str
    of: People
    competence: tuple[People, People]
    functional: tuple[People, People]
    survey: Mean

    @property
    def compared(self) -> bool:
        """Tell whether the interviews carry a comparison of this group."""
        return len(self.of) >= LEAST


@dataclass(frozen=True, repr=False)
class EqualService(Result):
    """Groups side by side, in the order of the segments; `scores` is the survey, if there is one.

    `worded` are the groups whose mean may only be told as a word.
    """

    study: Study
    groups: tuple[Served, ...]
    scores: Scores | None
    worded: frozenset[str]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each group; where it is too small the cell says so, not a number."""
        say = words(self.language)
        rows = [
            (
                g.label,
                len(g.of),
                *(self._told(g, p) for p in (*g.competence, *g.functional)),
                self.mean(g),
            )
            for g in self.groups
        ]
        keys = ("equal_group", "equal_of", "equal_competence_good", "equal_competence_bad",
                "equal_functional_good", "equal_functional_bad", "equal_survey")  # fmt: skip
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def _told(self, group: Served, people: People) -> str:
        if not group.compared:
            return words(self.language)("equal_refused", least=LEAST)
        return f"{len(people)}/{len(group.of)}"

    def mean(self, group: Served) -> str:
        """Return the survey's mean of competence with its n, or the word that may stand for it."""
        if self.scores is None or not group.survey.n:
            return "–"
        said = printed(
            self.study, group.survey, self.scores.scale, self.language,
            word=group.name in self.worded,
        )  # fmt: skip
        return f"{said} (n = {group.survey.n})" if group.name not in self.worded else said

    @property
    def answer(self) -> str:
        """Return what can be said of the question, and what cannot."""
        say = words(self.language)
        compared = sum(g.compared for g in self.groups)
        told = [say("equal_carried", n=compared, of=len(self.groups), least=LEAST)]
        exact = self.study.settings.privacy.exact
        whole = [g for g in self.groups if g.survey.n >= exact and g.name not in self.worded]
        means = [m for g in whole if (m := g.survey.value) is not None]
        if len(means) > 1:
            low, high = fixed(min(means), self.language), fixed(max(means), self.language)
            told.append(say("equal_range", low=low, high=high, n=len(means)))
        return " ".join(told)


def equal_service(study: Study, language: str = "fi", *, by: str = "segment") -> EqualService:
    """Set groups of customers side by side: competence (DET.03) and functional quality (DIM.F).

    `by` is segment (base segments) or an attribute of informants, such as sector, which joins the
    roles and so has more people in each group. Interviews count people who told of a good or bad
    experience, below them who could have; fewer than `LEAST` are not compared. No test is made of
    a difference: people were not drawn at random. Raises `Unknown`.
    """
    base = [s.id for s in study.segments if s.level is SegmentLevel.BASE]
    division = divided(study, by, language)
    chosen = [g for g in division.groups if by != "segment" or g.name in base]
    felt = {key: _felt(study, key) for key in (COMPETENCE, FUNCTIONAL)}
    scores = survey(study, language) if len(study.surveys) == 1 and by == "segment" else None
    means = _means(scores)
    groups = tuple(
        Served(
            g.name,
            g.label,
            g.of,
            _of(felt[COMPETENCE], g.of),
            _of(felt[FUNCTIONAL], g.of),
            means.get(g.name, Mean()),
        )
        for g in chosen
    )
    worded = frozenset(scores.hidden(means)) if scores else frozenset()
    return EqualService(words(language)("equal_caption"), language, study, groups, scores, worded)


def _felt(study: Study, ref: str) -> tuple[People, People]:
    """Return who experienced the code or facet `ref` well, and who badly."""
    book = study.codebook
    name, felt = book.called(ref), book.called(EXPERIENCED)
    below = book.below(name) if name in book.content else frozenset()

    def telling(tone: str) -> Iterable[Coding]:
        wanted = {felt, book.called(tone)} | (set() if below else {name})
        return (
            c for c in study.counting if wanted <= set(c.facets) and (not below or c.code in below)
        )

    good, bad = (frozenset(map(study.speaker, telling(tone))) - {""} for tone in (GOOD, BAD))
    return good, bad


def _of(felt: tuple[People, People], group: People) -> tuple[People, People]:
    return felt[0] & group, felt[1] & group


def _means(scores: Scores | None) -> dict[str, Mean]:
    if scores is None:
        return {}
    code = scores.study.codebook.called(COMPETENCE)
    return {s: mean for (c, s), mean in scores.segment_means().items() if c == code}
