"""A document as a row of words and marks, and what was put for what all over it."""

from pathlib import Path

from workbench.coding.codings import Passage
from workbench.coding.stream import Stream, everywhere
from workbench.material.documents import Document, Kind, Turn


def stream(*said: str) -> Stream:
    turns = {n: Turn(n, "E01", text, n) for n, text in enumerate(said, 1)}
    document = Document("h01", Kind.INTERVIEW, "2010", "fi", Path("h01.md"), turns, "E01")
    return Stream(document, {})


def test_a_text_wrapped_otherwise_is_the_same_row() -> None:
    assert (
        stream("Soitin heti, ja\njonotin.").letters == stream("Soitin heti,\nja jonotin.").letters
    )


def test_a_passage_is_found_among_the_tokens_and_back() -> None:
    row = stream("Ei.", "Soitin heti, ja jonotin.")
    tokens = row.tokens(Passage("h01", 2, 7, 15, "heti, ja"))
    assert row.passage(*tokens) == Passage("h01", 2, 7, 15, "heti, ja")
    assert tokens == (5, 8)


def test_a_folded_row_of_tokens_is_one_and_keeps_its_words() -> None:
    row = stream("Ei.", "Soitin [nimi] heti.")
    bracket = row.letters[5:8]
    row.fold({bracket: "x"})
    assert row.letters[5] == "x"
    assert row.passage(5, 6).quote == "[nimi]"
    assert row.first[2] == (4, 8)


def test_what_was_put_for_the_same_words_often_was_put_everywhere() -> None:
    edits = [("a", "xy")] * 3 + [("b", "z")] * 2 + [(".", "!")] * 3 + [("", "k")] * 3
    assert everywhere(edits, frozenset(".!")) == {"a": "xy"}
