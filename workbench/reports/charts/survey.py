"""Expected and experienced means of a survey, joined where the same people answered both."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.survey import Mean, Score, Scores
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped


def survey_chart(scores: Scores) -> go.Figure:
    """Draw expectation as open circle and experience as dot, with a line between.

    Only numbers that may be printed are drawn. Where both are there, both are of the people who
    answered both, so that the line is the gap; it is dashed where experience falls short.
    """
    exact = scores.study.settings.privacy.exact
    rows = [s for s in scores.scores if s.experienced.n >= exact]
    pairs = [s for s in rows if s.gap.n >= exact]
    names = {s.code: _name(scores, s, s in pairs) for s in rows}
    say = words(scores.language)
    figure = go.Figure()
    for s in pairs:
        short = (s.gap.value or 0) < 0
        figure.add_scatter(
            y=[names[s.code]] * 2,
            x=[s.hoped.value, s.of_pairs.value],
            mode="lines+text",
            text=[f"  {scores.said(Mean(s.gap.n, s.gap.value), signed=True)}", ""],
            textposition="top right" if short else "top left",
            line={"color": VERMILION if short else BLUE, "width": 3,
                  "dash": "4px,2px" if short else "solid"},
            showlegend=False,
            hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        y=[names[s.code] for s in pairs],
        x=[s.hoped.value for s in pairs],
        mode="markers",
        name=say("survey_expected"),
        hovertemplate="%{x:.2f}",
        marker={"color": "#ffffff", "size": 12, "line": {"color": INK, "width": 2}},
    )
    figure.add_scatter(
        y=list(names.values()),
        x=[(s.of_pairs if s in pairs else s.experienced).value for s in rows],
        mode="markers",
        name=say("survey_experienced"),
        hovertemplate="%{x:.2f}",
        marker={"color": BLUE, "size": 12, "line": {"color": INK, "width": 1}},
    )
    scale = scores.scale
    room = 0.03 * (scale.high - scale.low)
    figure.update_xaxes(range=[scale.low - room, scale.high + room], dtick=1, side="top")
    figure.update_yaxes(categoryorder="array", categoryarray=list(names.values()))
    title = say("survey_figure", low=f"{scale.low:g}", high=f"{scale.high:g}")
    height = sum(34 + 16 * name.count("<br>") for name in names.values())
    figure = dressed(figure, title, len(rows)).update_layout(margin={"t": 90, "b": 60})
    return figure.update_layout(height=max(figure.layout.height + 60, 190 + height))


def _name(scores: Scores, score: Score, paired: bool) -> str:
    n = score.gap.n if paired else score.experienced.n
    return f"{wrapped(scores.label(score.code))}<br>n = {n}"
