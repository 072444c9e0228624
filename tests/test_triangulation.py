"""Survey, feedback and interviews beside one another, each with its own n, never added up."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.conftest import STUDY
from tests.sources import ALL

Write = Callable[..., Path]
OPEN = {
    "parameters/study.yml": STUDY["parameters/study.yml"].replace("quote: 2", "quote: 1, exact: 1")
}


def test_each_source_keeps_its_own_n(study_with: Write) -> None:
    result = wb.triangulation(wb.load(study_with({**ALL, **OPEN})), "en")
    assert list(result.table.iloc[0]) == [
        "Access", "3/3", "2/3", "3.50 (n = 2)", "3.50 − 5.00 = −1.50 (n = 2)", 3, 3, 2,
    ]  # fmt: skip
    assert result.caption.startswith(
        "Sources beside one another: 3 informants, 3 survey respondents, 4 feedback items."
    )


def test_a_segment_narrows_every_source(study_with: Write) -> None:
    here = wb.load(study_with({**ALL, **OPEN})).where(segment="esimiehet-tori")
    assert list(wb.triangulation(here, "en").table.iloc[0]) == [
        "Access", "1/1", "1/1", "4.00 (n = 1)", "4.00 − 5.00 = −1.00 (n = 1)", 1, 1, 1,
    ]  # fmt: skip


def test_only_who_agreed_is_quoted(study_with: Write) -> None:
    quotes = wb.triangulation(wb.load(study_with(ALL)), "en").quotes("saavutettavuus")
    assert list(quotes.itertuples(index=False, name=None)) == [
        ("interview", "h01/2", "Pitäis päästä heti läpi."),
        ("interview", "h01/2", "Mä jonotin puoli tuntia,"),
        ("interview", "h02/2", "Mulla on oma ihminen jolle soitan, ja se vastaa."),
        ("direct feedback", "palaute:2", "Puoli tuntia jonossa, taas"),
        ("direct feedback", "palaute:4", "Linja tukossa"),
    ]


def test_a_study_without_survey_and_feedback_shows_its_interviews(study_with: Write) -> None:
    table = wb.triangulation(wb.load(study_with()), "en").table
    assert list(table.iloc[0])[:5] == ["Access", "3/3", "2/3", "–", "–"]
