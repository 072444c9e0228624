"""A coder's desks in several documents: one act, one history, all files or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.base.files import Changed
from workbench.coding.codings import Passage
from workbench.coding.desk import CannotCode
from workbench.coding.desks import Desks
from workbench.loading import load

Write = Callable[..., Path]
LINE = Passage("h03", 1, 0, 5, "Linja")
WHO = Passage("h02", 3, 0, 5, "Saisi")
AGAIN = Passage("h02", 2, 9, 12, "oma")


@pytest.fixture
def desks(study_with: Write) -> Desks:
    study = load(study_with())
    return Desks(study.documents, "aino", study.codebook)


def files(desks: Desks) -> dict[str, str]:
    return {
        name: document.path.with_name(f"{name}.aino.tsv").read_text(encoding="utf-8")
        for name, document in desks.documents.items()
    }


def added(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the lines that came, as document and fields between bars."""
    return [
        f"{name}|{line}".replace("\t", "|")
        for name in after
        for line in after[name].split("\n")
        if line not in before[name].split("\n")
    ]


def foreign(desks: Desks, document: str) -> str:
    """Let somebody else write into the coder's file; return what is in it now."""
    path = desks[document].path
    path.write_text(path.read_text("utf-8").replace("\t\n", "\tmuualta\n"), encoding="utf-8")
    return path.read_text("utf-8")


def test_one_act_codes_in_several_documents(desks: Desks) -> None:
    before = files(desks)
    there = desks.code([LINE, WHO, AGAIN], "kohteliaisuus")
    assert added(before, files(desks)) == [
        "h02|2|9|12|kohteliaisuus||oma|",
        "h02|3|0|5|kohteliaisuus||Saisi|",
        "h03|1|0|5|kohteliaisuus||Linja|",
    ]
    assert [(document, key[0]) for document, key in there] == [("h03", 1), ("h02", 3), ("h02", 2)]
    assert desks.touched == {"h03": {1}, "h02": {2, 3}}


def test_one_step_takes_an_act_back_everywhere_and_another_does_it_again(desks: Desks) -> None:
    before = files(desks)
    desks.code([LINE, WHO], "kohteliaisuus")
    after = files(desks)
    desks.code([AGAIN], "odotusaika")
    assert [desks.undo(), files(desks) == after, desks.undo(), files(desks) == before] == [True] * 4
    assert not desks.undo()
    assert [desks.redo(), files(desks) == after] == [True] * 2
    assert desks.touched == {"h03": {1}, "h02": {3}}


def test_a_new_act_ends_what_could_be_done_again(desks: Desks) -> None:
    desks.code([LINE], "kohteliaisuus")
    desks.undo()
    desks.code([WHO], "kohteliaisuus")
    assert not desks.redo()


def test_what_is_coded_so_already_stays_and_only_the_rest_is_done(desks: Desks) -> None:
    desks.code([LINE], "kohteliaisuus")
    two = desks.code([LINE, WHO, WHO], "kohteliaisuus")
    assert ([document for document, _ in two], list(desks.touched)) == (["h03", "h02"], ["h02"])
    assert desks.code([LINE, WHO], "kohteliaisuus") == two
    assert desks.touched == {}
    assert [desks.undo(), desks.undo(), desks.undo()] == [True, True, False]


def test_a_coding_that_followed_its_words_is_not_given_twice(desks: Desks) -> None:
    desks.code([LINE], "kohteliaisuus")
    path = desks["h03"].path
    moved = path.read_text("utf-8").replace("1\t0\t5\tkohteliaisuus", "1\t7\t12\tkohteliaisuus")
    path.write_text(moved, encoding="utf-8")
    again = Desks(desks.documents, "aino", desks.codebook)
    assert again.code([LINE], "kohteliaisuus") == (("h03", (1, 7, 12, "kohteliaisuus")),)
    assert again["h03"].path.read_text("utf-8") == moved


def test_a_facet_is_given_to_all_and_taken_away_where_all_have_it(desks: Desks) -> None:
    names = desks.code([LINE, WHO], "kohteliaisuus")
    before = files(desks)
    desks.facet(names[:1], "koettu")
    desks.facet(names, "koettu")
    assert added(before, files(desks)) == [
        "h02|3|0|5|kohteliaisuus|koettu|Saisi|",
        "h03|1|0|5|kohteliaisuus|koettu|Linja|",
    ]
    desks.facet(names, "koettu")
    assert files(desks) == before


def test_codings_are_taken_away_with_one_act(desks: Desks) -> None:
    before = files(desks)
    there = desks.code([LINE, WHO], "kohteliaisuus")
    desks.uncode([*there, *there])
    assert files(desks) == before
    desks.undo()
    assert len(added(before, files(desks))) == 2


def test_where_one_file_was_changed_underneath_nothing_is_coded_anywhere(desks: Desks) -> None:
    desks.code([AGAIN], "odotusaika")
    before = files(desks)
    theirs = foreign(desks, "h02")
    with pytest.raises(Changed):
        desks.code([LINE, WHO], "kohteliaisuus")
    assert files(desks) == {**before, "h02": theirs}
    assert desks.touched == {"h02": {1, 2, 3}}


def test_a_desk_that_read_its_file_anew_leaves_the_history_and_the_others_stay(
    desks: Desks,
) -> None:
    before = files(desks)
    desks.code([AGAIN], "odotusaika")
    desks.code([LINE, WHO], "kohteliaisuus")
    theirs = foreign(desks, "h02")
    with pytest.raises(Changed):
        desks.undo()
    assert desks.undo()
    assert files(desks) == {**before, "h02": theirs}
    assert not desks.undo()


def test_a_refused_act_is_never_done_again_in_place_of_what_was_undone(desks: Desks) -> None:
    desks.code([LINE], "odotusaika")
    desks.undo()
    before = files(desks)
    theirs = foreign(desks, "h02")
    with pytest.raises(Changed):
        desks.code([LINE, WHO], "kohteliaisuus")
    desks.redo()
    assert files(desks) == {**before, "h02": theirs}


def test_a_file_that_cannot_be_read_is_refused_before_another_is_touched(desks: Desks) -> None:
    path = desks.documents["h02"].path.with_name("h02.aino.tsv")
    path.write_text("turn\tstart\nyksi\tkaksi\n", encoding="utf-8")
    before = files(desks)
    with pytest.raises(CannotCode, match="Mend the file first"):
        desks.code([LINE, WHO], "kohteliaisuus")
    assert files(desks) == before
    with pytest.raises(CannotCode, match="no document 'h99'"):
        desks.uncode([("h99", (1, 0, 5, "kohteliaisuus"))])


def test_desks_without_acts_whose_files_changed_are_let_go(desks: Desks) -> None:
    desks.code([LINE], "kohteliaisuus")
    kept = desks["h01"]
    foreign(desks, "h02")
    foreign(desks, "h03")
    desks.close()
    assert list(desks.opened) == ["h03", "h01"]
    assert desks["h01"] is kept
    assert "muualta" in {c.memo for c in desks["h02"].codings}
