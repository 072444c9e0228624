"""Codes that stand together, as a network: numbers in the circles, their names in a key."""

from __future__ import annotations

import networkx as nx
import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.cooccurrence import CoOccurrence
from workbench.reports.charts.dress import INK, dressed, wrapped

MOST = 24
"""Pairs that are drawn, those of most people; more cannot be told apart. The table has them all."""


def network_chart(together: CoOccurrence) -> go.Figure:
    """Draw the pairs most people speak of; the number on a line is people."""
    say, book = words(together.language), together.study.codebook
    pairs = [p for p in together.pairs if p.people][:MOST]
    graph = nx.Graph()
    for p in pairs:
        graph.add_edge(p.one, p.other, people=p.people)
    places = _circle(graph)
    number = {code: n for n, code in enumerate(sorted(graph, key=lambda c: -graph.degree(c)), 1)}
    figure = go.Figure()
    most = max([p.people for p in pairs], default=1)
    for p in pairs:
        (x, y), (u, v) = places[p.one], places[p.other]
        width = 1 + 5 * p.people / most
        figure.add_scatter(x=[x, u], y=[y, v], mode="lines", hoverinfo="skip", showlegend=False,
                           line={"color": "#a3a3a3", "width": width})  # fmt: skip
        figure.add_annotation(x=0.65 * x + 0.35 * u, y=0.65 * y + 0.35 * v, text=str(p.people),
                              showarrow=False, bgcolor="#ffffff", borderpad=0)  # fmt: skip
    label = {c: book[c].label.say(together.language) for c in number}
    figure.add_scatter(
        x=[places[c][0] for c in number], y=[places[c][1] for c in number], mode="markers+text",
        text=[str(n) for n in number.values()], showlegend=False, textfont={"size": 12},
        customdata=list(label.values()), hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 26, "color": "#cfe3f3", "line": {"color": INK, "width": 1.5}},
    )  # fmt: skip
    key = "<br>".join(f"<b>{n}</b> {wrapped(label[c], 32)}" for c, n in number.items())
    figure.add_annotation(
        x=1, y=1, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left",
        text=key, showarrow=False, xshift=15, font={"size": 12},
    )  # fmt: skip
    figure.update_xaxes(visible=False)
    lines = key.count("<br>") + 1
    dressed(figure, say("network_key"), max(14, round(lines * 0.52)))
    figure.update_yaxes(visible=False, autorange=True)
    return figure.update_layout(margin={"r": 270, "l": 20})


def _circle(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Put the codes on a circle, those that stand together near one another: none hides another."""
    order: list[str] = []
    for part in map(sorted, nx.connected_components(graph)):
        if len(part) > 2:
            own = nx.Graph()
            own.add_nodes_from(part)
            own.add_edges_from(graph.subgraph(part).edges)
            values = nx.fiedler_vector(own, seed=1)
            along = (values if values[0] > 0 else -values).round(6)  # alike but for rounding
            part.sort(key=dict(zip(part, along.tolist(), strict=True)).__getitem__)
        order += part
    found = nx.circular_layout(nx.Graph(dict.fromkeys(order, ())))
    return {code: (float(x), float(y)) for code, (x, y) in found.items()}
