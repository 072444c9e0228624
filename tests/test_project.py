"""The project is proved: goals and actions, risks, RACI, phases with their notebooks, measures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.base.problems import Level
from workbench.base.records import Label, Link, Place
from workbench.care.project import Better, Gain, Measurement, Zone, zone

Write = Callable[..., Path]
CARE = "parameters/care/"
GOAL = """\
TA1:
  text: {fi: Arki helpottuu., en: The day gets easier.}
  level: handler
  measure: {fi: Sama vastaus., en: The same answer.}
  needs: [N01]
"""
PHASES = """\
alku: {label: {fi: Alku, en: Start}, entry: {fi: a, en: a}, exit: {fi: b, en: b}, done: true, notebooks: ["0x"]}
loppu: {label: {fi: Loppu, en: End}, entry: {fi: a, en: a}, exit: {fi: b, en: b}, notebooks: [2x]}
"""  # noqa: E501
RISK = """\
RI01:
  text: {fi: Palkka myöhästyy., en: Pay is late.}
  probability: 3
  impact: 5
  why: {fi: On käynyt ennenkin., en: It has happened.}
  owner: kasittelija
  response: {fi: Maksetaan ennakko., en: Pay an advance.}
  trigger: {fi: Ajo siirtyy., en: The run is put off.}
  actions: [T01]
