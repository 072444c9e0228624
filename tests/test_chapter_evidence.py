"""The evidence appendix: every need with its findings, grade, printed numbers and words."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_browser import opened
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.reports.handbook import handbook
from workbench.reports.pages import index
from workbench.study import Study

Write = Callable[..., Path]
NEEDS = "parameters/care/needs.yml"


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


@pytest.fixture(scope="module")
def page(example: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    made = handbook(example, "fi")
    made.save(folder)
    return folder / made.file


def appendix(study: Study, language: str) -> str:
    return handbook(study, language).body.split('<h2 id="evidence">')[1]


def test_every_need_stands_with_its_findings_and_every_id_once(example: Study) -> None:
    body = handbook(example, "fi").body
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert not {name for name in ids if ids.count(name) > 1}
    known = example.care
    assert {*known.needs, *known.findings, *known.actions} <= set(ids)


def test_a_link_to_a_need_or_finding_leads_somewhere(example: Study) -> None:
    body = handbook(example, "fi").body
    ids = set(re.findall(r'\bid="([^"]+)"', body))
    assert set(re.findall(r'href="#([^"]+)"', body)) <= ids


def test_numbers_are_those_of_the_front_page(example: Study) -> None:
    """F17 has two people, which no report prints."""
    front, own = index(example, "fi").body, appendix(example, "fi")
    for finding in example.care.findings:
        said = re.search(rf'id="{finding}".*?<span class="ref">{finding}</span>', front, re.S)
        here = re.search(rf'id="{finding}".*?<span class="ref">{finding}</span>', own, re.S)
        assert said and here
        people = re.compile(r"(\d+|alle \d+) haastateltavaa")
        assert people.findall(said[0]) == people.findall(here[0])
    assert "alle 5 haastateltavaa" in own


def test_a_need_says_what_answers_it_or_that_nothing_does(study_with: Write) -> None:
    more = STUDY[NEEDS] + STUDY[NEEDS].replace("N01:", "N02:")
    own = appendix(load(study_with({RULES: RULE, NEEDS: more})), "en")
    first, second = own.split('id="N02"')
    assert '<span class="ref">PS-E-01</span> When you call: answers' in first
    assert "need without an action" in second


def test_a_draft_stays_out_of_the_appendix(study_with: Write) -> None:
    findings = "parameters/care/findings.yml"
    own = appendix(load(study_with({findings: STUDY[findings] + "  state: draft\n"})), "en")
    assert "The phone line is jammed" not in own
    assert "No finding behind this need can be told yet." in own


@pytest.mark.browser
def test_the_words_behind_a_rule_are_two_clicks_away(browser: Browser, page: Path) -> None:
    """In Finnish and without scripts: from the rule to its need, from there to the words."""
    shown = opened(browser, page, script=False)
    shown.locator("#PS-E-03 .ground a").first.click()
    assert shown.url.endswith("#N06")
    need = shown.locator("section.evidence", has=shown.locator("#N06"))
    words = need.locator("blockquote").first
    assert not words.is_visible()
    need.get_by_text("Näytä sanat tämän takana").first.click()
    assert words.is_visible()
    assert "haastateltavaa" in need.inner_text()


@pytest.mark.browser
def test_the_handbook_is_readable_by_everybody_and_on_a_phone(browser: Browser, page: Path) -> None:
    shown = opened(browser, page, width=390)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(opened(browser, page), context="section:has(> #evidence)")
    assert found.violations_count == 0, found.generate_report()
