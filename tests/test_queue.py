"""The re-coding queue: who waits, confirming, recoding, and codings that come late."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import CannotChange, FateKind, apply
from workbench.revision.queue import decide, follow, recoding_queue, shown
from workbench.revision.verbs import merge, redefine, rename, split
from workbench.study import Study

Write = Callable[..., Path]
NOTE = Note(date="2026-10-01", reason="koe")
LATE = STUDY["interviews/h03.aino.tsv"].replace("saavutettavuus", "odotusaika")


@pytest.fixture
def redefined(study_with: Write) -> Study:
    texts = {"definition": {"fi": "Jono puhelimessa."}}
    return apply(redefine(load(study_with()), "odotusaika", texts, NOTE))


def test_the_queue_shows_what_changed_and_the_words(redefined: Study) -> None:
    assert shown(redefined, recoding_queue(redefined)) == (
        "odotusaika: redefine 2026-10-01 (koe)\n"
        "  was definition: Jonotus.\n"
        "  now Jono puhelimessa.\n"
        "  h01.aino [2] 25–49 'Mä jonotin puoli tuntia,'\n"
        "  o01.aino [1] 5–22 'Jonossa seitsemän'\n"
        "2 codings wait.\n"
    )


def test_a_confirmed_coding_waits_no_longer_and_only_its_line_changes(redefined: Study) -> None:
    change = decide(redefined, [recoding_queue(redefined)[0].become("odotusaika")])
    assert [f.kind for f in change.fates] == [FateKind.CONFIRMED]
    (edit,) = change.edits
    was, now = edit.text.content.split("\n"), edit.content.split("\n")
    assert [n for n in now if n not in was] == [f"{was[0]}\tmeaning", f"{was[2]}\todotusaika:2"]
    study = apply(change)
    assert [w.coding.document for w in recoding_queue(study)] == ["o01"]


def test_a_confirmed_coding_waits_again_when_the_meaning_changes_again(redefined: Study) -> None:
    study = apply(decide(redefined, [w.become(w.code) for w in recoding_queue(redefined)]))
    assert study.problems == ()
    assert len(recoding_queue(apply(redefine(study, "odotusaika")))) == 2


def test_a_recoded_coding_has_the_present_meaning_and_its_evidence_follows(
    redefined: Study,
) -> None:
    study = apply(
        decide(redefined, [w.become("saavutettavuus") for w in recoding_queue(redefined)])
    )
    assert study.problems == ()
    assert study.care.findings["F01"].evidence == ("h01/2 saavutettavuus", "h03/1 saavutettavuus")


def test_a_split_code_cannot_be_confirmed(study_with: Write) -> None:
    study = apply(split(load(study_with()), "odotusaika", ["jono", "linja"], note=NOTE))
    first, second = recoding_queue(study)
    with pytest.raises(CannotChange, match="'odotusaika' is retired"):
        decide(study, [first.become("odotusaika")])
    study = apply(decide(study, [first.become("jono"), second.become("linja")]))
    assert study.problems == ()
    assert recoding_queue(study) == ()


def test_a_decision_on_a_coding_that_is_gone_is_refused(redefined: Study) -> None:
    waiting = recoding_queue(redefined)
    study = apply(decide(redefined, [w.become("saavutettavuus") for w in waiting]))
    with pytest.raises(CannotChange, match=r"h01\.aino has no coding 'odotusaika' at .2. 25–49"):
        decide(study, [w.become("odotusaika") for w in waiting[:1]])


def test_codings_of_another_branch_are_told_and_follow(study_with: Write) -> None:
    study = apply(rename(load(study_with()), "odotusaika", "jono", note=NOTE))
    study = apply(merge(study, ["jono"], "kohteliaisuus", NOTE))
    (study.folder / "interviews/h03.eero.tsv").write_text(LATE, encoding="utf-8")
    (told,) = load(study.folder).problems
    assert "no code 'odotusaika'. It became 'kohteliaisuus': `workbench code follow`" in str(told)
    study = apply(follow(study))
    assert study.problems == ()
    assert [c.code for c in study.where(coder="eero").codings if c.document == "h03"] == [
        "kohteliaisuus"
    ]
    with pytest.raises(CannotChange, match="No coding is behind"):
        follow(study)


def test_late_codings_of_a_redefined_code_wait(redefined: Study) -> None:
    (redefined.folder / "interviews/h03.eero.tsv").write_text(LATE, encoding="utf-8")
    assert len(recoding_queue(redefined)) == 3
    study = apply(rename(load(redefined.folder), "odotusaika", "jono", note=NOTE))
    (study.folder / "interviews/h03.eero.tsv").write_text(LATE, encoding="utf-8")
    assert len(recoding_queue(apply(follow(load(study.folder))))) == 3
