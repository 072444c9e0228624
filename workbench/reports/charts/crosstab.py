"""Codes by groups: a field of shades with the people written in each cell."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.findings.crosstab import Crosstab
from workbench.reports.charts.dress import dressed, tilted, wrapped


def crosstab_chart(crosstab: Crosstab) -> go.Figure:
    """Draw groups as rows and codes as columns, or the other way round if that is higher."""
    people, of = crosstab.people, [len(g.of) for g in crosstab.groups]
    share = [[n / m if m else 0 for n, m in zip(row, of, strict=True)] for row in people]
    text = [[f"{n}/{m}" for n, m in zip(row, of, strict=True)] for row in people]
    codes, groups = crosstab.labels(), [g.label for g in crosstab.groups]
    if len(codes) < len(groups):
        share, text = ([list(row) for row in zip(*x, strict=True)] for x in (share, text))
        codes, groups = groups, codes
    figure = go.Figure(
        go.Heatmap(
            z=share,
            y=[wrapped(c, 34) for c in codes],
            text=text,
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=[[0, "#ffffff"], [1, "#8ec1e6"]],
            showscale=False,
            customdata=[groups] * len(codes),
            hovertemplate="%{y}<br>%{customdata}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    return tilted(dressed(figure, "", len(codes)), groups)
