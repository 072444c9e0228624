"""The appendices on the project and its promises: pictures and words, no colour alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_project import CARE, GOAL, PHASES, RISK, SERVING
from workbench import load
from workbench.reports.handbook import handbook

Write = Callable[..., Path]
TASK = "a: {label: {fi: Työ, en: Work}, duties: {kasittelija: AR, esimies: I}}\n"


def section(folder: Path, key: str) -> str:
    body = handbook(load(folder), "en").body
    return body.split(f'aria-labelledby="{key}"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("impact", "zone", "mark", "word"), [(5, "act", "▲", "act"), (1, "bear", "○", "accept")]
)
def test_a_risk_stands_in_a_cell_whose_mark_and_word_say_what_it_asks_for(
    study_with: Write, impact: int, zone: str, mark: str, word: str
) -> None:
    risk = RISK.replace("impact: 5", f"impact: {impact}")
    page = section(study_with({CARE + "risks.yml": risk}), "project")
    (cell,) = [c for c in re.findall(r"<td class.*?</td>", page) if "RI01" in c]
    assert cell.startswith(f'<td class="{zone}"><span aria-hidden="true">{mark}</span>')
    assert f'<span class="for">{word}</span>' in cell
    assert f"{mark} Pay is late." in page


def test_a_task_names_its_parties_under_each_letter(study_with: Write) -> None:
    page = section(study_with({CARE + "tasks.yml": TASK}), "project")
    assert (
        '<th scope="row">Work</th><td data-head="Answers (A)">own handler</td>'
        '<td data-head="Does (R)">own handler</td><td></td>'
        '<td data-head="Told afterwards (I)">supervisor</td>'
    ) in page


def test_a_goal_says_whether_it_was_reached_and_which_actions_serve_it(study_with: Write) -> None:
    goal = GOAL + "  reached: partly\n  judged: {fi: Puolet., en: Half of it.}\n"
    files = {CARE + "goals.yml": goal, CARE + "actions.yml": SERVING}
    page = section(study_with(files), "project")
    assert '<span class="tag">partly reached</span> Half of it.' in page
    assert 'href="#T01" title="Names are published."' in page


def test_the_phase_that_goes_on_is_told_in_words(study_with: Write) -> None:
    page = section(study_with({CARE + "phases.yml": PHASES}), "project")
    assert '<li class="now"><p class="statement">End <span class="tag">going on</span>' in page


def test_promises_that_achieved_nothing_come_first_and_the_unmeasured_are_listed(
    study_with: Write,
) -> None:
    actions = SERVING + SERVING.replace("T01", "T02").replace("Names are", "Cards are")
    measured = (
        "MI1: {of: T02, what: {fi: a, en: Cards}, unit: {fi: kpl, en: pcs}, better: up, goal: 9, "
        "baseline: 3, value: 3, date: 2010-10, source: {fi: keksitty}}\n"
    )
    files = {CARE + n: t for n, t in (("actions.yml", actions), ("measured.yml", measured))}
    page = section(study_with({**files, CARE + "goals.yml": GOAL}), "measures")
    assert "3 → 3 pcs<br>Goal 9 pcs" in page
    assert "<strong>did not change</strong>" in page
    assert "<li>T01: A name for each unit.</li>" in page


def test_a_project_nobody_has_written_of_says_so(study_with: Write) -> None:
    assert "Nothing is written of this yet." in section(study_with(), "project")
