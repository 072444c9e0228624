"""How every figure is dressed: Okabe–Ito colours, outlines, decimal commas, room for long names."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import plotly.graph_objects as go

BLUE, VERMILION, INK = "#0072b2", "#d55e00", "#1b1b1b"
_ROW, _FRAME, _CELL, _NARROW, _WIDE = 34, 110, 38, 26, 800

QUIET = {"showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False}
"""Plotly offers to upload a figure unless it is told not to, and where to is told it too."""


class Chart(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A plotly figure that offers no upload, however it is shown."""

    def show(self, *args: Any, **kwargs: Any) -> None:
        """Show the figure."""
        super().show(*args, **_quiet(kwargs))

    def to_html(self, *args: Any, **kwargs: Any) -> Any:
        """Return the figure as HTML."""
        return super().to_html(*args, **_quiet(kwargs))

    def write_html(self, *args: Any, **kwargs: Any) -> None:
        """Write the figure as HTML."""
        super().write_html(*args, **_quiet(kwargs))

    def _ipython_display_(self) -> None:
        self.show()

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:
        return super()._repr_mimebundle_(*args, **_quiet(kwargs))

    @property
    def bundle(self) -> dict[str, Any]:
        """Return the figure as JupyterLab and Notebook 7 draw it themselves: a few kilobytes."""
        return {"application/vnd.plotly.v1+json": {**json.loads(self.to_json()), "config": QUIET}}


def _quiet(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "config": {**(given.get("config") or {}), **QUIET}}


def quietly(draw: Callable[[Any], go.Figure]) -> Callable[[Any], Chart]:
    """Return `draw` so that its figures offer no upload."""

    @wraps(draw)
    def drawn(result: Any) -> Chart:
        return Chart(draw(result))

    return drawn


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
