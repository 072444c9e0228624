"""Equal service: groups side by side, people of those who could have told, refusals told."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.people import example
from workbench.findings.equality import LEAST, EqualService
from workbench.findings.results import NoChart
from workbench.study import Unknown

Write = Callable[..., Path]


def served(by: str = "segment") -> EqualService:
    return wb.equal_service(example(), "fi", by=by)


def test_who_tells_is_counted_by_hand() -> None:
    """Two of five in social and health services speak well of competence, one badly (2, 1)."""
    found = {g.name: g for g in served().groups}
    group = found["esimiehet-soster"]
    told = {
        tone: {
            example().speaker(c)
            for c in example().counting
            if c.code in example().codebook.below("pätevyys") and {"koettu", tone} <= set(c.facets)
        }
        for tone in "+-"
    }
    assert [p & group.of for p in map(frozenset, told.values())] == list(group.competence)
    assert [len(p) for p in group.competence] == [2, 1]


def test_a_group_with_too_few_people_is_refused_and_says_so() -> None:
    small = [g for g in served().groups if len(g.of) < LEAST]
    assert len(small) == 6
    row = served().table.iloc[[g.name for g in served().groups].index(small[0].name)]
    assert list(row[2:6]) == ["ei verrata, alle 5"] * 4
    assert "4/10 ryhmää" in served().answer


def test_a_survey_mean_that_may_not_be_told_is_a_word() -> None:
    means = {g.name: served().mean(g) for g in served().groups}
    assert means["esimiehet-soster"] == "3,81 (n = 85)"
    assert means["esimiehet-opetus"] == "asteikon puolivälin yläpuolella"
    assert means["palkansaajat-tike"] == "alle 5 vastaajaa"


def test_both_roles_of_a_sector_are_one_group() -> None:
    of = {g.name: len(g.of) for g in served("sector").groups}
    assert of["soster"] == 11
    assert served("sector").scores is None


def test_an_attribute_nobody_has_is_refused() -> None:
    with pytest.raises(Unknown):
        served("sectro")


def test_a_study_without_survey_or_codes_of_quality_tells_nothing_and_does_not_fail(
    study_with: Write,
) -> None:
    found = wb.equal_service(wb.load(study_with()), "en")
    assert all(not p for g in found.groups for p in (*g.competence, *g.functional))
    assert list(found.table["Survey: competence"]) == ["–", "–"]


def test_only_means_that_may_be_told_are_points() -> None:
    (points,) = served().chart().data
    assert list(points.text) == [m for g in served().groups if "n = " in (m := served().mean(g))]
    assert len(points.x) == 6


def test_without_a_survey_there_is_no_picture() -> None:
    with pytest.raises(NoChart):
        served("sector").chart()
