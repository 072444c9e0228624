"""A change is read before it is done, done as a whole, and finished after a crash."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.base import edits
from workbench.base.edits import JOURNAL, NothingWritten
from workbench.base.files import Text, write
from workbench.loading import load
from workbench.revision.changes import apply, resume
from workbench.revision.verbs import merge, rename

Write = Callable[..., Path]


def test_the_account_names_every_coding_that_changes(study_with: Write) -> None:
    change = merge(load(study_with()), ["odotusaika"], "kohteliaisuus")
    assert change.account == (
        "merge odotusaika → kohteliaisuus\n"
        "  h01.aino [2] 25–49 'Mä jonotin puoli tuntia,': odotusaika → kohteliaisuus (recoded)\n"
        "  o01.aino [1] 5–22 'Jonossa seitsemän': odotusaika → kohteliaisuus (recoded)\n"
        "1 kept, 0 confirmed, 2 recoded, 0 fallen together, 0 to be decided, 6 untouched.\n"
        "  under saavutettavuus: 7 → 5\n"
        "  under odotusaika: 2 → 0\n"
        "  under kohteliaisuus: 1 → 3\n"
        "Note: the reference DET.04.2 of 'odotusaika' leaves the book with it.\n"
    )


def test_planning_writes_nothing(study_with: Write) -> None:
    folder = study_with()
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert "jonotus" in str(rename(load(folder), "odotusaika", "jonotus"))
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_coder_at_work_in_between_stops_all_of_it(study_with: Write) -> None:
    study = load(study_with())
    change = rename(study, "odotusaika", "jonotus")
    path = study.folder / "observations/o01.aino.tsv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(NothingWritten, match="somebody changed this file"):
        apply(change)
    assert "jonotus" not in "".join(
        p.read_text(encoding="utf-8") for p in study.folder.rglob("*.*ml")
    )


def test_an_interrupted_change_is_told_by_check_stops_others_and_is_finished(
    study_with: Write,
) -> None:
    study = load(study_with())
    change = rename(study, "odotusaika", "jonotus")
    journal = study.folder / "parameters" / JOURNAL
    write(Text(journal, ""), edits._written(change.edits, journal.parent))
    write(change.edits[0].text, change.edits[0].content)
    told = [str(p) for p in load(study.folder).problems]
    assert any("was interrupted: 1 of 5 are written. Finish it with" in t for t in told)
    with pytest.raises(edits.WorkbenchError, match="workbench code resume"):
        rename(study, "kohteliaisuus", "käytös")
    assert resume(study.folder) == []
    assert load(study.folder).problems == ()
