"""Which action first: evidence against effort, and below it the key with how firmly each stands."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.base.languages import words
from workbench.care.claims import Effort, Grade, Horizon
from workbench.findings.priorities import TOP, Priorities, Standing
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped

_BANDS = (Grade.BROAD, Grade.REPEATED, Grade.CONTESTED, Grade.SINGLE, None)
_ACROSS, _STEP = 4, 0.21
_DISC, _ROW, _KEY, _FRAME = 40, 52, 46, 190
_SOON = {
    Horizon.NEXT_ENCOUNTER: ("circle", BLUE, "#ffffff"),
    Horizon.MONTHS: ("square", "#ffffff", INK),
    Horizon.YEARS: ("diamond", "#e69f00", INK),
}
"""Symbol, fill and figure for each horizon: form and lightness differ, not colour alone."""


def priorities_chart(priorities: Priorities) -> go.Figure:
    """Draw each action as its rank on evidence × effort, then the ranks' key with how far each moves.

    The outline of what cannot wait (pay, safety, law) is thick and dashed into the legend by
    words; equal ranks get letters, so that each mark has one line in the key.
    """
    say = words(priorities.language)
    marks = _marks(priorities.rows)
    spots, bands = _spots(priorities.rows)
    deep = sum(rows for _, rows in bands)
    upper, lower = deep * _ROW, max(len(priorities.rows), 1) * _KEY
    figure = make_subplots(
        rows=2, cols=1, row_heights=[upper, lower], vertical_spacing=70 / (upper + lower + 70)
    )
    for horizon, (symbol, fill, ink) in _SOON.items():
        own = [s for s in priorities.rows if s.rungs.horizon is horizon]
        if own:
            figure.add_trace(
                go.Scatter(
                    x=[spots[s.action.id][0] for s in own],
                    y=[spots[s.action.id][1] for s in own],
                    mode="markers+text",
                    text=[marks[s.action.id] for s in own],
                    textfont={"color": ink, "size": 12},
                    name=say(f"horizon_{horizon}"),
                    hovertext=[_hover(s, priorities.language) for s in own],
                    hovertemplate="%{hovertext}<extra></extra>",
                    marker={
                        "symbol": symbol,
                        "color": fill,
                        "size": 30,
                        "line": {
                            "color": [VERMILION if s.rungs.urgent else INK for s in own],
                            "width": [4 if s.rungs.urgent else 1 for s in own],
                        },
                    },
                ),
                row=1,
                col=1,
            )
    figure.add_trace(_key(priorities, marks), row=2, col=1)
    if any(s.rungs.urgent for s in priorities.rows):
        figure.add_trace(_legend(say("priorities_urgent_outline")), row=1, col=1)
    _axes(figure, bands, priorities)
    title = wrapped(say("priorities_figure"), 60)
    return dressed(figure, title, 0).update_layout(
        height=upper + lower + 70 + _FRAME,
        margin={"t": 100, "b": 30, "l": 10, "r": 30},
        legend={"orientation": "h", "x": 0, "xref": "container", "y": 1, "yanchor": "bottom"},
        bargap=0.45,
    )


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


def _spots(
    rows: Sequence[Standing],
) -> tuple[dict[str, tuple[float, float]], list[tuple[Grade | None, int]]]:
    """Return where each action stands, cell by cell side by side, and how deep each band is."""
    cells: dict[tuple[Grade | None, Effort], list[str]] = defaultdict(list)
    for s in rows:
        cells[s.rungs.grade, s.rungs.effort].append(s.action.id)
    spots, bands, top = {}, [], 0
    for band in _BANDS:
        own = [cells[band, effort] for effort in Effort]
        deep = max(-(-len(cell) // _ACROSS) for cell in own)
        for x, cell in enumerate(own):
            lines = [cell[n : n + _ACROSS] for n in range(0, len(cell), _ACROSS)]
            shift = (deep - len(lines)) / 2
            for y, line in enumerate(lines):
                for n, name in enumerate(line):
                    spots[name] = (x + (n - (len(line) - 1) / 2) * _STEP, top + shift + y + 0.5)
        if deep:
            bands.append((band, deep))
        top += deep
    return spots, bands


def _key(priorities: Priorities, marks: dict[str, str]) -> go.Scatter:
    """Return each action's rank with the range it moves in, a row each with its name."""
    language, rows = priorities.language, priorities.rows
    names = []
    for s in rows:
        short = textwrap.shorten(s.action.what.say(language), 66, placeholder=" …")
        names.append(f"<b>{marks[s.action.id]}</b>  {wrapped(f'{s.action.id} {short}', 38)}")
    return go.Scatter(
        y=names,
        x=[s.ladder for s in rows],
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


def _legend(text: str) -> go.Scatter:
    line = {"color": VERMILION, "width": 4}
    marker = {"symbol": "circle-open", "size": 16, "line": line, "color": VERMILION}
    return go.Scatter(x=[None], y=[None], mode="markers", name=text, marker=marker)


def _axes(
    figure: go.Figure, bands: Sequence[tuple[Grade | None, int]], priorities: Priorities
) -> None:
    say = words(priorities.language)
    edge, ticks, names = 0, [], []
    for band, deep in bands:
        ticks.append(edge + deep / 2)
        names.append(say(f"grade_{band}") if band else say("priorities_no_words"))
        edge += deep
        figure.add_hline(y=edge, line={"color": "#c8c8c8", "width": 1}, row=1, col=1)
    for x in (0.5, 1.5):
        figure.add_vline(x=x, line={"color": "#c8c8c8", "width": 1}, row=1, col=1)
    efforts = [say(f"effort_{effort}") for effort in Effort]
    figure.update_xaxes(
        range=[-0.5, 2.5], tickvals=[0, 1, 2], ticktext=efforts, title=say("effort"),
        showgrid=False, zeroline=False, row=1, col=1,
    )  # fmt: skip
    figure.update_yaxes(
        range=[max(edge, 1), 0], tickvals=ticks, ticktext=[wrapped(n, 14) for n in names],
        showgrid=False, zeroline=False, row=1, col=1,
    )  # fmt: skip
    last = max(len(priorities.rows), 1)
    figure.add_vrect(
        x0=0.5, x1=TOP + 0.5, fillcolor="#d9d9d9", opacity=0.5, line_width=0, layer="below",
        row=2, col=1,
    )  # fmt: skip
    for row, s in enumerate(priorities.rows):
        figure.add_annotation(
            x=last + 1, y=row, text=f"{s.stays}/{priorities.left_out}", showarrow=False,
            xanchor="center", row=2, col=1,
        )  # fmt: skip
    figure.update_xaxes(
        range=[0.5, last + 2], tickvals=list(range(1, last + 1)), showgrid=False, zeroline=False,
        title=wrapped(say("priorities_stays_axis", n=priorities.left_out), 64), row=2, col=1,
    )  # fmt: skip
