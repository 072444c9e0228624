"""A code of somebody's own words: written once, found again, and refused where it would harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.coding.codebook import Codebook
from workbench.coding.invivo import NoInVivo, in_vivo, name_of
from workbench.loading import load

Write = Callable[..., Path]
FILE = "parameters/codebook/in-vivo.yml"


def made(folder: Path, quote: str) -> tuple[Codebook, str]:
    study = load(folder)
    return in_vivo(folder, study.codebook, quote, study.settings.languages)


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("Pitäis päästä heti läpi.", "pitäis-päästä-heti-läpi"),
        ("luukulta\ttoiselle, aina vaan", "luukulta-toiselle-aina-vaan"),
        ("x" * 60, "x" * 40),
        ("neljäkymmentäkaksi tuntia ja siihen päälle vielä", "neljäkymmentäkaksi-tuntia-ja-siihen"),
        ("👩‍👩‍👧‍👦 – !", ""),
    ],
)
def test_words_give_a_short_name_of_letters(quote: str, name: str) -> None:
    assert name_of(quote) == name


def test_the_code_is_in_the_file_and_in_the_book_returned(study_with: Write) -> None:
    folder = study_with()
    book, code = made(folder, 'sano: "ei" \\ #kai')
    study = load(folder)
    assert code in book
    assert study.codebook[code].label == dict.fromkeys(
        study.settings.languages, 'sano: "ei" \\ #kai'
    )
    assert study.problems == load(study_with({FILE: None})).problems


def test_the_next_code_is_added_below_the_first(study_with: Write) -> None:
    folder = study_with()
    made(folder, "puoli tuntia")
    made(folder, "oma ihminen")
    assert [c.id for c in load(folder).codebook.tree("in-vivo")] == ["puoli-tuntia", "oma-ihminen"]


def test_words_that_are_a_code_already_write_nothing(study_with: Write) -> None:
    folder = study_with()
    assert made(folder, "Odotusaika!")[1] == "odotusaika"
    assert not (folder / FILE).exists()


def test_words_without_a_letter_make_no_code(study_with: Write) -> None:
    with pytest.raises(NoInVivo, match="Choose words with letters"):
        made(study_with(), "– !")


@pytest.mark.parametrize(
    "text",
    [
        "codes:\n  a: {label: {fi: a, en: a}, definition: a}\nlabel: {fi: a, en: a}\n",
        "label: {fi: a, en: a}\ncodes:\n  a: {label: {fi: a}, definition: a}\n",
    ],
)
def test_a_file_that_would_not_read_well_is_left_as_it_is(study_with: Write, text: str) -> None:
    folder = study_with({FILE: text})
    with pytest.raises(NoInVivo, match="Mend the file first"):
        made(folder, "oma ihminen")
    assert (folder / FILE).read_text(encoding="utf-8") == text
