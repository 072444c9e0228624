"""Before you call: one page a segment, no person and no number of people on it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_cards import pages
from workbench import load
from workbench.reports.call import call_card
from workbench.reports.pages import account_plan
from workbench.study import Study

Write = Callable[..., Path]
PLAN = "parameters/care/plans/esimiehet.yml"
CALL = (
    STUDY[PLAN]
    + """\
call:
  best: {text: {fi: Aamulla., en: In the morning.}, needs: [N01]}
  ask: [{text: {fi: Kuka?, en: Who?}, needs: [N01]}]
  avoid: [{text: {fi: Ehkä., en: Perhaps.}, needs: [N01]}]
"""
)
RULE = """\
PS-1: &
  set: supervisors
  trigger: {fi: Soitto, en: A call}
  actor: kasittelija
  must: {fi: Vastaa, en: Answer}
  by_when: {fi: Heti, en: At once}
  owner: kasittelija
  valid_from: 2010-05
  counterpart: esimies
  needs: [N01]
""".replace(" &", "")


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def test_no_card_names_a_person_or_a_handler(example: Study) -> None:
    people = set(example.informants)
    for segment in example.segments:
        for language in example.settings.languages:
            body = call_card(example.where(segment=segment.id), language).body
            assert set(re.findall(r"\b[A-Z]\d\d\b", body)) & people == set()
            assert re.findall(r"\bK\d\d\b", body) == []


def test_every_card_is_one_printed_page(browser: Browser, example: Study) -> None:
    sheets = {
        (s.id, language): pages(browser, call_card(example.where(segment=s.id), language).frame)
        for s in example.segments
        for language in (("fi", "en", "sv") if s.id in example.care.plans else ("fi",))
    }
    assert {where: n for where, n in sheets.items() if n != 1} == {}


def test_every_line_leads_to_the_place_that_says_why(example: Study) -> None:
    view = example.where(segment="uudet-esimiehet")
    plan = account_plan(view, "fi")
    links = re.findall(r'class="whence" href="([^"#]+)#([^"]+)"', call_card(view, "fi").body)
    own = [place for page, place in links if page == plan.file]
    assert len(own) > 10
    assert [p for p in own if f'id="{p}"' not in plan.body] == []


def test_what_one_must_know_first_stands_first(study_with: Write) -> None:
    body = call_card(load(study_with({PLAN: CALL})).where(segment="esimiehet"), "en").body
    heads = re.findall(r'<h2 id="call-\w+">([^<]+)', body)
    assert heads == [
        "Best time and channel", "Who they are", "Ask these three", "Do not say",
        "What they value",
    ]  # fmt: skip
    assert "Perhaps." in body


def test_a_segment_without_a_plan_has_the_card_of_the_wider_group(study_with: Write) -> None:
    view = load(study_with({PLAN: CALL})).where(segment="esimiehet-koulu")
    assert "In the morning." in call_card(view, "en").body


def test_promises_are_those_to_or_of_people_such_as_the_segments(study_with: Write) -> None:
    other = RULE.replace("PS-1", "PS-2").replace("esimies", "muu").replace("Answer", "Wait")
    party = STUDY["parameters/care/parties.yml"] + "muu: {label: {fi: M, en: O}, side: customer}\n"
    study = load(study_with({
        PLAN: CALL, "parameters/care/rules.yml": RULE + other, "parameters/care/parties.yml": party,
    }))  # fmt: skip
    assert set(study.care.rules) == {"PS-1", "PS-2"}
    body = call_card(study.where(segment="esimiehet"), "en").body
    assert "When A call, Answer At once." in body
    assert "Wait" not in body


def test_a_promise_that_realises_the_plan_comes_first_and_leads_to_its_action(
    study_with: Write,
) -> None:
    late = RULE.replace("PS-1", "PS-2").replace("Answer", "Publish") + "  actions: [T01]\n"
    study = load(study_with({PLAN: CALL, "parameters/care/rules.yml": RULE + late}))
    body = call_card(study.where(segment="esimiehet"), "en").body
    assert body.index("Publish") < body.index("Answer")
    assert 'href="plan-esimiehet-en.html#T01"' in body


def test_without_any_plan_the_card_says_so(study_with: Write) -> None:
    view = load(study_with({PLAN: None})).where(segment="esimiehet")
    assert "This segment has no plan yet." in call_card(view, "en").body


EVENTS = """\
V01:
  title: {fi: Eilinen, en: Yesterday}
  kind: task
  layer: year
  when: 03-10
  segments: [esimiehet]
  owner: kasittelija
  needs: [N01]
V02:
  title: {fi: Joka kuukausi, en: Every month}
  kind: task
  layer: month
  when: 15th
  segments: [esimiehet]
  owner: kasittelija
  needs: [N01]
V03:
  title: {fi: Muiden, en: Of others}
  kind: task
  layer: year
  when: 05-10
  segments: [esimiehet-tori]
  owner: kasittelija
  needs: [N01]
"""


def test_the_next_dates_follow_the_latest_material_each_event_once(study_with: Write) -> None:
    study = load(study_with({PLAN: CALL, "parameters/care/clock.yml": EVENTS}))
    body = call_card(study.where(segment="esimiehet-koulu"), "en").body
    listed = re.findall(r"<li>([^<&]+)", body[body.index("Next dates") :])
    assert listed == [
        "Thu\xa015\xa0Apr Every month",
        "Thu\xa010\xa0Mar Yesterday",
    ]
