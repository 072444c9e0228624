"""Base forms: measured on gold lists, kept on disk, changed by a study's own words."""

import csv
from pathlib import Path

import pytest

from workbench.base.lemmas import RULES, Analyser, OwnWords, Word, parse_words, plain

LISTS = Path(__file__).parent / "lemmas"


@pytest.fixture(scope="module")
def finnish() -> Analyser:
    return Analyser("fi")


def means(analyser: Analyser, query: str, form: str) -> bool:
    word = analyser.word(form)
    return bool(analyser.base(query) & (word.lemmas | word.parts))


@pytest.mark.parametrize(("name", "least"), [("gold", 200), ("held_out", 80)])
def test_queries_find_inflected_forms_and_compounds(
    name: str, least: int, finnish: Analyser
) -> None:
    with (LISTS / f"{name}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = {(r["query"], r["form"]) for r in rows if means(finnish, r["query"], r["form"])}
    meant = {(r["query"], r["form"]) for r in rows if r["expected"] == "match"}
    assert len(rows) >= least
    assert len(found & meant) / len(found) >= 0.97, found - meant
    assert len(found & meant) / len(meant) >= 0.97, meant - found


@pytest.mark.parametrize("query", ["vuosi", "puhelin", "palkka", "työ"])
def test_a_query_that_is_a_base_form_stays_as_it_is(query: str, finnish: Analyser) -> None:
    assert finnish.base(query) == {query}


def test_an_inflected_query_means_its_base_form(finnish: Analyser) -> None:
    assert finnish.base("käsittelijöiltä") == {"käsittelijä"}


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [("sv", "lönerna", "lön"), ("en", "salaries", "salary"), ("xx", "foo", "foo")],
)
def test_other_languages_have_their_base_forms(language: str, form: str, lemma: str) -> None:
    assert Analyser(language).word(form) == Word(frozenset({lemma}))


def test_a_hyphen_parts_a_word_in_other_languages_too() -> None:
    assert Analyser("en").word("follow-ups").parts >= {"follow", "up"}


def test_the_name_says_which_analyser_in_which_version(finnish: Analyser) -> None:
    assert finnish.name.endswith(f", rules {RULES}")
    assert any(c.isdigit() for c in finnish.name.split(",")[0])


def test_a_study_s_own_words_come_first() -> None:
    own = OwnWords(forms={"esmies": "esimies", "hallikas": "uimahalli"}, whole=("esimies",))
    analyser = Analyser("fi", own)
    assert analyser.word("Hallikas").lemmas == {"uimahalli"}
    assert "halli" in analyser.word("hallikas").parts
    assert "mies" not in analyser.word("esimiehelle").parts


def test_what_was_looked_up_is_read_from_disk_the_next_time(tmp_path: Path) -> None:
    Analyser("en", cache=tmp_path).words(["handlers"])
    (file,) = tmp_path.glob("en-*.tsv")
    file.write_text("handlers\tkept\t\t\n", encoding="utf-8")
    assert Analyser("en", cache=tmp_path).word("handlers").lemmas == {"kept"}


def test_new_forms_are_added_and_a_line_cut_short_is_looked_up_again(tmp_path: Path) -> None:
    for form in ("handlers", "salaries"):
        Analyser("en", cache=tmp_path).word(form)
    (file,) = tmp_path.glob("en-*.tsv")
    assert file.read_text(encoding="utf-8").count("\n") == 2
    file.write_text("salaries\tsal", encoding="utf-8")
    assert Analyser("en", cache=tmp_path).word("salaries").lemmas == {"salary"}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    assert Analyser("en", cache=tmp_path / "taken").word("handlers").lemmas == {"handler"}


def test_another_whole_list_has_another_cache(tmp_path: Path) -> None:
    for own in (OwnWords(), OwnWords(whole=("esimies",))):
        Analyser("en", own, tmp_path).word("handlers")
    assert len(list(tmp_path.glob("*.tsv"))) == 2


def test_words_that_are_not_one_word_are_told_with_their_line() -> None:
    text = "forms:\n  esmies: esimies\n  hesari: Helsingin Sanomat\nwhole: [esimies]\nodd: 1\n"
    own, problems = parse_words(text, Path("words.yml"))
    assert own.whole == ("esimies",)
    assert [str(p) for p in problems] == [
        "words.yml:5: unknown key 'odd' in own words. Known: forms, whole.",
        "words.yml:3: 'hesari: Helsingin Sanomat' must be one word each. Write form: base form.",
    ]


def test_case_and_a_colon_s_ending_do_not_matter() -> None:
    assert [plain(x) for x in ("Palkka", "MVK:n", "a\u0308iti", ":")] == [
        "palkka",
        "mvk",
        "äiti",
        ":",
    ]
