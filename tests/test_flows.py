"""Systems and flows: what reaches a report, what is carried by hand, where it stops."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

import workbench as wb
from tests.environment import ROOT
from workbench.practice.flows import Flows
from workbench.reports.charts.flows import column_of

Write = Callable[..., Path]
HEAD = "label: {{fi: {0}, en: {0}}}, owner: kasittelija, use: {{fi: x, en: x}}, needs: [N01]"


def system(name: str, side: str, *feeds: str, more: str = "") -> str:
    told = (
        f"{{to: {f.lstrip('~')}, what: {{fi: a, en: a}}, auto: {str('~' not in f).lower()}}}"
        for f in feeds
    )
    return f"{name}: {{{HEAD.format(name)}, side: {side}, feeds: [{', '.join(told)}]{more}}}\n"


SYSTEMS = (
    system("lomake", "interface", "~palkka")
    + system("vuoro", "interface", "palkka")
    + system("vihko", "interface", more=", note: {fi: jää siihen, en: ends}")
    + system("palkka", "store", "varasto", "vero")
    + system("varasto", "store", "raportti")
    + system("raportti", "reporting", more=", serves: [management, care]")
    + system("vero", "outside")
)


@pytest.fixture
def flows(study_with: Write) -> Flows:
    study = wb.load(study_with({"parameters/care/systems.yml": SYSTEMS}))
    assert study.problems == ()
    return wb.flows(study, "en")


def test_what_comes_as_far_as_a_report_and_what_does_by_itself(flows: Flows) -> None:
    assert flows.reaching == ("lomake", "vuoro")
    assert flows.by_itself == ("vuoro",)


def test_a_system_that_feeds_nothing_is_a_dead_end_but_reports_and_outsiders_are_not(
    flows: Flows,
) -> None:
    assert flows.dead_ends == ("vihko",)
    assert flows.table.values.tolist()[-1] == ["vihko", "", "feeds nothing", ""]


def test_what_is_carried_by_hand_is_said(flows: Flows) -> None:
    assert flows.manual == (("lomake", "palkka"),)
    assert flows.table.values.tolist()[0] == ["lomake", "palkka", "a", "by hand"]


def test_reports_serve_management_and_care(flows: Flows) -> None:
    assert nx.descendants(flows.graph, "raportti") == {"management", "care"}
    assert ["raportti", "Management", "", "is used"] in flows.table.values.tolist()


def test_columns_go_from_the_interface_over_the_warehouse_to_the_use(flows: Flows) -> None:
    assert column_of(flows) == {
        "lomake": 0, "vuoro": 0, "vihko": 0, "palkka": 1, "varasto": 2,
        "raportti": 3, "vero": 3, "management": 4, "care": 4,
    }  # fmt: skip


def test_a_feed_into_nothing_known_is_left_out_of_the_picture(study_with: Write) -> None:
    lost = {"parameters/care/systems.yml": system("lomake", "interface", "olematon")}
    found = wb.flows(wb.load(study_with(lost)), "en")
    assert list(found.graph.edges) == []
    assert found.chart().layout.annotations[0].text == "lomake"


def test_the_chart_tells_by_hand_from_by_itself_without_colour(flows: Flows) -> None:
    lines = [s.line.dash for s in flows.chart().layout.shapes if s.type == "path"]
    assert lines.count("dash") == 1
    assert lines.count("solid") == 6


def test_an_example_item_in_several_systems_is_scattered() -> None:
    scattered = {item.id for item in wb.flows(wb.load(ROOT)).scattered}
    assert "TI05" in scattered
    assert "TI12" not in scattered
