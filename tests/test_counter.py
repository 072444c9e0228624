"""Opposite passages in words, and the note that they were seen, put into the text."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.conftest import STUDY
from workbench.care.claims import State
from workbench.coding.booktext import CannotEdit
from workbench.findings.counter import NotOpposite
from workbench.revision.changes import apply
from workbench.revision.verbs import rename
from workbench.study import Unknown

Write = Callable[..., Path]
PATH = "parameters/care/findings.yml"
OPEN = STUDY[PATH].replace("  counter: [h02/2 saavutettavuus]\n", "")


def test_each_case_stands_with_place_person_words_and_answer(study_with: Write) -> None:
    found = wb.counter(wb.load(study_with()), "F01", "en")
    assert [list(row) for row in found.table.itertuples(index=False)] == [
        ["h02/2 saavutettavuus", "E02", "Mulla on oma ihminen jolle soitan, ja se vastaa.",
         "cited against", ""],
    ]  # fmt: skip
    assert "cited against it 1, seen and set aside 0, waiting to be looked at 0" in found.caption


def test_a_look_is_added_and_all_other_lines_stay(study_with: Write) -> None:
    text = "# Löydökset\n" + OPEN + "  # loppuun\n\nF02:" + OPEN.partition("F01:")[2]
    folder = study_with({PATH: text})
    seen = wb.mark_seen(
        wb.load(folder), "F01", "aino", why="Muu: asia", state="published", date="2010-05-20"
    )
    assert seen == ("h02/2 saavutettavuus",)
    look = (
        "  seen:\n    - by: aino\n      date: 2010-05-20\n      passages:\n"
        '        - h02/2 saavutettavuus\n      why: "Muu: asia"\n  state: published\n'
    )
    head, _, rest = text.partition("  # loppuun")
    assert (folder / PATH).read_text(encoding="utf-8") == f"{head}{look}  # loppuun{rest}"
    assert wb.load(folder).care.findings["F01"].state is State.PUBLISHED


def test_a_second_look_stands_behind_the_first(study_with: Write) -> None:
    folder = study_with({PATH: OPEN})
    wb.mark_seen(wb.load(folder), "F01", "aino", date="2010-05-20")
    assert wb.mark_seen(wb.load(folder), "F01", "eero", why="Ei uutta.", date="2010-06") == ()
    looks = wb.load(folder).care.findings["F01"].seen
    assert [(look.by, look.date, look.why) for look in looks] == [
        ("aino", "2010-05-20", ""), ("eero", "2010-06", "Ei uutta."),
    ]  # fmt: skip


def test_only_what_waits_can_be_set_aside(study_with: Write) -> None:
    folder = study_with()
    with pytest.raises(NotOpposite, match="'h02/2 saavutettavuus' is not an opposite passage of"):
        wb.mark_seen(wb.load(folder), "F01", "aino", passages=["h02/2 saavutettavuus"])
    assert (folder / PATH).read_text(encoding="utf-8") == STUDY[PATH]


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        (STUDY[PATH], {"state": "publised"}, r"no state 'publised'.*Did you mean 'published'"),
        (STUDY[PATH], {"date": "eilen"}, "'date': 'eilen' is not a date"),
        (STUDY[PATH] + "  seen: [{by: eero, date: 2010}]\n", {}, "Write what stands in `seen`"),
        (STUDY[PATH] + "  seen:\n    by: eero\n    date: 2010\n", {}, "cannot be edited safely"),
    ],
)
def test_what_cannot_be_written_is_refused_and_the_file_stays(
    study_with: Write, text: str, given: dict[str, str], said: str
) -> None:
    folder = study_with({PATH: text})
    with pytest.raises((Unknown, CannotEdit), match=said):
        wb.mark_seen(wb.load(folder), "F01", "aino", **given)  # type: ignore[arg-type]
    assert (folder / PATH).read_text(encoding="utf-8") == text


def test_an_unknown_finding_is_told(study_with: Write) -> None:
    with pytest.raises(Unknown, match=r"no finding 'F1'.*Did you mean 'F01'"):
        wb.counter(wb.load(study_with()), "F1")


def test_what_was_seen_follows_a_renamed_code(study_with: Write) -> None:
    folder = study_with({PATH: OPEN})
    wb.mark_seen(wb.load(folder), "F01", "aino", state="published")
    apply(rename(wb.load(folder), "saavutettavuus", "yhteys"))
    study = wb.load(folder)
    assert study.problems == ()
    assert study.care.findings["F01"].seen[0].passages == ("h02/2 yhteys",)
