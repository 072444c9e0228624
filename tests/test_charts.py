"""Figures: the numbers of their table, safe colours with outlines, nothing that calls home."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.conftest import STUDY
from tests.environment import ROOT
from workbench.findings.results import charts

Write = Callable[..., Path]


def test_the_quality_figure_shows_the_table_s_people(study_with: Write) -> None:
    result = wb.quality(wb.load(study_with()))
    bad, good, hope = result.chart().data
    assert [-x for x in bad.x] == [result.people(d.bad) for d in result.determinants] == [2, 0]
    assert list(good.x) == [1, 1]
    assert list(hope.x) == [1, 0]


def test_bars_differ_by_pattern_and_outline_not_by_colour_alone(study_with: Write) -> None:
    bad, good, _ = wb.quality(wb.load(study_with())).chart().data
    assert (bad.marker.pattern.shape, good.marker.pattern.shape) == ("/", None)
    assert bad.marker.line.width == good.marker.line.width == 1


def test_counts_are_drawn_in_the_table_s_order(study_with: Write) -> None:
    result = wb.counts(wb.load(study_with()))
    (bars,) = result.chart().data
    assert list(bars.x) == [3, 1, 1, 1]
    assert result.chart().layout.yaxis.autorange == "reversed"


def test_every_cell_of_the_cross_is_written_out(study_with: Write) -> None:
    result = wb.crosstab(wb.load(study_with()), tree="laatutekijat")
    (cells,) = result.chart().data
    assert cells.text[0][0] == "3/3"
    assert [len(cells.text), len(cells.text[0])] == [len(result.groups), len(result.codes)]


def test_agreement_is_drawn_with_its_interval_and_open_where_a_code_was_never_used(
    study_with: Write,
) -> None:
    result = wb.agreement(wb.load(study_with()))
    (points,) = result.chart().data
    shown = [row for row in result.rows if row.alpha.value is not None]
    assert list(points.x) == [row.alpha.value for row in shown]
    assert [colour == "#ffffff" for colour in points.marker.color] == [
        bool(row.never) for row in shown
    ]
    assert points.marker.line.width == 1.5


def test_numbers_use_a_decimal_comma(study_with: Write) -> None:
    assert wb.quality(wb.load(study_with())).chart().layout.separators == ", "


def test_gaps_of_the_coverage_are_written_and_white(study_with: Write) -> None:
    (field,) = wb.coverage(wb.load(study_with())).chart().data
    assert field.text[1][1] == "0/1"
    assert field.z[1][1] == 0


def test_every_name_of_a_column_is_told_and_has_its_room(study_with: Write) -> None:
    result = wb.crosstab(wb.load(study_with()))
    figure = result.chart()
    assert list(figure.layout.xaxis.ticktext) == [g.label for g in result.groups]
    longest = max(len(g.label) for g in result.groups)
    assert figure.layout.margin.t > 4 * longest


def test_the_network_has_a_numbered_key_and_people_on_its_lines(study_with: Write) -> None:
    result = wb.cooccurrence(wb.load(study_with()), within="document")
    notes = [a.text for a in result.chart().layout.annotations]
    assert notes[:-1] == [str(p.people) for p in result.pairs if p.people]
    assert notes[-1].count("<b>") == len({c for p in result.pairs for c in p[:2]})


def test_a_network_without_pairs_is_empty_and_no_error(study_with: Write) -> None:
    result = wb.cooccurrence(wb.load(study_with({"interviews/h01.aino.tsv": None})))
    assert result.pairs == ()
    assert result.chart().layout.annotations[-1].text == ""


def test_a_portrait_s_bars_lie_where_the_words_stand(study_with: Write) -> None:
    result = wb.portrait(wb.load(study_with()), "h01")
    bars = [
        (b, x) for trace in result.chart().data for b, x in zip(trace.base, trace.x, strict=True)
    ]
    assert sorted(bars) == [(s.start, s.end - s.start) for s in result.stretches]


def test_the_squares_of_outcome_and_process_hold_people(study_with: Write) -> None:
    (squares,) = wb.outcome(wb.load(study_with())).chart().data
    assert squares.text == ("0/3", "0/3", "0/3", "0/3")


def test_figure_3_tells_the_people_at_each_box(study_with: Write) -> None:
    notes = [a.text for a in wb.perceived(wb.load(study_with()), "en").chart().layout.annotations]
    assert "Expected<br><b>2/3</b>" in notes


def test_every_action_has_a_mark_of_its_own_and_no_two_marks_touch(study_with: Write) -> None:
    text = STUDY["parameters/care/actions.yml"]
    many = "".join(text.replace("T01:", f"T{n:02}:") for n in range(1, 12))
    chart = wb.priorities(wb.load(study_with({"parameters/care/actions.yml": many}))).chart()
    marks = [m for trace in chart.data if trace.mode == "markers+text" for m in trace.text]
    spots = [xy for t in chart.data[:3] for xy in zip(t.x, t.y, strict=True)]
    assert marks == [f"1{letter}" for letter in "abcdefghijk"]
    assert all(
        abs(x - a) >= 0.2 or abs(y - b) >= 1 for x, y in spots for a, b in spots if (x, y) != (a, b)
    )
    assert len(set(spots)) == 11
    keys = [a.text for a in chart.layout.annotations if a.text.startswith("<b>")]
    assert keys == [f"<b>{mark}</b>" for mark in marks]


def test_what_cannot_wait_has_a_thick_outline_and_a_line_in_the_legend(study_with: Write) -> None:
    text = STUDY["parameters/care/actions.yml"]
    text += text.replace("T01:", "T02:").replace("needs: [N01]", "basis: law\n  reference: KVTES")
    study = wb.load(study_with({"parameters/care/actions.yml": text}))
    chart = wb.priorities(study, "en").chart()
    (drawn,) = [t for t in chart.data[:3] if t.x]
    assert dict(zip(drawn.text, drawn.marker.line.width, strict=True)) == {"1": 4, "2": 1}
    assert "thick outline: pay, safety or law" in [t.name for t in chart.data]


def test_ranks_are_drawn_with_how_far_they_move(study_with: Write) -> None:
    result = wb.priorities(wb.load(study_with()))
    ranks = result.chart().data[-1]
    assert list(ranks.x) == [s.ladder for s in result.rows]
    assert [list(ranks.error_x.array), list(ranks.error_x.arrayminus)] == [[0], [0]]
    assert "3/3" in [a.text for a in result.chart().layout.annotations]


def test_priorities_of_nothing_are_an_empty_picture(study_with: Write) -> None:
    study = wb.load(study_with({"parameters/care/actions.yml": None}))
    assert wb.priorities(study).chart().layout.height > 0


def test_no_figure_offers_to_be_uploaded(study_with: Write) -> None:
    figure = wb.counts(wb.load(study_with())).chart()
    (shown,) = figure.bundle.values()
    assert (shown["config"]["showSendToCloud"], shown["config"]["plotlyServerURL"]) == (False, "")
    assert '"showSendToCloud": false' in figure.to_html(include_plotlyjs=False)
    assert [kind for kind, draw in charts.items() if not hasattr(draw, "__wrapped__")] == []


def test_the_network_is_drawn_alike_in_every_process() -> None:
    code = (
        "import workbench as wb;"
        f"print(wb.cooccurrence(wb.load({str(ROOT)!r}), within='turn').chart().to_json())"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(drawn) == 1
