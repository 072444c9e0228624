"""Coders side by side: what belongs together, and how they differ on it."""

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, Standing
from workbench.coding.comparison import How, Point, compare
from workbench.material.documents import Document, Kind, Turn

TEXT = "Pitäis päästä heti läpi. Mä jonotin puoli tuntia, ihan turhaan."
DOCUMENT = Document(
    "h01", Kind.INTERVIEW, "2010", "fi", Path("h01.md"),
    {n: Turn(n, "E01", TEXT, n) for n in (7, 2)},
)  # fmt: skip


def said(coder: str, start: int, end: int, code: str, facets: str = "", turn: int = 2) -> Coding:
    passage = Passage("h01", turn, start, end, TEXT[start:end])
    return Coding(passage, code, coder, Place(Path("x.tsv"), 2), frozenset(facets.split()))


def compared(*codings: Coding, coders: str = "aino eero") -> tuple[Point, ...]:
    return compare(DOCUMENT, codings, coders.split())


def test_the_same_code_on_the_same_words_is_no_difference() -> None:
    (point,) = compared(said("aino", 0, 24, "a", "+ x"), said("eero", 0, 24, "a", "x +"))
    assert point.how is How.SAME


def test_other_facets_on_the_same_words_are_a_difference() -> None:
    (point,) = compared(said("aino", 0, 24, "a", "+"), said("eero", 0, 24, "a", "-"))
    assert point.how is How.FACETS


def test_the_same_code_on_overlapping_words_differs_by_its_boundaries() -> None:
    (point,) = compared(said("aino", 0, 24, "a"), said("eero", 7, 30, "a"))
    assert (point.how, point.start, point.end) == (How.BOUNDARIES, 0, 30)


def test_another_code_on_overlapping_words_is_set_beside_it() -> None:
    (point,) = compared(said("aino", 0, 24, "a"), said("eero", 23, 30, "b"))
    assert point.how is How.CODE
    assert [c.code for c in point.of("eero")] == ["b"]


def test_what_only_one_coded_is_missing_from_the_other() -> None:
    first, second = compared(said("aino", 0, 24, "a"), said("eero", 24, 30, "a"))
    assert (first.how, second.how) == (How.MISSING, How.MISSING)
    assert first.of("eero") == ()


def test_the_same_code_is_matched_before_another_on_the_same_words() -> None:
    """Aino gave two codes to the words, Eero one of them: only the other is missing."""
    points = compared(said("aino", 0, 24, "a"), said("aino", 0, 24, "b"), said("eero", 0, 24, "b"))
    assert [(p.how, p.codings[0].code) for p in points] == [(How.MISSING, "a"), (How.SAME, "b")]


def test_two_codes_of_one_coder_on_the_same_words_are_two_points() -> None:
    points = compared(said("aino", 0, 24, "a"), said("aino", 0, 24, "b"))
    assert [p.how for p in points] == [How.MISSING, How.MISSING]


def test_two_short_passages_against_a_long_one_are_one_point() -> None:
    (point,) = compared(
        said("aino", 0, 13, "a"), said("aino", 14, 24, "b"), said("eero", 0, 24, "c")
    )
    assert (point.how, len(point.of("aino"))) == (How.CODE, 2)


def test_words_in_different_turns_never_meet() -> None:
    points = compared(said("aino", 0, 24, "a"), said("eero", 0, 24, "a", turn=7))
    assert [p.turn for p in points] == [7, 2], "in the order of the text"
    assert {p.how for p in points} == {How.MISSING}


def test_of_three_coders_the_two_who_agree_stand_against_the_third() -> None:
    aino, eero = said("aino", 0, 24, "a"), said("eero", 0, 24, "a")
    (point,) = compared(aino, eero, said("liisa", 3, 20, "b"), coders="aino eero liisa")
    assert (point.how, [c.coder for c in point.codings]) == (How.CODE, ["aino", "eero", "liisa"])
    (point,) = compared(aino, eero, coders="aino eero liisa")
    assert point.how is How.MISSING


def test_lost_codings_and_other_coders_are_left_out() -> None:
    lost = said("eero", 0, 24, "a").at(said("eero", 0, 24, "a").passage, Standing.LOST)
    (point,) = compared(said("aino", 0, 24, "a"), lost, said("kone", 0, 24, "a"))
    assert (point.how, point.of("kone")) == (How.MISSING, ())


def test_a_point_is_named_by_its_judgements_and_not_by_memo_or_line() -> None:
    (point,) = compared(said("aino", 0, 24, "a"))
    (other,) = compared(said("aino", 0, 24, "a", "+"))
    assert point.basis != other.basis


codings = st.lists(
    st.builds(
        said,
        st.sampled_from(["aino", "eero", "liisa"]),
        st.integers(0, 20),
        st.integers(21, 40),
        st.sampled_from("abc"),
        st.sampled_from(["", "+", "-"]),
    )
    | st.builds(said, st.just("aino"), st.integers(0, 5), st.integers(6, 9), st.just("d")),
    max_size=12,
    unique_by=lambda c: (c.coder, c.key),
)


@given(codings)
def test_every_coding_stands_in_exactly_one_point(made: list[Coding]) -> None:
    points = compared(*made, coders="aino eero liisa")
    assert sorted(map(hash, made)) == sorted(hash(c) for p in points for c in p.codings)


@given(codings)
def test_the_order_of_the_files_makes_no_difference(made: list[Coding]) -> None:
    points = compared(*made, coders="aino eero liisa")
    assert points == compared(*reversed(made), coders="aino eero liisa")


@given(codings)
def test_coders_who_said_the_same_are_never_told_apart(made: list[Coding]) -> None:
    twins = [said(name, c.passage.start, c.passage.end, c.code, " ".join(c.facets))
             for c in {c.key: c for c in made}.values() for name in ("aino", "eero")]  # fmt: skip
    apart = [a for a, b in combinations(twins, 2)
             if a.key != b.key and a.code == b.code]  # fmt: skip
    if not apart:
        assert {p.how for p in compared(*twins)} <= {How.SAME}
