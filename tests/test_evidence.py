"""Evidence on a page: which findings, cards and owners it names."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import CARD, STUDY
from workbench.loading import load
from workbench.reports.evidence import cards_of, findings_of, owner_of

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
