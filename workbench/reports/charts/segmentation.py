"""Code profiles of groups, and the people and codes of suggested clusters."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.clustering import Clusters, letter
from workbench.findings.segmentation import Splits
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, tilted, wrapped

_MOST = 20, 30
"""How many codes are drawn: of groups, and of clusters."""
_LYING = 3
"""With more groups than this their names slant, or they would collide."""


def splits_chart(splits: Splits) -> go.Figure:
    """Draw the codes with the largest differences by group, people written in every cell.

    Bold are the groups of which the largest part speaks of the code.
    """
    say, book, found = words(splits.language), splits.study.codebook, splits.gaps
    order, groups = splits.order[: _MOST[0]], range(len(splits.groups) if found else 0)
    names = [f"{g.label} ({len(g.of)})" for g in splits.groups]
    figure = go.Figure()
    if found:
        figure.add_heatmap(
            z=[[found.counts[g, n] / found.sizes[g] for g in groups] for n in order],
            x=list(groups),
            y=[wrapped(book[found.codes[n]].label.say(splits.language), 34) for n in order],
            text=[[_bold(splits, g, n) for g in groups] for n in order],
            texttemplate="%{text}", zmin=0, zmax=1, showscale=False, xgap=2, ygap=2,
            colorscale=[[0, "#ffffff"], [1, "#8ec1e6"]], textfont={"color": INK, "size": 12},
            customdata=[names for _ in order],
            hovertemplate="%{y}<br>%{customdata}: %{text}<extra></extra>",
        )  # fmt: skip
    dressed(figure, say("splits_figure"), len(order))
    if len(groups) > _LYING:
        tilted(figure, names)
        return _headed(figure, 30)
    heads = [wrapped(name, 22) for name in names]
    figure.update_xaxes(side="top", tickangle=0, tickvals=list(groups), ticktext=heads)
    return _headed(figure, 17 * max((head.count("<br>") + 1 for head in heads), default=1))


def _headed(figure: go.Figure, room: int) -> go.Figure:
    """Leave `room` pixels more between the title and what is drawn."""
    height = int(figure.layout.height) + room
    return figure.update_layout(
        height=height, margin={"t": figure.layout.margin.t + room},
        title={"yref": "container", "y": 1 - 12 / height, "yanchor": "top"},
    )  # fmt: skip


def _bold(splits: Splits, group: int, n: int) -> str:
    cell, (high, low) = splits.cell(group, n), splits.ends(n)
    return f"<b>{cell}</b>" if group in high and high != low else cell


def clusters_chart(clusters: Clusters) -> go.Figure:
    """Draw people by the codes that most set clusters apart, people in the order of the tree.

    A dark square is a code somebody has; lines part the clusters.
    """
    say, book, presence = words(clusters.language), clusters.study.codebook, clusters.presence
    letters = {p: letter(n) for n, c in enumerate(clusters.clusters) for p in c.people}
    columns = _by_cluster(clusters)
    names = [f"{letters[p]} · {p}" for p in presence.rows if p in letters]
    codes = [wrapped(book[presence.codes[n]].label.say(clusters.language), 34) for n in columns]
    cells = go.Heatmap(
        z=presence.cells[:, columns].T.astype(int) if names else [],
        x=names, y=codes, zmin=0, zmax=1, showscale=False, xgap=1, ygap=1,
        colorscale=[[0, "#f2f2f2"], [1, BLUE]], hovertemplate="%{x}<br>%{y}<extra></extra>",
    )  # fmt: skip
    figure, at = go.Figure(cells), 0
    for cluster in clusters.clusters[:-1]:
        at += len(cluster.people)
        figure.add_vline(x=at - 0.5, line={"color": VERMILION, "width": 3})
    figure.update_xaxes(side="top", tickangle=-90, tickmode="array", tickvals=names)
    figure.update_yaxes(tickmode="array", tickvals=codes)
    return _headed(dressed(figure, say("clusters_figure"), len(codes)), 60)


def _by_cluster(clusters: Clusters) -> list[int]:
    """Return the codes that most set a cluster apart, by number: those of the first one first."""
    presence = clusters.presence
    rows = {p: n for n, p in enumerate(presence.rows)}
    shares = np.array([presence.cells[[rows[p] for p in c.people]].mean(axis=0)
                       for c in clusters.clusters])  # fmt: skip
    if len(shares) < 2:
        return []
    ranked = np.sort(shares, axis=0)
    gap, best = ranked[-1] - ranked[-2], shares.argmax(axis=0)
    clearest = np.lexsort((np.arange(len(gap)), -gap.round(9)))[: _MOST[1]]
    return sorted(clearest.tolist(), key=lambda n: (best[n], -gap[n], n))
