"""Codes by groups: people of those who could have said it, parents as unions, words behind."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import people
from workbench import load
from workbench.findings.counts import could_have_said, tally
from workbench.findings.crosstab import ALL, Crosstab, crosstab
from workbench.study import Study, Unknown

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def example() -> Study:
    return people.example()


def cell(result: Crosstab, code: str, group: str) -> tuple[int, int, int]:
    row = result.codes.index(code)
    column = [g.name for g in result.groups].index(group)
    return (
        result.people[row, column], result.documents[row, column], result.passages[row, column]
    )  # fmt: skip


def test_people_documents_and_passages_stand_side_by_side(study_with: Write) -> None:
    result = crosstab(load(study_with()), "en", tree="laatutekijat")
    assert cell(result, "saavutettavuus", "esimiehet-koulu") == (2, 2, 3)
    assert list(result.wide["School supervisors"].iloc[0]) == [2, 2, 3]
    assert list(result.wide["School supervisors"].columns) == ["People", "Documents", "Passages"]


def test_below_the_line_stands_who_could_have_said_it_in_that_group(study_with: Write) -> None:
    result = crosstab(load(study_with()), "en", tree="laatutekijat")
    assert list(result.table.iloc[0]) == ["Access", "3/3", "2/2", "1/1", "3/3"]


def test_a_code_holds_the_people_of_the_codes_below_it(example: Study) -> None:
    result = crosstab(example, tree="laatutekijat")
    book, cols = example.codebook, result.division.cols
    for n, group in enumerate(result.groups):
        here = result.division.within(group.name)
        for row, code in enumerate(result.codes):
            own = {
                int(cols.person[i]) for i in here if cols.codings[i].code in book.below(code)
            } - {-1}
            assert result.people[row, n] == len(own), (group, code)


def test_base_segments_sum_to_their_roll_up(example: Study) -> None:
    result = crosstab(example)
    names = [g.name for g in result.groups]
    for top in ("esimiehet", "palkansaajat"):
        base = [s.id for s in example.segments if s.parent == top and s.level == "base"]
        parts = result.people[:, [names.index(b) for b in base]].sum(axis=1)
        assert (parts == result.people[:, names.index(top)]).all()


def test_a_segment_s_column_is_what_its_view_counts(example: Study) -> None:
    result = crosstab(example)
    for n, group in enumerate(result.groups[:-1]):
        view = example.where(segment=group.name)
        found = tally(view)
        assert could_have_said(view) == group.of
        for row, code in enumerate(result.codes):
            people = len(found[code].people) if code in found else 0
            assert people == result.people[row, n], (group.name, code)


def test_codings_are_divided_by_facets_of_a_tree(study_with: Write) -> None:
    result = crosstab(load(study_with()), by="nakokulma", tree="laatutekijat")
    assert cell(result, "saavutettavuus", "-")[0] == 2
    assert cell(result, "saavutettavuus", "+")[0] == 1


def test_only_codings_with_all_facets_count(study_with: Write) -> None:
    result = crosstab(load(study_with()), facets=["koettu", "-"])
    assert cell(result, "saavutettavuus", ALL)[0] == 2
    assert cell(result, "kohteliaisuus", ALL) == (0, 0, 0)


def test_by_coder_every_coding_is_divided_also_of_those_who_do_not_count(study_with: Write) -> None:
    result = crosstab(load(study_with()), by="coder")
    assert cell(result, "saavutettavuus", "eero") == (1, 1, 1)
    assert [len(g.of) for g in result.groups] == [3, 1, 3]


def test_behind_every_cell_stand_its_words(study_with: Write) -> None:
    result = crosstab(load(study_with()), "en", tree="laatutekijat")
    found = result.quotes("saavutettavuus", "esimiehet-tori")
    assert [c.passage.quote for c in found.codings] == ["Linja oli taas varattu."]
    assert found.caption.startswith("Access · Market supervisors: 1 passages, 1 people")


def test_the_passages_of_a_cell_are_as_many_as_its_words(example: Study) -> None:
    result = crosstab(example, by="role", tree="laatutekijat", top=True)
    for row, code in enumerate(result.codes):
        for n, group in enumerate(result.groups):
            assert len(result.quotes(code, group.name).codings) == result.passages[row, n]


def test_a_way_to_divide_that_is_not_known_is_told_with_those_that_are(study_with: Write) -> None:
    with pytest.raises(Unknown, match=r"no way to divide the codings 'sektor' .*'sector'"):
        crosstab(load(study_with()), by="sektor")
    with pytest.raises(Unknown, match="no group 'esimiet'"):
        crosstab(load(study_with()), groups=["esimiet"])
    with pytest.raises(Unknown, match="no tree of codes 'savy'"):
        crosstab(load(study_with()), tree="savy")


@settings(max_examples=10, deadline=None)
@given(st.randoms())
def test_the_order_of_codings_changes_nothing(random: object) -> None:
    study = people.example().where(kind="interview")
    want = crosstab(study, by="sector")
    codings = list(study.codings)
    random.shuffle(codings)  # type: ignore[attr-defined]
    got = crosstab(replace(study, codings=tuple(codings)), by="sector")
    assert np.array_equal(got.people, want.people)
    assert np.array_equal(got.passages, want.passages)


def test_somebody_whose_interview_nobody_coded_could_not_have_said_it(study_with: Write) -> None:
    result = crosstab(load(study_with({"interviews/h03.aino.tsv": None})))
    assert {g.name: len(g.of) for g in result.groups} == {
        "esimiehet": 2, "esimiehet-koulu": 2, "esimiehet-tori": 0, ALL: 2,
    }  # fmt: skip


def test_lost_codings_are_divided_by_no_coder(study_with: Write) -> None:
    lost = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n2\t0\t9\tkohteliaisuus\t\tei missään\t\n"
    result = crosstab(load(study_with({"interviews/h01.eero.tsv": lost})), by="coder")
    assert cell(result, "kohteliaisuus", "eero") == (0, 0, 0)


def test_a_view_in_which_nothing_is_coded_has_a_table_of_nobody(study_with: Write) -> None:
    empty = load(study_with()).where(side="provider")
    table = crosstab(empty, by="role", top=True).table
    assert table.iloc[0].tolist() == ["Saavutettavuus", "0/0", "0/0", "0/0"]
