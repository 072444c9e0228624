"""Surveys counted: who answered, what was expected and experienced, and how far apart they are.

The gap here is measured: the mean of experience less expectation of people who answered both. It
is not the unmet expectation of interviews (`findings.quality`), where nothing is subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.base.languages import fixed, words
from workbench.base.problems import WorkbenchError, near_miss
from workbench.findings.results import Result
from workbench.material.segments import SegmentLevel
from workbench.material.surveys import Asks, Question, Scale, Survey
from workbench.study import Study

T = TypeVar("T")
Numbers = npt.NDArray[np.float64]
FEW_ANSWERS, LOW_RATE = 30, 0.4
"""Below either of them a survey gives a direction only."""

OF_SCALE = 0.05
"""So much of the scale's length around its middle is in the middle, when a word stands for it."""


class NoSurvey(WorkbenchError):
    """The study has no such survey, or several where one must be named."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = ", ".join(known)
        if name:
            super().__init__(f"There is no {what} '{name}'. {near_miss(name, known)}")
        elif names:
            super().__init__(f"There are several: say name=… ({names}).")
        else:
            hint = "Bring one in with `workbench import table.csv`."
            super().__init__(f"This study has no {what}. {hint}")


def one_of(found: Mapping[str, T], what: str, name: str) -> T:
    """Return the source called `name`, or the only one; raises `NoSurvey`."""
    if name in found:
        return found[name]
    if name or len(found) != 1:
        raise NoSurvey(what, name, found)
    return next(iter(found.values()))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of `n` people, or none; `low` and `high` are the ends of its interval, if drawn."""

    n: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What a survey says of one code.

    `experienced`, `expected` and `importance` are means of all who answered that; `gap` is the
    mean of experience less expectation of those who answered both, `of_pairs` their experience
    and `hoped` their expectation. Somebody's answers to several items of a code are their mean.
    """

    code: str
    experienced: Mean
    expected: Mean
    of_pairs: Mean
    hoped: Mean
    gap: Mean
    importance: Mean


def index(mean: float, scale: Scale) -> float:
    """Return a mean as 0–100 of its scale: 25·(mean − 1) on 1–5.

    Source: the index of the service survey of Sveriges Kommuner och Regioner (SKR), where an
    answer of 5 is 100, 4 is 75 … and 1 is 0.
    """
    return 100 * (mean - scale.low) / (scale.high - scale.low)


@dataclass(frozen=True, slots=True)
class Response:
    """How many of a segment (or, without one, of all) answered, and were invited if known."""

    segment: str
    answered: int
    invited: int | None

    @property
    def rate(self) -> float | None:
        """Return the share of the invited that answered, if it is known."""
        return self.answered / self.invited if self.invited else None


@dataclass(frozen=True, repr=False)
class Scores(Result):
    """A survey in a view: `scores` by code of the highest level, `overall` and who answered.

    `weights` are those of the total over the codes: all equal, or as stated by respondents.
    """

    study: Study
    survey: Survey
    scores: tuple[Score, ...]
    overall: Mean
    responses: tuple[Response, ...]
    weighted: str = "equal"
    weights: dict[str, float] = field(default_factory=dict)

    @property
    def scale(self) -> Scale:
        """Return the scale of the answers."""
        return self.survey.form.scale

    @cached_property
    def total(self) -> float | None:
        """Return the gaps of all codes together, weighted, or None where no code has one."""
        gaps = {s.code: s.gap.value for s in self.scores if s.gap.value is not None}
        weight = sum(self.weights.get(code, 0) for code in gaps)
        if not weight:
            return None
        return sum(self.weights.get(code, 0) * gap for code, gap in gaps.items()) / weight

    def said(self, mean: Mean, signed: bool = False) -> str:
        """Return a mean as it may be printed: a number, a word where few answered, or "–"."""
        return printed(self.study, mean, self.scale, self.language, signed)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each code: means with their n, gap of pairs, index, importance."""
        say = words(self.language)
        keys = ("determinant", "survey_experienced", "survey_n", "survey_expected", "survey_n",
                "survey_pair", "survey_pairs", "survey_index", "survey_importance")  # fmt: skip
        rows = [
            (
                self.label(s.code),
                self.said(s.experienced),
                s.experienced.n,
                self.said(s.expected),
                s.expected.n,
                self.difference(s),
                s.gap.n,
                self._index(s.experienced),
                self.said(s.importance),
            )
            for s in self.scores
        ]
        if self.overall.n:
            whole = self.overall
            rows.append(
                (say("survey_overall"), self.said(whole), whole.n, "–", 0, "–", 0,
                 self._index(whole), "–")
            )  # fmt: skip
        if self.total is not None:
            pairs = min(s.gap.n for s in self.scores if s.gap.value is not None)
            total = self.said(Mean(pairs, self.total), signed=True)
            label = say(f"survey_total_{self.weighted}")
            rows.append((label, "–", 0, "–", 0, total, pairs, "–", "–"))
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def difference(self, score: Score) -> str:
        """Return experience, expectation and gap of the pairs as one sum: "3,40 − 4,50 = −1,10"."""
        if score.gap.n < self.study.settings.privacy.exact or score.gap.value is None:
            return self.said(score.gap, signed=True)
        p, e = self.said(score.of_pairs), self.said(score.hoped)
        return f"{p} − {e} = {self.said(score.gap, signed=True)}"

    def _index(self, mean: Mean) -> str:
        if mean.value is None or mean.n < self.study.settings.privacy.exact:
            return "–"
        return fixed(index(mean.value, self.scale), self.language, 1)

    def label(self, code: str) -> str:
        """Return the label of a code in the result's language, or the code if it has none."""
        book = self.study.codebook
        return book[code].label.say(self.language) if code in book else code

    @property
    def items(self) -> pd.DataFrame:
        """Return a row for each item: its words, what it asks, n, mean and index."""
        say = words(self.language)
        keys = ("survey_item", "determinant", "survey_asks", "survey_n", "survey_mean",
                "survey_index")  # fmt: skip
        found = [(q, mean(person_means(self.survey, [q]))) for q in self.survey.form.items.values()]
        return pd.DataFrame(
            [
                (
                    q.text.say(self.language),
                    self.label(q.code or ""),
                    say(f"survey_asks_{q.asks}"),
                    m.n,
                    self.said(m),
                    self._index(m),
                )
                for q, m in found
            ],
            columns=[say(key) for key in keys],
        )

    @property
    def open(self) -> pd.DataFrame:
        """Return the codes of open answers by the people who gave them, "3/17" of all who wrote.

        They are not added to what was said in interviews.
        """
        say, book = words(self.language), self.study.codebook
        people: dict[str, set[str]] = {}
        wrote = {r.id for r in self.survey.rows if any(said.text for said in r.said.values())}
        for r in self.survey.rows:
            given = {m.code for said in r.said.values() for m in said.marks if m.code in book}
            for code in {above for mark in given for above in book.path(mark)}:
                people.setdefault(code, set()).add(r.id)
        most = sorted(people, key=lambda code: (-len(people[code]), code))
        rows = [(self.label(code), f"{len(people[code])}/{len(wrote)}") for code in most]
        return pd.DataFrame(rows, columns=[say("code"), say("survey_wrote")])

    @property
    def response(self) -> pd.DataFrame:
        """Return who answered of those invited, by base segment and in all."""
        say = words(self.language)
        rows = []
        for r in self.responses:
            label = self.study.segments[r.segment].label.say(self.language) if r.segment else ""
            rate = (
                "–" if r.rate is None or (r.invited or 0) < 20 else percent(r.rate, self.language)
            )
            invited = say("unknown") if r.invited is None else str(r.invited)
            rows.append((label or say("survey_all"), r.answered, invited, rate))
        keys = ("segment", "survey_answered", "survey_invited", "survey_rate")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def by_segment(self) -> pd.DataFrame:
        """Return mean experience with n by code and base segment, then all.

        A segment whose number may not be printed could be had back from the others and the whole;
        so the next larger ones give words too until what is hidden is of enough people.
        """
        say, means = words(self.language), self.segment_means()
        names = [r.segment for r in self.responses if r.segment]
        rows: list[list[str]] = []
        for score in self.scores:
            cells = {name: means[score.code, name] for name in names}
            hidden = self.hidden(cells)
            own = [
                printed(self.study, m, self.scale, self.language, word=name in hidden)
                + (f" ({m.n})" if m.n else "")
                for name, m in cells.items()
            ]
            whole = f"{self.said(score.experienced)} ({score.experienced.n})"
            rows.append([self.label(score.code), *own, whole])
        labels = [self.study.segments[name].label.say(self.language) for name in names]
        return pd.DataFrame(rows, columns=[say("determinant"), *labels, say("survey_all")])

    def segment_means(self) -> dict[tuple[str, str], Mean]:
        """Return mean experience by (code, base segment), unprotected: for further counting."""
        groups = np.array([r.group.segment for r in self.survey.rows])
        found = {}
        for score in self.scores:
            own = self.experience(score.code)
            for r in self.responses:
                if r.segment:
                    found[score.code, r.segment] = mean(own[groups == r.segment])
        return found

    def experience(self, code: str) -> Numbers:
        """Return each respondent's mean experience of a code, NaN where there is none."""
        asked = _asking(self.study, self.survey, Asks.EXPERIENCED)
        return person_means(self.survey, asked.get(code, []))

    def hidden(self, cells: Mapping[str, Mean]) -> set[str]:
        """Return the segments without a number, so that no sum of a roll-up gives one away."""
        exact, segments = self.study.settings.privacy.exact, self.study.segments
        hidden = {name for name, m in cells.items() if 0 < m.n < exact}
        above = dict.fromkeys(a for name in cells for a in segments.holding(name)[1:])
        for whole in (*above, ""):
            own = [n for n in cells if cells[n].n and (not whole or whole in segments.holding(n))]
            for name in sorted(own, key=lambda name: cells[name].n):
                here = [h for h in own if h in hidden]
                if not here or (len(here) > 1 and sum(cells[h].n for h in here) >= exact):
                    break
                hidden.add(name)
        return hidden


