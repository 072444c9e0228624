"""Groups of customers: how their codes differ, beside chance, and what another grouping changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import workbench as wb
from tests.conftest import STUDY
from tests.environment import ROOT
from tests.people import example, write_people
from workbench.findings.groups import Group
from workbench.findings.presence import Presence
from workbench.findings.segmentation import NoRules, gaps
from workbench.study import Unknown

Write = Callable[..., Path]
EIGHT = {
    "E01": "esimies koulu ab", "E02": "esimies koulu ab", "E03": "esimies tori a",
    "E04": "esimies tori a", "E05": "palkansaaja koulu c", "E06": "palkansaaja koulu c",
    "E07": "palkansaaja tori cd", "E08": "palkansaaja tori a",
}  # fmt: skip


def test_each_code_shows_its_largest_difference_and_the_largest_comes_first(tmp_path: Path) -> None:
    table = wb.splits(wb.load(write_people(tmp_path, EIGHT)), by="role").table
    heads = ["Koodi", "Eniten", "Vähiten", "Suurin ero", "esimies", "palkansaaja"]
    assert list(table.columns) == heads
    assert table.to_numpy().tolist() == [
        ["Saavutettavuus", "esimies", "palkansaaja", "4/4 – 1/4", "4/4", "1/4"],
        ["Kohteliaisuus", "palkansaaja", "esimies", "3/4 – 0/4", "0/4", "3/4"],
        ["Odotusaika", "esimies", "palkansaaja", "2/4 – 0/4", "2/4", "0/4"],
        ["Nimetty yhteyshenkilö", "palkansaaja", "esimies", "1/4 – 0/4", "0/4", "1/4"],
    ]


def test_drawn_groups_differ_as_much_as_often_as_all_regroupings_of_six_say() -> None:
    """Three have a code and three have not: of the 20 ways to halve them 2 part them wholly."""
    cells = np.array([[True], [True], [True], [False], [False], [False]])
    presence = Presence(tuple("abcdef"), ("x",), cells)
    halves = [Group("1", "1", frozenset("abc")), Group("2", "2", frozenset("def"))]
    found = gaps(presence, halves, drawn=4000, seed=1)
    assert found.each.tolist() == [1.0]
    assert found.as_far == found.as_far_once
    assert abs(found.as_far / 4000 - 2 / 20) < 0.015


def test_groups_that_do_not_differ_are_matched_by_every_draw() -> None:
    presence = Presence(tuple("abcd"), ("x",), np.ones((4, 1), bool))
    halves = [Group("1", "1", frozenset("ab")), Group("2", "2", frozenset("cd"))]
    assert gaps(presence, halves, drawn=50).as_far == 50


def test_people_in_another_order_change_nothing(tmp_path: Path) -> None:
    one = wb.splits(wb.load(write_people(tmp_path / "one", EIGHT)), by="role")
    other = wb.splits(
        wb.load(write_people(tmp_path / "two", dict(reversed(EIGHT.items())))), by="role"
    )
    assert one.table.equals(other.table)
    assert one.caption == other.caption


def test_a_group_too_small_to_hide_in_is_left_out_and_named(tmp_path: Path) -> None:
    people = {**EIGHT, "E09": "esimies muu abcd"}
    market = STUDY["parameters/study.yml"] + "    muu: {fi: muualla, en: elsewhere}\n"
    changes = {"parameters/study.yml": market}
    found = wb.splits(wb.load(write_people(tmp_path, people, changes=changes)), by="sector")
    assert [g.name for g in found.groups] == ["koulu", "tori"]
    assert "vähintään 2 haastateltua: muualla (1)" in found.caption
    assert "8 haastateltua asiakasta 2 ryhmässä" in found.caption


def test_one_group_large_enough_is_no_comparison(study_with: Write) -> None:
    found = wb.splits(wb.load(study_with()), by="sector")
    assert "vertailua ei voi tehdä" in found.caption
    assert (found.gaps, len(found.table)) == (None, 0)
    assert found.chart().layout.title.text


def test_customers_without_a_value_are_a_group_and_providers_are_in_none() -> None:
    found = wb.splits(example(), by="situation")
    assert [(g.name, len(g.of)) for g in found.groups] == [("rekrytoi", 5), ("", 17)]
    assert not any(p.startswith(("S", "J")) for g in found.groups for p in g.of)
    assert "ei kirjattua arvoa" in found.table.columns


def test_groups_that_tie_are_all_named(tmp_path: Path) -> None:
    people = {"E01": "esimies koulu ab", "E02": "esimies koulu a", "E03": "esimies tori a",
              "E04": "esimies tori a", "E05": "esimies muu a", "E06": "esimies muu a"}  # fmt: skip
    market = STUDY["parameters/study.yml"] + "    muu: {fi: muualla, en: elsewhere}\n"
    changes = {"parameters/study.yml": market}
    table = wb.splits(wb.load(write_people(tmp_path, people, changes=changes)), by="sector").table
    rows = dict(zip(table["Koodi"], table["Vähiten"], strict=True))
    assert rows == {"Odotusaika": "tori, muualla", "Saavutettavuus": "–"}


def test_roles_split_the_example_more_than_years_of_service_do() -> None:
    study = example()
    role, tenure = (wb.splits(study, by=by).gaps for by in ("role", "tenure"))
    assert role is not None and tenure is not None
    assert role.as_far < 50
    assert tenure.as_far > 200
    assert [int(role.counts[:, n].sum()) for n in range(len(role.codes))] == [
        len(people) for people in (_people(study, code) for code in role.codes)
    ]


def _people(study: wb.Study, code: str) -> set[str]:
    said = (study.speaker(c) for c in study.counting if c.code in study.codebook.below(code))
    return {p for p in said if p and study.informants[p].side == "customer"}


def test_an_attribute_or_tree_that_is_not_there_is_refused(study_with: Write) -> None:
    study = wb.load(study_with())
    with pytest.raises(Unknown, match=r"attribute 'secto'.*'sector'"):
        wb.splits(study, by="secto")
    with pytest.raises(Unknown, match="tree 'laatu'"):
        wb.splits(study, by="role", tree="laatu")


def test_who_moves_where_is_counted_in_people_and_sums_up(study_with: Write) -> None:
    rules = {"kaikki-esimiehet": {"role": "esimies"}}
    found = wb.compare_segmentations(wb.load(study_with()), "en", other=rules)
    assert found.table.to_numpy().tolist() == [
        ["School supervisors", 2, 2], ["Market supervisors", 1, 1], ["All", 3, 3],
    ]  # fmt: skip
    assert found.moves["esimiehet-tori", "kaikki-esimiehet"] == {"E03"}
    assert "1 today, 0 in the other" in found.caption


def test_a_study_without_customers_moves_nobody(study_with: Write) -> None:
    none = {f"parameters/segments/{name}.yml": None
            for name in ("esimiehet", "esimiehet-koulu", "esimiehet-tori")}  # fmt: skip
    providers = wb.load(study_with(none)).where(side="provider")
    found = wb.compare_segmentations(providers, "en", other={"all": {"role": "esimies"}})
    assert found.table.to_numpy().tolist() == [["All", 0, 0]]


def test_who_fits_no_group_or_several_is_shown_apart(study_with: Write) -> None:
    rules: dict[str, dict[str, str | list[str]]] = {
        "koulu": {"sector": "koulu"}, "esimiehet": {"role": "esimies", "sector": ["koulu"]},
    }  # fmt: skip
    found = wb.compare_segmentations(wb.load(study_with()), other=rules)
    assert list(found.table.columns) == [
        "Nyt", "koulu", "esimiehet", "useassa ryhmässä", "ei missään ryhmässä", "Yhteensä",
    ]  # fmt: skip
    assert found.table.iloc[-1].tolist() == ["Yhteensä", 0, 0, 2, 1, 3]
    assert found.other.lost == 3


def test_a_study_s_own_rules_move_nobody_and_differ_as_much_as_they_do() -> None:
    study = example()
    found = wb.compare_segmentations(study, other=ROOT / "parameters" / "segments")
    assert all(one == other for one, other in found.moves)
    assert sum(len(people) for people in found.moves.values()) == 33
    assert found.today.lost == found.other.lost == 12
    assert found.today.gaps is not None and found.other.gaps is not None
    assert found.today.gaps.as_far == found.other.gaps.as_far
    assert found.problems == ()


def test_faults_in_the_other_s_files_are_told_not_raised(study_with: Write, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "hyva.yml").write_text(STUDY["parameters/segments/esimiehet-koulu.yml"], "utf-8")
    (other / "huono.yml").write_text("label: {fi: X\n", encoding="utf-8")
    found = wb.compare_segmentations(wb.load(study_with()), other=other)
    assert any(p.path.name == "huono.yml" for p in found.problems)
    assert f"{len(found.problems)} huomautettavaa" in found.caption


def test_rules_of_nothing_or_of_what_is_not_there_are_refused(
    study_with: Write, tmp_path: Path
) -> None:
    study = wb.load(study_with())
    with pytest.raises(NoRules, match="holds no base segments"):
        wb.compare_segmentations(study, other=tmp_path / "nowhere")
    with pytest.raises(NoRules):
        wb.compare_segmentations(study, other={})
    with pytest.raises(Unknown, match=r"value of 'sector' 'tor'.*'tori'"):
        wb.compare_segmentations(study, other={"x": {"sector": "tor"}})
    with pytest.raises(Unknown, match="attribute 'age'"):
        wb.compare_segmentations(study, other={"x": {"age": "9"}})


def test_the_figure_writes_people_and_makes_the_largest_part_bold(tmp_path: Path) -> None:
    found = wb.splits(wb.load(write_people(tmp_path, EIGHT)), by="role")
    (cells,) = found.chart().data
    assert [list(row) for row in cells.text][:2] == [["<b>4/4</b>", "1/4"], ["0/4", "<b>3/4</b>"]]
