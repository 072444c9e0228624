"""An old and a new text side by side: which coded words are certain, which are asked about."""

from pathlib import Path

import pytest

from workbench.base.records import Place
from workbench.coding.alignment import Alignment, Fate, Move
from workbench.coding.codings import Coding, Passage
from workbench.material.documents import Document, parse_document

HEAD = "---\nid: h01\nkind: interview\ndate: 2010\ninformant: E01\nlanguage: fi\n---\n"
SAID = (
    "Soitin maanantaina kello yhdeksän ja jonotin puoli tuntia, eikä kukaan vastannut koko aikana."
)
OTHER = "Sähköpostiin sain vastauksen samana päivänä ja se oli selvää suomea alusta loppuun asti."


def document(*turns: str) -> Document:
    text = HEAD + "\n\n".join(f"[{n}] E01: {turn}" for n, turn in enumerate(turns, 1)) + "\n"
    made, problems = parse_document(text, Path("h01.md"), {})
    assert made is not None
    assert problems == []
    return made


def followed(old: tuple[str, ...], new: tuple[str, ...], quote: str, turn: int = 1) -> Move:
    start = old[turn - 1].index(quote)
    passage = Passage("h01", turn, start, start + len(quote), quote)
    coding = Coding(passage, "odotusaika", "aino", Place(Path("h01.aino.tsv"), 2))
    return Alignment(document(*old), document(*new)).follow(coding)


@pytest.mark.parametrize(
    ("new", "fate", "words"),
    [
        ((SAID, OTHER), Fate.EXACT, "jonotin puoli tuntia"),
        ((f"No siis, {SAID}", OTHER), Fate.MOVED, "jonotin puoli tuntia"),
        ((OTHER, SAID), Fate.MOVED, "jonotin puoli tuntia"),
        (
            (SAID.replace("puoli tuntia", "melkein tunnin"), OTHER),
            Fate.CHANGED,
            "jonotin melkein tunnin",
        ),
        ((SAID.replace("kello yhdeksän", "aamulla"), OTHER), Fate.MOVED, "jonotin puoli tuntia"),
        ((SAID.replace("ja jonotin", "sekä jonotin"), OTHER), Fate.MOVED, "jonotin puoli tuntia"),
        (
            (SAID.replace("jonotin puoli tuntia", "odottelin"), OTHER),
            Fate.UNSURE,
            "odottelin",
        ),
    ],
)
def test_words_are_followed_through_an_edit(new: tuple[str, ...], fate: Fate, words: str) -> None:
    move = followed((SAID, OTHER), new, "jonotin puoli tuntia")
    assert (move.fate, move.places[0].quote) == (fate, words)


def test_an_edited_passage_ends_where_it_ended_before_the_comma() -> None:
    new = SAID.replace("jonotin", "jonottelin")
    assert followed((SAID, OTHER), (new, OTHER), "jonotin puoli tuntia").places[0].quote == (
        "jonottelin puoli tuntia"
    )


def test_words_that_are_gone_are_told_and_have_no_place() -> None:
    move = followed((SAID, OTHER), ("Ei mitään.", OTHER), "jonotin puoli tuntia")
    assert (move.fate, move.places) == (Fate.GONE, ())
    assert move.followed().passage.start == move.followed().passage.end


def test_one_word_beside_an_edit_is_followed_and_told() -> None:
    new = SAID.replace("puoli tuntia", "kauan")
    move = followed((SAID, OTHER), (new, OTHER), "jonotin")
    assert (move.fate, move.told, move.sure) == (Fate.BESIDE, True, False)


def test_what_was_put_in_between_is_not_more_than_what_was_coded() -> None:
    new = SAID.replace("puoli tuntia", "aina, niin kai se oli, puoli tuntia")
    assert followed((SAID, OTHER), (new, OTHER), "jonotin puoli tuntia").fate is Fate.UNSURE


def test_an_edit_that_reaches_out_of_a_passage_leaves_its_end_in_doubt() -> None:
    old = f"{SAID} Sanoin että kyllä menen sinne huomenna heti aamusta."
    new = f"{SAID} Aattelin siis et kyllä menen sinne huomenna heti aamusta."
    move = followed((old, OTHER), (new, OTHER), "että kyllä menen sinne huomenna")
    assert (move.fate, move.places[0].quote) == (Fate.UNSURE, "kyllä menen sinne huomenna")


def test_a_passage_that_was_taken_apart_is_asked_about_with_its_parts() -> None:
    old, new = (f"{SAID} {OTHER}", "Ei."), (OTHER, f"Ei. {SAID}")
    move = followed(old, new, "vastannut koko aikana. Sähköpostiin sain")
    assert move.fate is Fate.UNSURE
    assert {p.quote for p in move.places} >= {"vastannut koko aikana", "Sähköpostiin sain"}


NAMED = ("Leena soitti heti.", "Kysyin sitä. Leena ei tiennyt.", "Sitten Leena lähti kotiin.")


@pytest.mark.parametrize(
    ("turn", "quote", "fate", "words"),
    [
        (1, "Leena soitti heti", Fate.CHANGED, "[nimi] soitti heti"),
        (2, "Kysyin sitä", Fate.EXACT, "Kysyin sitä"),
        (3, "lähti kotiin", Fate.MOVED, "lähti kotiin"),
        (3, "Leena", Fate.UNSURE, "[nimi]"),
    ],
)
def test_a_name_made_unknown_everywhere_is_no_edit(
    turn: int, quote: str, fate: Fate, words: str
) -> None:
    new = tuple(said.replace("Leena", "[nimi]") for said in NAMED)
    move = followed((*NAMED, SAID), (*new, SAID), quote, turn)
    assert (move.fate, move.places[0].quote) == (fate, words)


def test_words_of_a_deleted_turn_are_not_looked_for_in_other_sentences() -> None:
    old = (SAID, "Sijainen kävi meillä maanantaina ja lähti.", OTHER)
    new = (SAID, OTHER, "Esimies palasi lomalta vasta maanantaina.")
    assert followed(old, new, "maanantaina", turn=2).fate is Fate.GONE


def test_a_short_sentence_that_stands_elsewhere_now_is_offered() -> None:
    old = (SAID, "Joo joo.", OTHER)
    new = (SAID, OTHER, "Joo joo. Kyllä kai.")
    move = followed(old, new, "Joo joo", turn=2)
    assert (move.fate, [p.turn for p in move.places]) == (Fate.UNSURE, [3])


def test_a_short_answer_whose_turn_is_gone_is_never_certain_elsewhere() -> None:
    move = followed(("Joo.", SAID, "Joo."), (SAID, "Joo."), "Joo.", turn=1)
    assert not move.sure


def test_code_points_count_whatever_stands_before() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    move = followed(
        (SAID, OTHER), (f"{family} Äiti\u2029sanoi. {SAID}", OTHER), "jonotin puoli tuntia"
    )
    (place,) = move.places
    assert f"{family} Äiti\u2029sanoi. {SAID}"[place.start : place.end] == "jonotin puoli tuntia"
