"""The risk matrix: probability upwards, impact across, a mark and an outline for each zone."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.care.project import SCALE, Zone, zone
from workbench.practice.risks import MARKS, Risks
from workbench.reports.charts.dress import INK, dressed, wrapped

FILLS = {Zone.ACT: "#f3b48c", Zone.WATCH: "#f7efa8", Zone.BEAR: "#ffffff"}
_LINES = {
    Zone.ACT: {"color": INK, "width": 3},
    Zone.WATCH: {"color": INK, "width": 1, "dash": "dash"},
    Zone.BEAR: {"color": "#c9c9c9", "width": 1},
}


def risks_chart(result: Risks) -> go.Figure:
    """Draw the ids of the risks in their cells; pointing at a cell reads them out."""
    say = words(result.language)
    places = list(result.cells)
    figure = go.Figure(
        go.Scatter(
            x=[i for _, i in places],
            y=[p for p, _ in places],
            text=[wrapped(result.cell(*place), 14) for place in places],
            hovertext=[_told(result, place) for place in places],
            mode="text",
            hoverinfo="text",
        )
    )
    for p, i in sorted(places, key=lambda place: zone(*place) is Zone.ACT):
        figure.add_shape(
            type="rect", x0=i - 0.49, x1=i + 0.49, y0=p - 0.49, y1=p + 0.49, layer="below",
            fillcolor=FILLS[zone(p, i)], line=_LINES[zone(p, i)],
        )  # fmt: skip
    dressed(figure, wrapped(result.caption, 90), 12)
    ends = {"range": [0.45, 5.55], "tickvals": list(SCALE), "showgrid": False, "zeroline": False}
    figure.update_xaxes(title=say("risk_impact"), **ends)
    figure.update_yaxes(title=say("risk_probability"), autorange=None, **ends)
    key = "   ".join(f"{MARKS[z]} {say(f'zone_{z}')}" for z in Zone)
    figure.add_annotation(text=key, x=0, y=-0.19, xref="paper", yref="paper", showarrow=False)
    return figure.update_layout(margin={"t": 70, "b": 90})


def _told(result: Risks, place: tuple[int, int]) -> str:
    say, language = words(result.language), result.language
    told = (wrapped(f"{r.id} {r.text.say(language)}", 50) for r in result.cells[place])
    return "<br>".join((f"<b>{say(f'zone_{zone(*place)}')}</b>", *told))
