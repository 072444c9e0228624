"""The blueprint of an encounter: every activity in its lane, in order, with what is not known."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.offices import OFFICE
from tests.people import example
from workbench.practice.blueprint import Lane
from workbench.study import Unknown

Write = Callable[..., Path]


def test_each_activity_stands_in_the_lane_of_who_does_it_and_who_sees_it(study_with: Write) -> None:
    steps = wb.blueprint(wb.load(study_with(OFFICE)), "soitto", "en").steps
    assert [s.lane for s in steps] == [Lane.CUSTOMER, Lane.VISIBLE, Lane.HIDDEN, Lane.SYSTEMS]
    assert steps[0].lanes == {Lane.CUSTOMER: "Supervisor: calls"}
    assert steps[1].lanes == {Lane.VISIBLE: "Own handler: answers", Lane.EVIDENCE: "nimi"}
    assert steps[2].lanes == {Lane.HIDDEN: "Notes", Lane.SYSTEMS: "j"}
    assert steps[3].lanes == {Lane.SYSTEMS: "j: confirms"}


def test_minutes_nobody_measured_are_unknown_and_a_system_has_none(study_with: Write) -> None:
    table = wb.blueprint(wb.load(study_with(OFFICE)), "soitto", "en").table
    assert list(table["Minutes"]) == ["2", "3", "unknown", ""]
    assert list(table["Findings"]) == ["", "F01", "", ""]


def test_an_encounter_that_is_not_there_is_refused(study_with: Write) -> None:
    with pytest.raises(Unknown, match="Did you mean 'soitto'"):
        wb.blueprint(wb.load(study_with(OFFICE)), "soito")


def test_a_new_employee_has_steps_of_the_customer_too() -> None:
    found = wb.blueprint(example(), "uusi-tyontekija")
    theirs = [s.lanes[Lane.CUSTOMER] for s in found.steps if s.lane is Lane.CUSTOMER]
    assert "Esimies: hyväksyy uusien ja muuttuneiden luettelon." in theirs
    assert {s.lane for s in found.steps} == set(Lane) - {Lane.EVIDENCE}


def test_the_picture_has_a_box_for_each_thing_and_two_lines(study_with: Write) -> None:
    figure = wb.blueprint(wb.load(study_with(OFFICE)), "soitto", "en").chart()
    texts = [a.text for a in figure.layout.annotations]
    assert len(texts) == 6 + 2  # four steps, an evidence and a system beside them; two lines
    assert "<b>2</b> Own handler:<br>answers<br>3 min<br><span" in texts[1]
    assert [s.x0 for s in figure.layout.shapes] == [1.5, 2.5]
