"""How many people speak of what: bars, and codes by segments as shades."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.counts import Counts
from workbench.reports.charts.dress import BLUE, INK, dressed, wrapped


def counts_chart(counts: Counts) -> go.Figure:
    """Draw the number of people for each code, most at the top."""
    names = [wrapped(counts.study.codebook[c].label.say(counts.language)) for c, _ in counts.rows]
    people = [len(t.people) for _, t in counts.rows]
    figure = go.Figure(
        go.Bar(
            y=names,
            x=people,
            text=people,
            textposition="outside",
            cliponaxis=False,
            orientation="h",
            hovertemplate="%{x}",
            marker={"color": BLUE, "line": {"color": INK, "width": 1}},
        )
    )
    title = words(counts.language)("codes_title")
    figure.update_xaxes(range=[0, max(counts.of, 1)], dtick=max(1, counts.of // 6))
    return dressed(figure, f"{title} (n = {counts.of})", len(names))
