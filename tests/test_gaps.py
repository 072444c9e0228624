"""Gaps: each kind of thing that keeps the care model from balancing is found, and only that."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CARD, STUDY
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.practice.gaps import gaps

Write = Callable[..., Path]
FINDINGS, NEEDS, ACTIONS, PLAN = (
    f"parameters/care/{name}.yml" for name in ("findings", "needs", "actions", "plans/esimiehet")
)
SOUND = {RULES: RULE + "  measure: {fi: vastatut, en: answered}\n"}
SECOND = STUDY[FINDINGS] + STUDY[FINDINGS].replace("F01:", "F02:")
CHANNEL = """\
sahkoposti:
  label: {fi: Sähköposti, en: Mail}
  level: remote
  fits: [remote]
  owner: kasittelija
  uses: {fi: Kysymykset, en: Questions}
  needs: [N01]
"""


def found(folder: Path) -> list[tuple[str, str]]:
    return [(gap.kind, gap.node[1]) for gap in gaps(load(folder)).found]


def test_a_care_model_with_everything_answered_has_no_gaps(study_with: Write) -> None:
    assert found(study_with(SOUND)) == []


@pytest.mark.parametrize(
    ("gap", "changes"),
    [
        (("idle", "T01"), {RULES: None}),
        (("measure", "PS-E-01"), {RULES: RULE}),
        (("finding", "F02"), {FINDINGS: SECOND}),
        (("unanswered", "F02"), {FINDINGS: SECOND}),
        (
            ("need", "N02"),
            {NEEDS: STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:")},
        ),
        (("action", "T01"), {FINDINGS: STUDY[FINDINGS] + "  state: draft\n"}),
        (
            ("person", "E02"),
            {FINDINGS: STUDY[FINDINGS].replace("  counter: [h02/2 saavutettavuus]\n", "")},
        ),
        (
            ("code", "saavutettavuus"),
            {FINDINGS: STUDY[FINDINGS].replace("h01/2 odotusaika, h03/1 saavutettavuus",
                                               "h01/3 kohteliaisuus")
                                      .replace("  counter: [h02/2 saavutettavuus]\n", "")},
        ),
        (
            ("basis", "PS-E-01"),
            {RULES: SOUND[RULES].replace("actions: [T01]",
                                         "basis: theory\n  reference: {fi: s. 14, en: p. 14}")},
        ),
    ],
)  # fmt: skip
def test_each_kind_of_gap_is_found(
    study_with: Write, gap: tuple[str, str], changes: dict[str, str | None]
) -> None:
    assert gap in found(study_with({**SOUND, **changes}))


def test_a_need_that_a_rule_or_plan_answers_needs_no_action(study_with: Write) -> None:
    second = STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:")
    rule = SOUND[RULES] + "  needs: [N02]\n"
    assert found(study_with({**SOUND, NEEDS: second, RULES: rule})) == []


def test_a_rejected_action_answers_no_need(study_with: Write) -> None:
    second = STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:")
    rejected = STUDY[ACTIONS].replace("T01", "T02").replace("N01", "N02") + "  status: rejected\n"
    changes = {**SOUND, NEEDS: second, ACTIONS: STUDY[ACTIONS] + rejected}
    assert found(study_with(changes)) == [("need", "N02")]


def test_an_action_that_was_rejected_is_no_gap(study_with: Write) -> None:
    rejected = STUDY[ACTIONS] + "  status: rejected\n"
    assert found(study_with({ACTIONS: rejected})) == []


def test_what_makes_no_promise_owes_no_measure(study_with: Write) -> None:
    channels = "parameters/care/channels.yml"
    assert found(study_with({**SOUND, channels: CHANNEL})) == []
    promising = CHANNEL + "  promise: {fi: kahdessa päivässä, en: in two days}\n"
    assert ("measure", "sahkoposti") in found(study_with({**SOUND, channels: promising}))


def test_a_card_promises_and_owes_its_measure(study_with: Write) -> None:
    missing = gaps(load(study_with({**SOUND, "parameters/care/cards/kortti.yml": CARD})), "en")
    assert missing.lines == [
        ("promise or goal without a measure – Write how one sees that it came true.",
         "kortti", "Card", "(Promise)"),
    ]  # fmt: skip


def test_the_caption_counts_gaps_apart_from_what_rests_on_a_law(study_with: Write) -> None:
    law = SOUND[RULES].replace("actions: [T01]", "basis: law\n  reference: {fi: KVTES, en: KVTES}")
    missing = gaps(load(study_with({**SOUND, RULES: law})), "en")
    assert missing.caption == "Gaps: 1. Lines that rest on something but words: 1."
    assert [gap.kind for gap in missing.found] == ["idle", "basis"]
