"""A coder's desk: every act is in the file before it returns, and can be taken back."""

import contextlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import STUDY, write_study
from workbench.base.files import Changed
from workbench.coding.codings import Standing
from workbench.coding.desk import CannotCode, Desk
from workbench.loading import load

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"


def desk_in(folder: Path, document: str = "h01", coder: str = "aino") -> Desk:
    study = load(folder)
    return Desk(study.documents[document], coder, study.codebook)


@pytest.fixture
def desk(study_with: Write) -> Desk:
    return desk_in(study_with())


def lines(desk: Desk) -> list[str]:
    return desk.path.read_text(encoding="utf-8").split("\n")[1:-1]


def test_a_new_coding_is_in_the_file_with_its_words(desk: Desk) -> None:
    desk.code(2, 25, 48, "saavutettavuus", ["koettu", "-"], "puhelin")
    assert "2\t25\t48\tsaavutettavuus\tkoettu -\tMä jonotin puoli tuntia\tpuhelin" in lines(desk)


def test_blanks_at_the_ends_are_not_coded(desk: Desk) -> None:
    made = desk.code(2, 24, 50, "kohteliaisuus")
    assert (made.passage.start, made.passage.quote) == (25, "Mä jonotin puoli tuntia,")


def test_offsets_count_code_points(study_with: Write) -> None:
    said = f"perhe {FAMILY} odotti\u2029kauan"
    note = STUDY["interviews/h03.md"].replace("Linja oli taas varattu.", said)
    desk = desk_in(study_with({"interviews/h03.md": note, "interviews/h03.aino.tsv": None}), "h03")
    start = said.index("odotti")
    assert desk.code(1, start, start + 6, "odotusaika").passage.quote == "odotti"
    assert lines(desk)[0].startswith(f"1\t{start}\t{start + 6}\t")


def test_a_facet_is_given_and_taken_away(desk: Desk) -> None:
    key = desk.codings[0].key
    assert desk.facet(key, "-").facets == {"odotettu", "-"}
    assert desk.facet(key, "-").facets == {"odotettu"}


def test_memo_code_and_boundaries_can_be_changed(desk: Desk) -> None:
    key = desk.codings[0].key
    assert desk.memo(key, " tärkeä ").memo == "tärkeä"
    made = desk.stretch(key, 0, 12)
    assert made.passage.quote == "Pitäis pääst"
    desk.recode(made.key, "kohteliaisuus")
    assert lines(desk)[0] == "2\t0\t12\tkohteliaisuus\todotettu\tPitäis pääst\ttärkeä"


def test_a_coding_parts_in_two_with_facets_and_memo(desk: Desk) -> None:
    left, right = desk.split((2, 25, 49, "odotusaika"), 36)
    assert (left.passage.quote, right.passage.quote) == ("Mä jonotin", "puoli tuntia,")
    assert left.facets == right.facets == {"koettu", "-"}
    assert [line.split("\t")[6] for line in lines(desk)[1:3]] == ["seuraa", "seuraa"]
    with pytest.raises(CannotCode, match="49 is not inside"):
        desk.split(right.key, 49)


def test_undo_and_redo_go_all_the_way(desk: Desk) -> None:
    before = desk.path.read_bytes()
    made = desk.code(3, 0, 12, "odotusaika")
    desk.facet(made.key, "+")
    desk.uncode(made.key)
    after = desk.path.read_bytes()
    assert [desk.undo() for _ in range(4)] == [True, True, True, False]
    assert desk.path.read_bytes() == before
    assert [desk.redo() for _ in range(4)] == [True, True, True, False]
    assert desk.path.read_bytes() == after


def test_a_new_act_ends_what_could_be_done_again(desk: Desk) -> None:
    desk.code(3, 0, 12, "odotusaika")
    desk.undo()
    desk.code(3, 0, 5, "odotusaika")
    assert desk.redo() is False


def test_a_file_changed_underneath_is_not_overwritten_and_both_are_kept(desk: Desk) -> None:
    other = desk_in(desk.path.parent.parent)
    other.code(3, 0, 12, "odotusaika")
    with pytest.raises(Changed, match="Your version is kept in"):
        desk.code(2, 0, 6, "kohteliaisuus")
    assert sum("kohteliaisuus\t\tPitäis" in line for line in lines(desk)) == 0
    (kept,) = desk.path.parent.glob("h01.aino.tsv.refused-*")
    assert "2\t0\t6\tkohteliaisuus\t\tPitäis\t" in kept.read_text(encoding="utf-8")
    assert [c.key for c in desk.codings] == [c.key for c in other.codings]
    desk.code(2, 0, 6, "kohteliaisuus")
    assert len(lines(desk)) == 5


def test_what_has_moved_keeps_its_place_in_the_file_until_it_is_changed(study_with: Write) -> None:
    edited = STUDY["interviews/h02.md"].replace("Saisi olla", "No, saisi kai. Saisi olla")
    desk = desk_in(study_with({"interviews/h02.md": edited}), "h02")
    moved = desk.codings[1]
    assert (moved.standing, moved.passage.start) == (Standing.MOVED, 15)
    desk.code(2, 0, 5, "odotusaika")
    assert lines(desk)[2].startswith("3\t0\t24\t")
    desk.memo(desk.rows[2].line.key, "katsottu")
    assert lines(desk)[2].startswith("3\t15\t39\t")


