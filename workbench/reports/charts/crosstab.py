"""Fields of shades with the people written in each cell: codes by groups, codes by codes."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.cooccurrence import CodeMatrix
from workbench.findings.coverage import Coverage
from workbench.findings.crosstab import Crosstab
from workbench.reports.charts.dress import dressed, tilted, wrapped


def crosstab_chart(crosstab: Crosstab) -> go.Figure:
    """Draw groups as columns and codes as rows, or the other way round if that is higher."""
    of = [len(g.of) for g in crosstab.groups]
    share = [[n / m if m else 0 for n, m in zip(row, of, strict=True)] for row in crosstab.people]
    text = [[f"{n}/{m}" for n, m in zip(row, of, strict=True)] for row in crosstab.people]
    codes, groups = crosstab.labels(), [g.label for g in crosstab.groups]
    if len(codes) < len(groups):
        share, text = ([list(row) for row in zip(*x, strict=True)] for x in (share, text))
        codes, groups = groups, codes
    return _field(share, text, codes, groups)


def coverage_chart(coverage: Coverage) -> go.Figure:
    """Draw base segments seen from either side as rows and codes as columns; gaps stay white."""
    say, study = words(coverage.language), coverage.study
    share = [[len(r.people[c]) / max(len(r.of), 1) for c in coverage.codes] for r in coverage.rows]
    text = [
        [f"{len(r.people[c])}/{len(r.of)}" if r.of else "–" for c in coverage.codes]
        for r in coverage.rows
    ]
    rows = [
        f"{study.segments[r.segment].label.say(coverage.language)} · {say(f'side_{r.side}')}"
        for r in coverage.rows
    ]
    codes = [study.codebook[c].label.say(coverage.language) for c in coverage.codes]
    return _field(share, text, rows, codes)


def matrix_chart(matrix: CodeMatrix) -> go.Figure:
    """Draw people by code and code; nothing is written where nobody speaks of both."""
    most = max(int(matrix.people.max(initial=0)), 1)
    text = [[str(n) if n else "" for n in row] for row in matrix.people]
    return _field((matrix.people / most).tolist(), text, matrix.labels, matrix.labels)


def _field(
    share: Sequence[Sequence[float]],
    text: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
) -> go.Figure:
    figure = go.Figure(
        go.Heatmap(
            z=share,
            y=[wrapped(name, 44) for name in rows],
            text=text,
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=[[0, "#ffffff"], [1, "#8ec1e6"]],
            showscale=False,
            customdata=[columns] * len(rows),
            hovertemplate="%{y}<br>%{customdata}: %{text}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    return tilted(dressed(figure, "", len(rows)), columns)
