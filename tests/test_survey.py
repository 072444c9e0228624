"""Survey numbers: gaps of pairs only, each mean with its n, words or nothing where few answered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.conftest import STUDY
from tests.sources import ALL, ANSWERS, SURVEY
from tests.test_counted import survey as parsed
from workbench.base.problems import WorkbenchError
from workbench.findings.survey import Mean, NoSurvey, Score, index, mean, printed
from workbench.material.settings import Privacy, Settings
from workbench.material.surveys import Scale
from workbench.study import Study

Write = Callable[..., Path]
PRIVATE = STUDY["parameters/study.yml"]
OPEN = PRIVATE.replace("{quote: 2, cell: 1}", "{quote: 1, exact: 1, cell: 1}")
HEAD = ANSWERS.split("\n", 1)[0] + "\n"


def of(rows: str, form: str = SURVEY, exact: int = 1) -> Study:
    """Return a bare study with a survey of these rows."""
    found, problems = parsed(form, HEAD + rows)
    assert problems == []
    assert found is not None
    settings = Settings(privacy=Privacy(quote=min(5, exact), exact=exact))
    return Study(Path(), settings=settings, surveys={"k": found})


def pairs(given: list[tuple[int, int]]) -> Score:
    """Return the score of people with these (expectation, experience), on a wide scale."""
    rows = "".join(f"V{n},esimies,koulu,{e},{p},,,\n" for n, (e, p) in enumerate(given))
    form = SURVEY.replace("{low: 1, high: 5}", "{low: -99, high: 99}").replace(
        "koulu: 10", "koulu: 99"
    )
    return wb.survey(of(rows, form)).scores[0]


def test_a_gap_is_of_those_who_answered_both(study_with: Write) -> None:
    study = wb.load(study_with({**ALL, "parameters/study.yml": OPEN}))
    access, courtesy = wb.survey(study).scores
    assert (access.experienced, access.expected) == (Mean(2, 3.5), Mean(3, 14 / 3))
    assert (access.of_pairs, access.hoped, access.gap) == (Mean(2, 3.5), Mean(2, 5), Mean(2, -1.5))
    assert (courtesy.experienced, courtesy.gap) == (Mean(2, 3), Mean())


def test_the_table_shows_experience_expectation_and_gap_together(study_with: Write) -> None:
    study = wb.load(study_with({**ALL, "parameters/study.yml": OPEN}))
    table = wb.survey(study).table
    assert list(table.iloc[0]) == [
        "Saavutettavuus", "3,50", 2, "4,67", 3, "3,50 − 5,00 = −1,50", 2, "62,5", "–",
    ]  # fmt: skip
    assert list(table.iloc[2])[:1] + list(table.iloc[2])[5:7] == [
        "Ero yhteensä, kaikilla sama paino", "−1,50", 2,
    ]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.integers(-40, 40), min_size=1, max_size=12))
def test_met_expectations_leave_no_gap(answers: list[int]) -> None:
    assert pairs([(a, a) for a in answers]).gap == Mean(len(answers), 0)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=1, max_size=12),
    st.integers(-40, 40),
)
def test_a_constant_added_to_both_and_another_order_change_no_gap(
    answers: list[tuple[int, int]], more: int
) -> None:
    gap = pairs(answers).gap
    moved = pairs([(e + more, p + more) for e, p in reversed(answers)]).gap
    assert moved.n == gap.n == len(answers)
    assert gap.value is not None
    assert moved.value == pytest.approx(gap.value)
    assert gap.value == pytest.approx(sum(p - e for e, p in answers) / len(answers))


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [(4.35, Scale(1, 5), 83.75), (1, Scale(1, 5), 0), (5, Scale(1, 5), 100), (4, Scale(1, 7), 50)],
)
def test_the_index_is_the_published_one(value: float, scale: Scale, expected: float) -> None:
    assert index(value, scale) == pytest.approx(expected)


def test_stated_weights_are_the_mean_importance() -> None:
    more = """\
  s_t: {code: saavutettavuus, asks: importance, text: {fi: a, en: b}}
  k_o: {code: kohteliaisuus, asks: expected, text: {fi: a, en: b}}
  k_t: {code: kohteliaisuus, asks: importance, text: {fi: a, en: b}}
