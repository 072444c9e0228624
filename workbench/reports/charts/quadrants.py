"""Points in a field: importance against performance, and salience against experience."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.importance import Importance
from workbench.findings.salience import Salience
from workbench.reports.charts.dress import BLUE, INK, dressed

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
_WIDE, _HIGH, _LETTER, _LINE, _DOT = 560, 400, 7.5, 16, 6
"""Pixels: the field of a figure 700 wide, a letter, a line of text, and half a dot."""

_AROUND = {
    "top center": (0, 1), "middle right": (1, 0), "middle left": (-1, 0), "bottom center": (0, -1),
    "top right": (1, 1), "top left": (-1, 1), "bottom right": (1, -1), "bottom left": (-1, -1),
}  # fmt: skip


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
    title = say("survey_importance_figure")
    figure.update_layout(title={"text": title}, margin={"t": 80}, height=figure.layout.height + 30)
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
    marks, places = list(names), _places(spots, names)
    numbered = places is None
    if places is None:
        marks = [str(n) for n in range(1, len(names) + 1)]
        places = _places(spots, marks) or ["top center"] * len(names)
    figure = go.Figure(
        go.Scatter(
            x=list(across),
            y=list(up),
            mode="markers+text",
            text=marks,
            textposition=places,
            cliponaxis=False,
            customdata=list(names),
            hovertemplate="%{customdata}<br>%{x:.2f}; %{y:.2f}<extra></extra>",
            marker={"color": BLUE, "size": 2 * _DOT, "line": {"color": INK, "width": 1}},
        )
    )
    figure = dressed(figure, "", 1)
    figure.update_xaxes(range=list(ends), zeroline=False, tickformat=",.2~f")
    figure.update_yaxes(range=list(upper), autorange=None, zeroline=False, tickformat=",.2~f")
    key = [f"{n}  {name}" for n, name in enumerate(names, 1)] if numbered else []
    low = 70 + _LINE * len(key)
    figure.add_annotation(
        text="<br>".join(key), showarrow=False, align="left", xref="paper", yref="paper",
        x=0, y=0, xanchor="left", yanchor="top", yshift=-60, font={"size": 12},
    )  # fmt: skip
    margin = {"t": 50, "b": low, "l": 60, "r": 30}
    return figure.update_layout(height=_HIGH + 50 + low, margin=margin, showlegend=False)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    room = (max(values) - min(values)) * 0.15 or 0.5
    return min(values) - room, max(values) + room


def _places(spots: Sequence[Spot], texts: Sequence[str]) -> list[str] | None:
    """Return where each text stands beside its dot, or None if one has no free place."""
    dots = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in spots]
    taken: list[Box] = []
    places = []
    for n, (spot, text) in enumerate(zip(spots, texts, strict=True)):
        others = [*taken, *dots[:n], *dots[n + 1 :]]
        free = (
            (place, box)
            for place, step in _AROUND.items()
            if _inside(box := _box(spot, text, step)) and not any(_meet(box, o) for o in others)
        )
        place, box = next(free, ("", dots[n]))
        if not place:
            return None
        places.append(place)
        taken.append(box)
    return places


def _box(spot: Spot, text: str, step: tuple[int, int]) -> Box:
    """Return the box of a text that stands `step` (right, up) of its dot."""
    half, (right, up) = _LETTER * len(text) / 2, step
    x, y = spot[0] + right * (half + _DOT), spot[1] + up * (_LINE / 2 + _DOT)
    return (x - half, y - _LINE / 2, x + half, y + _LINE / 2)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= _WIDE and box[3] <= _HIGH
