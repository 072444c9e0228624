"""New codes interview by interview, the band of drawn orders, and new information below it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.base.languages import number, words
from workbench.findings.saturation import Saturation
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed

_MOST_NAMES = 60
"""With more interviews than this the axis names only some of them."""


def saturation_chart(saturation: Saturation) -> go.Figure:
    """Draw codes so far with new ones as bars and drawn orders as a band, and the ratio below.

    Below, filled marks lie within the threshold and open ones above it; with too few interviews
    to judge there is nothing below.
    """
    c = saturation.curve
    rows = 2 if c.judged else 1
    figure = make_subplots(
        rows=rows, cols=1, shared_xaxes=True, vertical_spacing=0.06,
        row_heights=[0.68, 0.32][:rows],
    )  # fmt: skip
    places = [f"{n} · {d.id}" for n, d in enumerate(saturation.documents, 1)]
    _codes(figure, saturation, places)
    if c.judged:
        _ratios(figure, saturation, places)
    dressed(figure, "", 10)
    figure.update_yaxes(autorange=True, rangemode="tozero")
    figure.update_xaxes(
        tickangle=-90, ticks="outside", ticklen=8, tickcolor="rgba(0,0,0,0)", row=rows, col=1
    )
    if len(places) <= _MOST_NAMES:
        figure.update_xaxes(tickmode="array", tickvals=places, row=rows, col=1)
    return figure.update_layout(
        height=200 + 180 * rows, margin={"t": 90, "b": 80}, bargap=0.3,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )  # fmt: skip


def _codes(figure: go.Figure, saturation: Saturation, places: list[str]) -> None:
    say, c = words(saturation.language), saturation.curve
    for bound, fill in ((c.low, None), (c.high, "tonexty")):
        if len(bound):
            figure.add_scatter(
                x=places, y=bound, mode="lines", fill=fill, fillcolor="rgba(0,114,178,0.15)",
                line={"color": BLUE, "width": 1, "dash": "dot"}, hoverinfo="skip",
                name=say("saturation_band"), showlegend=fill is not None, row=1, col=1,
            )  # fmt: skip
    figure.add_bar(
        x=places, y=c.new, name=say("saturation_new"), hovertemplate="%{y}<extra></extra>",
        marker={"color": "#ffffff", "line": {"color": INK, "width": 1.2},
                "pattern": {"shape": "/", "fgcolor": VERMILION}}, row=1, col=1,
    )  # fmt: skip
    figure.add_scatter(
        x=places, y=c.total, mode="lines+markers", name=say("saturation_total"),
        line={"color": INK, "width": 2.5}, marker={"size": 4},
        hovertemplate="%{y}<extra></extra>", row=1, col=1,
    )  # fmt: skip


def _ratios(figure: go.Figure, saturation: Saturation, places: list[str]) -> None:
    say, c = words(saturation.language), saturation.curve
    judged = np.flatnonzero(np.isfinite(c.ratios)).tolist()
    figure.add_scatter(
        x=[places[n] for n in judged], y=[c.ratios[n] for n in judged], mode="lines+markers",
        text=[c.fraction(n) for n in judged], name=say("saturation_ratio"), cliponaxis=False,
        line={"color": INK, "width": 1}, hovertemplate="%{text}<extra></extra>",
        marker={"size": 9, "color": [BLUE if c.under[n] else "#ffffff" for n in judged],
                "line": {"color": INK, "width": 1.5}}, row=2, col=1,
    )  # fmt: skip
    threshold = number(c.rule.threshold, saturation.language)
    dashed = {"color": VERMILION, "width": 2, "dash": "dash"}
    figure.add_hline(
        y=c.rule.threshold, line=dashed, annotation_position="top right", row=2, col=1,
        annotation_text=say("saturation_limit", threshold=threshold),
        annotation_font={"color": INK, "size": 12},
    )  # fmt: skip
    if c.first is not None:
        figure.add_vline(x=c.first, line=dashed, row="all", col=1)
    figure.update_yaxes(title_text=say("saturation_ratio"), row=2, col=1)
