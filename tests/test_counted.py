"""Descriptions and cells: numbers, dates, whose a row is, and what a description may name."""

from dataclasses import replace

import pytest

from tests.sources import ANSWERS, HERE, LANGUAGES, SEGMENTS, SURVEY, TABLE, VOCABULARY
from workbench.material.counted import Group, Mark, iso, marks, numeral
from workbench.material.surveys import Survey, parse_survey


def survey(form: str = SURVEY, table: str = ANSWERS) -> tuple[Survey | None, list[str]]:
    found, problems = parse_survey(form, HERE, table, TABLE, LANGUAGES, VOCABULARY, SEGMENTS)
    return found, [str(p) for p in problems]


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("4,50", ",", 4.5), ("4.50", ".", 4.5), ("3 400,5", ",", 3400.5), ("1\u00a0250", ".", 1250),
        ("-1", ".", -1), ("4,50", ".", None), ("4.50", ",", None), ("４", ".", None),
        ("④", ".", None), ("kolme", ".", None), ("1e5", ".", None), ("nan", ".", None),
        ("1 2", ".", None), ("", ".", None),
    ],
)  # fmt: skip
def test_a_number_is_plain_digits_or_none(cell: str, decimal: str, number: float | None) -> None:
    assert numeral(cell, decimal) == number


@pytest.mark.parametrize(
    ("cell", "form", "when"),
    [
        ("2009-11", "iso", "2009-11"), ("2009-11-03", "d.m.y", "2009-11-03"),
        ("3.2.2026", "d.m.y", "2026-02-03"), ("31.4.2026", "d.m.y", None),
        ("3.2.2026", "iso", None), ("2/11/2020", "d/m/y", "2020-11-02"),
        ("2/11/2020", "m/d/y", "2020-02-11"),
    ],
)  # fmt: skip
def test_a_date_is_read_by_its_form_only(cell: str, form: str, when: str | None) -> None:
    assert iso(cell, form) == when


def test_a_cell_holds_codes_each_with_its_facets() -> None:
    assert marks(" a koettu -; b;; a - koettu") == (
        Mark("a", frozenset({"koettu", "-"})), Mark("b"),
    )  # fmt: skip


def test_a_base_segment_follows_from_the_attributes() -> None:
    found, problems = survey()
    assert problems == []
    assert found is not None
    assert [r.group.segment for r in found.rows] == [
        "esimiehet-koulu", "esimiehet-koulu", "esimiehet-tori",
    ]  # fmt: skip


def test_people_of_no_base_segment_are_told_once_for_all_their_rows() -> None:
    _, problems = survey(
        table=ANSWERS + "V4,palkansaaja,tori,1,1,1,,\nV5,palkansaaja,tori,1,1,1,,\n"
    )
    assert problems == [
        "k.csv:6: must belong to one base segment but belongs to none (role palkansaaja, sector "
        "tori, 2 rows). Change the attributes or the rules in parameters/segments/."
    ]


def test_people_of_several_base_segments_are_told() -> None:
    table = ANSWERS.replace("V3,esimies,tori", "V3,esimies,tori; koulu")
    found, problems = survey(table=table)
    assert problems == [
        "k.csv:5: must belong to one base segment but belongs to 2: esimiehet-koulu, "
        "esimiehet-tori (role esimies, sector tori; koulu). "
        "Change the attributes or the rules in parameters/segments/."
    ]
    assert found is not None
    assert found.rows[2].group.segment == ""


def test_a_value_the_study_does_not_know_has_its_near_miss() -> None:
    _, problems = survey(table=ANSWERS.replace("V3,esimies,tori", "V3,esimies,torri"))
    assert "k.csv:5: 'sector' cannot be 'torri'. Did you mean 'tori'?" in problems


def test_cells_are_led_to_the_study_s_values() -> None:
    form = SURVEY + "values: {sector: {Koulutoimi: koulu}}\n"
    found, problems = survey(form, ANSWERS.replace("koulu", "Koulutoimi"))
    assert problems == []
    assert found is not None
    assert found.rows[0].group.attributes == (("role", ("esimies",)), ("sector", ("koulu",)))


def test_rows_the_description_does_not_want_are_left_out_and_counted() -> None:
    found, problems = survey(SURVEY + 'where: {s_k: ["3", ""]}\n')
    assert problems == []
    assert found is not None
    assert ([r.id for r in found.rows], found.left_out) == (["V1", "V2"], 1)


def test_nothing_is_read_when_a_column_of_where_is_not_there() -> None:
    found, problems = survey(SURVEY + "where: {suostumus: kyllä}\n")
    assert found is None
    assert problems == [
        "k.yml:15: k.csv has no column 'suostumus'. "
        "Known: avoin, k_k, koodit, rooli, s_k, s_o, toimiala, tunnus."
    ]


def test_a_column_that_is_not_there_is_told_where_it_is_named() -> None:
    found, problems = survey(SURVEY.replace("role: rooli", "role: roolit"))
    assert problems[0] == "k.yml:6: k.csv has no column 'roolit'. Did you mean 'rooli'?"
    assert found is not None


def test_an_attribute_the_study_does_not_have_is_told() -> None:
    _, problems = survey(SURVEY.replace("{role: rooli", "{rolle: rooli"))
    assert "k.yml:6: no attribute 'rolle' in study.yml. Did you mean 'role'?" in problems


def test_semicolons_and_decimal_commas_are_read_when_the_description_says_so() -> None:
    form = SURVEY.replace("high: 5}", "high: 5, whole: false}") + 'separator: ";"\ndecimal: ","\n'
    table = "tunnus;rooli;toimiala;s_o;s_k;k_k;avoin;koodit\nV1;esimies;koulu;4,5;3;4;a, b;\n"
    found, problems = survey(form, table)
    assert problems == []
    assert found is not None
    assert found.rows[0].answers == {"s_o": 4.5, "s_k": 3, "k_k": 4}
    assert found.rows[0].said["avoin"].text == "a, b"


def test_a_separator_that_is_none_is_refused() -> None:
    assert survey(SURVEY + "separator: ab\n") == (
        None, ["k.yml:15: 'separator' cannot be 'ab'. Write \",\" or \";\", say."],
    )  # fmt: skip


def test_only_the_groups_that_fit_are_kept() -> None:
    found, _ = survey()
    assert found is not None
    here = found.of(lambda group: group.segment == "esimiehet-tori")
    assert [r.id for r in here.rows] == ["V3"]
    assert here == replace(found, rows=found.rows[2:])
    assert found.of(lambda group: group == Group()).rows == ()
