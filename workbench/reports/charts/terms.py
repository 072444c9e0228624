"""How many people of a segment, and how many of the others, use each word."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.concordance.terms import Terms
from workbench.reports.charts.dress import BLUE, INK, dressed


def terms_chart(terms: Terms) -> go.Figure:
    """Draw a dumbbell for each word: filled the segment, open the others, people beside them."""
    say = words(terms.language)
    names = [t.word for t in terms.terms]
    inside = [t.inside / terms.of for t in terms.terms]
    outside = [t.outside / terms.others for t in terms.terms]
    figure = go.Figure()
    for name, one, other in zip(names, inside, outside, strict=True):
        figure.add_scatter(
            x=[other, one], y=[name, name], mode="lines", hoverinfo="skip", showlegend=False,
            line={"color": INK, "width": 2},
        )  # fmt: skip
    for shares, people, of, key, colour, side in (
        (outside, [t.outside for t in terms.terms], terms.others, "outside", "#ffffff", "left"),
        (inside, [t.inside for t in terms.terms], terms.of, "inside", BLUE, "right"),
    ):
        figure.add_scatter(
            x=shares, y=names, mode="markers+text", name=say(f"terms_{key}"),
            text=[f"{n}/{of}" for n in people], textposition=f"middle {side}", cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            marker={"size": 12, "color": colour, "line": {"color": INK, "width": 1.5}},
        )  # fmt: skip
    ends = (say("terms_none"), say("terms_half"), say("terms_all"))
    figure.update_xaxes(
        range=[-0.12, 1.12], tickvals=[0, 0.5, 1], ticktext=ends, side="top", zeroline=False
    )
    return dressed(figure, say("terms_figure"), len(names)).update_layout(
        margin={"t": 90, "b": 60}, title={"yref": "container", "y": 0.985, "yanchor": "top"}
    )
