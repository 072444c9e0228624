"""Which action first: evidence against effort, and below it the key with how firmly each stands."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.care.claims import Effort, Grade, Horizon
from workbench.findings.priorities import TOP, Priorities, Standing
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped

Bands = Sequence[tuple[Grade | None, int]]
_GRADES = (Grade.BROAD, Grade.REPEATED, Grade.CONTESTED, Grade.SINGLE, None)
_ACROSS, _STEP = 4, 0.24
_BAND, _KEY, _BETWEEN, _TOP, _LEFT, _BOTTOM = 50, 40, 130, 140, 110, 40
_TEXT = 0.5
"""The part of the width, beyond the left margin, that the key's text takes."""
_LINE, _GREY = "#c8c8c8", "#d9d9d9"
_SOON = {
    Horizon.NEXT_ENCOUNTER: ("circle", BLUE, "#ffffff"),
    Horizon.MONTHS: ("square", "#ffffff", INK),
    Horizon.YEARS: ("diamond", "#e69f00", INK),
}
"""Symbol, fill and figure for each horizon: form and lightness differ, not colour alone."""


def priorities_chart(priorities: Priorities) -> go.Figure:
    """Draw each action on evidence × effort, then the key of ranks with how far each moves.

    What cannot wait (pay, safety, law) has a thick outline, said in the legend; equal ranks get
    letters, so that each mark has one line in the key.
    """
    say, rows = words(priorities.language), priorities.rows
    marks = _marks(rows)
    spots, bands = _spots(rows)
    upper = max(sum(deep for _, deep in bands), 1) * _BAND
    lower = max(len(rows), 1) * _KEY
    whole = upper + _BETWEEN + lower
    figure = go.Figure(
        [
            *_actions(rows, spots, marks, priorities.language),
            *_legend(rows, priorities.language),
            _ranks(rows, priorities.language),
        ]
    )
    dressed(figure, wrapped(say("priorities_figure"), 58), 0).update_layout(
        height=whole + _TOP + _BOTTOM,
        margin={"t": _TOP, "b": _BOTTOM, "l": _LEFT, "r": 20},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "yref": "paper"},
        title_y=1 - 12 / (whole + _TOP + _BOTTOM),
        title_yanchor="top",
    )
    _matrix_axes(figure, bands, priorities.language, (lower + _BETWEEN) / whole)
    _key_axes(figure, priorities, marks, lower / whole)
    return figure


def _marks(rows: Sequence[Standing]) -> dict[str, str]:
    """Return what marks each action: its rank, with a letter where ranks are equal."""
    shared = Counter(s.rank for s in rows)
    seen: Counter[int] = Counter()
    marks = {}
    for s in rows:
        letter = chr(ord("a") + seen[s.rank]) if shared[s.rank] > 1 else ""
        seen[s.rank] += 1
        marks[s.action.id] = f"{s.rank}{letter}"
    return marks


def _spots(rows: Sequence[Standing]) -> tuple[dict[str, tuple[float, float]], Bands]:
    """Return where each action stands, side by side in its cell, and how deep each band is."""
    cells: dict[tuple[Grade | None, Effort], list[str]] = defaultdict(list)
    for s in rows:
        cells[s.rungs.grade, s.rungs.effort].append(s.action.id)
    spots, bands, top = {}, [], 0
    for grade in _GRADES:
        deep = max(-(-len(cells[grade, effort]) // _ACROSS) for effort in Effort)
        for x, effort in enumerate(Effort):
            cell = cells[grade, effort]
            lines = [cell[n : n + _ACROSS] for n in range(0, len(cell), _ACROSS)]
            for y, line in enumerate(lines):
                for n, name in enumerate(line):
                    left = x - (len(line) - 1) / 2 * _STEP
                    spots[name] = (left + n * _STEP, top + (deep - len(lines)) / 2 + y + 0.5)
        bands += [(grade, deep)] if deep else []
        top += deep
    return spots, bands


def _actions(
    rows: Iterable[Standing],
    spots: dict[str, tuple[float, float]],
    marks: dict[str, str],
    language: str,
) -> Iterable[go.Scatter]:
    for horizon, (symbol, fill, ink) in _SOON.items():
        own = [s for s in rows if s.rungs.horizon is horizon]
        outline = {
            "color": [VERMILION if s.rungs.urgent else INK for s in own],
            "width": [4 if s.rungs.urgent else 1 for s in own],
        }
        yield go.Scatter(
            x=[spots[s.action.id][0] for s in own],
            y=[spots[s.action.id][1] for s in own],
            mode="markers+text",
            text=[marks[s.action.id] for s in own],
            textfont={"color": ink, "size": 12},
            showlegend=False,
            hovertext=[_hover(s, language) for s in own],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": symbol, "color": fill, "size": 27, "line": outline},
        )


def _legend(rows: Sequence[Standing], language: str) -> Iterable[go.Scatter]:
    """Return empty traces that say what forms and the thick outline mean."""
    say = words(language)
    for horizon, (symbol, fill, _) in _SOON.items():
        if any(s.rungs.horizon is horizon for s in rows):
            line = {"color": INK, "width": 1}
            marker = {"symbol": symbol, "color": fill, "size": 14, "line": line}
            name = say(f"horizon_{horizon}")
            yield go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=marker)
    if any(s.rungs.urgent for s in rows):
        line = {"color": VERMILION, "width": 4}
        marker = {"symbol": "circle", "color": "#ffffff", "size": 14, "line": line}
        name = say("priorities_urgent_outline")
        yield go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=marker)


