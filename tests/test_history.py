"""The history of the codebook: plain lines that tell what became of a code."""

from dataclasses import replace
from pathlib import Path

from workbench.coding.history import HEADER, Entry, History, format_entries, parse_history

PATH = Path("history.tsv")


def entry(verb: str, code: str, *to: str) -> Entry:
    return Entry(date="2026-10-01", verb=verb, code=code, to=to)


PAST = History(
    (
        entry("rename", "a", "b"),
        entry("redefine", "b"),
        entry("merge", "b", "c"),
        entry("move", "c", "d"),
    )
)


def test_what_is_written_is_read_again() -> None:
    full = Entry(
        date="2026-10-01", verb="split", code="a", to=("b", "c"), codings=3, who="aino",
        reason="kaksi\tasiaa", was="a:\n  label: A\\B",
    )  # fmt: skip
    text = HEADER + format_entries([full, PAST.entries[0]])
    assert parse_history(text, PATH) == (History((full, PAST.entries[0])), [])
    assert len(text.split("\n")) == 4


def test_a_code_is_followed_through_renames_and_merges_only() -> None:
    assert [PAST.became(code) for code in "abcx"] == ["c", "c", "c", "x"]
    assert PAST.hint("a").startswith("It became 'c'")
    assert PAST.hint("x") == ""


def test_the_changes_of_a_code_are_those_it_came_from_too_newest_first() -> None:
    assert [e.verb for e in PAST.of("c")] == ["move", "merge", "redefine", "rename"]


def test_a_line_that_is_no_change_is_told_and_stops_nothing() -> None:
    text = HEADER + "<<<<<<< HEAD\n" + format_entries(PAST.entries) + "2026\trename\ta\t\t0\t\t\t\n"
    history, problems = parse_history(text, PATH)
    assert history == PAST
    assert [(p.line, p.level.value) for p in problems] == [(2, "warning"), (7, "warning")]


def test_a_meaning_that_a_code_got_twice_is_a_fork_under_its_present_name() -> None:
    """Two branches redefine `b`, one of them after renaming it."""
    mine, theirs = entry("redefine", "a"), replace(entry("redefine", "b"), date="2026-10-02")
    past = History((entry("rename", "a", "b"), theirs, mine))
    assert past.forks() == {("b", 2): [theirs, mine]}


def test_one_redefinition_after_another_is_no_fork_and_neither_is_one_of_another_code() -> None:
    again = replace(entry("redefine", "a"), was="a: {label: A, meaning: 2}")
    split = replace(entry("split", "a", "a", "b"), was="meaning: 3")
    past = History((entry("redefine", "a"), again, split, entry("redefine", "b")))
    assert [e.meaning for e in past.entries] == [2, 3, 4, 2]
    assert past.forks() == {}


def test_a_late_coding_stands_under_the_meaning_it_had() -> None:
    """`b` was redefined after the rename, and `c` after the merge."""
    merged = replace(entry("merge", "b", "c"), was="b:\n  meaning: 2")
    past = History(
        (entry("rename", "a", "b"), entry("redefine", "b"), merged, entry("redefine", "c"))
    )
    assert [past.carried("a", number) for number in (1, 2)] == [0, 1]
    assert History(past.entries[:2]).carried("a", 1) == 1
    assert History((entry("redefine", "c"), merged)).carried("b", 2) == 2
