"""Systems and their flows from left to right: whole lines by themselves, broken by hand."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.care.information import SystemSide
from workbench.practice.flows import Flows
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped
from workbench.reports.layers import layout, route, svg_path

COLUMNS, GREY = 5, "#6b6b6b"
HALF = 0.42
"""Half the width of a box, where a column is 1 wide."""


def column_of(flows: Flows) -> dict[str, int]:
    """Return the column of each node: interface, stores, stores fed by stores, reports, use."""
    stores = {n for n, s in flows.systems.items() if s.side is SystemSide.STORE}
    at = {SystemSide.INTERFACE: 0, SystemSide.REPORTING: 3, SystemSide.OUTSIDE: 3}

    def place(node: str) -> int:
        if node not in flows.systems:
            return COLUMNS - 1
        fed = stores & set(flows.graph.predecessors(node)) - {node}
        return at.get(flows.systems[node].side, 2 if fed else 1)

    return {node: place(node) for node in flows.graph}


def flows_chart(flows: Flows) -> go.Figure:
    """Draw the systems as boxes in columns; what feeds nothing has a broken outline."""
    say = words(flows.language)
    plan = layout(flows.graph, column_of(flows))
    figure = go.Figure()
    for (a, b), points in plan.edges.items():
        auto = flows.graph.edges[a, b]["auto"]
        colour = GREY if b not in flows.systems else BLUE if auto else VERMILION
        curve, way = route(points, HALF)
        figure.add_shape(
            type="path", path=svg_path(curve), layer="below",
            line={"color": colour, "width": 1.6, "dash": "solid" if auto else "dash"},
        )  # fmt: skip
        x, y = curve[-1]
        figure.add_annotation(
            x=x, y=y, ax=x - way * 0.03, ay=y, xref="x", yref="y", axref="x", ayref="y", text="",
            showarrow=True, arrowhead=2, arrowsize=1.4, arrowwidth=1.4, arrowcolor=colour,
        )  # fmt: skip
    for node, (x, y) in plan.nodes.items():
        dash = "dot" if node in flows.dead_ends else "solid"
        figure.add_shape(
            type="rect", x0=x - HALF, x1=x + HALF, y0=y - 0.38, y1=y + 0.38, fillcolor="#ffffff",
            line={"color": INK, "width": 1.2, "dash": dash},
        )  # fmt: skip
        figure.add_annotation(x=x, y=y, text=wrapped(flows.label(node), 23), showarrow=False)
    for at in range(COLUMNS):
        figure.add_annotation(
            x=at, y=1, yref="paper", yanchor="bottom", showarrow=False,
            text=f"<b>{wrapped(say(f'flow_column_{at}'), 26)}</b>",
        )  # fmt: skip
    for colour, dash, key in ((BLUE, "solid", "flow_auto"), (VERMILION, "dash", "flow_manual")):
        figure.add_scatter(
            x=[None], y=[None], mode="lines", name=say(key),
            line={"color": colour, "dash": dash, "width": 2},
        )  # fmt: skip
    figure.add_scatter(
        x=[None], y=[None], mode="markers", name=say("dead_end"),
        marker={"symbol": "square-open-dot", "color": INK, "size": 12},
    )  # fmt: skip
    dressed(figure, say("flows_title"), round(plan.height * 1.7))
    figure.update_xaxes(visible=False, range=[-0.5, COLUMNS - 0.5], fixedrange=True)
    figure.update_yaxes(visible=False, autorange=False, range=[plan.height, 0])
    return figure.update_layout(width=1120, margin={"t": 90, "l": 10, "r": 10}, showlegend=True)
