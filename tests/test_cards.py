"""Product cards: whom to call and what is promised at a glance, each card one printed A4."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import CARD
from tests.environment import ROOT
from workbench import load
from workbench.base.records import Prose
from workbench.care.checks.cards import LONGEST
from workbench.reports.cards import product_cards
from workbench.study import Study

Write = Callable[..., Path]
PATH = "parameters/care/cards/palkka.yml"
WHOLE = (
    CARD.replace("palkka", "palkka")
    + """\
time: {fi: Perjantaina, en: On Friday}
backup: {fi: Pari, en: The pair}
inputs: [{what: {fi: Kortti, en: Time card}, due: {fi: Maanantaina, en: On Monday}}]
steps:
  - {side: customer, text: {fi: Lähetä., en: Send it.}}
  - {side: provider, text: {fi: Maksamme., en: We pay.}}
mistakes:
  - {text: {fi: Myöhässä., en: Late.}, instead: {fi: Heti., en: At once.}, findings: [F01]}
"""
).replace("inputs: [{what: {fi: Lomake, en: Form}}]\n", "")


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def pages(browser: Browser, html: str) -> int:
    """Print a page on A4 and count the sheets."""
    page = browser.new_page()
    page.set_content(html)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_card_of_the_example_is_one_printed_page_behind_the_index(
    browser: Browser, example: Study, language: str
) -> None:
    assert len(example.care.cards) == 16
    assert pages(browser, product_cards(example, language).frame) == 1 + 16


def lengthened(value: Any, by: float) -> Any:
    """Make every text of a record longer, with words of its own."""
    if isinstance(value, Prose):
        return type(value)({k: f"{t} {t}"[: round(len(t) * by)] for k, t in value.items()})
    if isinstance(value, tuple):
        return tuple(lengthened(item, by) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (f.name for f in dataclasses.fields(value))
        return dataclasses.replace(value, **{n: lengthened(getattr(value, n), by) for n in names})
    return value


@pytest.mark.parametrize("name", ["uuden-tyontekijan-palkka", "tuntipalkat"])
def test_a_card_as_long_as_the_check_allows_is_still_one_page(
    browser: Browser, example: Study, name: str
) -> None:
    card = example.care.cards[name]
    texts = re.findall(
        r"fi: \"(.*?)\"", (ROOT / f"parameters/care/cards/{name}.yml").read_text("utf-8")
    )
    longer = lengthened(card, LONGEST / sum(map(len, texts)))
    one = dataclasses.replace(example.care, cards={name: longer})
    study = dataclasses.replace(example, care=one)
    assert pages(browser, product_cards(study, "fi").frame) == 2


def test_the_top_of_the_page_says_for_each_service_whom_to_ask_and_by_when(
    study_with: Write,
) -> None:
    body = product_cards(load(study_with({PATH: WHOLE})), "en").body
    index = body[: body.index("<article")]
    assert re.findall(r"<t[hd][^>]*>(?:<a href=\"#palkka\">)?([^<]+)", index)[3:] == [
        "Card", "Own handler", "On Friday",
    ]  # fmt: skip


def test_a_card_tells_what_is_needed_when_and_who_does_what(study_with: Write) -> None:
    body = product_cards(load(study_with({PATH: WHOLE})), "en").body
    assert '<th scope="row">Time card</th><td>On Monday</td>' in body
    assert '<li class="customer"><b>1 Customer</b> Send it.</li>' in body
    assert '<li class="provider"><b>2 We</b> We pay.</li>' in body
    assert "<p>→ At once.</p>" in body


def test_a_card_names_the_dates_at_which_it_is_needed(study_with: Write) -> None:
    event = """\
V01:
  title: {fi: Korttien päivä, en: Day of the cards}
  kind: deadline
  layer: month
  when: 2nd bank day
  segments: [esimiehet]
  owner: kasittelija
  cards: [palkka]
  needs: [N01]
"""
    study = load(study_with({PATH: WHOLE, "parameters/care/clock.yml": event}))
    assert "Day of the cards" in product_cards(study, "en").body


def test_a_study_without_cards_says_how_to_begin(study_with: Write) -> None:
    assert "workbench new card NAME" in product_cards(load(study_with()), "en").body
