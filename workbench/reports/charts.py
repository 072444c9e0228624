"""Plotly figures for JupyterLab: Okabe–Ito colours, outlines, decimal commas, no cloud button."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.agreement import Agreement
from workbench.findings.counts import Counts, Cross
from workbench.findings.quality import Quality
from workbench.findings.results import charts

BLUE, VERMILION, INK = "#0072b2", "#d55e00", "#1b1b1b"
_ROW, _FRAME = 34, 110


def quality_chart(quality: Quality) -> go.Figure:
    """Draw bad experiences to the left, good to the right, expectations as open circles."""
    say = words(quality.language)
    names = [_wrapped(quality.study.codebook[d.code].label.say(quality.language))
             for d in quality.determinants]  # fmt: skip
    bad = [quality.people(d.bad) for d in quality.determinants]
    good = [quality.people(d.good) for d in quality.determinants]
    hope = [quality.people(d.expected) for d in quality.determinants]
    line = {"color": INK, "width": 1}
    figure = go.Figure(
        [
            go.Bar(
                y=names,
                x=[-n for n in bad],
                orientation="h",
                name=say("experienced_bad"),
                customdata=bad,
                hovertemplate="%{customdata}",
                marker={"color": VERMILION, "line": line, "pattern": {"shape": "/"}},
            ),
            go.Bar(
                y=names,
                x=good,
                orientation="h",
                name=say("experienced_good"),
                hovertemplate="%{x}",
                marker={"color": BLUE, "line": line},
            ),
            go.Scatter(
                y=names,
                x=hope,
                mode="markers",
                name=say("expected"),
                hovertemplate="%{x}",
                marker={
                    "color": "rgba(255,255,255,0.9)",
                    "size": 11,
                    "line": {"color": INK, "width": 2},
                },
            ),
        ]
    )
    most = max([*bad, *good, *hope, 1])
    step = max(1, round(most / 4))
    ticks = list(range(0, most + 1, step))
    marks = [-t for t in reversed(ticks[1:])] + ticks
    title = say("quality_figure", n=quality.of)
    figure.update_xaxes(tickvals=marks, ticktext=[str(abs(t)) for t in marks], zerolinecolor=INK)
    return _dressed(figure, title, len(names)).update_layout(barmode="relative")


def counts_chart(counts: Counts) -> go.Figure:
    """Draw the number of people for each code, most at the top."""
    names = [_wrapped(counts.study.codebook[c].label.say(counts.language)) for c, _ in counts.rows]
    people = [len(t.people) for _, t in counts.rows]
    figure = go.Figure(
        go.Bar(
            y=names,
            x=people,
            text=people,
            textposition="outside",
            cliponaxis=False,
            orientation="h",
            hovertemplate="%{x}",
            marker={"color": BLUE, "line": {"color": INK, "width": 1}},
        )
    )
    title = words(counts.language)("codes_title")
    figure.update_xaxes(range=[0, max(counts.of, 1)], dtick=max(1, counts.of // 6))
    return _dressed(figure, f"{title} (n = {counts.of})", len(names))


def cross_chart(cross: Cross) -> go.Figure:
    """Draw codes by segments as a table of shades with the numbers written in it."""
    book, segments = cross.study.codebook, cross.study.segments
    rows = [_wrapped(segments[s].label.say(cross.language), 34) for s in cross.segments]
    columns = [_wrapped(book[c].label.say(cross.language)) for c in cross.codes]
    share = [
        [cross.cells.get((c, s), 0) / cross.of[s] if cross.of[s] else 0 for c in cross.codes]
        for s in cross.segments
    ]
    text = [
        [f"{cross.cells.get((c, s), 0)}/{cross.of[s]}" for c in cross.codes] for s in cross.segments
    ]
    figure = go.Figure(
        go.Heatmap(
            z=share,
            x=columns,
            y=rows,
            text=text,
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=[[0, "#ffffff"], [1, "#8ec1e6"]],
            showscale=False,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    figure.update_xaxes(side="top", tickangle=-45, automargin=True)
    return _dressed(figure, "", len(rows))


def agreement_chart(agreement: Agreement) -> go.Figure:
    """Draw alpha of each code with its interval, open where a coder never used the code."""
    say, book = words(agreement.language), agreement.study.codebook
    drawn = [row for row in agreement.rows if row.alpha.value is not None]
    labels = [book[r.code].label.say(agreement.language) if r.code else "" for r in drawn]
    names = [_wrapped(label or say("agreement_all")) for label in labels]
    values = [row.alpha.value or 0 for row in drawn]
    ends = [(row.alpha.low, row.alpha.high) for row in drawn]
    above = [0 if high is None else high - v for v, (_, high) in zip(values, ends, strict=True)]
    below = [0 if low is None else v - low for v, (low, _) in zip(values, ends, strict=True)]
    figure = go.Figure(
        go.Scatter(
            y=names,
            x=values,
            mode="markers",
            error_x={"array": above, "arrayminus": below, "color": INK, "thickness": 1.5},
            hovertemplate="%{x:.2f}<extra></extra>",
            marker={
                "color": ["#ffffff" if row.never else BLUE for row in drawn],
                "size": 10,
                "line": {"color": INK, "width": 1.5},
            },
        )
    )
    figure.update_xaxes(range=[-0.5, 1.05], dtick=0.25, zerolinecolor=INK, side="top")
    return _dressed(figure, say("agreement_figure"), len(names)).update_layout(margin={"t": 90})


def _wrapped(name: str, width: int = 26) -> str:
    return "<br>".join(textwrap.wrap(name, width, break_long_words=False))


def _dressed(figure: go.Figure, title: str, rows: int) -> go.Figure:
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


charts.update(
    {Agreement: agreement_chart, Quality: quality_chart, Counts: counts_chart, Cross: cross_chart}
)
