"""Pseudonyms: no name and no number of a person is left, and every offset finds its way back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.base.lemmas import Analyser
from workbench.material.pseudonyms import Masked, Names, Pseudonyms, parse_names

NAMES = Names(
    people=("Maija Virtanen", "Päivi", "Lumi", "Zsigmondy"),
    places=("Tikkurila",),
    organisations=("Asemakadun päiväkoti",),
)
FINNISH = Analyser("fi")
HIDE = Pseudonyms("fi", NAMES, FINNISH, keep=("Kela",))


def masked(*texts: str, hide: Pseudonyms = HIDE) -> list[Masked]:
    return list(hide.masked(dict(enumerate(texts))).values())


def seen(text: str, hide: Pseudonyms = HIDE) -> str:
    return masked(text, hide=hide)[0].text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hetu on 010190-900P.", "Hetu on [henkilötunnus 1]."),
        ("Hetu on 010190A900Z, väärinkin.", "Hetu on [henkilötunnus 1], väärinkin."),
        ("puh. 040 123 4567", "puh. [puhelin 1]"),
        ("puh. 0401234567:stä", "puh. [puhelin 1]:stä"),
        ("soita +358 (0)40-123 4567", "soita [puhelin 1]"),
        ("soita 310 1111", "soita [puhelin 1]"),
        ("osoite maija.virtanen@kaupunki.example on", "osoite [sähköposti 1] on"),
        ("tilille FI21 1234 5600 0007 85.", "tilille [tilinumero 1]."),
        ("asun asematie 5 A 12 nyt", "asun [osoite 1] nyt"),
        ("asun Asemakadulla 5", "asun [osoite 1]"),
        ("PL 123, 01300 Vantaa", "[osoite 1], [osoite 2] [nimi 1]"),
        ("synt. 1.2.1965", "synt. [päivä 1]"),
        ("katso https://x.fi/maija?id=3 sieltä", "katso [verkko-osoite 1] sieltä"),
        ("asianumero 20091234", "asianumero [numero 1]"),
    ],
)
def test_what_has_the_form_of_an_identifier_is_replaced(text: str, left: str) -> None:
    assert seen(text) == left


@pytest.mark.parametrize(
    "text",
    ["kello 8.30 vuonna 2009–2010", "12 000 euroa ja 3,5 tuntia", "tiimissä 4 on 20 ihmistä"],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert seen(text) == text


@pytest.mark.parametrize(
    "name",
    ["Virtaselle", "Virtasenkin", "maijalta", "virtasen", "Päivin", "Zsigmondyn", "zsigmondylle"],
)
def test_a_listed_person_is_replaced_in_every_form_also_in_lower_case(name: str) -> None:
    assert seen(f"sit {name} soitettiin") == "sit [henkilö 1] soitettiin"


def test_first_and_last_name_are_one_person_wherever_either_stands() -> None:
    said = [m.text for m in masked("Soitin Maija Virtaselle.", "Maija ei vastannut.")]
    assert said == ["Soitin [henkilö 1].", "[henkilö 1] ei vastannut."]


def test_places_and_organisations_have_marks_of_their_own() -> None:
    assert seen("meillä tikkurilassa on Asemakadun päiväkoti") == (
        "meillä [paikka 1] on [organisaatio 1] päiväkoti"
    )


def test_a_name_is_not_looked_for_in_words_that_only_begin_alike() -> None:
    assert seen("se vei päiviä, ja lumityöt jäi") == "se vei päiviä, ja lumityöt jäi"


def test_whatever_has_a_capital_within_a_sentence_is_a_name() -> None:
    said = seen("Kai se Pekka Töpöhäntä sen tiesi, ja Kuopiosta kuultiin.")
    assert said == "Kai se [nimi 1] sen tiesi, ja [nimi 2] kuultiin."


def test_a_name_at_the_beginning_is_known_by_the_dictionary_or_from_elsewhere() -> None:
    said = [m.text for m in masked("Korhonen hoiti.", "Nyt Salo tuli.", "Salolle soitin. Jos.")]
    assert said == ["[nimi 1] hoiti.", "Nyt [nimi 2] tuli.", "[nimi 2] soitin. Jos."]


def test_a_word_no_dictionary_knows_is_taken_for_a_name() -> None:
    assert seen("Grzegorz tuli. Mä lähin.") == "[nimi 1] tuli. Mä lähin."


def test_what_may_stand_stands_in_every_form() -> None:
    assert seen("mä soitin Kelaan ja Kelasta soitettiin") == (
        "mä soitin Kelaan ja Kelasta soitettiin"
    )


def test_other_languages_go_by_capitals_and_the_list() -> None:
    english = Pseudonyms("en", Names(people=("Smith",)), Analyser("en"))
    said = seen("Then Mary called. Smith's form, for smith, was late.", english)
    assert said == "Then [name 1] called. [person 1] form, for [person 1], was late."


def test_where_there_is_no_dictionary_a_listed_name_is_known_by_its_stem() -> None:
    estonian = Pseudonyms("et", Names(people=("Tamme",)), Analyser("et"))
    assert seen("Tammele helistati.", estonian) == "[person 1] helistati."
    assert seen("Tammeltakindlustus tuli.", estonian) == "Tammeltakindlustus tuli."


def test_spoken_and_common_words_at_the_beginning_are_no_names() -> None:
    assert seen("Siel oli. Yheltä meni.") == "Siel oli. Yheltä meni."
    assert seen("Nyt Kolmas tuli. Kolmas päivä.") == "Nyt [nimi 1] tuli. Kolmas päivä."


def test_a_quote_goes_back_to_the_original_code_points() -> None:
    text = "Sit 😀 Maija Virtanen soitti, 040 123 4567, ja Päivi tuli."
    made = masked(text)[0]
    start = made.text.index("soitti")
    a, b = made.original(start, start + len("soitti, [puhelin 1]"))
    assert text[a:b] == "soitti, 040 123 4567"


def test_half_a_mark_goes_back_to_all_the_words() -> None:
    made = masked("Maija tuli")[0]
    assert made.text == "[henkilö 1] tuli"
    assert made.original(3, 6) == (0, 5)


FORMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "names/forms.tsv").read_text("utf-8").split("\n")[1:-1]
]
LISTED = Pseudonyms("fi", Names(people=tuple(name for name, _ in FORMS)), FINNISH)
BARE = Pseudonyms("fi", Names(), FINNISH)


@pytest.mark.parametrize(
    ("hide", "sentence", "left"),
    [
        (LISTED, "mä soitin {} eilen", []),
        (LISTED, "Joo. {} soitettiin eilen.", []),
        (BARE, "mä soitin {} eilen", []),
        (BARE, "Joo. {} soitettiin eilen.", ["Mäkiseltä", "Hämäläistä", "Laineen", "Koskista",
         "Salolle", "Päivin", "Lumin", "Iltaa", "Koivukylästä", "Vantaalla"]),
    ],
)  # fmt: skip
def test_what_is_left_of_58_names_with_and_without_a_list(
    hide: Pseudonyms, sentence: str, left: list[str]
) -> None:
    assert len(FORMS) == 58
    assert [f for _, f in FORMS if f in seen(sentence.format(f), hide)] == left


def test_in_lower_case_the_list_finds_all_but_two_that_are_other_words() -> None:
    found = {f: seen(f"mä soitin {f.lower()} eilen", LISTED) for _, f in FORMS}
    assert [f for f, text in found.items() if f.lower() in text] == ["Päivin", "Vantaalla"]


PIECES = st.lists(
    st.sampled_from(
        ["Maija", "virtanen", "040 123 4567", "a@b.example", "😀", "päivä", ".", "ja", "Kela"]
    )
)


@settings(deadline=None, max_examples=60)
@given(PIECES)
def test_every_offset_outside_the_marks_goes_back_to_the_same_letter(pieces: list[str]) -> None:
    text = " ".join(pieces)
    made = masked(text)[0]
    again, last = "", 0
    for swap in made.swaps:
        assert text[swap.start : swap.end] == swap.words
        again += text[last : swap.start] + swap.mark
        last = swap.end
    assert again + text[last:] == made.text
    assert made.original(0, len(made.text)) == (0, len(text))
    for at, letter in enumerate(made.text):
        a, b = made.original(at, at + 1)
        assert text[a:b] == letter or any((s.start, s.end) == (a, b) for s in made.swaps)


def test_the_list_of_names_is_read_strictly() -> None:
    names, problems = parse_names("people: [Maija Virtanen]\nplace: [X]\n", Path("names.yml"))
    assert names.people == ("Maija Virtanen",)
    assert [str(p) for p in problems] == [
        "names.yml:2: unknown key 'place' in names. Did you mean 'places'?"
    ]
