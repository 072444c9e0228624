"""What relationships say beside what was counted: side by side, both known, never mixed."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.offices import OFFICE
from tests.sources import ALL, MONTHS
from workbench.findings.encounters import Sum
from workbench.findings.survey import NoSurvey

Write = Callable[..., Path]
OTHERS = """\
esimies,koulu,2009-12,puhelin,neuvonta,999,
esimies,koulu,2010-01,puhelin,virhe,888,
"""
"""Another year, and another kind of encounter."""
FACETED = {
    **ALL,
    "observations/kohtaamiset.csv": f"{MONTHS}{OTHERS}",
    **OFFICE,
    "parameters/care/encounters.yml": str(OFFICE["parameters/care/encounters.yml"]).replace(
        "  demand: remote", "  demand: remote\n  facet: neuvonta"
    ),
    "parameters/care/relationships.yml": str(OFFICE["parameters/care/relationships.yml"]).replace(
        "count: 100", "year: 2010, count: 100"
    ),
}


def test_only_what_both_know_stands_side_by_side(study_with: Write) -> None:
    # koulu: 100 in the relationship, 120 + 80 counted in two months; tori: nobody counted its own
    (pair,) = wb.volumes(wb.load(study_with(FACETED)), "en").pairs
    assert (pair.segment, pair.kind) == ("esimiehet-koulu", "neuvonta")
    assert (pair.said.value, pair.counted, pair.months) == (100, Sum(200), 2)


def test_another_year_is_not_mixed_in(study_with: Write) -> None:
    assert wb.volumes(wb.load(study_with(FACETED)), year="2009").pairs == ()


def test_a_study_without_counts_is_refused(study_with: Write) -> None:
    with pytest.raises(NoSurvey, match="no encounters"):
        wb.volumes(wb.load(study_with(OFFICE)))
