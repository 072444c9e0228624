"""Importance and performance from survey numbers, never from interviews (Martilla & James 1977)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.base.languages import fixed, words
from workbench.base.problems import WorkbenchError
from workbench.findings.results import Result
from workbench.findings.survey import Numbers, Scores, person_means, survey
from workbench.material.surveys import Asks
from workbench.study import Study

STATED, DERIVED = "stated", "derived"
CROSSES = ("mean", "median", "middle")


@dataclass(frozen=True, slots=True)
class Point:
    """A code's mean experience and its importance, of `n` people."""

    code: str
    importance: float
    performance: float
    n: int


@dataclass(frozen=True, repr=False)
class Importance(Result):
    """Points in four quadrants; `cross` is (importance, performance) where their lines cross.

    `left_out` are codes with too few answers for a number, or with no importance.
    """

    scores: Scores
    points: tuple[Point, ...]
    cross: tuple[float, float]
    kind: str
    left_out: tuple[str, ...]

    def quadrant(self, point: Point) -> str:
        """Return concentrate, keep, low or overkill."""
        weighty, good = point.importance >= self.cross[0], point.performance >= self.cross[1]
        if weighty:
            return "keep" if good else "concentrate"
        return "overkill" if good else "low"

    def label(self, code: str) -> str:
        """Return the label of a code in the result's language."""
        return self.scores.label(code)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each point: importance, performance, n and its quadrant."""
        say = words(self.language)
        keys = ("determinant", f"survey_importance_{self.kind}", "survey_experienced", "survey_n",
                "survey_quadrant")  # fmt: skip
        return pd.DataFrame(
            [
                (
                    self.label(p.code),
                    fixed(p.importance, self.language),
                    fixed(p.performance, self.language),
                    p.n,
                    say(f"survey_quadrant_{self.quadrant(p)}"),
                )
                for p in self.points
            ],
            columns=[say(key) for key in keys],
        )


def importance(
    study: Study,
    language: str = "fi",
    *,
    name: str = "",
    kind: str = STATED,
    cross: str = "mean",
) -> Importance:
    """Set the importance of each code against its mean experience, by survey numbers only.

    `kind` is `stated` (mean answers to items that ask for importance) or `derived` (Pearson's
    correlation of experience with the overall item, of those who answered both). `cross` puts the
    lines at the `mean` or `median` of the points or in the `middle` of the scale. Codes with fewer
    answers than `privacy.exact` are left out. Raises `WorkbenchError` where nothing can be drawn.
    """
    scores = survey(study, language, name=name)
    if kind not in (STATED, DERIVED) or cross not in CROSSES:
        raise WorkbenchError(
            f"No kind '{kind}' with cross '{cross}': kind is stated or derived, cross one of "
            f"{', '.join(CROSSES)}."
        )
    if kind == DERIVED and cross == "middle":
        raise WorkbenchError("Derived importance has no scale; use cross='mean' or 'median'.")
    weighed = _stated(scores) if kind == STATED else _derived(scores)
    exact = study.settings.privacy.exact
    points = tuple(
        Point(s.code, weighed[s.code][0], s.experienced.value, n)
        for s in scores.scores
        if s.code in weighed and s.experienced.value is not None
        and (n := min(weighed[s.code][1], s.experienced.n)) >= exact
    )  # fmt: skip
    if not points:
        wanted = "items that ask for importance" if kind == STATED else "an item `asks: overall`"
        raise WorkbenchError(
            f"No code has {wanted} and {exact} answers, so importance cannot be set against it."
        )
    at = tuple(
        _cross([(p.importance, p.performance)[n] for p in points], scores, cross) for n in (0, 1)
    )
    shown = {p.code for p in points}
    left_out = tuple(s.code for s in scores.scores if s.code not in shown)
    say = words(language)
    caption = " ".join(
        [
            say(f"survey_caption_{kind}", title=scores.survey.form.title.say(language),
                n=len(scores.survey.answered)),
            say(f"survey_cross_{cross}"),
            *([say("survey_points_left_out", n=len(left_out))] if left_out else []),
        ]
    )  # fmt: skip
    return Importance(caption, language, scores, points, (at[0], at[1]), kind, left_out)


def _stated(scores: Scores) -> dict[str, tuple[float, int]]:
    return {
        s.code: (s.importance.value, s.importance.n)
        for s in scores.scores
        if s.importance.value is not None
    }


def _derived(scores: Scores) -> dict[str, tuple[float, int]]:
    """Return the correlation of each code's experience with the overall item, with its n."""
    found = scores.survey
    whole = person_means(found, found.form.asking(Asks.OVERALL))
    derived = {}
    for score in scores.scores:
        own = scores.experience(score.code)
        both = ~np.isnan(own) & ~np.isnan(whole)
        if both.sum() > 2 and own[both].std() and whole[both].std():
            derived[score.code] = (_correlation(own[both], whole[both]), int(both.sum()))
    return derived


def _correlation(a: Numbers, b: Numbers) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def _cross(values: list[float], scores: Scores, cross: str) -> float:
    if cross == "middle":
        return (scores.scale.low + scores.scale.high) / 2
    return float(np.mean(values) if cross == "mean" else np.median(values))
