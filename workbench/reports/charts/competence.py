"""The competence matrix as a field of levels, with holders against the least beside it."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.care.cover import level
from workbench.practice.competence import Competence
from workbench.reports.charts.dress import dressed, tilted, wrapped

_LEVELS = [[0, "#ffffff"], [0.33, "#e3eef7"], [0.67, "#8ec1e6"], [1, "#3d93cc"]]


def competence_chart(competence: Competence) -> go.Figure:
    """Draw areas as rows and handlers as columns, the level written in each cell; 0 stays empty.

    The last column says how many hold an area of how many must; too few are marked with ▲.
    """
    say = words(competence.language)
    rows = [wrapped(area.label.say(competence.language), 38) for area in competence.areas]
    levels = [[level(h, a.id) for h in competence.handlers] for a in competence.areas]
    counts = [f"{len(competence.holders(a))}/{a.least}" for a in competence.areas]
    short = {a.id for a in competence.short}
    marks = [
        f"{count} ▲" if area.id in short else count
        for count, area in zip(counts, competence.areas, strict=True)
    ]
    text = [[*(str(n or "") for n in row), mark] for row, mark in zip(levels, marks, strict=True)]
    columns = [*(h.id for h in competence.handlers), say("competence_holders")]
    figure = go.Figure(
        go.Heatmap(
            z=[[*row, 0] for row in levels],
            y=rows,
            text=text,
            texttemplate="%{text}",
            zmin=0,
            zmax=3,
            colorscale=_LEVELS,
            showscale=False,
            customdata=[columns] * len(rows),
            hovertemplate="%{y}<br>%{customdata}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    return tilted(dressed(figure, "", len(rows)), columns)
