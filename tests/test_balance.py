"""Evidence is proved both ways: every claim has a voice, every loud voice an answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.care.balance import grade
from workbench.care.claims import Citation, Grade, parse_citation

Write = Callable[..., Path]
FINDINGS = "parameters/care/findings.yml"


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load(folder).problems]


def finding(study_with: Write, evidence: str, segments: str = "esimiehet", more: str = "") -> Path:
    text = (
        "F01:\n"
        "  statement: {fi: Väite., en: Claim.}\n"
        "  type: problem\n"
        f"  segments: [{segments}]\n"
        f"  evidence: [{evidence}]\n"
    )
    return study_with({FINDINGS: text + more})


def test_the_small_study_balances(study_with: Write) -> None:
    assert told(study_with()) == []


def test_a_citation_is_document_turn_and_code() -> None:
    assert parse_citation("h03/2 nimetty-yhteyshenkilö") == Citation(
        "h03", 2, "nimetty-yhteyshenkilö"
    )
    assert parse_citation("h03 2 saavutettavuus") is None


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("h09/2 odotusaika", "no document 'h09'. Did you mean 'h0"),
        ("h01/9 odotusaika", "h01 has no turn [9]. Its turns end at [3]."),
        ("h01/2 kohteliaisuus", "not coded 'kohteliaisuus'. The turn is coded odotusaika, saav"),
        ("h01:2 odotusaika", "'h01:2 odotusaika' is no evidence. Write document/turn and code"),
    ],
)
def test_evidence_that_points_nowhere_is_told_with_its_line(
    study_with: Write, evidence: str, said: str
) -> None:
    (problem,) = told(finding(study_with, evidence))
    assert problem.startswith(f"{FINDINGS}:5: ")
    assert said in problem


def test_evidence_from_a_foreign_segment_is_refused(study_with: Write) -> None:
    problems = told(
        finding(study_with, "h01/2 odotusaika, h03/1 saavutettavuus", "esimiehet-koulu")
    )
    assert any("'h03/1 saavutettavuus' comes from none of the segments" in p for p in problems)


def test_evidence_of_a_lost_coding_does_not_hold(study_with: Write) -> None:
    edited = STUDY["interviews/h03.md"].replace("varattu", "tukossa")
    problems = told(study_with({"interviews/h03.md": edited}))
    assert any(FINDINGS in p and "'h03/1 saavutettavuus'" in p for p in problems)


def test_an_observation_bears_witness_of_the_people_it_is_about(study_with: Write) -> None:
    assert told(finding(study_with, "o01/1 odotusaika, h01/2 odotusaika")) == []
    problems = told(finding(study_with, "o01/1 odotusaika", "esimiehet-koulu"))
    assert any("comes from none of the segments" in p for p in problems)


def test_a_finding_is_graded_by_people_not_by_passages(study_with: Write) -> None:
    folder = finding(study_with, "h01/2 odotusaika, h01/3 kohteliaisuus")
    study = load(folder)
    assert grade(study.care.findings["F01"], study.witness) is Grade.SINGLE


def test_three_people_of_two_segments_make_a_finding_broad(study_with: Write) -> None:
    evidence = "h01/2 odotusaika, h02/2 saavutettavuus, h03/1 saavutettavuus"
    study = load(finding(study_with, evidence))
    assert grade(study.care.findings["F01"], study.witness) is Grade.BROAD


def test_a_finding_with_half_as_many_against_it_is_contested(study_with: Write) -> None:
    study = load(study_with())
    assert grade(study.care.findings["F01"], study.witness) is Grade.CONTESTED


def test_a_strong_finding_without_an_action_is_listed(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"].replace(
        "needs: [N01]", "basis: law\n  reference: KVTES"
    )
    problems = told(study_with({"parameters/care/actions.yml": actions}))
    assert any("F01 is contested and no action answers it" in p for p in problems)


def test_an_action_on_nothing_says_what_it_may_rest_on(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"].replace("  needs: [N01]\n", "")
    problems = told(study_with({"parameters/care/actions.yml": actions}))
    assert any("T01 rests on nothing. Cite `needs:`, or give `basis:" in p for p in problems)


def test_a_law_without_a_reference_is_not_a_basis(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"].replace("needs: [N01]", "basis: law")
    problems = told(study_with({"parameters/care/actions.yml": actions}))
    assert any("T01 rests on law without saying which" in p for p in problems)


def test_a_plan_for_an_unknown_segment_gets_the_near_miss(study_with: Write) -> None:
    plan = STUDY["parameters/care/plans/esimiehet.yml"]
    problems = told(study_with({"parameters/care/plans/esimihet.yml": plan}))
    assert "parameters/care/plans/esimihet.yml:1: no segment 'esimihet' for this plan. Did you mean 'esimiehet'?" in problems  # fmt: skip # noqa: E501


def test_a_plan_may_not_cite_a_need_of_other_people(study_with: Write) -> None:
    plan = STUDY["parameters/care/plans/esimiehet.yml"]
    folder = finding(study_with, "h03/1 saavutettavuus", "esimiehet-tori")
    (folder / "parameters/care/plans/esimiehet-koulu.yml").write_text(plan, encoding="utf-8")
    problems = told(folder)
    assert any("no finding behind 'N01' speaks of 'esimiehet-koulu'" in p for p in problems)


def test_a_plan_without_one_of_its_four_blocks_is_refused(study_with: Write) -> None:
    plan = STUDY["parameters/care/plans/esimiehet.yml"].replace(
        "development: [T01]", "development: []"
    )
    problems = told(study_with({"parameters/care/plans/esimiehet.yml": plan}))
    assert any("the block 'development' is empty" in p for p in problems)


def test_an_unknown_party_is_told_where_it_stands(study_with: Write) -> None:
    plan = STUDY["parameters/care/plans/esimiehet.yml"].replace(
        "informed: [esimies]", "informed: [esmies]"
    )
    (problem,) = told(study_with({"parameters/care/plans/esimiehet.yml": plan}))
    assert problem.endswith(":11: no party 'esmies'. Did you mean 'esimies'?")
