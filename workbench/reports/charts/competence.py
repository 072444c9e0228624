"""The competence matrix as a field of levels, with holders against the least beside each."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.care.cover import level
from workbench.care.handlers import Area
from workbench.practice.competence import Competence
from workbench.reports.charts.dress import dressed, tilted, wrapped

_LEVELS = [[0, "#ffffff"], [0.33, "#e3eef7"], [0.67, "#8ec1e6"], [1, "#3d93cc"]]


def competence_chart(competence: Competence) -> go.Figure:
    """Draw areas as rows and handlers as columns, the level written in each cell; 0 stays empty.

    Each row says how many hold its area of how many must; too few are marked with ▲.
    """
    rows = [_name(area, competence) for area in competence.areas]
    levels = [[level(h, a.id) for h in competence.handlers] for a in competence.areas]
    columns = [h.id for h in competence.handlers]
    figure = go.Figure(
        go.Heatmap(
            z=levels,
            y=rows,
            text=[[str(n or "") for n in row] for row in levels],
            texttemplate="%{text}",
            zmin=0,
            zmax=3,
            colorscale=_LEVELS,
            showscale=False,
            customdata=[columns] * len(rows),
            hovertemplate="%{y}<br>%{customdata}: %{z}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    return tilted(dressed(figure, "", len(rows)), columns)


def _name(area: Area, competence: Competence) -> str:
    n = len(competence.holders(area))
    mark = "\u00a0▲" if n < area.least else ""
    return wrapped(f"{area.label.say(competence.language)} ({n}/{area.least}{mark})", 38)
