"""Chapters of the handbook on units, encounters, services, customers and strategies."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.offices import OFFICE
from tests.people import example
from workbench.base.languages import words
from workbench.care.organisation import ServiceGroup
from workbench.reports.chapters import grouping, management, unit
from workbench.reports.handbook import handbook

Write = Callable[..., Path]


def chapter(study: wb.Study, key: str, language: str = "en") -> str:
    body = handbook(study, language).body
    return body.split(f'<h2 id="{key}">')[1].split("</section>\n<section class")[0]


@pytest.fixture(scope="module")
def finnish() -> str:
    return handbook(example(), "fi").body


def test_every_unit_stands_once_on_the_chart(finnish: str) -> None:
    shown = re.findall(r'<p class="unit"><strong>(.*?)</strong>', finnish)
    assert sorted(shown) == sorted(u.label.say("fi") for u in example().care.units.values())


def test_units_above_one_another_do_not_draw_the_chart_for_ever(study_with: Write) -> None:
    text = "a: {label: {fi: A, en: A}, parent: b}\nb: {label: {fi: B, en: B}, parent: a}\n"
    study = wb.load(study_with({"parameters/care/units.yml": text}))
    assert unit.below(study.care, study.care.units["a"]) == []


def test_a_blueprint_shows_the_customers_steps_and_where_the_lines_run(study_with: Write) -> None:
    text = chapter(wb.load(study_with(OFFICE)), "process")
    assert '<td class="customer own" data-head="Customer">Supervisor: calls' in text
    assert '<span class="tag">2 min</span>' in text
    assert '<span class="tag">time not measured</span>' in text


def test_a_draft_finding_is_no_badge(study_with: Write) -> None:
    assert '#F01" title' in chapter(wb.load(study_with(OFFICE)), "process")
    draft = {"parameters/care/findings.yml": (
        "F01:\n  statement: {fi: x, en: x}\n  type: problem\n  segments: [esimiehet]\n"
        "  evidence: [h01/2 odotusaika]\n  state: draft\n"
    )}  # fmt: skip
    study = wb.load(study_with({**OFFICE, **draft}))
    assert '#F01" title' not in chapter(study, "process")


def test_services_stand_in_the_six_groups_of_the_thesis(finnish: str) -> None:
    say, part = words("fi"), finnish.split('<h2 id="content">')[1].partition('<h2 id="quality">')[0]
    heads = re.findall(r"<h3>(.*?)</h3>", part)
    assert heads == [say(f"group_{g}").capitalize() for g in ServiceGroup]
    assert part.count('id="service-') == len(example().care.services)


def test_the_quality_chapter_prints_means_that_may_be_told_and_no_people(finnish: str) -> None:
    part = finnish.split('id="equal"')[1].partition('<h2 id="customers">')[0]
    rows = dict(re.findall(r'<th scope="row">(.*?)</th><td data-head=".*?">(.*?)</td>', part))
    assert rows["Sosiaali- ja terveystoimen esimiehet"] == "3,81 (n = 85)"
    assert rows["Opetustoimen esimiehet"] == "asteikon puolivälin yläpuolella"
    assert re.findall(r"\d+/\d+", part) == ["4/10"]  # groups, not people


def test_what_nobody_counted_is_said_beside_the_sum(study_with: Write) -> None:
    text = chapter(wb.load(study_with(OFFICE)), "customers")
    assert "(not known: 1 of 2)" in text


def test_a_segments_criteria_are_words_and_an_unknown_size_has_its_source(finnish: str) -> None:
    study = example()
    found = list(grouping.criteria(study, study.segments["esimiehet-soster"], "fi"))
    assert found == ["esimies", "sosiaali- ja terveystoimi"]
    row = finnish.split('id="grouping-palkansaajat"')[1].partition("</tr>")[0]
    assert "ei tiedossa" in row
    assert "luku puuttuu lähteestä" in row


def test_processes_stand_on_a_ring_and_arrows_end_outside_their_boxes() -> None:
    study = example()
    boxes = management.ring(list(study.care.processes.values()))
    first = boxes["tunnista"]
    assert (first.x, first.y) == (management.CENTRE, management.CENTRE - management.RING)
    assert boxes["hoida"].y == management.CENTRE + management.RING  # the fourth of six
    drawn = list(management.arrows(boxes))
    assert len(drawn) == 6
    for a in drawn:
        for x, y in ((a.x1, a.y1), (a.x2, a.y2)):
            assert all(
                abs(x - b.x) > management.WIDE / 2 or abs(y - b.y) > management.HIGH / 2
                for b in boxes.values()
            )


def test_each_strategy_and_principle_is_told(finnish: str) -> None:
    care = example().care
    told = re.findall(r'<h3 id="strategy-([\w-]+)">', finnish)
    assert sorted(told) == sorted(care.strategies)
    assert all(p.text.say("fi") in finnish for p in care.principles.values())
    assert len(care.strategies) == 14
