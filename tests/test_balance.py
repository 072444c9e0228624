"""Evidence is proved both ways: every claim has a voice, every loud voice an answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CARD, STUDY
from workbench import load
from workbench.base.problems import Level
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
        (
            "h09/2 odotusaika",
            "no document 'h09'. Look first whether its file can be read. Did you mean 'h0",
        ),
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


def test_a_note_about_an_informant_speaks_of_their_segment_in_nobody_s_words(
    study_with: Write,
) -> None:
    note = STUDY["observations/o01.md"].replace("side: customer\nrole: esimies", "informant: E03")
    folder = finding(study_with, "o01/1 odotusaika", "esimiehet-tori")
    (folder / "observations/o01.md").write_text(note, encoding="utf-8")
    study = load(folder)
    cited = Citation("o01", 1, "odotusaika")
    assert study.problems == ()
    assert study.witness.speaks_of(cited, "esimiehet-tori")
    assert not study.witness.speaks_of(cited, "esimiehet-koulu")
    assert study.witness.speaker(cited) == ""


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


def test_two_people_or_three_of_one_segment_only_repeat_a_finding(study_with: Write) -> None:
    study = load(finding(study_with, "h01/2 odotusaika, h02/2 saavutettavuus"))
    assert grade(study.care.findings["F01"], study.witness) is Grade.REPEATED
    note = STUDY["interviews/h03.md"].replace("E03", "E04")
    people = STUDY["parameters/informants.yml"] + (
        "E04: {side: customer, role: esimies, sector: koulu}\n"
    )
    evidence = "h01/2 odotusaika, h02/2 saavutettavuus, h03/1 saavutettavuus"
    text = STUDY[FINDINGS].replace("h01/2 odotusaika, h03/1 saavutettavuus", evidence)
    text = text.replace("  counter: [h02/2 saavutettavuus]\n", "")
    folder = study_with(
        {"interviews/h03.md": note, "parameters/informants.yml": people, FINDINGS: text}
    )
    study = load(folder)
    assert grade(study.care.findings["F01"], study.witness) is Grade.REPEATED


def test_somebody_who_speaks_for_and_against_does_not_contest(study_with: Write) -> None:
    more = "  counter: [h01/3 kohteliaisuus]\n"
    folder = finding(study_with, "h01/2 odotusaika, h02/2 saavutettavuus", more=more)
    study = load(folder)
    assert grade(study.care.findings["F01"], study.witness) is Grade.REPEATED


def people_for_and_against(study_with: Write, voices: int, against: int, own: str = "") -> Grade:
    """Grade a finding with so many school supervisors for it and so many against it."""
    names = [f"E{n}" for n in range(10, 10 + voices + against)]
    head, sheet = STUDY["interviews/h03.md"], STUDY["interviews/h03.aino.tsv"]
    changes = {
        "parameters/study.yml": STUDY["parameters/study.yml"] + own,
        "parameters/informants.yml": STUDY["parameters/informants.yml"]
        + "".join(
            f"{who}: {{side: customer, role: esimies, sector: {'koulu' if n % 2 else 'tori'}}}\n"
            for n, who in enumerate(names)
        ),
    }
    for who in names:
        changes[f"interviews/{who}.md"] = head.replace("h03", who).replace("E03", who)
        changes[f"interviews/{who}.aino.tsv"] = sheet
    cites = [f"{who}/1 saavutettavuus" for who in names]
    more = f"  counter: [{', '.join(cites[voices:])}]\n"
    changes[FINDINGS] = (
        "F01:\n  statement: {fi: Väite., en: Claim.}\n  type: problem\n"
        f"  segments: [esimiehet]\n  evidence: [{', '.join(cites[:voices])}]\n{more}"
    )
    study = load(study_with(changes))
    assert [p for p in study.problems if p.level is Level.ERROR] == []
    return grade(study.care.findings["F01"], study.witness)


@pytest.mark.parametrize(
    ("voices", "against", "expected"),
    [
        (1, 0, Grade.SINGLE), (1, 5, Grade.SINGLE), (2, 0, Grade.REPEATED),
        (2, 1, Grade.CONTESTED), (3, 0, Grade.BROAD), (3, 1, Grade.BROAD),
        (3, 2, Grade.CONTESTED), (4, 1, Grade.BROAD), (4, 2, Grade.CONTESTED),
        (5, 2, Grade.BROAD), (5, 3, Grade.CONTESTED),
    ],
)  # fmt: skip
def test_grades_change_at_two_and_three_people_and_at_half_against(
    study_with: Write, voices: int, against: int, expected: Grade
) -> None:
    assert people_for_and_against(study_with, voices, against) is expected


@pytest.mark.parametrize(
    ("own", "voices", "against", "expected"),
    [
        ("{broad: 4}", 3, 0, Grade.REPEATED), ("{broad: 4}", 4, 0, Grade.BROAD),
        ("{repeated: 3, broad: 4}", 2, 0, Grade.SINGLE),
        ("{contested: 0.25}", 4, 1, Grade.CONTESTED), ("{contested: 1}", 4, 3, Grade.BROAD),
    ],
)  # fmt: skip
def test_grades_begin_where_study_yml_says(
    study_with: Write, own: str, voices: int, against: int, expected: Grade
) -> None:
    assert people_for_and_against(study_with, voices, against, f"grades: {own}\n") is expected


def test_a_strong_finding_without_an_action_is_listed_as_a_warning(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"].replace(
        "needs: [N01]", "basis: law\n  reference: KVTES"
    )
    assert told(study_with({"parameters/care/actions.yml": actions})) == [
        f"{FINDINGS}:1: warning: F01 is contested and no action answers it. "
        "Write an action for it (needs N01)."
    ]


def test_of_a_strong_finding_without_a_need_the_need_is_asked_for_too(study_with: Write) -> None:
    second = STUDY[FINDINGS] + STUDY[FINDINGS].replace("F01:", "F02:")
    assert told(study_with({FINDINGS: second})) == [
        f"{FINDINGS}:7: warning: F02 is contested and no action answers it. "
        "Write an action for it and the need it shows."
    ]


def test_a_strength_is_answered_by_a_line_of_a_plan_that_keeps_it(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"].replace(
        "needs: [N01]", "basis: law\n  reference: KVTES"
    )
    text = STUDY[FINDINGS].replace("type: problem", "type: strength")
    assert told(study_with({"parameters/care/actions.yml": actions, FINDINGS: text})) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("needs.yml", "findings: [F01]", "findings: [F91]",
         ":4: no finding 'F91'. Did you mean 'F01'?"),
        ("needs.yml", "findings: [F01]", "findings: []",
         ":1: N01 cites no finding. Add `findings:`."),
        ("needs.yml", "code: nimetty-yhteyshenkilö", "code: nimetty-yhteyshenkilo",
         ":3: no code 'nimetty-yhteyshenkilo'. Did you mean 'nimetty-yhteyshenkilö'?"),
        ("findings.yml", "segments: [esimiehet]", "segments: [esimihet]",
         ":4: no segment 'esimihet'. Did you mean 'esimiehet'?"),
        ("findings.yml", "  segments: [esimiehet]\n", "",
         ":1: F01 must name `segments`, or be `side: provider` without any. "
         "Add `segments: […]` for customers; take them away for the provider."),
        ("findings.yml", "evidence: [h01/2 odotusaika, h03/1 saavutettavuus]", "evidence: []",
         ":1: F01 cites no words. Add `evidence:`."),
        ("findings.yml", "segments: [esimiehet]", "side: provider",
         ":5: 'h01/2 odotusaika' is not from the provider side, of which F01 speaks. "
         "Cite the provider side's words here, or write a finding for the other."),
        ("actions.yml", "owner: kasittelija", "owner: kasitelija",
         ":4: no party 'kasitelija'. Did you mean 'kasittelija'?"),
        ("actions.yml", "needs: [N01]", "needs: [N91]", ":9: no need 'N91'. Did you mean 'N01'?"),
        ("plans/esimiehet.yml", "development: [T01]", "development: [T91]",
         ":13: no action 'T91'. Did you mean 'T01'?"),
        ("plans/esimiehet.yml", "accountable: kasittelija", "accountable: kasitelija",
         ":10: no party 'kasitelija'. Did you mean 'kasittelija'?"),
        ("plans/esimiehet.yml", "Vastaus., en: An answer.}, needs: [N01]",
         "Vastaus., en: An answer.}, basis: theory",
         ":5: this line rests on theory without saying which. Add `reference: …`."),
        ("cards/palkka.yml", "segments: [esimiehet]", "segments: [esimihet]",
         ":3: no segment 'esimihet'. Did you mean 'esimiehet'?"),
        ("cards/palkka.yml", "owner: kasittelija", "owner: kasitelija",
         ":8: no party 'kasitelija'. Did you mean 'kasittelija'?"),
        ("cards/palkka.yml", "needs: [N01]\n", "",
         ":1: palkka rests on nothing. Cite `needs:`, or give "
         "`basis: theory | law | management` with a `reference:`."),
    ],
)  # fmt: skip
def test_every_broken_link_is_told_with_its_line_and_the_near_miss(
    study_with: Write, file: str, old: str, new: str, said: str
) -> None:
    path = f"parameters/care/{file}"
    text = {**STUDY, "parameters/care/cards/palkka.yml": CARD}[path]
    assert old in text
    assert f"{path}{said}" in told(study_with({path: text.replace(old, new, 1)}))


def test_a_sound_card_is_no_problem(study_with: Write) -> None:
    assert told(study_with({"parameters/care/cards/palkka.yml": CARD})) == []


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