def percent(share: float, language: str) -> str:
    """Return a share as whole per cent."""
    return f"{fixed(100 * share, language, 0)} %"


def printed(
    study: Study,
    m: Mean,
    scale: Scale,
    language: str,
    signed: bool = False,
    word: bool = False,
) -> str:
    """Return a mean as it may be printed after `settings.privacy`.

    A number for at least `exact` people, for at least `quote` a word for where it lies (`word`
    asks for one in any case), "–" below. A `signed` mean is a gap, and lies around 0.
    """
    say, privacy = words(language), study.settings.privacy
    if m.value is None or m.n < privacy.quote:
        return "–" if not m.n else say("survey_hidden", n=privacy.quote)
    if m.n >= privacy.exact and not word:
        sign = "+" if signed and round(m.value, 2) > 0 else ""
        own = f"{sign}{fixed(m.value, language)}"
        if m.low is None or m.high is None:
            return own
        return f"{own} [{fixed(m.low, language)}; {fixed(m.high, language)}]"
    middle = 0 if signed else (scale.low + scale.high) / 2
    near = OF_SCALE * (scale.high - scale.low)
    place = "middle" if abs(m.value - middle) <= near else "above" if m.value > middle else "below"
    return say(f"survey_gap_{place}") if signed else say(f"survey_band_{place}")


