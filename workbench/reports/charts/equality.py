"""Equal service: the survey's mean of competence, group beside group, where it may be told."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.equality import EqualService, Served
from workbench.findings.results import NoChart
from workbench.reports.charts.dress import BLUE, INK, dressed, wrapped


def equality_chart(found: EqualService) -> go.Figure:
    """Draw a point for each group whose mean may be told, on the whole scale; say why others not.

    Raises `NoChart` without a survey: what interviews tell is people, and stands in the table.
    """
    if found.scores is None:
        raise NoChart(found)
    say, scale = words(found.language), found.scores.scale
    told = [g for g in found.groups if _told(g, found)]
    names = {
        g.name: wrapped(g.label if g in told else f"{g.label} ({found.mean(g)})", 40)
        for g in found.groups
    }
    figure = go.Figure(
        go.Scatter(
            x=[g.survey.value for g in told],
            y=[names[g.name] for g in told],
            mode="markers+text",
            text=[found.mean(g) for g in told],
            textposition="top center",
            cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
            marker={"size": 12, "color": BLUE, "line": {"color": INK, "width": 1}},
        )
    )
    figure.update_xaxes(side="top", range=[scale.low, scale.high], dtick=1)
    figure = dressed(figure, say("equal_figure"), len(names))
    figure.update_yaxes(categoryorder="array", categoryarray=list(names.values()),
                        range=[len(names) - 0.5, -0.7], autorange=False)  # fmt: skip
    return figure.update_layout(height=figure.layout.height + 12 * len(names), margin={"t": 90})


def _told(group: Served, found: EqualService) -> bool:
    exact = found.study.settings.privacy.exact
    return group.survey.n >= exact and group.name not in found.worded
