"""Points in a field: importance against performance, and salience against experience."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.importance import Importance
from workbench.findings.salience import Salience
from workbench.reports.charts.dress import BLUE, INK, dressed

_WIDE, _HIGH, _LETTER, _LINE, _DOT = 560, 400, 7.5, 18, 24
"""Pixels: the field of a figure 700 wide, a letter, a line of text, and a dot with its number."""


def importance_chart(result: Importance) -> go.Figure:
    """Draw each code by importance (across) and mean experience (upwards), in four quadrants."""
    say = words(result.language)
    across = [p.importance for p in result.points]
    up = [p.performance for p in result.points]
    names = [f"{result.label(p.code)} (n = {p.n})" for p in result.points]
    x, y = result.cross
    figure = _field(across, up, names, _ends([*across, x]), _ends([*up, y]))
    line = {"color": INK, "width": 1, "dash": "dot"}
    figure.add_vline(x=x, line=line).add_hline(y=y, line=line)
    corners = {"concentrate": (1, 0), "keep": (1, 1), "low": (0, 0), "overkill": (0, 1)}
    for name, (right, top) in corners.items():
        figure.add_annotation(
            text=f"<i>{say(f'survey_quadrant_{name}')}</i>", showarrow=False,
            xref="paper", yref="paper", x=right, y=1.07 * top - 0.01 * (1 - top),
            xanchor="right" if right else "left", yanchor="top" if top else "bottom",
        )  # fmt: skip
    figure.update_xaxes(title=say(f"survey_importance_{result.kind}"))
    return figure.update_yaxes(title=say("survey_experienced"))


def salience_chart(result: Salience) -> go.Figure:
    """Draw each determinant by informants (across) and share with a bad experience (upwards)."""
    say, book = words(result.language), result.study.codebook
    across = [float(len(r.people)) for r in result.raised]
    up = [len(r.bad) / len(r.people) for r in result.raised]
    names = [
        f"{book[r.code].label.say(result.language)} ({len(r.bad)}/{len(r.people)})"
        for r in result.raised
    ]
    figure = _field(across, up, names, (0, result.of * 1.08), (-0.1, 1.1))
    figure.update_xaxes(title=say("salience_raised"), dtick=max(1, result.of // 6))
    figure.update_yaxes(title=say("salience_share"), tickvals=[0, 0.5, 1], ticktext=["0", "½", "1"])
    title = say("salience_title", n=result.of)
    return figure.update_layout(title={"text": title}, margin={"t": 60})


def _field(
    across: Sequence[float],
    up: Sequence[float],
    names: Sequence[str],
    ends: tuple[float, float],
    upper: tuple[float, float],
) -> go.Figure:
    """Return the points named beside them, or numbered with a key below if names would collide."""
    spots = [
        (
            (x - ends[0]) / (ends[1] - ends[0]) * _WIDE,
            (y - upper[0]) / (upper[1] - upper[0]) * _HIGH,
        )
        for x, y in zip(across, up, strict=True)
    ]
    numbered = _collide(spots, names)
    marks = _numbers(spots) if numbered else list(names)
    figure = go.Figure()
    for n, (x, y, name) in enumerate(zip(across, up, names, strict=True)):
        figure.add_scatter(
            x=[x], y=[y], mode="markers+text", text=[marks[n]],
            textposition="middle center" if numbered else "top center",
            name=f"{n + 1}  {name}" if numbered else name,
            showlegend=numbered, cliponaxis=False,
            hovertemplate=f"{name}<br>%{{x:.2f}}, %{{y:.2f}}<extra></extra>",
            textfont={"size": 11},
            marker={"color": "#ffffff" if numbered else BLUE, "size": 22 if numbered else 12,
                    "line": {"color": INK, "width": 1.5}, "opacity": 1},
        )  # fmt: skip
    figure = dressed(figure, "", 1)
    figure.update_xaxes(range=list(ends), zeroline=False, tickformat=",.2~f")
    figure.update_yaxes(range=list(upper), autorange=None, zeroline=False, tickformat=",.2~f")
    key = 22 * len(names) if numbered else 0
    return figure.update_layout(
        height=_HIGH + 150 + key,
        margin={"t": 50, "b": 70, "l": 60, "r": 30},
        legend={"orientation": "v", "x": 0, "xref": "container", "y": 0, "yref": "container",
                "yanchor": "bottom", "itemsizing": "constant", "itemclick": False},
    )  # fmt: skip


def _ends(values: Sequence[float]) -> tuple[float, float]:
    room = (max(values) - min(values)) * 0.15 or 0.5
    return min(values) - room, max(values) + room


def _collide(spots: Sequence[tuple[float, float]], names: Sequence[str]) -> bool:
    """Tell whether a name above its point would leave the field or lie on another name or point."""
    half = [_LETTER * len(name) / 2 for name in names]
    if any(x < h or x > _WIDE - h for (x, _), h in zip(spots, half, strict=True)):
        return True
    return any(
        abs(a[0] - b[0]) < half[i] + max(half[j], _DOT / 2) and abs(a[1] - b[1]) < 2 * _LINE
        for i, a in enumerate(spots)
        for j, b in enumerate(spots)
        if i != j
    )


def _numbers(spots: Sequence[tuple[float, float]]) -> list[str]:
    """Return the number of each point; of points on top of one another the last shows all."""
    marks = [str(n + 1) for n in range(len(spots))]
    for n, (x, y) in enumerate(spots):
        for later in range(n + 1, len(spots)):
            if abs(x - spots[later][0]) < _DOT and abs(y - spots[later][1]) < _DOT:
                marks[later] = f"{marks[n]}, {marks[later]}" if marks[n] else marks[later]
                marks[n] = ""
                break
    return marks