def person_means(survey: Survey, items: Iterable[Question]) -> Numbers:
    """Return each respondent's mean of their answers to `items`, NaN for those who gave none."""
    names = [q.id for q in items]
    means = np.full(len(survey.rows), np.nan)
    for n, row in enumerate(survey.rows):
        given = [row.answers[name] for name in names if name in row.answers]
        if given:
            means[n] = sum(given) / len(given)
    return means


def mean(values: Numbers, draws: int = 0, seed: int = 0) -> Mean:
    """Return the mean of the values that are there, with a bootstrap interval if drawn.

    The interval holds the middle 95 % of the means of `draws` samples of people, taken with
    replacement by a generator with a fixed seed (percentile bootstrap, Efron & Tibshirani 1993).
    """
    given = values[~np.isnan(values)]
    if not len(given):
        return Mean()
    value = float(given.mean())
    if not draws or len(given) < 2:
        return Mean(len(given), value)
    chosen = np.random.default_rng(seed).integers(0, len(given), (draws, len(given)))
    low, high = np.quantile(given[chosen].mean(axis=1), [0.025, 0.975])
    return Mean(len(given), value, float(low), float(high))


def survey(
    study: Study,
    language: str = "fi",
    *,
    name: str = "",
    weights: str = "equal",
    draws: int = 0,
) -> Scores:
    """Count a survey in a view: response, and what was expected and experienced of each code.

    `name` is that of its files, needed only where the study has several. `weights` of the total
    are `equal` or `stated` (mean importance). `draws` (1000, say) adds bootstrap intervals.
    Raises `NoSurvey`, and `WorkbenchError` for stated weights where nobody stated any.
    """
    found = one_of(study.surveys, "survey", name)
    asked = {asks: _asking(study, found, asks) for asks in Asks}
    codes = dict.fromkeys(c for asks in Asks if asks is not Asks.OVERALL for c in asked[asks])
    order = {c.id: n for n, c in enumerate(study.codebook)}
    scores = tuple(
        _score(found, code, {a: asked[a].get(code, []) for a in Asks}, draws)
        for code in sorted(codes, key=lambda c: order.get(c, len(order)))
    )
    overall = mean(person_means(found, found.form.asking(Asks.OVERALL)), draws)
    responses = _responses(study, found)
    caption = _caption(study, found, responses[-1], language)
    own = _weights(scores, weights)
    return Scores(caption, language, study, found, scores, overall, responses, weights, own)


