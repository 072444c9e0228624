"""Figures: the numbers of their table, safe colours with outlines, nothing that calls home."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb

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
