"""The blueprint of an encounter: time runs down, lanes side by side, two lines between them."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.blueprint import Blueprint, Lane, Step, minutes_of
from workbench.reports.charts.dress import INK, VERMILION, dressed, wrapped

_WASH = {Lane.EVIDENCE: "#ffffff", Lane.CUSTOMER: "#fbe3c8", Lane.VISIBLE: "#cfe3f3",
         Lane.HIDDEN: "#eef4f9", Lane.SYSTEMS: "#f0f0f0"}  # fmt: skip
_LINES = (("interaction", 1.5, "solid"), ("visibility", 2.5, "dash"))
_LINE, _PAD, _WIDTH, _SIZE = 14, 22, 17, 10


def blueprint_chart(found: Blueprint) -> go.Figure:
    """Draw a box for each thing in its lane, as high as its words, with minutes and findings."""
    say, figure = words(found.language), go.Figure()
    heights = [_height(step, found.language) for step in found.steps]
    total, above = sum(heights) or 1, 0
    for step, height in zip(found.steps, heights, strict=True):
        for lane, text in step.lanes.items():
            figure.add_annotation(
                x=list(Lane).index(lane), y=above + height / 2, showarrow=False,
                text=_text(step, lane, text, found.language), font={"size": _SIZE},
                bgcolor=_WASH[lane], bordercolor=INK, borderwidth=1, borderpad=2,
            )  # fmt: skip
        above += height
    for key, x, dash in _LINES:
        figure.add_vline(x=x, layer="below", line={"color": INK, "width": 2, "dash": dash})
        figure.add_annotation(
            x=x, y=1, yref="paper", yshift=52, showarrow=False, font={"size": 11},
            text=wrapped(say(f"blueprint_{key}"), 16),
        )  # fmt: skip
    heads = [wrapped(say(f"blueprint_{lane}"), _WIDTH) for lane in Lane]
    figure.add_scatter(x=[0, len(Lane) - 1], y=[0, total], mode="markers", opacity=0,
                       showlegend=False, hoverinfo="skip")  # fmt: skip
    figure.update_xaxes(
        side="top", tickvals=list(range(len(Lane))), ticktext=heads, showgrid=False,
        zeroline=False, range=[-0.5, len(Lane) - 0.5],
    )  # fmt: skip
    figure = dressed(figure, "", len(found.steps))
    figure.update_yaxes(range=[total, 0], autorange=False, visible=False)
    return figure.update_layout(height=total + 120, margin={"t": 110, "b": 10})


def _text(step: Step, lane: Lane, text: str, language: str) -> str:
    if lane is not step.lane:
        return wrapped(text, _WIDTH)
    minutes = minutes_of(step, language)
    lines = [f"<b>{step.order}</b> {wrapped(text, _WIDTH)}"]
    if minutes:
        known = step.minutes is not None
        lines.append(words(language)("blueprint_minutes", n=minutes) if known else minutes)
    if step.findings:
        lines.append(f"<span style='color:{VERMILION}'>{' '.join(step.findings)}</span>")
    return "<br>".join(lines)


def _height(step: Step, language: str) -> int:
    """Return the pixels of the highest box of a step."""
    lines = (
        _text(step, lane, text, language).count("<br>") + 1 for lane, text in step.lanes.items()
    )
    return _PAD + _LINE * max(lines)
