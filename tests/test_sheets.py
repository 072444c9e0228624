"""A coder's file edited: changed lines and no others, further columns and order kept."""

from dataclasses import replace
from pathlib import Path

from workbench.coding.codings import Coding, parse_codings
from workbench.coding.sheets import edit

HEAD = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\tsure"
ROWS = (
    f"{HEAD}\n2\t0\t4\ta\tz y\tyksi\tx\\ty\t1\n2\t0\t4\tc\t\tyksi\t\t2\n3\t0\t5\ta\t\tkaksi\t\t3\n"
)


def codings(text: str) -> dict[int, Coding]:
    found, problems = parse_codings(text, Path("h01.aino.tsv"), "h01", "aino")
    assert problems == []
    return {c.place.line: c for c in found}


def test_a_recoded_line_changes_its_code_and_nothing_else() -> None:
    new = replace(codings(ROWS)[4], code="b")
    assert edit(ROWS, {4: new}) == ROWS.replace("5\ta", "5\tb")


def test_facets_keep_the_order_they_were_written_in() -> None:
    first = codings(ROWS)[2]
    assert "\tz y x\t" in edit(ROWS, {2: replace(first, facets=first.facets | {"x"})})


def test_a_coding_taken_out_leaves_the_others() -> None:
    assert edit(ROWS, {3: None}) == ROWS.replace("2\t0\t4\tc\t\tyksi\t\t2\n", "")


def test_sorted_lines_stay_sorted_and_unsorted_ones_where_they_are() -> None:
    assert edit(ROWS, {2: replace(codings(ROWS)[2], code="d")}).split("\n")[2].split("\t")[3] == "d"
    lines = ROWS.split("\n")
    mixed = "\n".join([lines[0], lines[3], lines[1], lines[2], ""])
    assert edit(mixed, {3: replace(codings(mixed)[3], code="d")}) == mixed.replace("4\ta", "4\td")


def test_a_mark_adds_its_column_and_leaves_the_other_lines() -> None:
    marked = replace(codings(ROWS)[4], extra=(("sure", "3"), ("meaning", "a:2")))
    new = edit(ROWS, {4: marked})
    assert new == ROWS.replace("sure", "sure\tmeaning").replace("\t3\n", "\t3\ta:2\n")
    assert (
        edit(new, {4: replace(marked, extra=(("sure", "3"),))}).split("\n")[1:]
        == ROWS.split("\n")[1:]
    )


def test_a_memo_finds_its_column_where_the_file_had_none() -> None:
    text = "code\tturn\tstart\tend\tfacets\tquote\na\t1\t0\t1\t\tx\nb\t1\t0\t1\t\tx\n"
    new = edit(text, {2: replace(codings(text)[2], memo="siksi")})
    assert [c.memo for c in codings(new).values()] == ["siksi", ""]
    assert new.startswith("code\tturn")
