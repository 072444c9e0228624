"""Expected against experienced, a row for each determinant."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.quality import Quality
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped


def quality_chart(quality: Quality) -> go.Figure:
    """Draw bad experiences to the left, good to the right, expectations as open circles."""
    say = words(quality.language)
    names = [wrapped(quality.study.codebook[d.code].label.say(quality.language))
             for d in quality.determinants]  # fmt: skip
    bad = [quality.people(d.bad) for d in quality.determinants]
    good = [quality.people(d.good) for d in quality.determinants]
    hope = [quality.people(d.expected) for d in quality.determinants]
    line = {"color": INK, "width": 1}
    figure = go.Figure(
        [
            go.Bar(
                y=names,
                x=[-n for n in bad],
                orientation="h",
                name=say("experienced_bad"),
                customdata=bad,
                hovertemplate="%{customdata}",
                marker={"color": VERMILION, "line": line, "pattern": {"shape": "/"}},
            ),
            go.Bar(
                y=names,
                x=good,
                orientation="h",
                name=say("experienced_good"),
                hovertemplate="%{x}",
                marker={"color": BLUE, "line": line},
            ),
            go.Scatter(
                y=names,
                x=hope,
                mode="markers",
                name=say("expected"),
                hovertemplate="%{x}",
                marker={
                    "color": "rgba(255,255,255,0.9)",
                    "size": 11,
                    "line": {"color": INK, "width": 2},
                },
            ),
        ]
    )
    most = max([*bad, *good, *hope, 1])
    step = max(1, round(most / 4))
    ticks = list(range(0, most + 1, step))
    marks = [-t for t in reversed(ticks[1:])] + ticks
    title = say("quality_figure", n=quality.of)
    figure.update_xaxes(tickvals=marks, ticktext=[str(abs(t)) for t in marks], zerolinecolor=INK)
    return dressed(figure, title, len(names)).update_layout(barmode="relative")
