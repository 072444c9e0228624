"""Figure 3 of the thesis with counts, and outcome against process."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.perceived import OUTCOME, PROCESS, SOURCES, Outcome, Perceived
from workbench.findings.quality import BAD, EXPECTED, EXPERIENCED, GOOD
from workbench.reports.charts.dress import INK, dressed, wrapped

_WASH = "#eef4f9"
_PLACES = {
    EXPECTED: (2.5, 4.2), EXPERIENCED: (7.5, 4.2), OUTCOME: (6.1, 2.2), PROCESS: (8.9, 2.2),
    **{ref: (2.5, 2.3 - 1.05 * n) for n, ref in enumerate(SOURCES)},
}  # fmt: skip
_ARROWS = (
    (SOURCES[0], EXPECTED),
    (EXPECTED, "total"),
    (EXPERIENCED, "total"),
    (OUTCOME, EXPERIENCED),
    (PROCESS, EXPERIENCED),
)


def perceived_chart(perceived: Perceived) -> go.Figure:
    """Draw expectation and experience under what is perceived, with the people at each box."""
    say, figure = words(perceived.language), go.Figure()
    places = {"total": (5.0, 6.0), **{r: p for r, p in _PLACES.items() if r in perceived.boxes}}
    for one, other in _ARROWS:
        if one in places:
            (x, y), (ax, ay) = places[other], places[one]
            figure.add_annotation(
                x=x, y=y - 0.5, ax=ax, ay=ay + 0.5, xref="x", yref="y", axref="x", ayref="y",
                text="", showarrow=True, arrowhead=2, arrowwidth=1.5, arrowcolor=INK,
            )  # fmt: skip
    for ref, (x, y) in places.items():
        name = say("perceived_total") if ref == "total" else perceived.label(ref)
        count = "" if ref == "total" else f"<br><b>{perceived.people(ref)}/{perceived.of}</b>"
        figure.add_annotation(
            x=x, y=y, text=wrapped(name, 22) + count, showarrow=False, font={"size": 12},
            bgcolor="#ffffff" if ref in SOURCES else _WASH, bordercolor=INK, borderwidth=1,
            borderpad=6, width=150,
        )  # fmt: skip
    figure.update_xaxes(range=[0, 10.5], visible=False)
    dressed(figure, "", 15)
    figure.update_yaxes(range=[-1.5, 6.5], visible=False, autorange=False)
    return figure.update_layout(margin={"t": 10, "b": 10})


def outcome_chart(outcome: Outcome) -> go.Figure:
    """Draw outcome by process as four squares whose area grows with the people in them."""
    say, figure = words(outcome.language), go.Figure()
    kinds = {GOOD: "good", BAD: "bad"}
    cells = [(say(f"process_{kinds[b]}"), say(f"outcome_{kinds[a]}"), cell)
             for (a, b), cell in outcome.cells.items()]  # fmt: skip
    most = max([len(cell.people) for *_, cell in cells] + [1])
    wrong_way = [a == GOOD and b == BAD for a, b in outcome.cells]
    figure.add_scatter(
        x=[x for x, *_ in cells],
        y=[y for _, y, _ in cells],
        mode="markers+text",
        text=[f"{len(cell.people)}/{outcome.of}" for *_, cell in cells],
        textposition="middle center",
        hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        marker={
            "symbol": "square",
            "size": [110 * (max(len(c.people), 0.2) / most) ** 0.5 for *_, c in cells],
            "color": ["#f2b48f" if wrong else "#cfe3f3" for wrong in wrong_way],
            "line": {"color": INK, "width": [3 if wrong else 1 for wrong in wrong_way]},
        },
        textfont={"size": 15},
    )
    figure.update_xaxes(side="top", range=[-0.5, 1.5], showgrid=False, zeroline=False)
    dressed(figure, "", 9)
    figure.update_yaxes(range=[1.5, -0.5], autorange=False, showgrid=False, zeroline=False)
    return figure
