"""Clusters: found where there are some, no firmer than chance elsewhere, a suggestion."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from tests.conftest import STUDY
from tests.people import example, write_people
from workbench.findings.clustering import BadNumber, Driver, _chance, _cuts, _found_again, _tree

Write = Callable[..., Path]
TWO = {f"E{n:02}": "esimies koulu ab" if n < 8 else "palkansaaja tori cd" for n in range(1, 14)}


def test_two_kinds_of_people_are_found_with_what_sets_them_apart(tmp_path: Path) -> None:
    found = wb.clusters(wb.load(write_people(tmp_path, TWO)), k=2)
    one, other = found.clusters
    assert one.people == tuple(f"E{n:02}" for n in range(1, 8))
    assert one.drivers == (Driver("odotusaika", 7, 0), Driver("saavutettavuus", 7, 0))
    assert other.drivers == (Driver("kohteliaisuus", 6, 0), Driver("nimetty-yhteyshenkilö", 6, 0))
    assert list(found.table["Mikä joukossa korostuu"]) == [
        "Odotusaika 7/7 (muut 0/6); Saavutettavuus 7/7 (muut 0/6)",
        "Kohteliaisuus 6/6 (muut 0/7); Nimetty yhteyshenkilö 6/6 (muut 0/7)",
    ]
    segments = "Kuinka moni perusryhmästä kuuluu joukkoon"
    assert list(found.table[segments]) == ["Koulun esimiehet 7/7", ""]


def test_distances_are_jaccard_s_and_clusters_never_hold_two_further_apart() -> None:
    """Three people have ab, abc and c: 1/3, 2/3 and 1 apart."""
    cells = np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]], bool)
    assert _tree(cells)[:, 2].round(9).tolist() == [round(1 / 3, 9), 1.0]
    assert _cuts(cells, [2])[0].tolist() in ([0, 0, 1], [1, 1, 0])


def test_a_cluster_is_found_again_as_far_as_the_one_most_like_it_is() -> None:
    cut, again = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])
    assert _found_again(cut, again).round(9).tolist() == [round(2 / 3, 9), round(2 / 3, 9)]
    assert _found_again(cut, 1 - cut).tolist() == [1, 1]


def test_dealing_codes_out_anew_undoes_the_groups_there_were() -> None:
    blocks = np.kron(np.eye(2), np.ones((8, 12))).astype(bool)
    assert _chance(blocks, [2], np.random.default_rng(1))[0] < 0.8


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_a_cut_is_found_again_in_itself(cut: list[int]) -> None:
    numbers = np.unique(cut, return_inverse=True)[1]
    assert (_found_again(numbers, numbers) == 1).all()


def test_people_in_another_order_change_nothing(tmp_path: Path) -> None:
    people = {p: f"{line[:-1]}" if n % 3 else line for n, (p, line) in enumerate(TWO.items())}
    one = wb.clusters(wb.load(write_people(tmp_path / "one", people)))
    other = wb.clusters(wb.load(write_people(tmp_path / "two", dict(reversed(people.items())))))
    assert one.table.equals(other.table)
    assert one.clusters == other.clusters
    assert one.by_chance == other.by_chance


def test_fewer_than_twelve_are_not_clustered_and_the_reason_is_said(tmp_path: Path) -> None:
    few = dict(list(TWO.items())[2:])
    found = wb.clusters(wb.load(write_people(tmp_path, few)))
    assert found.clusters == ()
    assert found.caption.startswith("Haastateltuja asiakkaita on 11;")
    assert found.chart().layout.title.text


def test_people_who_all_say_the_same_are_not_clustered(tmp_path: Path) -> None:
    same = dict.fromkeys(TWO, "esimies koulu ab")
    assert wb.clusters(wb.load(write_people(tmp_path, same))).clusters == ()


def test_where_codes_fall_by_chance_clusters_are_about_as_firm_as_chance_gives(
    tmp_path: Path,
) -> None:
    rng = np.random.default_rng(5)
    people = {
        f"E{n:02}": f"esimies koulu {''.join(x for x in 'abcd' if rng.random() < 0.5)}"
        for n in range(1, 25)
    }
    found = wb.clusters(wb.load(write_people(tmp_path, people)), k=3)
    firm = np.mean([c.firm for c in found.clusters])
    assert abs(firm - found.by_chance) < 0.2
    planted = wb.clusters(wb.load(write_people(tmp_path / "planted", TWO)), k=2)
    assert np.mean([c.firm for c in planted.clusters]) > 0.9


@pytest.mark.parametrize(
    ("language", "word"),
    [("fi", "Ehdotus, ei"), ("en", "A suggestion, not"), ("sv", "Ett förslag, ingen")],
)
def test_it_says_that_it_is_a_suggestion(language: str, word: str) -> None:
    assert wb.clusters(example(), language, k=2).caption.startswith(word)


def test_every_customer_of_the_example_is_in_one_cluster() -> None:
    found = wb.clusters(example())
    people = [p for c in found.clusters for p in c.people]
    assert len(people) == len(set(people)) == 33
    assert set(people) == set(found.presence.rows)
    assert 0 < found.by_chance < 1


def test_a_cluster_too_small_for_a_segment_says_so(tmp_path: Path) -> None:
    people = {**TWO, "E14": "esimies koulu d"}
    people = {p: line if p == "E14" else line.replace("cd", "c") for p, line in people.items()}
    people["E13"] = "esimies koulu d"
    quote = {"parameters/study.yml": _with_quote(3)}
    found = wb.clusters(wb.load(write_people(tmp_path, people, changes=quote)), k=3)
    assert [len(c.people) for c in found.clusters] == [7, 5, 2]
    assert "Liian pieni asiakasryhmäksi." in found.table["Huomaa"].iloc[2]


def _with_quote(least: int) -> str:
    return STUDY["parameters/study.yml"].replace("quote: 2", f"quote: {least}")


@pytest.mark.parametrize("k", [1, 0, 13, range(0), range(1, 4)])
def test_a_number_of_clusters_that_means_nothing_is_refused(
    k: int | range, study_with: Write
) -> None:
    with pytest.raises(BadNumber, match=r"range\(2, 6\)"):
        wb.clusters(wb.load(study_with()), k=k)


def test_the_matrix_shows_each_person_once_and_parts_the_clusters(tmp_path: Path) -> None:
    found = wb.clusters(wb.load(write_people(tmp_path, TWO)), k=2)
    figure = found.chart()
    (cells,) = figure.data
    assert [name[0] for name in cells.x] == ["A"] * 7 + ["B"] * 6
    assert sorted(name[4:] for name in cells.x) == sorted(TWO)
    assert np.array(cells.z).sum() == 26
    assert [line.x0 for line in figure.layout.shapes] == [6.5]
