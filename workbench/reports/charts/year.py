"""The year as a ring, a circle for each rhythm, and how much falls into each week."""

from __future__ import annotations

import datetime

import plotly.graph_objects as go

from workbench.base.languages import date, months, words
from workbench.care.clock import EventKind, Layer
from workbench.practice.year import Weeks, Year
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed
from workbench.reports.ring import angle

_LOOKS = {
    EventKind.PAY_DAY: (INK, ""),
    EventKind.DEADLINE: (VERMILION, "/"),
    EventKind.TASK: ("#56b4e9", ""),
    EventKind.MEETING: ("#009e73", "x"),
    EventKind.NOTICE: ("#ffffff", ""),
}
_HOLE, _WIDTH = 3, 2
"""Rings left free in the middle, and the degrees a day is wide."""


def year_chart(result: Year) -> go.Figure:
    """Draw the year clockwise from January: outside the pay periods, innermost the cooperation."""
    say = words(result.language)
    layers = list(reversed(Layer))
    figure = go.Figure()
    for kind, (colour, shape) in _LOOKS.items():
        here = [o for o in result.days if o.event.kind is kind]
        figure.add_barpolar(
            theta=[angle(o.day) for o in here],
            base=[_HOLE + layers.index(o.event.layer) + 0.1 for o in here],
            r=[0.8] * len(here),
            width=[_WIDTH] * len(here),
            name=say(f"kind_{kind}"),
            text=[
                f"{date(o.day.isoformat(), result.language)}<br>"
                f"{o.event.title.say(result.language)}"
                for o in here
            ],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "color": colour,
                "line": {"color": INK, "width": 1},
                "pattern": {"shape": shape, "fgcolor": "#ffffff", "size": 4},
            },
        )
    names = months(result.language)
    figure.update_polars(
        angularaxis={
            "direction": "clockwise",
            "rotation": 90,
            "tickmode": "array",
            "tickvals": [angle(datetime.date(result.year, m, 1)) for m in range(1, 13)],
            "ticktext": names,
        },
        radialaxis={
            "range": [0, _HOLE + len(layers)],
            "showticklabels": False,
            "showline": False,
            "tickvals": [_HOLE + n for n in range(len(layers) + 1)],
        },
    )
    rings = [say("year_rings"), *(say(f"layer_{layer}") for layer in Layer)]
    figure.add_annotation(
        text="<br>".join(rings),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
    )
    dressed(figure, result.caption, 1)
    return figure.update_layout(height=760, margin={"t": 80, "b": 60, "l": 60, "r": 60})


def weeks_chart(load: Weeks) -> go.Figure:
    """Draw events by week, weeks with a clash marked; known hours as a line where there are any."""
    say = words(load.language)
    numbers = [w.monday.isoformat() for w in load.weeks]
    figure = go.Figure()
    figure.add_bar(
        x=numbers,
        y=[w.events for w in load.weeks],
        name=say("year_events"),
        customdata=[w.number for w in load.weeks],
        hovertemplate=f"{say('year_week')} %{{customdata}}: %{{y}}<extra></extra>",
        marker={
            "color": [VERMILION if w.clashes else BLUE for w in load.weeks],
            "line": {"color": INK, "width": 1},
            "pattern": {"shape": ["/" if w.clashes else "" for w in load.weeks], "fgcolor": INK},
        },
    )
    if any(w.hours is not None for w in load.weeks):
        figure.add_scatter(
            x=numbers,
            y=[w.hours for w in load.weeks],
            name=say("year_hours_known"),
            mode="markers",
            hovertemplate="%{y}<extra></extra>",
            marker={"symbol": "diamond-open", "size": 9, "color": INK, "line": {"width": 2}},
        )
    dressed(figure, load.caption, 8)
    figure.update_yaxes(autorange=True, rangemode="tozero")
    figure.update_xaxes(
        tickvals=[w.monday.isoformat() for w in load.weeks if w.number % 4 == 1],
        ticktext=[f"{w.number}" for w in load.weeks if w.number % 4 == 1],
        title=say("year_week"),
        type="category",
    )
    return figure.update_layout(legend={"y": 1.02, "yanchor": "bottom"}, margin={"t": 90})
