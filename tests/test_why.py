"""Why a line exists, as anybody may be told: past the gate, drafts left out, nobody named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.reports.pages import NotInLanguage
from workbench.reports.why import NotPublic, why
from workbench.study import Unknown

Write = Callable[..., Path]
FINDINGS = "parameters/care/findings.yml"


def test_a_rule_is_told_with_action_need_finding_and_words_that_may_be_quoted(
    study_with: Write,
) -> None:
    """E01 may be quoted, E03 not; against it speaks E02."""
    assert why(load(study_with({RULES: RULE})), "PS-E-01", "en").split("\n") == [
        "PS-E-01 When you call: answers",
        "← T01 Names are published.",
        "← N01 One named person.",
        "",
        "F01 The phone line is jammed.",
        "   problem, contested, 2 people",
        "   “Mä jonotin puoli tuntia,” School supervisors",
        "   Others say otherwise: “Mulla on oma ihminen jolle soitan, ja se vastaa.” "
        "School supervisors",
    ]


def test_a_draft_is_not_told(study_with: Write) -> None:
    draft = {RULES: RULE, FINDINGS: STUDY[FINDINGS] + "  state: draft\n"}
    assert "F01" not in why(load(study_with(draft)), "PS-E-01", "en")


def test_small_numbers_stay_small_and_nobody_is_named() -> None:
    study = load(ROOT)
    for action in study.care.actions:
        told = why(study, action)
        assert not [name for name in (*study.informants, *study.documents) if f"{name}" in told]
    assert "alle 5 haastateltavaa" in why(study, "T14")


def test_a_law_is_named_with_its_reference() -> None:
    assert "Henkilötietolaki (523/1999) 32 §" in why(load(ROOT), "T16")


@pytest.mark.parametrize("what", ["E01", "h01", "h01/2", "odotusaika"])
def test_what_became_of_somebody_s_words_is_not_for_everybody(study_with: Write, what: str) -> None:
    with pytest.raises(NotPublic, match="--letter"):
        why(load(study_with()), what)


def test_misuse_is_told(study_with: Write) -> None:
    study = load(study_with({RULES: RULE}))
    with pytest.raises(Unknown, match="Did you mean 'PS-E-01'"):
        why(study, "PS-E-0")
    with pytest.raises(NotInLanguage):
        why(study, "T01", "sv")
