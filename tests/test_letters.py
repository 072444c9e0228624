"""A letter tells a person what became of their words, and names nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CARD, STUDY
from tests.environment import ROOT
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.practice.letters import Nobody, letter
from workbench.study import Unknown

Write = Callable[..., Path]
FINDINGS, ACTIONS = "parameters/care/findings.yml", "parameters/care/actions.yml"


def test_a_letter_says_what_was_heard_what_is_done_and_what_is_open(study_with: Write) -> None:
    told = letter(load(study_with({RULES: RULE})), "E01", "en")
    assert told.split("\n\n") == [
        "Thank you for telling us about your experiences (February 2010). "
        "Here is what has come of it.",
        "This we heard from you and from others:\n– The phone line is jammed.",
        "This was proposed or done because of it:\n– Names are published. Responsible: own "
        "handler. Due: September 1, 2010. Status: proposed.",
        "Here you can see it in practice:\n– Service rules: When you call: answers\n"
        "– Account plans: Supervisors",
        "You also spoke of these, and we have not drawn anything from it yet: Access, Courtesy",
        "This letter holds neither your name nor your words, and no report names you.",
    ]


def test_who_spoke_against_hears_where_that_was_weighed(study_with: Write) -> None:
    told = letter(load(study_with()), "E02", "en")
    assert "That was weighed here:\n– The phone line is jammed." in told
    assert "Nothing has come of your words yet." in told


def test_drafts_and_rejected_actions_are_left_out(study_with: Write) -> None:
    draft = {FINDINGS: STUDY[FINDINGS] + "  state: draft\n"}
    assert "jammed" not in letter(load(study_with(draft)), "E01", "en")
    rejected = {ACTIONS: STUDY[ACTIONS] + "  status: rejected\n"}
    assert "Names are published" not in letter(load(study_with(rejected)), "E01", "en")


def test_a_letter_names_no_person_no_document_and_no_words() -> None:
    study = load(ROOT)
    for person in study.informants:
        told = letter(study, person)
        assert not [p for p in study.informants if p in told]
        assert not [d for d in study.documents if f"{d}/" in told]
        own = [c.passage.quote for c in study.codings if study.speaker(c) == person]
        assert not [quote for quote in own if len(quote) > 20 and quote in told]


def test_only_what_is_for_the_person_s_segments_is_told(study_with: Write) -> None:
    """E01 is of the school, E03 of the market, for which alone the card is."""
    card = CARD.replace("[esimiehet]", "[esimiehet-tori]")
    study = load(study_with({"parameters/care/cards/kortti.yml": card}))
    assert "Product cards" not in letter(study, "E01", "en")
    assert "Product cards: Card" in letter(study, "E03", "en")


def test_a_plan_is_told_to_those_it_is_for(study_with: Write) -> None:
    plan = STUDY["parameters/care/plans/esimiehet.yml"]
    study = load(study_with({"parameters/care/plans/esimiehet-tori.yml": plan}))
    assert "Account plans: Supervisors\n" in letter(study, "E01", "en")
    assert "Account plans: Supervisors; Market supervisors\n" in letter(study, "E03", "en")


def test_nobody_can_write_to_a_document_or_to_somebody_unknown(study_with: Write) -> None:
    study = load(study_with())
    with pytest.raises(Nobody, match="'h01' is no person to write to"):
        letter(study, "h01")
    with pytest.raises(Unknown, match="Did you mean 'E01'"):
        letter(study, "E011")
