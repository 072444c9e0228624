"""Direct feedback by sort: bars of items, with the known senders beside them."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.feedback import FeedbackCounts
from workbench.material.feedback import Sort
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped

_LOOKS = {
    Sort.THANKS: (BLUE, ""), Sort.IDEA: ("#009e73", "."), Sort.COMPLAINT: (VERMILION, "/"),
    Sort.QUESTION: ("#f0e442", "x"), "": ("#ffffff", ""),
}  # fmt: skip
MOST = 20
"""So many bars at most; the table has them all."""


def feedback_chart(counts: FeedbackCounts) -> go.Figure:
    """Draw the items of each row, parted by sort; of codes only the topmost ones."""
    book, say = counts.study.codebook, words(counts.language)
    rows = [row for row in counts.rows if counts.by != "code" or not book[row[0]].parent][:MOST]
    names = [wrapped(f"{label} ({len(tally.people)})", 34) for _, label, tally in rows]
    figure = go.Figure()
    for sort in counts.sorts:
        colour, shape = _LOOKS[sort]
        figure.add_bar(
            y=names,
            x=[tally.sorts[sort] for _, _, tally in rows],
            orientation="h",
            name=say(f"feedback_{sort or 'unsorted'}"),
            hovertemplate="%{x}",
            marker={"color": colour, "line": {"color": INK, "width": 1},
                    "pattern": {"shape": shape, "fgcolor": INK, "size": 6}},
        )  # fmt: skip
    figure.update_xaxes(side="top", tickformat=",d")
    figure = dressed(figure, say("feedback_figure"), len(rows))
    return figure.update_layout(
        barmode="stack",
        legend={"traceorder": "normal"},
        height=figure.layout.height + 60,
        margin={"t": 90, "b": 60},
    )
