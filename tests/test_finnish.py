"""Finnish analysis: parts of compounds, spoken forms, and more than one analyser."""

import pytest

from workbench.base.finnish import (
    Finnish,
    Reading,
    _cut,
    _in_turn,
    _voikko,
    chosen,
    mended,
    written,
)


@pytest.fixture(scope="module")
def finnish() -> Finnish:
    return Finnish(chosen()[1]())


@pytest.mark.parametrize(
    ("form", "lemma", "parts"),
    [
        ("esimiestyön", "esimiestyö", {"esimies", "mies", "työ"}),
        ("palkanlaskennassa", "palkanlaskenta", {"palkka", "laskenta"}),
        ("naisjärjestö", "naisjärjestö", {"nainen", "järjestö"}),
        ("palkka-asioita", "palkka-asia", {"palkka", "asia"}),
    ],
)
def test_every_run_of_parts_is_a_base_form(
    finnish: Finnish, form: str, lemma: str, parts: set[str]
) -> None:
    lemmas, found = finnish.read(form)
    assert lemma in lemmas
    assert parts <= found


@pytest.mark.parametrize(
    ("spoken", "lemma"),
    [
        ("puhelimes", "puhelin"), ("sähköpostii", "sähköposti"), ("meijän", "me"),
        ("tehny", "tehdä"), ("kirjottaa", "kirjoittaa"), ("kahessa", "kaksi"),
        ("hoitajjoo", "hoitaja"), ("tarttis", "tarvita"), ("puhelimel", "puhelin"),
        ("ylimääräsenä", "ylimääräinen"), ("palakka", "palkka"),
    ],
)  # fmt: skip
def test_a_spoken_form_has_the_base_form_of_the_written_one(
    finnish: Finnish, spoken: str, lemma: str
) -> None:
    assert lemma in finnish.read(spoken)[0]


def test_a_compound_that_stays_whole_is_not_split_inside_a_longer_one() -> None:
    whole = Finnish(chosen()[1](), frozenset({"esimies"}))
    assert whole.read("esimiestyön")[1] == {"esimies", "työ"}


def test_an_unknown_word_keeps_its_own_form(finnish: Finnish) -> None:
    assert "blorfissa" in finnish.read("blorfissa")[0]


def test_what_one_analyser_does_not_know_the_next_is_asked() -> None:
    first = {"kissa": [Reading(("kissa",))]}
    second = {"koira": [Reading(("koira",))]}
    ask = _in_turn([lambda f: first.get(f, []), lambda f: second.get(f, [])])
    assert [r.lemma for form in ("kissa", "koira") for r in ask(form)] == ["kissa", "koira"]
    assert ask("hevonen") == []


def test_voikko_s_structure_says_where_a_base_form_is_cut() -> None:
    assert _cut("palkanlaskennassa", "palkanlaskenta", "=pppppp=ppppppppppp") == (
        "palkan", "laskenta",
    )  # fmt: skip
    assert _cut("koiran", "koira", "=pppppp") == ("koira",)


def test_voikko_s_participle_is_its_verb_too() -> None:
    found = _voikko(("laskettu",), "laatusana", "[Lt][Xp]laskea[X]laske[Rm]tt[Sn]u")
    assert [r.lemma for r in found] == ["laskettu", "laskea"]


def test_the_ending_follows_the_word_s_last_vowels() -> None:
    assert "sähköpostia" in set(written("sähköpostii"))
    assert "päivällä" in set(written("päiväl"))
    assert "yhdestä" in set(mended("yhestä"))
