"""Importance against performance: only survey numbers, stated or derived, and said which."""

from dataclasses import replace
from pathlib import Path

import pytest

import workbench as wb
from tests.test_counted import survey as parsed
from tests.test_survey import HEAD, SURVEY, of
from workbench.base.problems import WorkbenchError
from workbench.findings.importance import Importance
from workbench.material.settings import Privacy, Settings
from workbench.study import Study

FORM = SURVEY.replace(
    "open:",
    """\
  s_t: {code: saavutettavuus, asks: importance, text: {fi: a, en: b}}
  k_t: {code: kohteliaisuus, asks: importance, text: {fi: a, en: b}}
  koko: {asks: overall, text: {fi: a, en: b}}
open:""",
)
ROWS = """\
V1,esimies,koulu,5,1,5,5,2,1,,
V2,esimies,koulu,5,2,4,5,2,2,,
V3,esimies,koulu,5,3,4,4,3,3,,
"""


def study(exact: int = 1) -> Study:
    found, problems = parsed(FORM, HEAD.replace("k_k", "k_k,s_t,k_t,koko") + ROWS)
    assert problems == []
    assert found is not None
    settings = Settings(privacy=Privacy(quote=1, exact=exact))
    return Study(Path(), settings=settings, surveys={"k": found})


def at(result: Importance) -> dict[str, tuple[float, float]]:
    return {p.code: (round(p.importance, 4), round(p.performance, 4)) for p in result.points}


def test_stated_importance_is_a_mean_of_answers() -> None:
    result = wb.importance(study(), "en")
    assert at(result) == {"kohteliaisuus": (2.3333, 4.3333), "saavutettavuus": (4.6667, 2.0)}
    assert [result.quadrant(p) for p in result.points] == ["concentrate", "overkill"]
    assert "how important a thing is said to be" in result.caption


def test_a_quadrant_is_told_by_either_line_for_itself() -> None:
    result = replace(wb.importance(study()), cross=(4.8, 1.0))
    assert [result.quadrant(p) for p in result.points] == ["overkill", "overkill"]
    result = replace(result, cross=(1.0, 4.8))
    assert [result.quadrant(p) for p in result.points] == ["concentrate", "concentrate"]


def test_derived_importance_is_a_correlation_and_is_called_derived() -> None:
    result = wb.importance(study(), "en", kind="derived")
    assert at(result)["saavutettavuus"] == (1.0, 2.0)
    assert at(result)["kohteliaisuus"][0] == pytest.approx(-0.866, abs=0.001)
    assert "importance is derived, the correlation of experience" in result.caption


@pytest.mark.parametrize(
    ("cross", "lines"), [("mean", (3.5, 3.1667)), ("median", (3.5, 3.1667)), ("middle", (3, 3))]
)
def test_the_lines_cross_where_it_is_said(cross: str, lines: tuple[float, float]) -> None:
    result = wb.importance(study(), "en", cross=cross)
    assert result.cross == pytest.approx(lines, abs=1e-4)


def test_what_cannot_be_set_against_anything_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="Derived importance has no scale"):
        wb.importance(study(), kind="derived", cross="middle")
    with pytest.raises(WorkbenchError, match="items that ask for importance and 10 answers"):
        wb.importance(study(exact=10))
    with pytest.raises(WorkbenchError, match="an item `asks: overall`"):
        wb.importance(of("V1,esimies,koulu,5,3,4,,\n"), kind="derived")
    with pytest.raises(WorkbenchError, match="kind is stated or derived"):
        wb.importance(study(), kind="stted")
