"""Actions by level: a bar for each level from management to system, its actions named in it."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.levels import Levels, name_of_level
from workbench.reports.charts.dress import BLUE, INK, dressed, wrapped


def levels_chart(levels: Levels) -> go.Figure:
    """Draw a bar for each level, in the order from management to system; it may be empty."""
    say = words(levels.language)
    names = [wrapped(name_of_level(level, levels.language)) for level in levels.actions]
    counts = [len(own) for own in levels.actions.values()]
    told = [wrapped(", ".join(a.id for a in own), 60) for own in levels.actions.values()]
    figure = go.Figure(
        go.Bar(
            y=names,
            x=counts,
            text=counts,
            textposition="outside",
            cliponaxis=False,
            orientation="h",
            customdata=told,
            hovertemplate="%{y}: %{x}<br>%{customdata}<extra></extra>",
            marker={"color": BLUE, "line": {"color": INK, "width": 1}},
        )
    )
    figure.update_xaxes(range=[0, max(counts) + 1], dtick=2)
    return dressed(figure, wrapped(say("levels_title"), 58), len(names))
