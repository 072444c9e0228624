"""Expected and experienced quality, and the expectations that one person saw unmet."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from workbench.findings.quality import quality
from workbench.loading import load

Write = Callable[..., Path]


def test_an_unmet_expectation_is_one_person_s_hope_and_bad_experience(study_with: Write) -> None:
    access = quality(load(study_with())).determinants[0]
    ((person, (hoped, met)),) = access.unmet.items()
    assert person == "E01"
    assert [c.passage.quote for c in hoped] == ["Pitäis päästä heti läpi."]
    assert [c.code for c in met] == ["odotusaika"]


def test_one_person_s_hope_and_another_s_bad_experience_are_no_unmet_expectation(
    study_with: Write,
) -> None:
    rows = STUDY["interviews/h01.aino.tsv"].replace("koettu -", "koettu +")
    access = quality(load(study_with({"interviews/h01.aino.tsv": rows}))).determinants[0]
    assert len(access.expected) == 1
    assert access.unmet == {}


def test_the_table_counts_people_on_both_sides(study_with: Write) -> None:
    table = quality(load(study_with()), "en").table
    assert list(table.iloc[0]) == ["Access", "1/3", "1/3", "2/3", "1/3"]


def test_a_bad_expectation_is_no_experience(study_with: Write) -> None:
    rows = STUDY["interviews/h03.aino.tsv"].replace("koettu -", "odotettu -")
    access = quality(load(study_with({"interviews/h03.aino.tsv": rows}))).determinants[0]
    assert {c.document for c in access.bad} == {"h01", "o01"}


def test_a_codebook_without_views_says_what_is_missing(study_with: Write) -> None:
    book = STUDY["parameters/codebook/nakokulma.yml"].replace("VIEW.E", "E")
    result = quality(load(study_with({"parameters/codebook/nakokulma.yml": book})), "en")
    assert result.determinants == ()
    assert "lacks codes that quality is counted from (ref VIEW.E)" in result.caption
    assert result.table.empty
