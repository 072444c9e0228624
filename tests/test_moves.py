"""An edited transcript: every coding follows its words, is asked about, or is told as lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import STUDY
from tests.edits import ANEW, CONTROLS, OURS, campaign, git, shown
from workbench.cli import main
from workbench.coding.moves import followed, only_sure, settle
from workbench.study import load

Write = Callable[..., Path]
INTERVIEW = STUDY["interviews/h01.md"]


def edited(study_with: Write, before: str, after: str) -> Path:
    """Return a committed study in which one interview was edited since."""
    folder = study_with()
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "koe")
    assert before in INTERVIEW
    (folder / "interviews/h01.md").write_text(INTERVIEW.replace(before, after), encoding="utf-8")
    return folder


def rows(folder: Path) -> list[list[str]]:
    text = (folder / "interviews/h01.aino.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n")[1:-1]]


def test_words_that_moved_within_their_turn_are_certain(study_with: Write) -> None:
    folder = edited(study_with, "Pitäis päästä", "No siis. Pitäis päästä")
    document = load(folder).documents["h01"]
    settle(document, followed(document), only_sure)
    assert [row[1] for row in rows(folder)][1:] == ["34", "0"]


def test_words_that_were_edited_are_asked_about_and_left_until_answered(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    before = rows(folder)
    document = load(folder).documents["h01"]
    settle(document, followed(document), only_sure)
    assert rows(folder) == before
    (unsure,) = [
        m
        for t in followed(document)
        for m in t.moves
        if not m.sure and t.text.path.name == "h01.aino.tsv"
    ]
    assert unsure.coding.code == "odotusaika"


def test_a_yes_gives_the_coding_its_edited_words(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    document = load(folder).documents["h01"]
    settle(document, followed(document), lambda move: move.taken())
    assert "jonotin melkein tunnin" in rows(folder)[1][5]
    assert load(folder).problems == ()


def test_what_is_said_to_be_gone_stays_in_the_file_and_does_not_count(study_with: Write) -> None:
    folder = edited(study_with, "Mä jonotin puoli tuntia, ihan turhaan.", "En jonottanu.")
    document = load(folder).documents["h01"]
    settle(document, followed(document), lambda m: m.taken() if m.sure else m.lost())
    study = load(folder)
    assert len(rows(folder)) == 3
    assert "odotusaika" not in {c.code for c in study.counting if c.document == "h01"}


def test_a_dry_run_shows_every_move_and_writes_nothing(study_with: Write) -> None:
    folder = edited(study_with, "Pitäis päästä", "No siis. Pitäis päästä")
    before = rows(folder)
    told = CliRunner().invoke(main, ["anchor", "h01", "--into", str(folder), "--dry-run"])
    assert told.exit_code == 0
    assert "Pitäis päästä heti läpi." in told.output
    assert rows(folder) == before


def test_the_unsure_are_asked_one_by_one(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    told = CliRunner().invoke(main, ["anchor", "h01", "--into", str(folder)], input="1\n1\n")
    assert told.exit_code == 0, told.output
    assert "jonotin melkein tunnin" in rows(folder)[1][5]


def check(table: dict[str, dict[str, int]], codings: int) -> None:
    for way in (*OURS, *CONTROLS):
        assert sum(table[way].values()) == codings
    assert [table[way]["silently wrong"] for way in OURS] == [0, 0]
    assert max(table[way][ANEW] for way in OURS) <= codings / 2000
    assert all(table[way]["silently wrong"] for way in CONTROLS)


def test_no_random_edit_puts_a_coding_silently_on_other_words(tmp_path: Path) -> None:
    check(campaign(tmp_path, 7, documents=6, codings=400, edits=80), 400)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_thousand_edits_put_no_coding_silently_on_other_words(tmp_path: Path, seed: int) -> None:
    table = campaign(tmp_path, seed)
    print(shown(table))  # noqa: T201
    check(table, 5400)
