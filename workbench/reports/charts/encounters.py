"""Encounters of each segment by channel."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.encounters import EncounterCounts, Sum
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped

_LOOKS = ((BLUE, ""), ("#e69f00", "/"), ("#009e73", "."), (VERMILION, "x"), ("#cc79a7", "-"),
          ("#56b4e9", "\\"), ("#f0e442", "+"))  # fmt: skip


def encounters_chart(result: EncounterCounts) -> go.Figure:
    """Draw a bar for each base segment, parted by channel; what is unknown is said by its name."""
    say = words(result.language)
    cells = [c for c in result.cells if c.channel]
    segments = list(dict.fromkeys(c.segment for c in cells))
    order = {c.id: n for n, c in enumerate(result.study.codebook)}
    channels = sorted({c.channel for c in cells}, key=lambda c: (order.get(c, len(order)), c))
    names = []
    for segment in segments:
        unknown = sum(c.rows for c in cells if c.segment == segment)
        more = f" ({say('encounters_unknown', n=unknown)})" if unknown else ""
        label = result.label(segment, of_segment=True) if segment else say("feedback_no_segment")
        names.append(wrapped(f"{label}{more}", 34))
    figure = go.Figure()
    for n, channel in enumerate(channels):
        colour, shape = _LOOKS[n % len(_LOOKS)]
        own = [
            Sum.of(c.count.value for c in cells if (c.segment, c.channel) == (s, channel)).value
            for s in segments
        ]
        figure.add_bar(
            y=names, x=own, orientation="h", name=result.label(channel), hovertemplate="%{x}",
            marker={"color": colour, "line": {"color": INK, "width": 1},
                    "pattern": {"shape": shape, "fgcolor": INK, "size": 6}},
        )  # fmt: skip
    figure.update_xaxes(side="top", tickformat=",d")
    figure = dressed(figure, say("encounters_figure"), len(segments))
    return figure.update_layout(
        barmode="stack",
        legend={"traceorder": "normal"},
        height=figure.layout.height + 90,
        margin={"t": 90, "b": 90},
    )