def _ranks(rows: Sequence[Standing], language: str) -> go.Scatter:
    """Return the ladder's ranks with the range each moves in, a row each."""
    return go.Scatter(
        x=[s.ladder for s in rows],
        y=list(range(len(rows))),
        xaxis="x2",
        yaxis="y2",
        mode="markers",
        showlegend=False,
        error_x={
            "array": [s.spread[1] - s.ladder for s in rows],
            "arrayminus": [s.ladder - s.spread[0] for s in rows],
            "color": INK,
            "thickness": 3,
            "width": 6,
        },
        hovertext=[_hover(s, language) for s in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": "#56b4e9", "size": 12, "line": {"color": INK, "width": 1.5}},
    )


def _hover(s: Standing, language: str) -> str:
    said = wrapped(f"{s.action.id} {s.action.what.say(language)}", 60)
    return f"{said}<br>{', '.join(f.id for f in s.findings)}"


def _matrix_axes(figure: go.Figure, bands: Bands, language: str, bottom: float) -> None:
    say = words(language)
    edges = [0]
    for _, deep in bands:
        edges.append(edges[-1] + deep)
    names = [say(f"grade_{grade}") if grade else say("priorities_no_words") for grade, _ in bands]
    efforts = [say(f"effort_{effort}") for effort in Effort]
    shapes = [{"x0": -0.5, "x1": 2.5, "y0": y, "y1": y} for y in edges]
    shapes += [{"x0": x, "x1": x, "y0": 0, "y1": edges[-1]} for x in (-0.5, 0.5, 1.5, 2.5)]
    for shape in shapes:
        figure.add_shape(type="line", line={"color": _LINE, "width": 1}, **shape)
    figure.update_layout(
        xaxis={
            "range": [-0.5, 2.5], "tickvals": [0, 1, 2], "ticktext": efforts, "anchor": "y",
            "title": {"text": say("effort"), "standoff": 6}, "showgrid": False, "zeroline": False,
        },
        yaxis={
            "range": [max(edges[-1], 1), 0], "domain": [bottom, 1], "autorange": False,
            "tickvals": [(a + b) / 2 for a, b in pairwise(edges)],
            "ticktext": [wrapped(name, 14) for name in names],
            "showgrid": False, "zeroline": False, "automargin": False,
        },
    )  # fmt: skip


def _key_axes(figure: go.Figure, priorities: Priorities, marks: dict[str, str], top: float) -> None:
    say, rows = words(priorities.language), priorities.rows
    last = max(len(rows), 1)
    figure.update_layout(
        xaxis2={
            "range": [0.4, last + 3.6], "domain": [_TEXT, 1], "anchor": "y2", "showgrid": False,
            "zeroline": False, "tickvals": sorted({1, TOP, *range(5, last + 1, 5)}), "tickangle": 0,
        },
        yaxis2={
            "range": [last - 0.5, -0.5], "domain": [0, top], "anchor": "x2", "autorange": False,
            "showticklabels": False, "tickvals": list(range(last)), "zeroline": False,
        },
    )  # fmt: skip
    figure.add_shape(
        type="rect", x0=0.5, x1=TOP + 0.5, y0=-0.5, y1=last - 0.5, xref="x2", yref="y2",
        fillcolor=_GREY, opacity=0.5, line_width=0, layer="below",
    )  # fmt: skip
    said = say("priorities_stays_axis", n=priorities.left_out)
    left = {"showarrow": False, "x": 0, "xref": "paper", "xanchor": "left", "align": "left"}
    figure.add_annotation(
        text=wrapped(said, 70), y=top, yref="paper", yanchor="bottom", yshift=6,
        xshift=8 - _LEFT, **left,
    )  # fmt: skip
    for row, s in enumerate(rows):
        text = "<br>".join(
            textwrap.wrap(
                f"{s.action.id} {s.action.what.say(priorities.language)}", 46,
                max_lines=2, placeholder=" …",
            )
        )  # fmt: skip
        own = {"y": row, "yref": "y2", "yanchor": "middle"}
        figure.add_annotation(text=f"<b>{marks[s.action.id]}</b>", xshift=8 - _LEFT, **left, **own)
        figure.add_annotation(text=text, xshift=40 - _LEFT, **left, **own)
        figure.add_annotation(
            text=f"{s.stays}/{priorities.left_out}", x=last + 3.5, xref="x2", xanchor="right",
            showarrow=False, **own,
        )  # fmt: skip
