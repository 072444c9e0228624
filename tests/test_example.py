"""The example study: sound, as large as promised, and counted as it was counted before."""

import csv
import json
import re
from collections import Counter

import pytest

import workbench as wb
from tests.environment import ROOT
from tests.renew import TRUTH, truth
from workbench import load
from workbench.care.balance import grade
from workbench.care.claims import Grade, State
from workbench.care.negatives import Answer, cases
from workbench.material.documents import Kind
from workbench.material.segments import SegmentLevel

STUDY = load(ROOT)
INTERVIEWS = [d for d in STUDY.documents.values() if d.kind is Kind.INTERVIEW]
COUNTED = ("survey-2009", "feedback", "encounters")
OBSERVATIONS = [d for d in STUDY.documents.values() if d.kind is Kind.OBSERVATION]


def test_check_finds_nothing_wrong() -> None:
    assert [str(p) for p in STUDY.problems] == []


def test_there_are_thirty_interviews_of_natural_length_and_eight_observations() -> None:
    assert len(INTERVIEWS) >= 30
    assert len(OBSERVATIONS) >= 8
    assert [(d.id, d.words) for d in INTERVIEWS if not 400 <= d.words <= 1000] == []


def test_everything_is_marked_as_invented() -> None:
    assert {d.origin for d in STUDY.documents.values()} == {"keksitty"}
    assert STUDY.settings.notice is not None
    assert "keksitty" in STUDY.settings.notice["fi"].casefold()


def test_every_document_is_coded_and_eight_are_coded_twice() -> None:
    coders = Counter(d for d, _ in {(c.document, c.coder) for c in STUDY.codings})
    assert set(coders) == set(STUDY.documents)
    assert sum(n >= 2 for n in coders.values()) >= 8
    assert len(STUDY.codings) >= 900


def test_the_second_coder_differs_now_and_then() -> None:
    mine, theirs = (
        {(c.document, c.passage.turn, c.code) for c in STUDY.codings if c.coder == coder}
        for coder in STUDY.settings.coders
    )
    twice = {document for document, _, _ in theirs}
    mine = {key for key in mine if key[0] in twice}
    agreed = len(mine & theirs) / len(mine | theirs)
    assert 0.2 < agreed < 0.9


def test_four_base_segments_reach_the_threshold_and_others_roll_up() -> None:
    base = [s for s in STUDY.segments if s.level is SegmentLevel.BASE]
    sizes = [len(STUDY.segments.people[s.id]) for s in base]
    assert len(base) == 10
    assert sum(n >= STUDY.settings.privacy.quote for n in sizes) >= 4
    assert any(0 < n < STUDY.settings.privacy.quote for n in sizes)


def test_the_number_of_payees_stays_unknown() -> None:
    population = STUDY.segments["palkansaajat"].population
    assert population.value is None
    assert "puuttuu" in population.source.say("fi")


def test_there_are_plans_for_both_roll_ups_and_three_base_segments() -> None:
    levels = Counter(STUDY.segments[name].level for name in STUDY.care.plans)
    assert levels[SegmentLevel.ROLLUP] == 2
    assert levels[SegmentLevel.BASE] >= 3


def test_every_plan_has_three_first_steps() -> None:
    for plan in STUDY.care.plans.values():
        steps = [a for a in plan.development if STUDY.care.actions[a].first_step]
        assert len(steps) >= 3, plan.id


def test_every_finding_is_published_with_its_negative_cases_looked_at() -> None:
    for finding in STUDY.care.findings.values():
        assert finding.state is State.PUBLISHED, finding.id
        answers = {case.answer for case in cases(finding, STUDY.witness)}
        assert Answer.OPEN not in answers, finding.id
        assert all(look.why for look in finding.seen if look.passages), finding.id


def test_three_themes_and_more_are_summed_up_person_by_person() -> None:
    matrix = wb.framework(STUDY)
    written = Counter(cell.code for cell in matrix.cells.values() if cell.text)
    assert sum(n >= 20 for n in written.values()) >= 3
    assert matrix.stale == matrix.unwritten == ()


def test_most_findings_have_more_than_one_voice() -> None:
    grades = Counter(grade(f, STUDY.witness) for f in STUDY.care.findings.values())
    assert grades[Grade.SINGLE] < sum(grades.values()) / 4


def test_no_transcript_or_table_holds_what_could_identify_somebody() -> None:
    patterns = {
        "identity number": r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b",
        "phone": r"\b0\d{1,2}[ -]?\d{5,}\b",
        "e-mail": r"\b[\w.]+@[\w.]+\b",
        "web address": r"https?://",
    }
    paths = [document.path for document in STUDY.documents.values()]
    for path in [*paths, *(ROOT / "observations" / f"{name}.csv" for name in COUNTED)]:
        text = path.read_text(encoding="utf-8")
        for what, pattern in patterns.items():
            assert not re.search(pattern, text), f"{what} in {path.name}"


def counted(name: str) -> list[dict[str, str]]:
    with (ROOT / "observations" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_counted_material_is_marked_as_invented() -> None:
    for name in COUNTED:
        text = (ROOT / "observations" / f"{name}.yml").read_text(encoding="utf-8")
        assert re.search(r"fi: \"Keksitty: .+\n  en: \"Invented: .+\n  sv: \"Påhittat?", text), name


def test_no_two_feedback_items_or_open_answers_share_a_sentence() -> None:
    texts = [item["palaute"] for item in counted("feedback")]
    texts += [answers["avoin"] for answers in counted("survey-2009") if answers["avoin"]]
    assert len(texts) >= 320 + 120
    sentences = [re.split(r"(?<=[.!?])\s+", text.casefold()) for text in texts]
    assert [s for s, n in Counter(s for one in sentences for s in one).items() if n > 1] == []


def test_feedback_and_open_answers_are_coded_with_the_codebook() -> None:
    cells = [item["koodit"] for item in counted("feedback")]
    cells += [answers["avoin_koodit"] for answers in counted("survey-2009") if answers["avoin"]]
    for code, *facets in (one.split() for cell in cells for one in cell.split(";")):
        assert code in STUDY.codebook.content
        assert set(facets) <= set(STUDY.codebook.facets), (code, facets)


def test_each_sender_stays_in_one_role_and_sector() -> None:
    said = {(m["lähettäjä"], m["rooli"], m["toimiala"], m["tilanne"]) for m in counted("feedback")}
    senders = Counter(sender for sender, *_ in said if sender)
    assert len(senders) >= 200
    assert set(senders.values()) == {1}


def test_small_segments_of_the_survey_fall_under_both_thresholds() -> None:
    sizes = Counter((r["rooli"], r["toimiala"]) for r in counted("survey-2009"))
    assert sum(n < 5 for n in sizes.values()) == 1
    assert sum(5 <= n < 10 for n in sizes.values()) == 1
    assert len(sizes) == 10


def test_every_quality_determinant_can_be_asked_about_in_every_language() -> None:
    for code in STUDY.codebook.tree("laatutekijat"):
        assert code.ask is not None, code.id
        assert set(code.ask) == set(STUDY.settings.languages), code.id
        assert len(set(code.ask.values())) == len(code.ask), code.id


@pytest.mark.parametrize("part", ["documents", "informants", "codings", "grades", "segments"])
def test_the_numbers_are_those_of_the_ground_truth(part: str) -> None:
    """`make renew` rewrites it after an intended change."""
    kept = json.loads(TRUTH.read_text(encoding="utf-8"))
    assert json.loads(json.dumps(truth()))[part] == kept[part]
