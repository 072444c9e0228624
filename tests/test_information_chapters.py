"""The handbook's chapters of information, systems and documentation, as a reader meets them."""

import functools
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.environment import ROOT
from workbench import load
from workbench.base.languages import words
from workbench.reports.handbook import handbook
from workbench.study import Study


@functools.cache
def study() -> Study:
    return load(ROOT)


@functools.cache
def body(language: str) -> str:
    return handbook(study(), language).body


def chapter(key: str, language: str = "fi") -> str:
    found = re.search(rf'<h2 id="{key}">.*?</section>', body(language), re.DOTALL)
    assert found
    return html.unescape(found[0])


@pytest.mark.parametrize("key", ["information", "systems", "documentation"])
def test_a_chapter_names_no_document_and_no_informant(key: str) -> None:
    text = re.sub(r"<[^>]*>", " ", chapter(key))
    assert len(text) > 2000
    assert not [
        d for d in (*study().documents, *study().informants) if re.search(rf"\b{d}\b", text)
    ]


def test_what_is_superfluous_comes_first_with_its_decision() -> None:
    first = chapter("information").split('id="info-viewers"')[0]
    assert re.findall(r"TI\d\d</span></strong>", first) == [
        f"TI{n}</span></strong>" for n in (30, 31, 33)
    ]
    assert first.count(">luovutaan<") == 3


def test_an_item_nobody_must_keep_is_told_as_open() -> None:
    viewers = chapter("information").split('id="info-viewers"')[1].split('id="info-states"')[0]
    assert viewers.count(words("fi")("nobodys_duty")) == 1


def test_every_item_stands_once_in_every_part_that_lists_them_all() -> None:
    text = chapter("information")
    matrix = text.split('id="info-matrix"')[1].split('id="info-classes"')[0]
    ids = re.findall(r"TI\d\d", matrix)
    assert sorted(ids) == sorted(study().care.information)
    classes = text.split('id="info-classes"')[1].split('id="info-questions"')[0]
    assert sorted(re.findall(r">(TI\d\d)<", classes)) == sorted(ids * 2)


def test_open_questions_come_before_answered_ones() -> None:
    questions = chapter("information").split('id="info-questions"')[1]
    tags = [bool(re.search(r'class="tag"', li)) for li in questions.split("<li>")[1:]]
    assert tags == sorted(tags, reverse=True)
    assert 0 < sum(tags) < len(tags)


def test_the_picture_has_a_title_a_description_and_the_same_in_a_table() -> None:
    text = chapter("systems")
    svg = re.search(r'<svg class="flows" .*?</svg>', text, re.DOTALL)
    assert svg
    assert "<title id=" in svg[0] and "<desc id=" in svg[0]
    drawn = re.findall(r'class="(auto|manual)" d=', svg[0])
    feeds = [f for s in study().care.systems.values() for f in s.feeds]
    assert (drawn.count("auto"), drawn.count("manual")) == (
        sum(f.auto for f in feeds), sum(not f.auto for f in feeds),
    )  # fmt: skip
    table = text.split('id="system-feeds"')[1].split("</table>")[0]
    assert table.count(">käsin<") == drawn.count("manual")


def test_the_picture_says_it_is_rebuilt() -> None:
    for language in ("fi", "en", "sv"):
        assert words(language)("system_lost") in chapter("systems", language)


def test_every_record_has_its_time_and_research_material_stands_apart() -> None:
    text = chapter("documentation")
    law, rest = text.split('id="docs-own"')
    apart = rest.split('id="docs-apart"')[1]
    assert re.findall(r"DK\d\d", apart) == ["DK19", "DK20"]
    assert "taloushallintoliitto.fi" in law and "fsd.tuni.fi" in apart
    assert text.count('data-head="Säilytysaika"') == len(study().care.records)


def test_a_study_without_any_of_it_says_so(study_with: Callable[..., Path]) -> None:
    text = handbook(load(study_with()), "en").body
    for key in ("information", "systems", "documentation"):
        found = re.search(rf'<h2 id="{key}">.*?</section>', text, re.DOTALL)
        assert found and "Nothing is written of this yet." in found[0]
