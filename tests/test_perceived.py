"""Figure 3 with people, and outcome against process within one turn."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.findings.perceived import outcome, perceived
from workbench.findings.quality import BAD, GOOD
from workbench.study import Study

Write = Callable[..., Path]
VIEW = "parameters/codebook/nakokulma.yml"
MORE = """\
  tekninen: {ref: DIM.T, label: {fi: Mitä, en: Outcome}, definition: tulos}
  toiminnallinen: {ref: DIM.F, label: {fi: Miten, en: Process}, definition: tapa}
  kuultu: {ref: EXP.3, label: {fi: Kuultu, en: Word of mouth}, definition: muilta}
"""
HEAD = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n"
WORDS = HEAD + (
    "2\t0\t24\tsaavutettavuus\tkoettu + tekninen\tPitäis päästä heti läpi.\t\n"
    "2\t25\t49\todotusaika\tkoettu - toiminnallinen\tMä jonotin puoli tuntia,\t\n"
    "3\t0\t30\tkohteliaisuus\tkoettu + toiminnallinen kuultu\tYstävällisiä ne kyllä on aina.\t\n"
)


@pytest.fixture
def study(study_with: Write) -> Study:
    return load(study_with({VIEW: STUDY[VIEW] + MORE, "interviews/h01.aino.tsv": WORDS}))


def test_each_box_of_figure_3_holds_people(study: Study) -> None:
    result = perceived(study, "en")
    assert list(result.table.iloc[0]) == ["Word of mouth", "1/3", 1]
    assert {ref: result.people(ref) for ref in result.boxes} == {
        "EXP.3": 1, "VIEW.E": 1, "VIEW.X": 3, "DIM.T": 1, "DIM.F": 1,
    }  # fmt: skip


def test_boxes_the_codebook_lacks_are_left_out(study_with: Write) -> None:
    assert set(perceived(load(study_with())).boxes) == {"VIEW.E", "VIEW.X"}


def test_a_right_result_in_a_wrong_way_is_told_within_one_turn(study: Study) -> None:
    result = outcome(study, "en")
    assert result.cells[GOOD, BAD].people == {"E01"}
    assert [c.passage.turn for c in result.quotes().codings] == [2, 2]


def test_what_is_told_in_two_turns_is_no_one_matter(study: Study) -> None:
    cell = outcome(study, "en").cells[GOOD, GOOD]
    assert (cell.people, cell.anywhere) == (frozenset(), {"E01"})
    assert outcome(study, "en").table.iloc[0, 1] == "0/3 (in the whole interview 1)"


def test_behind_a_box_stand_its_words(study: Study) -> None:
    assert perceived(study, "en").quotes("EXP.3").codings[0].passage.turn == 3


def test_who_tells_of_one_only_is_in_no_cell(study_with: Write) -> None:
    good = STUDY["interviews/h02.aino.tsv"].replace("koettu +", "koettu + tekninen")
    changed = {VIEW: STUDY[VIEW] + MORE, "interviews/h01.aino.tsv": WORDS}
    both = outcome(load(study_with({**changed, "interviews/h02.aino.tsv": good})))
    assert both.cells[GOOD, BAD].anywhere == {"E01"}
