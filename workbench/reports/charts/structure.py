"""The customer base as hours: the provider's work and the customer's own time, row by row."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.structure import Row, Structure, Total
from workbench.reports.charts.dress import BLUE, INK, dressed, wrapped

_THEIRS = "#e69f00"


def structure_chart(found: Structure) -> go.Figure:
    """Draw a pair of bars for each row; what is not known is said by its name, never drawn as 0."""
    say = words(found.language)
    names = [_name(row, found) for row in found.rows]
    figure = go.Figure()
    for key, colour, shape in (("work", BLUE, ""), ("theirs", _THEIRS, "/")):
        totals = [getattr(row, key) for row in found.rows]
        figure.add_bar(
            y=names, x=[_hours(t) for t in totals], orientation="h",
            name=say(f"structure_hours_{key}"), hovertemplate="%{x:,.0f}",
            marker={"color": colour, "line": {"color": INK, "width": 1},
                    "pattern": {"shape": shape, "fgcolor": INK, "size": 6}},
        )  # fmt: skip
    figure.update_xaxes(side="top", tickformat=",d")
    figure = dressed(figure, say("structure_figure"), 2 * len(found.rows))
    return figure.update_layout(
        barmode="group",
        legend={"traceorder": "normal", "y": -0.02, "yanchor": "top"},
        height=figure.layout.height + 40,
        margin={"t": 90, "b": 70},
    )


def _name(row: Row, found: Structure) -> str:
    unknown = row.work.said(found.language).partition(" (")[2]
    return wrapped(row.label, 34) + (f"<br>({unknown}" if unknown else "")


def _hours(total: Total) -> float | None:
    return float(total.value / 60) if total.known else None
