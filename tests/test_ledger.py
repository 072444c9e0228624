"""The ledger: no step makes or loses a voice, and what nothing answers stays open."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.practice.ledger import OPEN, Balance, balance
from workbench.reports.charts.ledger import MOST, balance_chart
from workbench.study import Study

Write = Callable[..., Path]
FINDINGS, NEEDS = "parameters/care/findings.yml", "parameters/care/needs.yml"
SECOND = {NEEDS: STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:")}


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def test_each_voice_goes_from_a_person_s_segment_to_what_answers_it(study_with: Write) -> None:
    found = balance(load(study_with()), "en")
    assert found.flows == {
        (("segments", "esimiehet-koulu"), ("findings", "F01")): 1,
        (("segments", "esimiehet-tori"), ("findings", "F01")): 1,
        (("findings", "F01"), ("needs", "N01")): 2,
        (("needs", "N01"), ("actions", "T01")): 2,
        (("actions", "T01"), ("answers", "plans")): 2,
    }
    assert found.balanced
    assert found.caption == (
        "The care model balances: voices 2, answered 2.0, open 0.0; lines with nobody behind "
        "them: 0. A voice is one person behind one finding."
    )


def test_voices_go_on_in_equal_parts(study_with: Write) -> None:
    found = balance(load(study_with({RULES: RULE})))
    assert found.flows[("actions", "T01"), ("answers", "rules")] == 1
    assert found.flows[("actions", "T01"), ("answers", "plans")] == 1


def test_what_nothing_answers_stays_open(study_with: Write) -> None:
    found = balance(load(study_with(SECOND)), "en")
    assert found.flows[("needs", "N02"), ("answers", OPEN)] == 1
    assert (found.voices, found.open, found.balanced) == (2, 1, False)
    assert found.caption.startswith("The care model does not balance: voices 2, answered 1.0")
    table = found.table.set_index("Account")
    assert table.loc["N02"].tolist()[2:] == [2, "1.0", "0.0", "1.0"]
    assert table.loc["open"].tolist()[3:] == ["1.0", "0.0", "1.0"]


def test_a_line_with_nobody_behind_it_does_not_balance(study_with: Write) -> None:
    silent = STUDY[FINDINGS] + (
        "F02:\n  statement: {fi: Jono., en: Queue.}\n  type: problem\n"
        "  segments: [esimiehet]\n  evidence: []\n"
    )
    needs = STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:").replace("F01", "F02")
    rule = RULE.replace("actions: [T01]", "needs: [N02]")
    found = balance(load(study_with({FINDINGS: silent, NEEDS: needs, RULES: rule})))
    assert (found.voiceless, found.open, found.balanced) == ((("rules", "PS-E-01"),), 0, False)


def test_drafts_have_no_voice_in_the_ledger(study_with: Write) -> None:
    found = balance(load(study_with({FINDINGS: STUDY[FINDINGS] + "  state: draft\n"})))
    assert (found.voices, found.flows) == (0, {})


def test_no_step_of_the_example_makes_or_loses_a_voice(example: Study) -> None:
    found = balance(example)
    came, went = totals(found)
    assert found.voices > 100
    for node in came:
        if node[0] != "answers":
            assert came[node] == went[node], node
    ends = sum((n for node, n in came.items() if node[0] == "answers"), Fraction())
    assert ends == found.voices


def totals(found: Balance) -> tuple[dict[tuple[str, str], Fraction], ...]:
    came: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    went: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (one, other), amount in found.flows.items():
        came[other] += amount
        went[one] += amount
    return came, went


def test_the_picture_shows_as_many_voices_as_the_ledger(example: Study) -> None:
    found = balance(example)
    (picture,) = balance_chart(found).data
    heard = {n for n, x in enumerate(picture.node.x) if x < 0.01}
    links = zip(picture.link.source, picture.link.value, strict=True)
    assert sum(v for s, v in links if s in heard) == pytest.approx(float(found.voices))


def test_the_picture_draws_the_largest_and_sums_the_rest(example: Study) -> None:
    figure = balance_chart(balance(example))
    (picture,) = figure.data
    findings = [n for n, x in enumerate(picture.node.x) if abs(x - 0.25) < 0.01]
    assert len(findings) == MOST + 1
    assert f"muut ({len(example.care.findings) - MOST})" in picture.node.label


def test_an_open_end_is_named_and_not_told_by_colour_alone(study_with: Write) -> None:
    figure = balance_chart(balance(load(study_with(SECOND)), "en"))
    assert "open" in [note.text for note in figure.layout.annotations]


def test_names_in_the_picture_stay_short(example: Study) -> None:
    (picture,) = balance_chart(balance(example)).data
    lines = [line for label in picture.node.label for line in label.split("<br>")]
    assert max(map(len, lines)) <= 26


def test_flows_stand_in_one_order_whatever_the_order_of_people(study_with: Write) -> None:
    flows = balance(load(study_with()), "en").flows
    assert len(flows) > 3
    assert list(flows) == sorted(flows)
