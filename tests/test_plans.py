"""An account plan has four blocks, and all its sentences can be asked for their basis."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import CARD, STUDY
from tests.test_trails import RULE
from workbench import load
from workbench.care.plans import shared_tasks

Write = Callable[..., Path]
PLAN = "parameters/care/plans/esimiehet.yml"


def test_the_lines_of_a_plan_are_all_its_sentences(study_with: Write) -> None:
    more = STUDY[PLAN].replace(
        "responsibilities:",
        "  strengths:\n    - {text: {fi: Ystävällisyys., en: Courtesy.}, needs: [N01]}\n"
        "responsibilities:",
    )
    plan = load(study_with({PLAN: more})).care.plans["esimiehet"]
    assert [line.text["en"] for line in plan.lines] == [
        "Calls come in the morning.", "An answer.", "Fewer calls.", "Courtesy."
    ]  # fmt: skip


def test_a_missing_block_is_told_and_the_plan_is_left_out(study_with: Write) -> None:
    text = STUDY[PLAN].split("relationship:")[0] + STUDY[PLAN][STUDY[PLAN].index("resp") :]
    study = load(study_with({PLAN: text}))
    assert study.care.plans == {}
    told = [str(p) for p in study.problems]
    assert f"{PLAN}:1: 'relationship' is missing in account plan. Add `relationship: …`." in told


def test_a_task_has_exactly_one_who_is_accountable(study_with: Write) -> None:
    text = STUDY[PLAN].replace("accountable: kasittelija", "accountable: [kasittelija, esimies]")
    told = [str(p) for p in load(study_with({PLAN: text})).problems]
    assert f"{PLAN}:10: 'accountable' must be one value, not several. Keep one of them." in told


def test_a_segment_shares_the_tasks_of_the_plans_above_it(study_with: Write) -> None:
    own = STUDY[PLAN].replace("List of names", "Names of the school")
    study = load(study_with({"parameters/care/plans/esimiehet-koulu.yml": own}))
    above = study.segments.holding("esimiehet-koulu")[1:]
    found = shared_tasks(study.care.plans, above)
    assert [(name, t.task["en"]) for name, t in found] == [("esimiehet", "List of names")]


def test_a_plan_of_people_nobody_cites_is_told(study_with: Write) -> None:
    market = STUDY["parameters/care/findings.yml"].replace(", h03/1 saavutettavuus", "")
    study = load(study_with({
        "parameters/care/plans/esimiehet-tori.yml": STUDY[PLAN].replace("Nimilista", "Lista"),
        "parameters/care/findings.yml": market,
    }))  # fmt: skip
    assert [p.message for p in study.problems] == [
        "nobody of 'esimiehet-tori' is cited in any finding behind its plan."
    ]


def test_an_action_of_a_plan_that_nothing_carries_out_is_told(study_with: Write) -> None:
    event = (
        "V01:\n  title: {fi: Palkka, en: Pay}\n  kind: pay-day\n  layer: month\n"
        "  when: last bank day\n  segments: [esimiehet]\n  owner: kasittelija\n  needs: [N01]\n"
    )
    rule = RULE.replace("actions: [T01]", "needs: [N01]")
    files = {"cards/kortti.yml": CARD, "clock.yml": event, "rules.yml": rule}
    changes = {f"parameters/care/{name}": text for name, text in files.items()}
    said = "no card, rule or event carries out T01. Name it under `actions:`"
    told = [str(p) for p in load(study_with(changes)).problems if said in str(p)]
    assert [p.split(": ")[0] for p in told] == [f"{PLAN}:13"]
    changes["parameters/care/rules.yml"] = RULE
    assert said not in "".join(map(str, load(study_with(changes)).problems))


def test_tasks_of_one_side_only_are_listed(study_with: Write) -> None:
    alone = STUDY[PLAN].replace("    informed: [esimies]\n", "")
    (told,) = [p for p in load(study_with({PLAN: alone})).problems if "has a part" in p.message]
    assert told.message == "nobody of the customer side has a part in the tasks of esimiehet."
    assert "`side: customer`" in told.hint
