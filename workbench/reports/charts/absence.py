"""The absence test as handlers by months, and planned absences as a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.absence import Absence, Case, Held, Leaves
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, tilted

MARKS = {Held.UNCOVERED: "✕", Held.NOMINAL: "△"}
_SHADES = [[0, "#ffffff"], [0.5, "#f9d9b0"], [1, "#e8a06a"]]
_LOOKS = {
    Held.COVERED: (BLUE, ""),
    Held.NOMINAL: ("#e69f00", "/"),
    Held.UNCOVERED: (VERMILION, "x"),
}


def absence_chart(absence: Absence) -> go.Figure:
    """Draw handlers as rows and months as columns: how many relationships do not hold, of all.

    ✕ counts relationships without a backup, △ those with one in name only; an empty cell holds.
    """
    say = words(absence.language)
    handlers = list(dict.fromkeys(case.handler for _, case in absence.cases))
    counts = [[absence.count(h, time) for time in absence.times] for h in handlers]
    columns = [absence.when(time) for time in absence.times]
    figure = go.Figure(
        go.Heatmap(
            z=[[_open(n) for n in row] for row in counts],
            y=handlers,
            text=[[_text(n) for n in row] for row in counts],
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=_SHADES,
            showscale=False,
            customdata=[columns] * len(handlers),
            hovertemplate="%{y}, %{customdata}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    figure = tilted(dressed(figure, "", len(handlers)), columns)
    figure.add_annotation(
        text=say("absence_legend"), x=0, y=0, xref="paper", yref="paper", yanchor="top",
        xanchor="left", yshift=-8, showarrow=False, align="left",
    )  # fmt: skip
    return figure.update_layout(height=figure.layout.height + 40, margin={"b": 60})


def _open(counted: dict[Held, int]) -> float:
    total = sum(counted.values())
    return (total - counted[Held.COVERED]) / total if total else 0


def _text(counted: dict[Held, int]) -> str:
    return " ".join(f"{counted[held]}{mark}" for held, mark in MARKS.items() if counted[held])


def leaves_chart(leaves: Leaves) -> go.Figure:
    """Draw a bar for each planned absence; colour and pattern say the worst it leaves behind."""
    say = words(leaves.language)
    by_leave: dict[tuple[str, str], list[Case]] = {}
    for time, case in leaves.cases:
        by_leave.setdefault((case.handler, time), []).append(case)
    figure = go.Figure()
    for held, (colour, shape) in _LOOKS.items():
        here = {key: cases for key, cases in by_leave.items() if _worst(cases) is held}
        figure.add_bar(
            y=[handler for handler, _ in here],
            base=[time.split("/")[0] for _, time in here],
            x=[_days(time).total_seconds() * 1000 for _, time in here],
            orientation="h",
            name=say(f"held_{held}"),
            text=[_open_days(cases, say) for cases in here.values()],
            textposition="outside",
            cliponaxis=False,
            customdata=[leaves.when(time) for _, time in here],
            hovertemplate="%{y}: %{customdata}<extra></extra>",
            marker={
                "color": colour,
                "line": {"color": INK, "width": 1},
                "pattern": {"shape": shape, "fgcolor": INK, "size": 6},
            },
        )
    handlers = sorted({handler for handler, _ in by_leave})
    figure.update_yaxes(categoryorder="array", categoryarray=handlers)
    figure.update_xaxes(type="date", side="top", tickformat="%-d.%-m.", ticks="outside")
    figure = dressed(figure, "", len(handlers))
    return figure.update_layout(
        barmode="overlay",
        height=figure.layout.height + 60,
        margin={"t": 40, "b": 70, "r": 120},
        legend={"traceorder": "normal"},
    )


def _worst(cases: list[Case]) -> Held:
    found = {case.held for case in cases}
    return next(h for h in (Held.UNCOVERED, Held.NOMINAL, Held.COVERED) if h in found)


def _days(time: str) -> datetime.timedelta:
    first, last = (datetime.date.fromisoformat(day) for day in time.split("/"))
    return last - first + datetime.timedelta(1)


def _open_days(cases: list[Case], say: Callable[..., str]) -> str:
    most = max(len(case.without) for case in cases)
    return say("absence_days", n=most) if most else ""