def test_a_lost_coding_stays_in_the_file(study_with: Write) -> None:
    edited = STUDY["interviews/h03.md"].replace("varattu", "tukossa")
    desk = desk_in(study_with({"interviews/h03.md": edited}), "h03")
    desk.code(1, 0, 5, "odotusaika")
    assert any("Linja oli taas varattu." in line for line in lines(desk))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda d: d.code(9, 0, 3, "odotusaika"), "h01 has no turn"),
        (lambda d: d.code(2, 24, 25, "odotusaika"), "There are no words to code"),
        (lambda d: d.code(2, 0, 3, "odotusaka"), "no 'odotusaka'. Did you mean 'odotusaika'"),
        (lambda d: d.code(2, 0, 3, "koettu"), "The codebook has no 'koettu'"),
        (lambda d: d.code(2, 0, 3, "odotusaika", ["kohteliaisuus"]), "has no 'kohteliaisuus'"),
        (lambda d: d.code(2, 0, 24, "saavutettavuus"), "is coded 'saavutettavuus' already"),
        (lambda d: d.recode((2, 25, 49, "odotusaika"), "ei"), "The codebook has no 'ei'"),
        (lambda d: d.uncode((1, 0, 3, "odotusaika")), "There is no coding 'odotusaika' at"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, act: Callable[[Desk], object], said: str
) -> None:
    before = desk.path.read_bytes()
    with pytest.raises(CannotCode, match=said):
        act(desk)
    assert (desk.path.read_bytes(), desk.undo()) == (before, False)


def with_book(study_with: Write, before: str, after: str) -> Desk:
    book = STUDY["parameters/codebook/laatutekijat.yml"]
    assert before in book
    return desk_in(
        study_with({"parameters/codebook/laatutekijat.yml": book.replace(before, after)})
    )


def test_a_retired_code_is_given_no_longer(study_with: Write) -> None:
    desk = with_book(
        study_with, "    definition: Käytös.", "    definition: Käytös.\n    retired: 2010"
    )
    with pytest.raises(CannotCode, match="'kohteliaisuus' is retired"):
        desk.code(2, 0, 6, "kohteliaisuus")
    desk.memo((3, 0, 30, "kohteliaisuus"), "jää")
    assert lines(desk)[2].endswith("\tjää")


def test_a_new_coding_is_made_under_the_present_meaning_of_its_code(study_with: Write) -> None:
    desk = with_book(
        study_with, "    definition: Käytös.", "    definition: Käytös.\n    meaning: 2"
    )
    desk.code(2, 0, 6, "kohteliaisuus")
    assert lines(desk)[0] == "2\t0\t6\tkohteliaisuus\t\tPitäis\t\tkohteliaisuus:2"
    assert lines(desk)[-1].count("\t") == 6


def test_a_file_with_a_line_that_cannot_be_read_is_not_touched(study_with: Write) -> None:
    rows = STUDY["interviews/h01.aino.tsv"] + "<<<<<<< HEAD\n"
    folder = study_with({"interviews/h01.aino.tsv": rows})
    with pytest.raises(CannotCode, match=r"an unfinished merge.*Mend the file first"):
        desk_in(folder)


@given(st.lists(st.integers(0, 2**32), max_size=12))
@settings(deadline=None, max_examples=40)
def test_whatever_is_done_can_be_undone_to_the_letter(
    tmp_path_factory: pytest.TempPathFactory, dice: list[int]
) -> None:
    desk = desk_in(write_study(tmp_path_factory.mktemp("desk")))
    before = desk.path.read_bytes()
    for seed in dice:
        acted(desk, random.Random(seed))
        assert tuple(c.key for c in desk_in(desk.path.parent.parent).codings) == tuple(
            c.key for c in desk.codings
        )
    while desk.undo():
        pass
    assert desk.path.read_bytes() == before


def acted(desk: Desk, dice: random.Random) -> None:
    """Do something at random, if it can be done."""
    turn = dice.choice(list(desk.document.turns.values()))
    start = dice.randrange(len(turn.text))
    end = dice.randrange(start, len(turn.text)) + 1
    code = dice.choice(list(desk.codebook.content))
    key = dice.choice(desk.codings).key if desk.codings else (0, 0, 0, "")
    acts: list[Callable[[], object]] = [
        lambda: desk.code(turn.number, start, end, code),
        lambda: desk.uncode(key),
        lambda: desk.facet(key, dice.choice(list(desk.codebook.facets))),
        lambda: desk.recode(key, code),
        lambda: desk.stretch(key, start, end),
        lambda: desk.split(key, start),
        desk.undo,
        desk.redo,
    ]
    with contextlib.suppress(CannotCode):
        dice.choice(acts)()


def test_what_stands_in_a_turn_is_told_where_its_words_are_now(study_with: Write) -> None:
    moved = STUDY["interviews/h01.md"].replace("[2] E01: ", "[2] E01: Joo.\n\n[7] E01: ")
    desk = desk_in(study_with({"interviews/h01.md": moved}))

    def quotes(turn: int) -> list[str]:
        return [row.placed.passage.quote for row in desk.standing_in({turn})]

    assert quotes(2) == []
    assert quotes(7) == ["Pitäis päästä heti läpi.", "Mä jonotin puoli tuntia,"]
    assert quotes(3) == ["Ystävällisiä ne kyllä on aina."]
