"""The gate acts before anything is rendered: who is counted, who is quoted, by what name."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from workbench.loading import load
from workbench.reports.privacy import (
    Reason,
    attribution,
    choose_quotes,
    gate,
    quotable,
    reason,
    voices,
)

Write = Callable[..., Path]


def test_a_segment_below_the_threshold_rolls_up_to_its_parent(study_with: Write) -> None:
    passed = gate(load(study_with()).where(segment="esimiehet-tori"))
    assert (passed.shown, passed.rolled_up, passed.of) == ("esimiehet", True, 3)


def test_a_segment_at_the_threshold_is_shown(study_with: Write) -> None:
    passed = gate(load(study_with()).where(segment="esimiehet-koulu"))
    assert (passed.shown, passed.rolled_up, passed.of) == ("esimiehet-koulu", False, 2)


def test_people_without_a_coded_document_do_not_lift_a_segment(study_with: Write) -> None:
    study = load(study_with({"interviews/h02.aino.tsv": None}))
    assert gate(study.where(segment="esimiehet-koulu")).shown == "esimiehet"


def test_where_even_the_top_is_too_small_nothing_is_shown(study_with: Write) -> None:
    settings = STUDY["parameters/study.yml"].replace("quote: 2", "quote: 4")
    study = load(study_with({"parameters/study.yml": settings}))
    assert gate(study.where(segment="esimiehet")).study is None


def test_only_consenting_customers_own_words_are_quoted(study_with: Write) -> None:
    study = load(study_with())
    allowed = {c.document for c in study.counting if quotable(study, c)}
    assert allowed == {"h01", "h02"}


def test_a_field_note_is_never_a_quote(study_with: Write) -> None:
    note = STUDY["observations/o01.md"].replace("observer: TK", "observer: TK\ninformant: E01")
    study = load(study_with({"observations/o01.md": note}))
    coded = [c for c in study.codings if c.document == "o01" and c.passage.turn == 1]
    assert study.speaker(coded[0]) == ""
    assert not quotable(study, coded[0])


def test_a_confidential_document_is_not_quoted(study_with: Write) -> None:
    secret = STUDY["interviews/h01.md"].replace("kind:", "confidential: true\nkind:")
    study = load(study_with({"interviews/h01.md": secret}))
    assert study.problems == ()
    assert {c.document for c in study.counting if quotable(study, c)} == {"h02"}


def test_words_about_one_contact_person_are_not_quoted(study_with: Write) -> None:
    book = STUDY["parameters/codebook/laatutekijat.yml"].replace("DET.05", "DET.03.1")
    study = load(study_with({"parameters/codebook/laatutekijat.yml": book}))
    refused = {c.code for c in study.where(segment="esimiehet-koulu").counting
               if not quotable(study, c)}  # fmt: skip
    assert refused == {"kohteliaisuus"}


def test_a_quote_is_attributed_to_a_group_large_enough_to_hide_in(study_with: Write) -> None:
    study = load(study_with())
    assert attribution(study, "E01") == "esimiehet-koulu"
    assert attribution(study, "E03") == "esimiehet"


def test_nobody_has_more_than_their_share_of_the_quotes(study_with: Write) -> None:
    study = load(study_with())
    chosen = choose_quotes(study, study.counting, 3)
    assert [study.speaker(c) for c in chosen] == ["E01", "E02"]


def test_the_same_words_are_chosen_once(study_with: Write) -> None:
    study = load(study_with())
    doubled = [c for c in study.codings if c.document == "h01"]
    words = [c.passage for c in choose_quotes(study, doubled, 9)]
    assert len(words) == len(set(words)) == 3


def with_swedish(study_with: Write, who: str) -> Path:
    transcript = STUDY[f"interviews/{who}.md"].replace("language: fi", "language: sv")
    return study_with({f"interviews/{who}.md": transcript})


def test_words_in_a_language_that_too_few_of_a_group_speak_are_not_quoted(
    study_with: Write,
) -> None:
    study = load(with_swedish(study_with, "h01"))
    why = {c.document: reason(study, c) for c in study.counting if c.document in ("h01", "h02")}
    assert why["h01"] is Reason.LANGUAGE
    assert attribution(study, "E01", "sv") == ""


def test_words_in_the_language_of_many_go_up_to_the_group_where_they_are_many(
    study_with: Write,
) -> None:
    study = load(with_swedish(study_with, "h01"))
    assert attribution(study, "E02") == "esimiehet-koulu"
    assert attribution(study, "E02", "fi") == "esimiehet"


def test_each_refusal_has_its_reason_and_is_told(study_with: Write) -> None:
    study = load(study_with())
    refused: dict[tuple[str, int, int, int], Reason] = {}
    choose_quotes(study, study.counting, 9, refused)
    assert set(refused.values()) == {Reason.NOTE, Reason.CONSENT}
    assert {words[0] for words, why in refused.items() if why is Reason.CONSENT} == {"h03"}


def test_a_group_smaller_than_a_printable_number_rolls_up(study_with: Write) -> None:
    settings = STUDY["parameters/study.yml"].replace("cell: 1", "cell: 3")
    study = load(study_with({"parameters/study.yml": settings}))
    assert gate(study.where(segment="esimiehet-koulu")).shown == "esimiehet"


def test_how_many_people_stand_behind_so_many_quotes() -> None:
    assert (voices(3, 1 / 3), voices(4, 1 / 3), voices(3, 1)) == (3, 2, 1)


def test_a_turn_that_tells_too_much_is_withheld_and_no_other(study_with: Write) -> None:
    people = STUDY["parameters/informants.yml"].replace(
        "quote: true", "quote: true, withhold: [h01/2]", 1
    )
    study = load(study_with({"parameters/informants.yml": people}))
    allowed = {(c.document, c.passage.turn) for c in study.counting if quotable(study, c)}
    assert allowed == {("h01", 3), ("h02", 2), ("h02", 3)}


def test_a_turn_to_withhold_that_is_not_there_is_told_with_its_line(study_with: Write) -> None:
    people = STUDY["parameters/informants.yml"].replace(
        "quote: true", "quote: true, withhold: [h01/9]", 1
    )
    (problem,) = load(study_with({"parameters/informants.yml": people})).problems
    assert str(problem).startswith("parameters/informants.yml:1: there is no turn 'h01/9'")
