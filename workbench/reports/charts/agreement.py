"""How far coders agree on each code, with its interval."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.agreement import Agreement
from workbench.reports.charts.dress import BLUE, INK, dressed, wrapped


def agreement_chart(agreement: Agreement) -> go.Figure:
    """Draw alpha of each code with its interval, open where a coder never used the code."""
    say, book = words(agreement.language), agreement.study.codebook
    drawn = [row for row in agreement.rows if row.alpha.value is not None]
    labels = [book[r.code].label.say(agreement.language) if r.code else "" for r in drawn]
    names = [wrapped(label or say("agreement_all")) for label in labels]
    values = [row.alpha.value or 0 for row in drawn]
    ends = [(row.alpha.low, row.alpha.high) for row in drawn]
    above = [0 if high is None else high - v for v, (_, high) in zip(values, ends, strict=True)]
    below = [0 if low is None else v - low for v, (low, _) in zip(values, ends, strict=True)]
    figure = go.Figure(
        go.Scatter(
            y=names,
            x=values,
            mode="markers",
            error_x={"array": above, "arrayminus": below, "color": INK, "thickness": 1.5},
            hovertemplate="%{x:.2f}<extra></extra>",
            marker={
                "color": ["#ffffff" if row.never else BLUE for row in drawn],
                "size": 10,
                "line": {"color": INK, "width": 1.5},
            },
        )
    )
    figure.update_xaxes(range=[-0.5, 1.05], dtick=0.25, zerolinecolor=INK, side="top")
    return dressed(figure, say("agreement_figure"), len(names)).update_layout(margin={"t": 90})
