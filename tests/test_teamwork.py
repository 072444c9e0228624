"""Several coders: what each may see, release, who is compared, and the verbs of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import STUDY
from tests.test_adjudication import decide_all
from tests.test_work import WORK
from workbench.base.problems import WorkbenchError
from workbench.cli import main
from workbench.coding.comparison import How
from workbench.loading import load
from workbench.study import Unknown
from workbench.teamwork import (
    CannotRelease,
    Sealed,
    adjudicate,
    compared,
    points,
    release,
    settle,
    visible_to,
    work,
)

Write = Callable[..., Path]
BLIND = WORK[: WORK.index("released:")]
EERO = "interviews/h01.eero.tsv"


@pytest.fixture
def folder(study_with: Write) -> Path:
    return study_with({"parameters/work.yml": BLIND})


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_a_coder_sees_only_their_own_codings_of_a_blind_document(folder: Path) -> None:
    seen = visible_to(load(folder), "eero")
    assert {(c.document, c.coder) for c in seen.codings} == {
        ("h01", "eero"), ("h03", "aino"), ("o01", "aino"),
    }  # fmt: skip


def test_no_way_out_of_the_view_leads_to_what_is_hidden(folder: Path) -> None:
    """Not by `whole`, not by further views, not by evidence, not by what is wrong in a file."""
    rows = STUDY["interviews/h01.aino.tsv"].replace("kohteliaisuus", "salaisuus")
    (folder / "interviews/h01.aino.tsv").write_text(rows, "utf-8")
    study = load(folder)
    assert any("salaisuus" in str(p) for p in study.problems)
    for view in (visible_to(study, "eero"), visible_to(study.where(segment="esimiehet"), "eero")):
        assert not any("salaisuus" in str(p) for p in view.problems)
        for part in (view, view.whole or view, view.where(side="customer")):
            mine = {c.coder for c in part.codings if c.document == "h01"}
            assert mine == {"eero"}
        assert {c.coder for cs in view.witness.codings.values() for c in cs
                if c.document == "h01"} == {"eero"}  # fmt: skip


def test_decisions_on_a_blind_document_are_hidden_too(folder: Path) -> None:
    """Released, decided on, and then closed again."""
    release(folder, ["h01"])
    decide_all(folder)
    assert set(visible_to(load(folder), "eero").decisions) == {"h01"}
    (folder / "parameters/work.yml").write_text(BLIND, "utf-8")
    assert visible_to(load(folder), "eero").decisions == {}


def test_what_was_agreed_is_not_compared_with_the_coders(study_with: Write) -> None:
    folder = study_with({EERO: STUDY["interviews/h01.aino.tsv"]})
    assert settle(load(folder), ["h01"]) == {"h01": 0}
    study = load(folder)
    assert "sovittu" in study.coders
    assert compared(study, "h01") == ("aino", "eero")


def test_a_machine_is_compared_with_people_only_where_somebody_asks_for_it(
    study_with: Write,
) -> None:
    study = load(study_with({"interviews/h03.auto.tsv": STUDY["interviews/h03.aino.tsv"]}))
    assert compared(study, "h03") == ("aino",)
    with pytest.raises(WorkbenchError, match="coded by aino only"):
        settle(study, ["h03"])
    assert {p.how for p in points(study, ["h03"], ("aino", "auto"))} == {How.SAME}


def test_a_coder_nobody_knows_sees_nothing_of_a_blind_document(folder: Path) -> None:
    assert {c.document for c in visible_to(load(folder), "liisa").codings} == {"h03", "o01"}


def test_after_release_everybody_sees_everything(folder: Path) -> None:
    assert release(folder, ["h01"], on="2010-05-12") == ("h01",)
    study = load(folder)
    assert {c.coder for c in visible_to(study, "eero").codings if c.document == "h01"} == {
        "aino", "eero",
    }  # fmt: skip
    assert release(folder, ["h01"]) == ()


def test_a_document_is_not_released_before_all_have_begun(folder: Path) -> None:
    with pytest.raises(CannotRelease, match="eero in h02"):
        release(folder, ["h01", "h02"])
    assert load(folder).work.released == {}
    assert release(folder, ["h02"], anyway=True) == ("h02",)


def test_what_was_never_blind_cannot_be_released(folder: Path) -> None:
    with pytest.raises(Unknown, match="h03"):
        release(folder, ["h03"])


def test_a_file_that_cannot_be_changed_safely_is_left_with_the_line_to_write(
    study_with: Write,
) -> None:
    text = BLIND.replace("note:", "# note:") + "released: {h02: 2010-05-12}\n"
    folder = study_with({"parameters/work.yml": text})
    with pytest.raises(CannotRelease, match="Write `h01: 2010-06` below `released:` by hand"):
        release(folder, ["h01"], on="2010-06")
    assert (folder / "parameters/work.yml").read_text("utf-8") == text


def test_nobody_is_compared_on_a_blind_document(folder: Path) -> None:
    study = load(folder)
    assert points(study) == ()
    with pytest.raises(Sealed, match="workbench release h01"):
        points(study, ["h01"])
    with pytest.raises(Sealed):
        adjudicate(study, "h01", "TK")


def test_the_coders_of_the_assignment_are_compared(folder: Path) -> None:
    (folder / "interviews/h01.kone.tsv").write_text(STUDY[EERO], "utf-8")
    release(folder, ["h01"])
    study = load(folder)
    assert compared(study, "h01") == ("aino", "eero")
    assert {p.how for p in points(study)} == {How.CODE, How.MISSING}
    assert {p.coders for p in points(study, ["h01"], ["eero", "kone"])} == {("eero", "kone")}


def test_later_coders_do_not_undo_what_was_decided(study_with: Write) -> None:
    folder = study_with()
    decide_all(folder)
    (folder / "interviews/h01.liisa.tsv").write_text(STUDY[EERO], "utf-8")
    study = load(folder)
    assert compared(study, "h01") == ("aino", "eero")
    assert [str(p) for p in study.problems] == [
        "interviews/h01.liisa.tsv:1: no coder 'liisa' in study.yml. Known: aino, eero."
    ]


def test_one_coder_alone_cannot_be_compared(folder: Path) -> None:
    with pytest.raises(WorkbenchError, match="coded by aino only"):
        adjudicate(load(folder), "h03", "TK")
    with pytest.raises(Unknown, match="Did you mean"):
        adjudicate(load(folder), "h0", "TK")


def test_work_of_one_coder(folder: Path) -> None:
    found = work(load(folder), "eero")
    assert [(t.document, t.coder) for t in found] == [("h01", "eero"), ("h02", "eero")]
    with pytest.raises(Unknown, match="Did you mean 'eero'"):
        work(load(folder), "ero")


def test_the_verb_work_says_what_is_left(folder: Path) -> None:
    output = call("work", folder, "--coder", "eero").output.splitlines()
    assert output[0].split() == ["h01", "eero", "1", "codings", "1", "turns", "left", "blind"]
    assert output[1].strip() == "turns 3"
    assert "not begun" in output[2]


def test_the_verbs_lead_from_blind_coding_to_what_is_agreed(folder: Path) -> None:
    sealed = call("disagreements", "h01", "--into", folder)
    assert sealed.exit_code == 1
    assert "h01 is coded blind" in sealed.output
    assert call("release", "h01", "--into", folder).output == "Released: h01.\n"
    output = call("disagreements", "--into", folder).output
    assert "h01/2  code" in output
    assert "    eero: saavutettavuus (- koettu) 'Mä jonotin puoli tuntia,'" in output
    assert output.endswith("3 disagreements, 0 places judged alike.\n")
    early = call("settle", "h01", "--into", folder)
    assert (early.exit_code, early.output) == (1, "h01: 3 disagreements are left to decide.\n")
    decide_all(folder)
    assert call("settle", "h01", "--into", folder).output == "h01: agreed and written.\n"
    assert "h01/2  code  decided" in call("disagreements", "--into", folder).output


def test_settle_is_refused_for_what_is_blind(folder: Path) -> None:
    with pytest.raises(Sealed):
        settle(load(folder), ["h01"])
