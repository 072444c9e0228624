"""Survey means on a page: numbers only where no other page gives a small group's away."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from tests.sources import ALL, SURVEY
from workbench.loading import load
from workbench.reports.means import giving_away, surveyed, weighed, widest_gap
from workbench.study import Study

Write = Callable[..., Path]
PRIVACY = {
    "parameters/study.yml": STUDY["parameters/study.yml"].replace("cell: 1", "cell: 1, exact: 4")
}
CROSS = """\
label: {fi: Uudet, en: New}
level: cross
parent: esimiehet
rule: {sector: koulu}
population: {value: null, source: ei tiedossa}
"""
MARKET = """\
label: {fi: Hallin esimiehet, en: Hall supervisors}
level: base
parent: esimiehet
rule: {role: esimies, sector: halli}
population: {value: null, source: ei tiedossa}
"""


def answers(**many: int) -> str:
    """Return a survey in which so many of each sector expected 5 and experienced 3."""
    rows = [
        f"{sector}{n},esimies,{sector},5,3,4,,"
        for sector, count in many.items()
        for n in range(count)
    ]
    return "\n".join(["tunnus,rooli,toimiala,s_o,s_k,k_k,avoin,koodit", *rows]) + "\n"


def asked(study_with: Write, extra: dict[str, str] | None = None, **many: int) -> Study:
    sectors = PRIVACY["parameters/study.yml"] + "    halli: {fi: halli, en: hall}\n"
    some = "{esimiehet-koulu: 10, esimiehet-tori: 4}"
    invited = SURVEY.replace(some, "{esimiehet-koulu: 20, esimiehet-tori: 20, esimiehet-halli: 20}")
    study = load(study_with({
        **ALL, "parameters/study.yml": sectors, "observations/kysely.yml": invited,
        "parameters/segments/esimiehet-halli.yml": MARKET,
        "observations/kysely.csv": answers(**many), **(extra or {}),
    }))  # fmt: skip
    assert study.problems == ()
    return study


def worded(study: Study, segment: str) -> set[str]:
    (name,) = study.surveys
    means = giving_away(study.where(segment=segment), name)
    return {kind for code, kind in means if code == "saavutettavuus"}


def test_enough_answers_of_every_part_are_numbers(study_with: Write) -> None:
    study = asked(study_with, koulu=6, tori=5, halli=5)
    assert worded(study, "esimiehet-koulu") == set()
    (sheet,) = surveyed(study.where(segment="esimiehet-koulu"), "fi")
    assert sheet.rows == (
        ("Saavutettavuus", "3,00", "5,00", "−2,00"),
        ("Kohteliaisuus", "4,00", "–", "–"),
    )


def test_the_number_that_would_give_a_small_part_away_is_a_word(study_with: Write) -> None:
    study = asked(study_with, koulu=6, tori=5, halli=2)
    assert worded(study, "esimiehet-koulu") == set()
    assert worded(study, "esimiehet-tori") == {"experienced", "expected", "gap"}
    (sheet,) = surveyed(study.where(segment="esimiehet-tori"), "fi")
    assert sheet.rows[0] == (
        "Saavutettavuus",
        "asteikon puolivälissä",
        "asteikon puolivälin yläpuolella",
        "odotettua heikompi",
    )
    assert list(widest_gap(study.where(segment="esimiehet-tori"), "fi")) == []


def test_a_gap_is_counted_of_those_who_answered_both(study_with: Write) -> None:
    rows = answers(koulu=6, tori=5, halli=5)
    for n in (2, 3, 4):
        rows = rows.replace(f"halli{n},esimies,halli,5,3", f"halli{n},esimies,halli,5,")
    study = asked(study_with, {"observations/kysely.csv": rows}, koulu=6, tori=5, halli=5)
    assert worded(study, "esimiehet-tori") == {"experienced", "gap"}


def test_the_whole_of_the_parts_stays_a_number(study_with: Write) -> None:
    study = asked(study_with, koulu=6, tori=5, halli=2)
    assert worded(study, "esimiehet") == set()


def test_a_cross_segment_that_hardly_leaves_anybody_out_is_told_in_words(study_with: Write) -> None:
    cross = {"parameters/segments/uudet.yml": CROSS}
    near = asked(study_with, cross, koulu=6, tori=2, halli=1)
    assert worded(near, "uudet") == {"experienced", "expected", "gap"}
    far = asked(study_with, cross, koulu=6, tori=5, halli=5)
    assert worded(far, "uudet") == set()


def test_what_matters_is_told_only_where_somebody_asked(study_with: Write) -> None:
    study = asked(study_with, koulu=6, tori=5, halli=5)
    assert list(weighed(study.where(segment="esimiehet"), "fi")) == []


def test_too_few_answers_make_no_table(study_with: Write) -> None:
    study = asked(study_with, koulu=6, tori=5, halli=1)
    assert list(surveyed(study.where(segment="esimiehet-halli"), "fi")) == []
