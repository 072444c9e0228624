"""How every figure is dressed: Okabe–Ito colours, outlines, decimal commas, room for long names."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

BLUE, VERMILION, INK = "#0072b2", "#d55e00", "#1b1b1b"
_ROW, _FRAME, _CELL, _NARROW, _WIDE = 34, 110, 38, 26, 800


def wrapped(name: str, width: int = 26) -> str:
    """Return a name broken into lines of at most `width` characters, never inside a word."""
    return "<br>".join(textwrap.wrap(name, width, break_long_words=False))


def dressed(figure: go.Figure, title: str, rows: int) -> go.Figure:
    """Give a figure of `rows` horizontal rows its title, type, margins and height."""
    figure.update_yaxes(autorange="reversed", automargin=True)
    return figure.update_layout(
        template="plotly_white",
        title={"text": title, "x": 0, "xref": "container", "font": {"size": 15}, "pad": {"l": 10}},
        font={"family": "DejaVu Sans, Noto Sans, sans-serif", "color": INK, "size": 12},
        separators=", ",
        height=_FRAME + _ROW * max(rows, 1),
        margin={"t": 50, "r": 20, "b": 30, "l": 10},
        legend={"orientation": "h", "y": -0.08, "x": 0},
        hoverlabel={"namelength": -1},
    )


def tilted(figure: go.Figure, names: Sequence[str]) -> go.Figure:
    """Put all names of columns above the figure, slanting, with the room they need.

    More columns than fit a notebook make the figure wider, so that numbers stay readable.
    """
    room = round(20 + 4.8 * max(map(len, names), default=0))
    right = max((4.8 * len(n) - _NARROW * at for at, n in enumerate(reversed(names))), default=0)
    figure.update_xaxes(
        side="top", tickangle=-45, tickvals=list(range(len(names))), ticktext=list(names),
        automargin=False, ticklabelstandoff=4, ticklabeloverflow="allow",
    )  # fmt: skip
    width = 260 + round(right) + _CELL * len(names)
    return figure.update_layout(
        height=figure.layout.height + room,
        width=width if width > _WIDE else None,
        margin={"t": 30 + room, "r": max(20, round(right))},
    )
