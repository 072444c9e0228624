"""Survey means on a page, and which of them must be words because of what other pages print."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator

from workbench.base.languages import fixed, words
from workbench.base.problems import WorkbenchError
from workbench.findings.importance import importance
from workbench.findings.survey import Mean, Score, Scores, printed, survey
from workbench.material.segments import SegmentLevel
from workbench.material.surveys import Asks, Survey
from workbench.reports.listings import TOPICS_SHOWN, Counted, heads
from workbench.study import Study, answered

MEANS = ("experienced", "expected", "gap")
WEIGHED = ("experienced", "importance")
Key = tuple[str, str]
"""A code and which of its means."""


def surveyed(shown: Study, language: str) -> Iterator[Counted]:
    """Yield a table of means for each survey with enough answers from a group."""
    for name, found in shown.surveys.items():
        if len(found.answered) >= shown.settings.privacy.quote:
            scores = survey(shown, language, name=name)
            worded = giving_away(shown, name)
            rows = tuple(_row(scores, score, worded) for score in scores.scores)
            keys = ("determinant", "survey_experienced", "survey_expected", "use_gap")
            yield Counted(scores.caption, heads(language, *keys), rows)


def _row(scores: Scores, score: Score, worded: Container[Key]) -> tuple[str, ...]:
    said = (
        printed(
            scores.study,
            getattr(score, kind),
            scores.scale,
            scores.language,
            signed=kind == "gap",
            word=(score.code, kind) in worded,
        )
        for kind in MEANS
    )
    return scores.label(score.code), *said


def widest_gap(shown: Study, language: str) -> Iterator[tuple[str, str]]:
    """Yield for each survey where experience falls furthest short of expectation, and the sum.

    Only where a number may be printed.
    """
    for name in shown.surveys:
        scores = survey(shown, language, name=name)
        exact, worded = shown.settings.privacy.exact, giving_away(shown, name)
        told = [s for s in scores.scores if not any((s.code, kind) in worded for kind in MEANS)]
        gaps = [s for s in told if s.gap.n >= exact and (s.gap.value or 0) < 0]
        if gaps:
            least = min(gaps, key=lambda s: s.gap.value or 0)
            pair = words(language)("use_pair", sum=scores.difference(least))
            yield scores.label(least.code), pair


def weighed(shown: Study, language: str) -> Iterator[Counted]:
    """Yield what survey respondents say matters most, for each survey that asked them."""
    for name, source in shown.surveys.items():
        try:
            found = importance(shown, language, name=name)
        except WorkbenchError:
            continue  # this survey asked nobody what matters, or too few answered
        worded = giving_away(shown, name)
        told = [p for p in found.points if not worded & {(p.code, kind) for kind in WEIGHED}]
        points = sorted(told, key=lambda p: -p.importance)[:TOPICS_SHOWN]
        rows = tuple(
            (
                found.label(p.code),
                fixed(p.importance, language),
                fixed(p.performance, language),
                words(language)(f"survey_quadrant_{found.quadrant(p)}"),
            )
            for p in points
        )
        title, n = source.form.title.say(language), len(source.answered)
        caption = words(language)("survey_caption_stated", title=title, n=n)
        keys = ("determinant", "survey_importance", "survey_experienced", "survey_quadrant")
        yield Counted(caption, heads(language, *keys), rows)


@answered
def giving_away(shown: Study, name: str) -> frozenset[Key]:
    """Return the means of a survey whose number would give that of too few others away.

    Numbers of base segments and those of their parents could be subtracted (`Scores.hidden`), and
    so could a cross segment's and its parent's where hardly anybody is in the parent only. What
    cross segments give away of one another is not looked at.
    """
    key = giving_away, name
    found = shown.derived.get(key)
    if not isinstance(found, frozenset):
        scores = survey(shown, shown.settings.languages[0], name=name)
        found = shown.derived[key] = _giving_away(shown, scores)
    return found


def _giving_away(shown: Study, scores: Scores) -> frozenset[Key]:
    whole = shown.whole or shown
    own = whole.segments.all.get(shown.segment)
    if own is None:
        return frozenset()
    everybody = _answering(whole.surveys[scores.survey.id], whole)
    if own.level is SegmentLevel.CROSS:
        above = {s.id for s in whole.segments if own.parent in whole.segments.holding(s.id)}
        exact, here = whole.settings.privacy.exact, _answering(scores.survey, whole)
        rest = {
            key: sum(n for s, n in groups.items() if s in above) - here[key].total()
            for key, groups in everybody.items()
            if key in here
        }
        return frozenset(key for key, n in rest.items() if 0 < n < exact)
    return frozenset(
        key
        for key, groups in everybody.items()
        if own.id in scores.hidden({s: Mean(n) for s, n in groups.items()})
    )


def _answering(found: Survey, study: Study) -> dict[Key, Counter[str]]:
    """Return how many people of each base segment answered for each mean."""
    book = study.codebook
    about = {
        item.id: (book.path(item.code)[-1], str(item.asks))
        for item in found.form.items.values()
        if item.code in book.codes
    }
    counted: dict[Key, Counter[str]] = defaultdict(Counter)
    for row in found.rows:
        given = {about[name] for name in row.answers if name in about}
        both = {(code, "gap") for code, asks in given if asks == Asks.EXPERIENCED}
        both &= {(code, "gap") for code, asks in given if asks == Asks.EXPECTED}
        for key in given | both:
            counted[key][row.group.segment] += 1
    return counted