open:"""
    form = SURVEY.replace("open:", more)
    head = HEAD.replace("k_k", "k_k,s_t,k_o,k_t")
    found, problems = parsed(form, head + "V1,esimies,koulu,5,3,4,4,3,1,,\n")
    assert problems == []
    assert found is not None
    study = Study(Path(), settings=Settings(privacy=Privacy(1, 1, 1)), surveys={"k": found})
    assert wb.survey(study).total == pytest.approx((-2 + 1) / 2)
    assert wb.survey(study, weights="stated").total == pytest.approx((4 * -2 + 1 * 1) / 5)


def test_stated_weights_that_nobody_stated_are_refused() -> None:
    with pytest.raises(WorkbenchError, match="use equal, or stated where items ask"):
        wb.survey(of("V1,esimies,koulu,5,3,4,,\n"), weights="stated")


@pytest.mark.parametrize(
    ("n", "value", "signed", "said"),
    [
        (10, 3.456, False, "3.46"), (9, 3.456, False, "above the middle of the scale"),
        (5, 1.0, False, "below the middle of the scale"),
        (9, 3.1, False, "at the middle of the scale"), (4, 3.4, False, "fewer than 5"),
        (0, None, False, "–"), (10, 0.5, True, "+0.50"), (10, -0.5, True, "−0.50"),
        (7, -0.5, True, "worse than expected"), (7, 0.1, True, "as expected"),
    ],
)  # fmt: skip
def test_a_number_needs_ten_a_word_five(
    n: int, value: float | None, signed: bool, said: str
) -> None:
    assert printed(Study(Path()), Mean(n, value), Scale(1, 5), "en", signed) == said


def test_a_segment_s_number_cannot_be_had_from_the_others_and_the_whole(study_with: Write) -> None:
    rows = "".join(f"A{n},esimies,koulu,4,5,5,,\n" for n in range(12))
    rows += "".join(f"B{n},esimies,tori,4,1,1,,\n" for n in range(3))
    form = SURVEY.replace("koulu: 10, esimiehet-tori: 4", "koulu: 20, esimiehet-tori: 4")
    small = {"observations/kysely.yml": form, "observations/kysely.csv": HEAD + rows,
             "parameters/study.yml": PRIVATE.replace("quote: 2", "quote: 5")}  # fmt: skip
    result = wb.survey(wb.load(study_with({**ALL, **small})), "en")
    assert list(result.by_segment.iloc[0]) == [
        "Access", "above the middle of the scale (12)", "fewer than 5 (3)", "4.20 (15)",
    ]  # fmt: skip


def test_response_is_told_by_segment_without_a_percentage_of_few(study_with: Write) -> None:
    study = wb.load(study_with(ALL))
    result = wb.survey(study, "en")
    assert [tuple(row)[1:] for row in result.response.itertuples(index=False)] == [
        (2, "10", "–"), (1, "4", "–"), (3, "14", "–"),
    ]  # fmt: skip
    assert "Invited 14." in result.caption
    here = wb.survey(study.where(segment="esimiehet-koulu"), "en")
    assert (here.responses[-1].answered, here.responses[-1].invited) == (2, 10)


def test_open_answers_are_counted_by_people_under_their_codes(study_with: Write) -> None:
    table = ANSWERS + "V4,esimies,koulu,4,4,4,Ei mitään,\n"
    study = wb.load(study_with({**ALL, "observations/kysely.csv": table}))
    assert list(wb.survey(study, "en").open.itertuples(index=False, name=None)) == [
        ("Waiting", "1/2"), ("Access", "1/2"),
    ]  # fmt: skip


def test_few_answers_or_a_low_rate_give_a_direction_only() -> None:
    many = "".join(f"V{n},esimies,koulu,4,5,5,,\n" for n in range(30))
    form = SURVEY.replace("koulu: 10", "koulu: 60").replace(", esimiehet-tori: 4", "")
    few = wb.survey(of("V1,esimies,koulu,4,5,5,,\n", form), "en").caption
    assert "a direction only: fewer than 30 respondents" in few
    unknown = wb.survey(of(many, form), "en").caption
    assert "a direction only: an unknown response rate." in unknown


@pytest.mark.parametrize(("answered", "enough"), [(40, True), (39, False)])
def test_forty_per_cent_of_the_invited_are_enough(
    study_with: Write, answered: int, enough: bool
) -> None:
    rows = "".join(f"A{n},esimies,koulu,4,5,5,,\n" for n in range(answered))
    form = SURVEY.replace("koulu: 10, esimiehet-tori: 4", "koulu: 90, esimiehet-tori: 10")
    full = {**ALL, "observations/kysely.yml": form, "observations/kysely.csv": HEAD + rows}
    caption = wb.survey(wb.load(study_with(full)), "en").caption
    assert f"response rate {answered} %" in caption
    assert ("a direction only: a response rate below 40 %." in caption) is not enough


def test_the_gap_is_told_apart_from_the_unmet_expectation_of_interviews(study_with: Write) -> None:
    study = wb.load(study_with(ALL))
    for language, told in (("fi", "täyttymätön odotus"), ("en", "unmet expectation")):
        assert told in wb.survey(study, language).caption


def test_an_interval_holds_its_mean_and_is_the_same_again() -> None:
    values = np.array([1, 2, 3, 4, 5, np.nan, 5, 4])
    drawn = mean(values, draws=500)
    assert drawn.low is not None
    assert drawn.high is not None
    assert drawn.low < 24 / 7 < drawn.high
    many = np.sqrt(np.arange(60))
    assert mean(many, draws=500) == mean(many, draws=500)
    assert mean(np.array([3.0, 3, 3]), draws=50) == Mean(3, 3, 3, 3)


@pytest.mark.campaign
def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    generator = np.random.default_rng(4)
    chances = [0.1, 0.15, 0.25, 0.3, 0.2]
    truth, held = sum(k * p for k, p in zip(range(1, 6), chances, strict=True)), 0
    for k in range(1000):
        drawn = mean(generator.choice([1.0, 2, 3, 4, 5], 100, p=chances), draws=400, seed=k)
        assert drawn.low is not None
        assert drawn.high is not None
        held += drawn.low <= truth <= drawn.high
    assert 0.93 <= held / 1000 <= 0.97


def test_several_surveys_must_be_named(study_with: Write) -> None:
    with pytest.raises(NoSurvey, match=r"This study has no survey. Bring one in with `workbench"):
        wb.survey(wb.load(study_with()))
    study = wb.load(study_with(ALL))
    two = replace(study, surveys={**study.surveys, "toinen": study.surveys["kysely"]})
    with pytest.raises(NoSurvey, match=r"say name=… \(kysely, toinen\)"):
        wb.survey(two)
    with pytest.raises(NoSurvey, match="Did you mean 'kysely'"):
        wb.survey(two, name="kysly")


def test_the_figure_draws_pairs_and_only_numbers_that_may_be_printed(study_with: Write) -> None:
    study = wb.load(study_with({**ALL, "parameters/study.yml": OPEN}))
    line, hoped, felt = wb.survey(study).chart().data
    assert (list(line.x), line.text[0].strip()) == ([5, 3.5], "−1,50")
    assert (list(hoped.x), list(felt.x)) == ([5], [3.5, 3])
    assert list(wb.survey(wb.load(study_with(ALL))).chart().data[-1].x) == []
