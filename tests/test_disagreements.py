"""The list of disagreements as a table, in words of the language asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.test_adjudication import WHY, decide_all
from tests.test_work import WORK
from workbench.findings.disagreements import disagreements
from workbench.loading import load
from workbench.teamwork import Sealed

Write = Callable[..., Path]


def test_a_row_shows_both_codes_and_quotes(study_with: Write) -> None:
    table = disagreements(load(study_with()), "en").table
    (row,) = table[table["Difference"] == "other code"].to_dict("records")
    assert (row["Document"], row["Turn"]) == ("h01", 2)
    assert (row["aino: Code"], row["eero: Code"]) == ("Waiting", "Access")
    assert row["aino: Quote"] == row["eero: Quote"] == "Mä jonotin puoli tuntia,"
    assert row["aino: Facets"] == "Bad, Experienced"
    assert (row["aino: Memo"], row["eero: Memo"]) == ("seuraa", "")


def test_what_one_did_not_code_is_an_empty_cell(study_with: Write) -> None:
    table = disagreements(load(study_with())).table
    missing = table[table["Ero"] == "kaikki eivät koodanneet"]
    assert list(missing["eero: Katkelma"]) == ["", ""]


def test_a_decision_and_its_reason_stand_in_the_row(study_with: Write) -> None:
    folder = study_with()
    decide_all(folder, "eero")
    table = disagreements(load(folder)).table
    assert set(table["Päätös"]) == {"Saavutettavuus", "ei koodausta"}
    assert set(table["Perustelu"]) == {WHY}


def test_the_caption_counts_and_says_what_is_left_out(study_with: Write) -> None:
    both = {"interviews/h02.eero.tsv": STUDY["interviews/h02.aino.tsv"]}
    result = disagreements(load(study_with({**both, "parameters/work.yml": WORK})), "en")
    assert result.caption == (
        "The coders differ in 3 places and agree in 0 (1 documents). "
        "Left out: 1 documents coded blind and not released yet."
    )
    released = WORK + "  h02: 2010-05-17\n"
    opened = disagreements(load(study_with({"parameters/work.yml": released})), "en")
    assert opened.caption == "The coders differ in 3 places and agree in 2 (2 documents)."
    assert opened.same == 2


def test_a_blind_document_asked_for_by_name_is_refused(study_with: Write) -> None:
    study = load(study_with({"parameters/work.yml": WORK}))
    with pytest.raises(Sealed):
        disagreements(study, documents=["h02"])


def test_kinds_of_difference_are_counted(study_with: Write) -> None:
    result = disagreements(load(study_with()), "en")
    assert result.kinds["Number"].sum() == len(result.points)
    assert list(result.kinds["Number"]) == sorted(result.kinds["Number"], reverse=True)
