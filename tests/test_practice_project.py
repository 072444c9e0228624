"""Risks in their matrix, who does what, the phase board, problems with their answers, measures."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_project import CARE, PHASES, RISK
from workbench.care.claims import FindingType, parse_citation
from workbench.care.project import Gain
from workbench.reports.charts.risks import FILLS

Write = Callable[..., Path]
EXAMPLE = wb.load(ROOT)


def colour(folder: Path, at: tuple[int, int]) -> str:
    """Return the colour of the cell where the id of the risk is drawn."""
    figure = wb.risks(wb.load(folder), "en").chart()
    (trace,) = figure.data
    drawn = {(p, i): text for p, i, text in zip(trace.y, trace.x, trace.text, strict=True)}
    assert [place for place, text in drawn.items() if "RI01" in text] == [at]
    middle = {(s.y0 + s.y1, s.x0 + s.x1): s.fillcolor for s in figure.layout.shapes}
    return str(middle[2 * at[0], 2 * at[1]])


def test_a_risk_that_is_moved_changes_its_colour_and_its_mark(study_with: Write) -> None:
    high = study_with({CARE + "risks.yml": RISK})
    assert colour(high, (3, 5)) == FILLS["act"]
    assert wb.risks(wb.load(high)).cell(3, 5) == "▲ RI01"
    low = study_with({CARE + "risks.yml": RISK.replace("impact: 5", "impact: 1")})
    assert colour(low, (3, 1)) == FILLS["bear"]
    assert wb.risks(wb.load(low)).cell(3, 1) == "○ RI01"


def test_the_matrix_holds_every_risk_of_the_example_once() -> None:
    found = wb.risks(EXAMPLE, "en")
    cells = found.table.iloc[:, 1:].to_numpy().ravel()
    assert sorted(re.findall(r"RI\d\d", " ".join(cells))) == sorted(EXAMPLE.care.risks)
    assert len(EXAMPLE.care.risks) >= 20
    assert found.table.shape == (5, 6)


def test_the_list_of_risks_begins_with_the_highest_and_says_what_is_done() -> None:
    first = wb.risks(EXAMPLE, "en").list.iloc[0]
    assert first["Risk"].startswith("RI09 ")
    assert first["Probability × impact"] == "4 × 5 = 20"
    assert first["What is done"] == "▲ act"
    assert first["Response"].endswith("(T12) (T01)")


def test_a_raci_table_has_a_column_for_each_party_with_a_part(study_with: Write) -> None:
    row = "a: {label: {fi: Työ, en: Work}, duties: {esimies: I, kasittelija: AR}}\n"
    table = wb.raci(wb.load(study_with({CARE + "tasks.yml": row})), "en").table
    assert list(table.columns) == ["Task", "own handler", "supervisor"]
    assert table.values.tolist() == [["Work", "AR", "I"]]


def test_every_task_of_the_example_has_one_head() -> None:
    for row in wb.raci(EXAMPLE).table.iloc[:, 1:].to_numpy():
        assert sum("A" in cell for cell in row) == 1
        assert any("R" in cell for cell in row)


def test_the_phase_board_says_what_goes_on_and_names_the_notebooks(study_with: Write) -> None:
    folder = study_with({CARE + "phases.yml": PHASES, "notebooks/01_aineisto.ipynb": ""})
    board = wb.phases(wb.load(folder), "en")
    assert board.table["Status"].tolist() == ["done", "going on"]
    assert board.table["Notebooks"].tolist() == ["01_aineisto", "2x"]


def test_each_phase_of_the_example_has_a_notebook() -> None:
    board = wb.phases(EXAMPLE)
    for phase in board.phases:
        assert phase.notebooks
        assert all(re.match(r"\d\d_", name) for name in board.notebooks(phase)), phase.id


def test_the_summary_counts_who_the_findings_cite_of_those_who_could_have_said_it(
    study_with: Write,
) -> None:
    # F01 speaks of supervisors: E01 and E03 are cited, E02 spoke too and could have said it.
    (row,) = wb.problems_summary(wb.load(study_with()), "en").table.values.tolist()
    assert row == [
        "F01 The phone line is jammed.", "problem", "Supervisors", "2/3",
        "N01 One named person.", "T01 Names are published.",
    ]  # fmt: skip


def test_a_draft_is_no_problem_yet(study_with: Write) -> None:
    draft = STUDY[CARE + "findings.yml"] + "  state: draft\n"
    assert wb.problems_summary(wb.load(study_with({CARE + "findings.yml": draft}))).rows == ()


def test_in_a_segment_the_summary_counts_its_own_people(study_with: Write) -> None:
    view = wb.load(study_with()).where(segment="esimiehet-koulu")
    (row,) = wb.problems_summary(view, "en").rows
    assert (sorted(row.people), row.of) == (["E01"], 2)


def test_the_numbers_of_the_summary_are_those_of_a_query_over_the_codings() -> None:
    summary = {t.finding.id: t for t in wb.problems_summary(EXAMPLE).rows}
    wanted = {f.id for f in EXAMPLE.care.findings.values() if f.type is not FindingType.STRENGTH}
    assert set(summary) == wanted
    for name, row in summary.items():
        cited = {parse_citation(link) for link in EXAMPLE.care.findings[name].evidence}
        places = {(c.document, c.turn, c.code) for c in cited if c}
        said = {
            EXAMPLE.speaker(c)
            for c in EXAMPLE.codings
            if (c.document, c.passage.turn, c.code) in places
        }
        assert row.people == said - {""}, name
        assert len(row.people) <= row.of


def test_levers_begin_with_what_is_noticed_soonest_then_with_what_is_in_our_hands(
    study_with: Write,
) -> None:
    one = STUDY[CARE + "actions.yml"]
    soon = one.replace("horizon: months", "horizon: next-encounter")
    partly = soon.replace("T01", "T02") + "  influence: partly\n"
    large = soon.replace("T01", "T03").replace("effort: S", "effort: L")
    study = wb.load(study_with({CARE + "actions.yml": one + partly + large}))
    found = wb.levers(study, "en")
    assert [a.id for a in found.actions] == ["T03", "T02", "T01"]
    assert found.table["In our hands"].tolist() == ["our own", "partly", "our own"]
    assert found.caption.startswith("3 actions, 2 of them felt at the very next encounter.")


def test_promises_that_achieved_nothing_come_first_and_the_unmeasured_last() -> None:
    found = wb.measures(EXAMPLE, "en")
    assert [p.of.id for p in found.failed] == ["T05", "T03"]
    assert [p.of.id for p in found.rows][:2] == ["T05", "T03"]
    assert {"T01", "T07", "T16"} <= {p.of.id for p in found.unmeasured}
    assert found.table.iloc[0]["What came of it"] == "got worse"


def test_an_action_nobody_measures_is_named_with_the_measure_it_promised(
    study_with: Write,
) -> None:
    found = wb.measures(wb.load(study_with()), "en")
    (row,) = found.rows
    assert row.gain is Gain.UNKNOWN
    assert found.table.iloc[0].tolist() == [
        "T01 Names are published.", "A name for each unit.", "", "", "", "",
        "nobody measures it", "",
    ]  # fmt: skip


def test_a_rejected_action_that_nobody_measures_is_no_promise(study_with: Write) -> None:
    rejected = STUDY[CARE + "actions.yml"] + "  status: rejected\n"
    assert wb.measures(wb.load(study_with({CARE + "actions.yml": rejected}))).rows == ()


def test_every_figure_of_the_example_says_that_it_is_invented() -> None:
    assert len(EXAMPLE.care.measured) >= 8
    for m in EXAMPLE.care.measured.values():
        if m.baseline is not None or m.value is not None:
            assert m.source and "keksitty" in m.source["fi"], m.id


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_tables_of_the_project_speak_every_language(language: str) -> None:
    for result in (wb.risks, wb.raci, wb.phases, wb.problems_summary, wb.levers, wb.measures):
        assert len(result(EXAMPLE, language).table) >= 5