def _asking(study: Study, found: Survey, asks: Asks) -> dict[str, list[Question]]:
    """Return the items that ask one thing by the topmost code above theirs."""
    by: dict[str, list[Question]] = {}
    for item in found.form.asking(asks):
        code = str(item.code or "")
        by.setdefault(study.codebook.path(code)[-1] if code in study.codebook else code, []).append(
            item
        )
    return by


def _score(found: Survey, code: str, asked: Mapping[Asks, list[Question]], draws: int) -> Score:
    felt, hoped, weight = (
        person_means(found, asked[a]) for a in (Asks.EXPERIENCED, Asks.EXPECTED, Asks.IMPORTANCE)
    )
    both = ~np.isnan(felt) & ~np.isnan(hoped)
    return Score(
        code,
        mean(felt, draws),
        mean(hoped, draws),
        mean(felt[both]),
        mean(hoped[both]),
        mean((felt - hoped)[both], draws),
        mean(weight),
    )


def _weights(scores: Iterable[Score], kind: str) -> dict[str, float]:
    if kind == "equal":
        return {s.code: 1.0 for s in scores}
    stated = {s.code: s.importance.value for s in scores if s.importance.value is not None}
    if kind != "stated" or not stated:
        raise WorkbenchError(
            f"No weights '{kind}' here: use equal, or stated where items ask for importance."
        )
    return stated


def _responses(study: Study, found: Survey) -> tuple[Response, ...]:
    """Return who answered by base segment of the view, and in all.

    How many of a view were invited is known where it consists of whole base segments.
    """
    answered = [r.group.segment for r in found.answered]
    base = [
        s.id
        for s in study.segments
        if s.level is SegmentLevel.BASE
        and (not study.segment or study.segment in study.segments.holding(s.id))
    ]
    rows = [Response(name, answered.count(name), found.form.invited.get(name)) for name in base]
    rows = [r for r in rows if r.answered or r.invited]
    known = [r.invited for r in rows]
    whole = sum(n for n in known if n) if rows and None not in known else None
    placed = sum(r.answered for r in rows) == len(answered)
    return (*rows, Response("", len(answered), whole if placed else None))


def _direction(whole: Response) -> list[str]:
    """Return why the answers give a direction only, if so."""
    why = ["few"] if whole.answered < FEW_ANSWERS else []
    if whole.rate is None:
        why.append("unknown_rate")
    elif whole.rate < LOW_RATE:
        why.append("low_rate")
    return why


def _caption(study: Study, found: Survey, whole: Response, language: str) -> str:
    say = words(language)
    title = found.form.title.say(language)
    parts = [say("survey_caption", title=title, n=whole.answered)]
    if whole.rate is not None and whole.invited:
        of, rate = whole.invited, percent(whole.rate, language)
        many = say("survey_caption_rate", invited=of, rate=rate)
        parts.append(many if of >= 20 else say("survey_caption_of", invited=of))
    else:
        parts.append(say("survey_caption_no_rate"))
    if found.left_out:
        parts.append(say("survey_left_out", n=found.left_out))
    if why := _direction(whole):
        parts.append(say("survey_direction", why="; ".join(say(f"survey_{key}") for key in why)))
    privacy = study.settings.privacy
    parts.append(say("survey_gap_note"))
    parts.append(say("survey_privacy", exact=privacy.exact, quote=privacy.quote))
    return " ".join(parts)
