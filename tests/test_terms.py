"""Key terms: base forms counted by people, without names, small words and the interviewer."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.people import example, write_people
from workbench.base.problems import WorkbenchError
from workbench.concordance.terms import stopwords
from workbench.study import Unknown

Write = Callable[..., Path]
SIX = {
    "E01": "esimies koulu", "E02": "esimies koulu", "E03": "esimies koulu",
    "E04": "esimies tori", "E05": "esimies tori", "E06": "esimies tori",
}  # fmt: skip
SAID = {
    "E01": "Se sijaisen sopimus, sopimus!", "E02": "Ei sijaista saa mökille, sopimuksia on.",
    "E03": "Vain sijaiset ja palkka.", "E04": "Palkkaa ei tullut, palkasta puuttui lisä.",
    "E05": "Palkka oli oikein, Pekka maksoi.", "E06": "Kioskilla sopimus. Pekka tuli.",
}  # fmt: skip


def found_in(
    tmp_path: Path, said: dict[str, str] | None = None, least: int = 2, **more: str
) -> dict[str, tuple[int, int, int]]:
    study = wb.load(write_people(tmp_path, SIX, said=said or SAID, **more))
    found = wb.terms(study, segment="esimiehet-koulu", least=least)
    assert (found.of, found.others) == (3, 3)
    return {t.word: (t.inside, t.outside, t.documents) for t in found.terms}


def test_a_word_counts_its_people_in_any_form_however_often_they_say_it(tmp_path: Path) -> None:
    assert found_in(tmp_path) == {"sijainen": (3, 0, 3), "sopimus": (2, 1, 2)}


def test_the_word_that_sets_the_segment_most_apart_comes_first(tmp_path: Path) -> None:
    study = wb.load(write_people(tmp_path, SIX, said=SAID))
    table = wb.terms(study, segment="esimiehet-koulu", least=2).table
    assert table.to_numpy().tolist() == [
        ["sijainen", "3/3", "0/3", 3],
        ["sopimus", "2/3", "1/3", 2],
    ]
    (first,) = wb.terms(study, segment="esimiehet-koulu", least=2, most=1).terms
    assert first.word == "sijainen"


def test_a_word_of_fewer_people_than_asked_is_not_told_and_never_one_person_s(
    tmp_path: Path,
) -> None:
    assert set(found_in(tmp_path, least=3)) == {"sijainen"}
    assert set(found_in(tmp_path, least=1)) == {"sijainen", "sopimus"}


def test_what_the_interviewer_says_is_nobody_s_word(tmp_path: Path) -> None:
    assert "lomake" not in found_in(tmp_path, asked="Entä lomake?")


def test_names_and_marks_in_brackets_are_left_out(tmp_path: Path) -> None:
    said = dict.fromkeys(("E01", "E02", "E03"), "Silloin Pekka soitti [päiväkoti] ja lasku tuli.")
    assert set(found_in(tmp_path, said)) == {"lasku", "soittaa"}


def test_a_word_that_is_only_ever_written_with_a_capital_is_taken_for_a_name(
    tmp_path: Path,
) -> None:
    said = dict.fromkeys(("E01", "E02", "E03"), "Lahtinen soitti. Lahtisen lasku tuli.")
    assert set(found_in(tmp_path, said)) == {"lasku", "soittaa"}


def test_a_listed_name_is_left_out_though_it_is_written_small(tmp_path: Path) -> None:
    said = dict.fromkeys(("E01", "E02", "E03"), "Sitten salo soitti.")
    names = {"private/names.yml": "people: [Maija Salo]\n"}
    assert set(found_in(tmp_path / "open", said)) == {"salo", "soittaa"}
    study = wb.load(write_people(tmp_path / "listed", SIX, said=said, changes=names))
    assert [t.word for t in wb.terms(study, segment="esimiehet-koulu").terms] == ["soittaa"]


def test_a_form_that_may_be_a_small_word_is_no_key_term(tmp_path: Path) -> None:
    said = dict.fromkeys(("E01", "E02", "E03"), "Siltä se kuusi vain, mut mä en niinku lasku.")
    assert set(found_in(tmp_path, said)) == {"lasku"}


def test_of_several_base_forms_the_one_is_taken_that_other_forms_share(tmp_path: Path) -> None:
    said = {"E01": "Vein sen.", "E02": "Viedä piti, veisin.", "E03": "Vie pois, vein."}
    assert set(found_in(tmp_path, said)) == {"viedä"}


def test_people_in_another_order_change_nothing(tmp_path: Path) -> None:
    folders = (
        write_people(tmp_path / "one", SIX, said=SAID),
        write_people(tmp_path / "two", dict(reversed(SIX.items())), said=SAID),
    )
    one, other = (wb.terms(wb.load(f), segment="esimiehet-koulu", least=2) for f in folders)
    assert one.terms == other.terms
    assert one.caption == other.caption


def test_a_segment_too_small_to_hide_in_has_no_key_terms(study_with: Write) -> None:
    found = wb.terms(wb.load(study_with()), segment="esimiehet-tori")
    assert "sanoja ei voi verrata" in found.caption
    assert found.terms == ()
    assert len(found.table) == 0
    assert len(found.chart().layout.xaxis.ticktext) == 3


def test_a_view_of_a_segment_gives_the_same_as_its_name() -> None:
    study = example()
    named = wb.terms(study, segment="esimiehet", most=5)
    assert named.terms == wb.terms(study.where(segment="esimiehet"), most=5).terms
    assert named.of + named.others == 33


def test_base_segments_sum_to_everybody_who_uses_a_word() -> None:
    study = example()
    roll = {t.word: t.inside for t in wb.terms(study, segment="esimiehet", most=0).terms}
    rest = {t.word: t.outside for t in wb.terms(study, segment="palkansaajat", most=0).terms}
    both = roll.keys() & rest.keys()
    assert not both  # a word cannot be more usual on both sides
    index = wb.Index(study)
    said = {
        p: wb.search(index, "=sijainen", speaker=p).hits for p in study.segments.people["esimiehet"]
    }
    assert roll["sijainen"] == sum(bool(hits) for hits in said.values())


def test_a_segment_that_is_not_there_or_none_is_refused(study_with: Write) -> None:
    study = wb.load(study_with())
    with pytest.raises(Unknown, match="segment 'esimies'"):
        wb.terms(study, segment="esimies")
    with pytest.raises(WorkbenchError, match="needs one segment"):
        wb.terms(study)


def test_stop_words_are_listed_for_every_language_of_the_workbench() -> None:
    assert set(stopwords()) == {"fi", "sv", "en"}
    assert {"minä", "niinku"} < stopwords()["fi"]
    assert "sopimus" not in stopwords()["fi"]


def test_the_figure_has_the_people_of_the_table_beside_open_and_filled_marks(
    tmp_path: Path,
) -> None:
    study = wb.load(write_people(tmp_path, SIX, said=SAID))
    figure = wb.terms(study, segment="esimiehet-koulu", least=2).chart()
    others, own = figure.data[-2:]
    assert (list(others.text), list(own.text)) == (["0/3", "1/3"], ["3/3", "2/3"])
    assert (others.marker.color, own.marker.color) == ("#ffffff", "#0072b2")
