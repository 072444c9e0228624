"""What is told of customer information beyond the deliberate faults: what must not be told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import load

Write = Callable[..., Path]
CLASSES = """\
kaksi:
  label: {fi: Kaksi, en: Two}
  source: {fi: keksitty, en: invented}
  classes: {perus: {fi: perus, en: basic}, muu: {fi: muu, en: other}}
"""
SYSTEMS = """\
rekisteri:
  label: {fi: Rekisteri, en: Register}
  side: outside
  owner: kasittelija
  use: {fi: Kaikki., en: All.}
  needs: [N01]
"""
ITEM = """\
TI01:
  label: {fi: Nimi, en: Name}
  classes: {kaksi: perus}
  state: ok
  sensitivity: personal
  needed: {daily: [kasittelija]}
  systems: [rekisteri]
  how: {fi: Kysytään., en: Asked.}
  update_right: [kasittelija]
  update_duty: kasittelija
  view_right: [kasittelija]
  needs: [N01]
"""


def told(write: Write, old: str = "", new: str = "") -> list[str]:
    assert old in ITEM
    folder = write(
        {
            "parameters/care/classifications.yml": CLASSES,
            "parameters/care/systems.yml": SYSTEMS,
            "parameters/care/information.yml": ITEM.replace(old, new, 1),
        }
    )
    return [re.sub(r"\s+", " ", str(p)) for p in load(folder).problems]


def test_a_whole_item_has_no_problem(study_with: Write) -> None:
    assert told(study_with) == []


def test_nobodys_duty_is_allowed_while_somebody_decides_it(study_with: Write) -> None:
    open_still = "development: {fi: Johtoryhmä päättää., en: Management decides.}"
    assert told(study_with, "update_duty: kasittelija", open_still) == []


def test_everybody_may_not_see_a_personal_item(study_with: Write) -> None:
    changed = ITEM.replace("daily: [kasittelija]", "daily: [kasittelija, esimies]")
    changed = changed.replace("view_right: [kasittelija]", "view_right: [kasittelija, esimies]")
    (problem,) = told(study_with, ITEM, changed)
    assert "TI01 is personal, and everybody may see it" in problem


@pytest.mark.parametrize("key", ["value", "values", "example", "arvo"])
def test_a_value_is_refused_by_any_of_its_names(study_with: Write, key: str) -> None:
    problems = told(study_with, "  state: ok", f"  {key}: Maija\n  state: ok")
    assert len(problems) == 1
    assert "never the values" in problems[0]
    assert "Maija" not in problems[0]


@pytest.mark.parametrize("number", ["131052-308T", "FI21 1234 5600 0007 85", "123456-785"])
def test_a_number_of_a_person_is_found_in_a_description(study_with: Write, number: str) -> None:
    problems = told(study_with, "en: Asked.", f"en: Such as {number}.")
    assert [p for p in problems if "seems to hold a value" in p]
    assert number not in "".join(problems)


@pytest.mark.parametrize("text", ["Laki 523/1999, 13 §.", "Klo 9.30-14.00, 12/2010.", "(T47)"])
def test_a_law_a_time_or_an_action_is_no_number_of_a_person(study_with: Write, text: str) -> None:
    assert told(study_with, "en: Asked.", f'en: "{text}"') == []


def test_who_updates_an_item_may_see_it_without_another_need(study_with: Write) -> None:
    new = "update_right: [kasittelija, esimies]"
    changed = ITEM.replace("update_right: [kasittelija]", new)
    assert told(study_with, ITEM, changed) == []


def test_an_item_a_strategy_asks_for_is_not_superfluous(study_with: Write) -> None:
    strategy = """\
valid_from: 2010-09
goals: [{text: {fi: Tunnetaan., en: Known.}, needs: [N01]}]
stages: [{phase: established, text: {fi: Arki., en: Daily life.}}]
role_customer: {text: {fi: Kertoo., en: Tells.}, needs: [N01]}
role_provider: {text: {fi: Kuuntelee., en: Listens.}, needs: [N01]}
information: [TI01]
"""
    unneeded = ITEM.replace("{daily: [kasittelija]}", "{never: [esimies]}")
    assert any("nobody needs it" in p for p in told(study_with, ITEM, unneeded))
    files = {
        "classifications": CLASSES, "systems": SYSTEMS, "information": unneeded,
        "strategies/esimiehet": strategy,
    }  # fmt: skip
    folder = study_with({f"parameters/care/{name}.yml": text for name, text in files.items()})
    problems = load(folder).problems
    assert [p for p in problems if "nobody needs it" in p.message] == []
