"""Sentences of a turn, in code points."""

import pytest

from workbench.concordance.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Joo. Soitin heti!  Ei vastattu?", ["Joo.", "Soitin heti!", "Ei vastattu?"]),
        ("Siis esim. Vantaalla, n. Sata. Niin.", ["Siis esim. Vantaalla, n. Sata.", "Niin."]),
        ("Menin 15. päivä. Kiinni.", ["Menin 15. päivä.", "Kiinni."]),
        ("Rivi yksi\nja kaksi. Kolme.", ["Rivi yksi\nja kaksi.", "Kolme."]),
        ("Niin. Niin. Niin.", ["Niin.", "Niin.", "Niin."]),
        ("", []),
    ],
)
def test_a_turn_is_cut_where_sentences_end(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == parts
