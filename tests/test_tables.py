"""Tables are read whole and letter for letter, or told about on the line where a record begins."""

from pathlib import Path

import pytest

from workbench.material.tables import LONGEST, parse_table

PATH = Path("t.csv")


def told(text: str, separator: str = ",") -> list[str]:
    return [str(problem) for problem in parse_table(text, PATH, separator)[1]]


def test_a_record_knows_its_first_line_though_cells_hold_line_breaks() -> None:
    table, problems = parse_table('id,said\n1,"a ""b""\nc"\n\n2,d\n', PATH)
    assert problems == []
    assert table is not None
    assert table.columns == ("id", "said")
    assert table.rows == ((2, ["1", 'a "b"\nc']), (5, ["2", "d"]))


def test_rows_of_a_wrong_length_are_left_out_with_their_lines() -> None:
    table, problems = parse_table('id,a\n"1\n",x,y\n2\n3,z\n', PATH)
    assert [(p.line, p.message) for p in problems] == [
        (2, "3 fields instead of 2."), (4, "1 fields instead of 2."),
    ]  # fmt: skip
    assert table is not None
    assert table.rows == ((5, ["3", "z"]),)


@pytest.mark.parametrize(
    ("text", "line"), [('a,b\n1,2\n"3,4\n5,6\n', 3), ('a,b\n1,2\n3,"4"x\n', 3)]
)
def test_a_quotation_mark_gone_wrong_gives_no_half_table(text: str, line: int) -> None:
    table, problems = parse_table(text, PATH)
    assert table is None
    assert [p.line for p in problems] == [line]


def test_a_huge_cell_is_refused_with_the_line_it_begins_on() -> None:
    table, problems = parse_table(f'a\n1\n"{"x" * (LONGEST + 1)}"\n', PATH)
    assert table is None
    assert str(problems[0]).startswith("t.csv:3: a cell of the record that begins here has over")


def test_two_columns_of_one_name_are_refused_blanks_or_not() -> None:
    assert told("id,laatu, laatu\n1,2,3\n") == [
        "t.csv:1: the column 'laatu' stands twice. "
        "Give each column a name of its own, or use `workbench import`."
    ]


def test_another_separator_is_named() -> None:
    (problem,) = told("id;laatu\n1;2\n")
    assert 'Write `separator: ";"` in the description' in problem
    assert told("id;laatu\n1;2\n", ";") == []


def test_what_looks_like_a_formula_stays_text() -> None:
    table, problems = parse_table("a\n=cmd|' /C calc'!A0\n-5 astetta\n+358\n@SUM(A1)\n", PATH)
    assert problems == []
    assert table is not None
    assert [cells[0] for _, cells in table.rows] == [
        "=cmd|' /C calc'!A0", "-5 astetta", "+358", "@SUM(A1)",
    ]  # fmt: skip


def test_an_unfinished_merge_is_no_row() -> None:
    assert told("a,b\n<<<<<<< HEAD\n1,2\n") == [
        "t.csv:2: an unfinished merge stands here. "
        "Keep the lines of both sides and remove the marks."
    ]


def test_an_empty_file_holds_no_table() -> None:
    assert told("\n") == ["t.csv:1: holds no table. The first line names the columns."]
