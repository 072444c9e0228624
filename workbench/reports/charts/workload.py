"""The load of each handler beside the hours there are; what is not known is left open."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.workload import HandlerLoad, Workload
from workbench.reports.charts.dress import BLUE, INK, dressed

_OPEN = "rgba(0,114,178,0.25)"


def workload_chart(load: Workload) -> go.Figure:
    """Draw a bar for each handler: hours bound, hours of relationships, and a mark for the year.

    Where figures are missing the bar is pale and striped: it is at least so long.
    """
    say = words(load.language)
    names = [_name(row, say) for row in load.rows]
    known = [row.work.hours is not None for row in load.rows]
    fixed = [row.handler.fixed or 0.0 for row in load.rows]
    own = [row.work.known - bound for row, bound in zip(load.rows, fixed, strict=True)]
    figure = go.Figure()
    _bar(figure, names, fixed, say("load_bar_fixed"), "#e69f00", ".")
    for which, key, colour, shape in (
        (True, "load_bar_own", BLUE, ""),
        (False, "load_bar_least", _OPEN, "/"),
    ):
        hours = [h if k is which else 0 for h, k in zip(own, known, strict=True)]
        _bar(figure, names, hours, say(key), colour, shape)
    figure.add_scatter(
        x=[row.handler.hours for row in load.rows],
        y=names,
        mode="markers",
        name=say("load_hours"),
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 4, "color": INK}},
        hovertemplate="%{x}<extra></extra>",
    )
    figure.update_xaxes(tickformat=",d", rangemode="tozero", title=say("load_axis"))
    figure = dressed(figure, "", len(names))
    return figure.update_layout(
        barmode="stack",
        height=figure.layout.height + 70,
        margin={"t": 90, "b": 50},
        legend={"y": 1, "yanchor": "bottom", "traceorder": "normal"},
    )


def _name(row: HandlerLoad, say: Callable[..., str]) -> str:
    lacks = [say("load_bar_missing", n=len(row.missing))] if row.missing else []
    return " · ".join([row.handler.id, *lacks])


def _bar(
    figure: go.Figure, names: list[str], hours: list[float], name: str, colour: str, shape: str
) -> None:
    figure.add_bar(
        y=names,
        x=hours,
        orientation="h",
        name=name,
        marker={
            "color": colour,
            "line": {"color": INK, "width": 1},
            "pattern": {"shape": shape, "fgcolor": INK, "size": 6},
        },
        hovertemplate="%{x:,.0f} h<extra></extra>",
    )
