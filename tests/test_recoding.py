"""Codings that wait: made before a meaning changed, and asked about until somebody confirms."""

from dataclasses import replace
from pathlib import Path

from tests.test_codebook import book
from workbench.base.records import Place
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, Passage, format_codings, parse_codings
from workbench.coding.recoding import (
    Decision,
    format_waiting,
    parse_decisions,
    stamped,
    told,
    under,
    waiting,
)

TREE = """\
label: Laatu
codes:
  jono: {label: a, definition: b, meaning: 3}
  vanha: {label: a, definition: b, retired: 2026-10-01, into: [jono, uusi]}
  uusi: {label: a, definition: b}
"""
FACETS = "label: x\nkind: facet\ncodes:\n  koettu: {label: a, definition: b, meaning: 2}\n"
PATH = Path("h01.aino.tsv")


def whole() -> Codebook:
    found, problems = book(laatu=TREE, savy=FACETS)
    assert problems == []
    return found


def coding(code: str, *facets: str) -> Coding:
    return Coding(Passage("h01", 2, 0, 4, "yksi"), code, "aino", Place(PATH, 2), frozenset(facets))


def test_a_coding_waits_until_it_is_stamped_with_the_present_meaning() -> None:
    old = coding("jono")
    assert waiting(old, whole()) == ["jono"]
    assert waiting(stamped(old, "jono", 2), whole()) == ["jono"]
    assert waiting(stamped(old, "jono", 3), whole()) == []


def test_code_and_facets_wait_each_for_themselves() -> None:
    both = coding("jono", "koettu")
    assert waiting(both, whole()) == ["jono", "koettu"]
    assert waiting(stamped(both, "jono", 3), whole()) == ["koettu"]
    assert waiting(under(both, whole()), whole()) == []


def test_a_mark_of_another_code_says_nothing() -> None:
    """So somebody who gives a coding another code by hand is asked about that."""
    assert waiting(replace(stamped(coding("uusi"), "uusi", 3), code="jono"), whole()) == ["jono"]


def test_a_split_code_waits_whatever_its_mark() -> None:
    assert waiting(stamped(coding("vanha"), "vanha", 9), whole()) == ["vanha"]


def test_the_first_meaning_needs_no_mark_and_no_column() -> None:
    assert stamped(coding("uusi"), "uusi", 1).extra == ()
    assert "meaning" not in format_codings([under(coding("uusi"), whole())])


def test_marks_stand_in_the_coders_file_only_on_the_lines_that_have_one() -> None:
    text = format_codings([under(coding("jono"), whole()), coding("uusi")])
    assert [line.count("\t") for line in text.split("\n")] == [7, 7, 6, 0]
    assert format_codings(parse_codings(text, PATH, "h01", "aino")[0]) == text


def test_an_unmarked_line_of_a_marked_file_says_nothing_further() -> None:
    text = format_codings([under(coding("jono"), whole()), coding("uusi")])
    assert [c.extra for c in parse_codings(text, PATH, "h01", "aino")[0]] == [
        (("meaning", "jono:3"),),
        (),
    ]


def test_marks_of_codes_that_are_gone_from_a_coding_go_too() -> None:
    recoded = replace(stamped(coding("jono"), "jono", 3), code="uusi")
    assert stamped(recoded, "uusi", 1).extra == ()


def test_each_code_with_waiting_codings_is_one_warning() -> None:
    problems = told([coding("jono"), coding("jono"), coding("vanha"), coding("uusi")], whole())
    assert [(p.line, p.level.value, p.message) for p in problems] == [
        (3, "warning", "2 codings of 'jono' were made before its meaning changed."),
        (4, "warning", "1 codings of 'vanha' wait to be put under jono or uusi."),
    ]


def test_a_list_of_decisions_is_written_filled_in_and_read() -> None:
    text = format_waiting([(coding("jono"), "jono"), (coding("vanha"), "vanha")])
    assert parse_decisions(text, PATH) == ([], [])
    filled = text.replace("jono\t\t", "jono\tuusi\t")
    assert parse_decisions(filled, PATH) == ([Decision("h01", "aino", 2, 0, 4, "jono", "uusi")], [])


def test_a_list_that_is_no_list_is_told() -> None:
    assert "the header lacks" in str(parse_decisions("code\tto\n", PATH)[1][0])
    text = (
        format_waiting([(coding("jono"), "jono")])
        .replace("\t2\t", "\tkaksi\t")
        .replace("\t\ty", "\tx\ty")
    )
    assert "must be whole numbers" in str(parse_decisions(text, PATH)[1][0])
