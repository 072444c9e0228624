"""Codings as TSV: what is written comes back, what cannot be read is told by line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.base.records import Place
from workbench.coding.codings import (
    COLUMNS,
    Coding,
    Passage,
    check_codes,
    format_codings,
    parse_codings,
    sidecar,
)

PATH = Path("h03.aino.tsv")
HEADER = "\t".join(COLUMNS)
WORDS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), min_size=1)


def read(*lines: str) -> tuple[list[Coding], list[str]]:
    text = "\n".join((HEADER, *(line.replace("|", "\t") for line in lines))) + "\n"
    codings, problems = parse_codings(text, PATH, "h03", "aino")
    return codings, [str(p) for p in problems]


def test_the_file_of_a_coder_stands_beside_the_transcript() -> None:
    assert sidecar(Path("interviews/h03.md"), "aino") == Path("interviews/h03.aino.tsv")


def test_a_line_is_a_judgement_on_words() -> None:
    (coding,), problems = read("2|14|18|kohteliaisuus|koettu +|oma |muistio")
    assert problems == []
    assert coding.passage == Passage("h03", 2, 14, 18, "oma ")
    assert (coding.code, coding.facets) == ("kohteliaisuus", {"koettu", "+"})
    assert (coding.coder, coding.memo, coding.place) == ("aino", "muistio", Place(PATH, 2))


@given(WORDS.filter(str.strip), WORDS, st.lists(st.sampled_from(["koettu", "+", "-"]), unique=True))
def test_what_is_written_comes_back_letter_for_letter(
    quote: str, memo: str, facets: list[str]
) -> None:
    coding = Coding(
        Passage("h03", 2, 0, len(quote), quote),
        "a",
        "aino",
        Place(PATH, 2),
        frozenset(facets),
        memo,
    )
    text = format_codings([coding])
    assert text.count("\n") == 2
    assert parse_codings(text, PATH, "h03", "aino") == ([coding], [])


def test_columns_of_others_are_kept_as_they_are() -> None:
    text = f"{HEADER}\tvarmuus\n1\t0\t2\ta\t\tHei\t\t0.8\n"
    codings, _ = parse_codings(text, PATH, "h03", "aino")
    assert codings[0].extra == (("varmuus", "0.8"),)
    assert format_codings(codings) == text


def test_lines_are_sorted_so_that_two_versions_differ_only_where_they_differ() -> None:
    codings, _ = read("3|0|2|b||He|", "1|5|7|z||He|", "1|0|2|b||He|", "1|0|2|a||He|")
    assert [line.split("\t")[:4] for line in format_codings(codings).split("\n")[1:-1]] == [
        ["1", "0", "2", "a"], ["1", "0", "2", "b"], ["1", "5", "7", "z"], ["3", "0", "2", "b"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2|0|3|a|", "h03.aino.tsv:2: 5 fields instead of 7. Fields are separated by tabs;"),
        ("2|0|kolme|a||Hei|", "h03.aino.tsv:2: turn, start and end must be whole numbers, not 2 0"),
        ("2|-1|3|a||Hei|", "h03.aino.tsv:2: turn, start and end must be whole numbers"),
        (f"2|0|{'9' * 5000}|a||Hei|", "h03.aino.tsv:2: turn, start and end must be whole numbers"),
        ("2|0|3|a|| |", "h03.aino.tsv:2: the quote is empty."),
        ("<<<<<<< HEAD", "h03.aino.tsv:2: an unfinished merge stands here. Keep the lines of both"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_next_one_is_read(line: str, said: str) -> None:
    codings, problems = read(line, "1|0|3|a||Hei|")
    assert problems[0].startswith(said)
    assert len(codings) == 1


def test_the_same_coding_twice_is_told() -> None:
    assert read("1|0|3|a||Hei|", "1|0|3|a||Hei|toinen")[1] == [
        "h03.aino.tsv:3: the same coding stands on line 2. Remove one of them."
    ]


def test_a_header_without_a_column_is_told() -> None:
    _, (problem,) = parse_codings("turn\tstart\tend\tcode\n", PATH, "h03", "aino")
    assert str(problem).startswith("h03.aino.tsv:1: the header lacks facets, quote.")


def test_codes_and_facets_outside_the_codebook_are_told_with_the_near_miss() -> None:
    codings, _ = read("1|0|3|kohteliasuus|koetu|Hei|")
    told = [str(p) for p in check_codes(codings, ["kohteliaisuus"], ["koettu"])]
    assert "no code 'kohteliasuus'. Did you mean 'kohteliaisuus'?" in told[0]
    assert "'koetu'" in told[1]
    assert "Did you mean 'koettu'?" in told[1]


ODD = st.sampled_from(
    ["", " ", "-1", "²", "9" * 10, "a\tb", " a ", "\\t", "\\\\", "a:2", "<<<<<<< HEAD", "\x1c"]
)
GOOD = st.tuples(*[st.sampled_from(["1", "2", "٣"])] * 3).map(
    lambda n: [*n, "a ", "koettu -", "Hei\\n", "\\\\", "0.8", ""]
)
ENDS = st.sampled_from(["", "\n", "\n\n", "\n=======\n", "\na\tb"])
HEADERS = st.sampled_from([(), ("varmuus",), ("varmuus", "meaning")]).flatmap(
    lambda more: st.permutations(COLUMNS).map(lambda names: [*names, *more])
)


def test_a_mark_of_a_merge_is_told_even_where_the_fields_are_right() -> None:
    text = "code\tturn\tstart\tend\tfacets\tquote\n<<<<<<< HEAD\t1\t0\t3\t\tHei\n"
    codings, (problem,) = parse_codings(text, PATH, "h03", "aino")
    assert (codings, problem.message) == ([], "an unfinished merge stands here.")


@settings(max_examples=600, deadline=None)
@given(HEADERS, st.lists(GOOD, min_size=1, max_size=3), st.integers(0, 9), ODD, ENDS)
def test_all_lines_at_once_are_read_as_one_by_one(
    header: list[str], lines: list[list[str]], where: int, odd: str, end: str
) -> None:
    """With the quick look at all lines taken away, the same comes of any file."""
    at = {name: n for n, name in enumerate((*COLUMNS, "varmuus", "meaning"))}
    rows = [[cells[at[name]] for name in header] for cells in lines]
    rows[-1][where:] = [odd, *rows[-1][where + 1 :]] if where < len(header) else []
    text = "\n".join(map("\t".join, [header, *rows])) + end
    quick = parse_codings(text, PATH, "h03", "aino")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.coding.codings._sound", lambda *_: False)
        assert parse_codings(text, PATH, "h03", "aino") == quick
