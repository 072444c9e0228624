"""`workbench anchor` shows old and new words one below the other and asks with one key."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.test_moves import edited, rows
from workbench.base.records import Place
from workbench.cli import main
from workbench.cli_anchor import ask, beside, kind, marked
from workbench.coding.alignment import Fate, Move
from workbench.coding.codings import Coding, Passage
from workbench.material.documents import Document, Kind, Turn

Write = Callable[..., Path]
NOW = "Kysyin sitä [nimi] luona, ja [nimi] luona odotin, ja [nimi] luona kaikki selvisi."


def document() -> Document:
    turns = {1: Turn(1, "E01", NOW, 1)}
    return Document("h01", Kind.INTERVIEW, "2010", "fi", Path("h01.md"), turns, "E01")


def move(number: int, *starts: int, quote: str = "Leenan luona") -> Move:
    """Return a move of the words `Leenan luona` to where `[nimi] luona` stands now."""
    old = Passage("h01", 1, number, number + len(quote), quote)
    places = tuple(Passage("h01", 1, at, at + 12, NOW[at : at + 12]) for at in starts)
    coding = Coding(old, "a", "aino", Place(Path("h01.aino.tsv"), number))
    return Move(coding, Fate.UNSURE, places)


ALIKE = [move(2, 12), move(3, 29), move(4, 53), move(5, 12, 29)]


def pressed(monkeypatch: pytest.MonkeyPatch, keys: str) -> list[tuple[int, int]]:
    """Ask about four moves, press keys, and return line and new start of what was answered."""
    left = list(keys)
    monkeypatch.setattr(click, "getchar", lambda: left.pop(0) if left else "")
    answers = ask(ALIKE, document())
    return [(c.place.line, new.passage.start) for c, new in answers.items()]


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ("\r111", [(2, 12), (3, 29), (4, 53), (5, 12)]),
        ("1l12", [(2, 12), (3, 3), (4, 53), (5, 29)]),
        ("a1", [(2, 12), (3, 29), (4, 53), (5, 12)]),
        ("1a2", [(2, 12), (3, 29), (4, 53), (5, 29)]),
        ("abq", []),
        ("11b9q", [(2, 12)]),
        ("1", [(2, 12)]),
        ("1\x03", [(2, 12)]),
        ("9x1\x1b", [(2, 12)]),
    ],
    ids=[
        "Enter is the first",
        "a number is that place, l leaves the line",
        "a answers all with the same words changed, no others",
        "a counts from where it is pressed",
        "b takes back all that a answered",
        "b takes back one; a key that means nothing is not heard",
        "what was answered is kept when nobody answers any more",
        "and when somebody presses control-c",
        "and when somebody presses escape",
    ],
)
def test_each_answer_is_one_key(
    monkeypatch: pytest.MonkeyPatch, keys: str, answers: list[tuple[int, int]]
) -> None:
    assert pressed(monkeypatch, keys) == answers


def test_without_a_keyboard_nothing_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise OSError

    monkeypatch.setattr(click, "getchar", none)
    assert ask(ALIKE, document()) == {}


def test_old_and_new_words_stand_one_below_the_other_with_the_difference_marked() -> None:
    was, now = [click.unstyle(line) for line in list(beside(ALIKE[0], document()))[1:]]
    assert was.endswith("was [1]  [‹Leenan› luona]")
    assert now.endswith("1 [1]  Kysyin sitä [‹[nimi]› luona], ja [nimi] luona odotin, ja [ni…")


def test_words_side_by_side_that_differ_are_marked_together() -> None:
    words = marked("se oli kaks sataa euroa", "se oli parisataa")
    assert click.unstyle(words) == "se oli ‹kaks sataa euroa›"


def test_moves_are_alike_if_the_same_words_were_put_for_the_same() -> None:
    assert kind(ALIKE[0]) == kind(ALIKE[1]) == ("Leenan", "[nimi]")
    assert kind(ALIKE[3]) == ()
    assert kind(move(2, 12, quote="Leenan talossa")) != kind(ALIKE[0])


def run(folder: Path, *options: str, keys: str = "") -> str:
    told = CliRunner().invoke(main, ["anchor", "h01", "--into", str(folder), *options], input=keys)
    assert told.exit_code == 0, told.output
    return told.output


def test_a_dry_run_shows_what_is_told_and_asked_and_writes_nothing(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    before = rows(folder)
    assert "‹melkein tunnin,›" in run(folder, "--dry-run")
    assert rows(folder) == before


def test_edited_words_are_followed_without_a_question_unless_each_is_wanted(
    study_with: Write,
) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    before = rows(folder)
    assert "1 of 2, h01.aino.tsv" in run(folder, "--each", keys="ll")
    assert rows(folder) == before
    assert " of " not in run(folder)
    assert "jonotin melkein tunnin" in rows(folder)[1][5]


def test_what_is_left_is_said_and_asked_again(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "tappelin")
    for options, keys in (("--sure",), ""), ((), "ll"), ((), "q"), ((), ""):
        assert "2 left as they are; `workbench anchor h01`" in run(folder, *options, keys=keys)
    assert "1 left as they are; `workbench anchor h01`" in run(folder, keys="1q")
    assert "left as they are" not in run(folder, keys="1")
    assert "tappelin" in rows(folder)[1][5]
