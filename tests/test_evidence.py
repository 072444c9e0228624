"""Evidence on a page: which findings, cards and owners it names."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import CARD, STUDY
from workbench.loading import load
from workbench.reports.evidence import (
    answer,
    cards_of,
    determinants,
    findings_of,
    is_old,
    open_needs,
    owner_of,
)
from workbench.reports.numbers import NO_NUMBERS, Sheet

Write = Callable[..., Path]
SCHOOL = """\
F02:
  statement: {fi: Koulussa jonotetaan., en: Schools wait.}
  type: problem
  segments: [esimiehet-koulu]
  evidence: [h01/2 odotusaika]
"""


def test_findings_that_name_the_segment_come_before_those_of_its_kin(study_with: Write) -> None:
    name = "parameters/care/findings.yml"
    study = load(study_with({name: STUDY[name] + SCHOOL}))
    school = findings_of(study.where(segment="esimiehet-koulu"))
    assert [f.id for f in school] == ["F02", "F01"]
    market = findings_of(study.where(segment="esimiehet-tori"))
    assert [f.id for f in market] == ["F01"]


def test_a_draft_is_no_evidence(study_with: Write) -> None:
    name = "parameters/care/findings.yml"
    draft = STUDY[name].replace("  type: problem", "  type: problem\n  state: draft")
    assert findings_of(load(study_with({name: draft})).where(segment="esimiehet")) == []


def test_an_owner_nobody_knows_is_said_to_be_unknown(study_with: Write) -> None:
    known = load(study_with())
    assert owner_of(known.care.actions["T01"], known, "en") == "own handler"
    study = load(study_with({"parameters/care/parties.yml": "esimies: {}\n"}))
    assert owner_of(study.care.actions["T01"], study, "en") == "unknown"


def test_a_card_holds_for_the_segments_below_the_one_it_names(study_with: Write) -> None:
    study = load(study_with({"parameters/care/cards/palkka.yml": CARD}))
    assert [c.id for c in cards_of(study.where(segment="esimiehet-koulu"))] == ["palkka"]
    school = CARD.replace("[esimiehet]", "[esimiehet-koulu]")
    study = load(study_with({"parameters/care/cards/palkka.yml": school}))
    assert cards_of(study.where(segment="esimiehet")) == []


def test_an_action_is_about_what_most_citations_of_its_findings_speak_of(study_with: Write) -> None:
    study = load(study_with())
    assert determinants(study.care.actions["T01"], study, "en") == ("Access",)


def test_what_carries_an_action_out_is_told_only_for_those_it_is_for(study_with: Write) -> None:
    school = CARD.replace("[esimiehet]", "[esimiehet-koulu]") + "actions: [T01]\n"
    study = load(study_with({"parameters/care/cards/palkka.yml": school}))

    def realised(segment: str) -> dict[str, list[tuple[str, str]]]:
        view = study.where(segment=segment)
        return answer(study.care.actions["T01"], view, view, Sheet(NO_NUMBERS), "en").realised

    assert realised("esimiehet-koulu") == {"cards": [("palkka", "Card")]}
    assert realised("esimiehet-tori") == {}


def test_a_need_is_open_until_its_actions_are_over(study_with: Write) -> None:
    name = "parameters/care/actions.yml"

    def names(text: str) -> list[str]:
        study = load(study_with({name: text}))
        return [need.id for need in open_needs(study.care.plans["esimiehet"], study)]

    assert names(STUDY[name]) == ["N01"]
    assert names(STUDY[name] + "  status: done\n") == []


def test_words_much_older_than_the_newest_are_marked_as_old(study_with: Write) -> None:
    early = STUDY["interviews/h01.md"].replace("date: 2010-02", "date: 2008-02")
    study = load(study_with({"interviews/h01.md": early}))
    assert is_old(study, "h01")
    assert not is_old(study, "h02")
    late = STUDY["interviews/h01.md"].replace("date: 2010-02", "date: 2008-03")
    assert not is_old(load(study_with({"interviews/h01.md": late})), "h01")
