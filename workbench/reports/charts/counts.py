"""How many people speak of what: bars, and codes by segments as shades."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.counts import Counts, Cross
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


def cross_chart(cross: Cross) -> go.Figure:
    """Draw codes by segments as a table of shades with the numbers written in it."""
    book, segments = cross.study.codebook, cross.study.segments
    rows = [wrapped(segments[s].label.say(cross.language), 34) for s in cross.segments]
    columns = [wrapped(book[c].label.say(cross.language)) for c in cross.codes]
    share = [
        [cross.cells.get((c, s), 0) / cross.of[s] if cross.of[s] else 0 for c in cross.codes]
        for s in cross.segments
    ]
    text = [
        [f"{cross.cells.get((c, s), 0)}/{cross.of[s]}" for c in cross.codes] for s in cross.segments
    ]
    figure = go.Figure(
        go.Heatmap(
            z=share,
            x=columns,
            y=rows,
            text=text,
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=[[0, "#ffffff"], [1, "#8ec1e6"]],
            showscale=False,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    figure.update_xaxes(side="top", tickangle=-45, automargin=True)
    return dressed(figure, "", len(rows))
