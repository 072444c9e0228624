"""An edited transcript: every coding follows its words, is asked about, or is told as lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.edits import ANEW, CONTROLS, OURS, campaign, git, shown
from workbench.coding.alignment import Fate, Move
from workbench.coding.moves import followed, settle
from workbench.loading import load

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
    settle(document, followed(document))
    assert [row[1] for row in rows(folder)][1:] == ["34", "0"]


def moves(folder: Path) -> list[Move]:
    trails = followed(load(folder).documents["h01"])
    return [m for t in trails for m in t.moves if t.text.path.name == "h01.aino.tsv"]


def test_words_that_were_replaced_are_asked_about_and_left_until_answered(
    study_with: Write,
) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "tappelin")
    before = rows(folder)
    document = load(folder).documents["h01"]
    settle(document, followed(document))
    assert rows(folder) == before
    assert [m.coding.code for m in moves(folder) if not (m.sure or m.told)] == ["odotusaika"]


def test_edited_words_are_followed_and_told(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    assert [m.fate for m in moves(folder) if m.told] == [Fate.CHANGED]
    document = load(folder).documents["h01"]
    settle(document, followed(document))
    assert "jonotin melkein tunnin" in rows(folder)[1][5]
    assert load(folder).problems == ()


def test_a_move_knows_the_turn_in_which_the_words_stood(study_with: Write) -> None:
    folder = edited(study_with, "jonotin puoli tuntia", "jonotin melkein tunnin")
    assert all(m.coding.passage.quote in m.said for m in moves(folder))


def test_what_is_said_to_be_gone_stays_in_the_file_and_does_not_count(study_with: Write) -> None:
    folder = edited(study_with, "Mä jonotin puoli tuntia, ihan turhaan.", "En jonottanu.")
    document = load(folder).documents["h01"]
    settle(document, followed(document))
    study = load(folder)
    assert len(rows(folder)) == 3
    assert "odotusaika" not in {c.code for c in study.counting if c.document == "h01"}


def check(table: dict[str, dict[str, int]], codings: int) -> None:
    for way in (*OURS, *CONTROLS):
        assert sum(table[way].values()) == codings
    assert [table[way]["silently wrong"] for way in OURS] == [0, 0]
    assert max(table[way][ANEW] for way in OURS) <= codings / 1000
    assert table[OURS[0]]["told: wrong"] <= codings / 200
    assert sum(n for verdict, n in table[OURS[0]].items() if "asked" in verdict) <= codings / 8
    assert all(table[way]["silently wrong"] for way in CONTROLS)


def test_no_random_edit_puts_a_coding_silently_on_other_words(tmp_path: Path) -> None:
    check(campaign(tmp_path, 7, documents=6, codings=400, edits=80), 400)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", [*range(1, 6), *range(11, 21)])
def test_a_thousand_edits_put_no_coding_silently_on_other_words(tmp_path: Path, seed: int) -> None:
    table = campaign(tmp_path, seed)
    print(shown(table))  # noqa: T201
    check(table, 5400)