"""
SERVING = STUDY[CARE + "actions.yml"] + "  goals: [TA1]\n"


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load(folder).problems]


def measured(
    better: str, baseline: float | None, goal: float | None, value: float | None
) -> Measurement:
    place = Place(Path("measured.yml"), 1)
    text = Label({"fi": "x"})
    return Measurement(
        id="MI01", place=place, of=Link("T01", place), what=text, unit=text,
        better=Better(better), baseline=baseline, goal=goal, value=value,
    )  # fmt: skip


def test_a_goal_that_an_action_serves_is_sound(study_with: Write) -> None:
    assert told(study_with({CARE + "goals.yml": GOAL, CARE + "actions.yml": SERVING})) == []


def test_where_there_are_goals_an_action_without_one_is_listed_and_the_goal_too(
    study_with: Write,
) -> None:
    problems = load(study_with({CARE + "goals.yml": GOAL})).problems
    assert [p.message for p in problems] == [
        "T01 serves no goal of the project.",
        "no action serves TA1.",
    ]
    assert {p.level for p in problems} == {Level.WARNING}


def test_a_goal_without_a_measure_is_listed(study_with: Write) -> None:
    goal = GOAL.replace("  measure: {fi: Sama vastaus., en: The same answer.}\n", "")
    (problem,) = told(study_with({CARE + "goals.yml": goal, CARE + "actions.yml": SERVING}))
    assert problem.startswith(f"{CARE}goals.yml:1: warning: nobody can see whether TA1 is reached.")


def test_a_goal_that_is_judged_says_why(study_with: Write) -> None:
    goal = GOAL + "  reached: yes\n"
    (problem,) = told(study_with({CARE + "goals.yml": goal, CARE + "actions.yml": SERVING}))
    assert "TA1 is judged (yes) without saying why. Write it under `judged:`." in problem


@pytest.mark.parametrize(
    ("probability", "impact", "asks"),
    [(5, 3, "act"), (3, 5, "act"), (4, 4, "act"), (3, 4, "watch"), (2, 3, "watch"), (1, 5, "bear")],
)
def test_the_place_of_a_risk_says_what_it_asks_for(
    probability: int, impact: int, asks: str
) -> None:
    assert zone(probability, impact) is Zone(asks)


def test_a_high_risk_with_an_answer_and_a_sign_is_sound(study_with: Write) -> None:
    assert told(study_with({CARE + "risks.yml": RISK})) == []


@pytest.mark.parametrize("number", ["0", "6", "-3"])
def test_a_risk_off_the_scale_is_told(study_with: Write, number: str) -> None:
    risk = RISK.replace("probability: 3", f"probability: {number}")
    (problem,) = told(study_with({CARE + "risks.yml": risk}))
    assert f"RI01: probability {number} is not on the scale." in problem


def test_a_phase_that_is_done_needs_its_notebook_and_one_ahead_does_not(study_with: Write) -> None:
    folder = study_with({CARE + "phases.yml": PHASES, "notebooks/11_profiili.ipynb": ""})
    (problem,) = told(folder)
    assert "alku is done, but there is no notebook 0x. Known: 11." in problem
    (folder / "notebooks" / "04_loydokset.ipynb").touch()
    assert told(folder) == []


def test_a_study_that_comes_without_notebooks_is_asked_for_none(study_with: Write) -> None:
    assert told(study_with({CARE + "phases.yml": PHASES})) == []


@pytest.mark.parametrize("name", ["../secret", "[", "/etc/*", "1"])
def test_what_is_no_number_of_a_notebook_is_told(study_with: Write, name: str) -> None:
    phases = PHASES.replace("2x", f'"{name}"')
    folder = study_with({CARE + "phases.yml": phases, "notebooks/04_x.ipynb": ""})
    (problem,) = told(folder)
    assert f"loppu: '{name}' is no number of a notebook." in problem


def test_one_party_may_do_a_task_and_answer_for_it(study_with: Write) -> None:
    row = "a: {label: {fi: Työ, en: Work}, duties: {kasittelija: AR, esimies: I}}\n"
    folder = study_with({CARE + "tasks.yml": row})
    assert told(folder) == []
    assert load(folder).care.tasks["a"].duties == {"kasittelija": "AR", "esimies": "I"}


def test_a_party_of_a_raci_row_is_proved_in_its_own_line(study_with: Write) -> None:
    row = "a:\n  label: {fi: Työ, en: Work}\n  duties:\n    kasittelija: AR\n    esimes: I\n"
    (problem,) = told(study_with({CARE + "tasks.yml": row}))
    assert problem.startswith(f"{CARE}tasks.yml:5: no party 'esimes'. Did you mean 'esimies'?")


def test_a_draft_that_was_shown_to_people_is_listed(study_with: Write) -> None:
    finding = STUDY[CARE + "findings.yml"] + "  state: draft\n"
    check = "OT1: {findings: [F01], date: 2010-05, asked: {fi: a, en: a}, verdict: confirmed}\n"
    problems = told(study_with({CARE + "findings.yml": finding, CARE + "member_checks.yml": check}))
    assert any("warning: OT1: F01 is a draft and was shown all the same." in p for p in problems)


@pytest.mark.parametrize(
    ("better", "baseline", "goal", "value", "gain"),
    [
        ("up", 50, 90, 90, "reached"), ("up", 50, 90, 95, "reached"), ("up", 50, 90, 60, "nearer"),
        ("up", 50, 90, 50, "nothing"), ("up", 50, 90, 40, "worse"), ("down", 38, 0, 0, "reached"),
        ("down", 38, 0, 40, "worse"), ("down", None, 0, 3, "short"),
        ("down", 38, None, 30, "better"), ("up", 50, 90, None, "unknown"),
    ],
)  # fmt: skip
def test_what_came_of_a_promise_follows_from_its_figures(
    better: str, baseline: float | None, goal: float | None, value: float | None, gain: str
) -> None:
    assert measured(better, baseline, goal, value).gain is Gain(gain)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("better: up, baseline: 50, goal: 40", "the goal 40 is not above the baseline 50"),
        ("better: down, baseline: 5, goal: 5", "the goal 5 is not below the baseline 5"),
        ("better: up, goal: 4, value: 3, source: {fi: x}", "MI1 has a value and no date"),
        ("better: up, goal: 4, value: 3, date: 2010", "nothing says who counted it"),
        ("better: up, value: 3, date: 2010, source: {fi: x}", "the value 3 is compared with nothi"),
    ],
)
def test_figures_that_cannot_be_read_are_told(study_with: Write, figures: str, said: str) -> None:
    line = f"MI1: {{of: T01, what: {{fi: a, en: a}}, unit: {{fi: b, en: b}}, {figures}}}\n"
    (problem,) = told(study_with({CARE + "measured.yml": line}))
    assert problem.startswith(f"{CARE}measured.yml:1: ")
    assert said in problem
