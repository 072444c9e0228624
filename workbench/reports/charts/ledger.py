"""The balance as a Sankey: from people over findings, needs and actions to what answers them."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.practice.ledger import LEVELS, OPEN, Balance
from workbench.practice.trails import Node
from workbench.reports.charts.dress import INK, dressed, wrapped

MOST = 8
"""Things of a level drawn, those of most voices; the others are summed. The table has all."""
OTHERS = "…"
_FILL = ("#cfe3f3", "#f6e3b5", "#cdeadf", "#f3d3e3", "#d9d9d9")
_LINK, _LEFT = "rgba(120, 120, 120, 0.28)", "rgba(213, 94, 0, 0.75)"
_WIDTH, _PAD, _HIGH, _TOP, _FOOT, _RIGHT = 18, 14, 690, 80, 20, 104


def balance_chart(found: Balance) -> go.Figure:
    """Draw how many voices go from where to where; what nothing answers ends in vermilion.

    Only the eight things of each level with most voices are drawn apart.
    """
    flows, summed = _largest(found)
    nodes = sorted({n for flow in flows for n in flow}, key=_order)
    at = {node: number for number, node in enumerate(nodes)}
    level = [LEVELS.index(node[0]) for node in nodes]
    middle = _heights(nodes, flows)
    last = len(LEVELS) - 1
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"size": 11},
            node={
                "label": [_label(n, found, summed) if n[0] != LEVELS[-1] else "" for n in nodes],
                "x": [0.001 + 0.998 * n / last for n in level],
                "y": middle,
                "color": [_LEFT if n[1] == OPEN else _FILL[LEVELS.index(n[0])] for n in nodes],
                "line": {"color": INK, "width": 1},
                "customdata": [_told(node, found) for node in nodes],
                "hovertemplate": "%{customdata}<br>%{value:.1f}<extra></extra>",
                "pad": _PAD,
                "thickness": 14,
            },
            link={
                "source": [at[one] for one, _ in flows],
                "target": [at[other] for _, other in flows],
                "value": [float(amount) for amount in flows.values()],
                "color": [_LEFT if other[1] == OPEN else _LINK for _, other in flows],
                "hovertemplate": "%{value:.1f}<extra></extra>",
            },
        )
    )  # fmt: skip
    say = words(found.language)
    for number, name in enumerate(LEVELS):
        figure.add_annotation(
            x=number / last, y=1, yshift=22, xref="paper", yref="paper", showarrow=False,
            xanchor="center" if 0 < number < last else "left",
            text=f"<b>{say(f'balance_{name}')}</b>",
        )  # fmt: skip
    for node, y in zip(nodes, middle, strict=True):
        if node[0] == LEVELS[-1]:  # plotly would write these over the labels of the actions
            figure.add_annotation(
                x=1, y=1 - y, xref="paper", yref="paper", xanchor="left", xshift=4, align="left",
                font={"size": 11}, text=wrapped(found.name(node), 13), showarrow=False,
            )  # fmt: skip
    dressed(figure, say("balance_title"), 0)
    margin = {"t": _TOP, "l": 10, "r": _RIGHT, "b": _FOOT}
    return figure.update_layout(margin=margin, height=_HIGH + _TOP + _FOOT)


def _order(node: Node) -> tuple[int, bool, str]:
    """Return what sorts things as they are drawn: what is open stands below all that answers."""
    return LEVELS.index(node[0]), node[1] == OPEN, node[1]


def _largest(found: Balance) -> tuple[dict[tuple[Node, Node], Fraction], dict[str, int]]:
    """Return the flows with what is small summed as one of its level, and how many these are."""
    received: dict[str, list[tuple[Fraction, Node]]] = defaultdict(list)
    for account in found.accounts:
        received[account.node[0]].append((account.received, account.node))
    summed: dict[Node, Node] = {}
    for level in LEVELS[:-1]:
        ranked = [n for _, n in sorted(received[level], key=lambda item: (-item[0], item[1]))]
        if len(ranked) > MOST + 1:
            summed.update((node, (level, OTHERS)) for node in ranked[MOST:])
    flows: dict[tuple[Node, Node], Fraction] = defaultdict(Fraction)
    for (one, other), amount in found.flows.items():
        flows[summed.get(one, one), summed.get(other, other)] += amount
    counted: dict[str, int] = defaultdict(int)
    for level, _ in summed:
        counted[level] += 1
    return dict(flows), counted


def _heights(nodes: list[Node], flows: dict[tuple[Node, Node], Fraction]) -> list[float]:
    """Return where the middle of each node stands, the first of a level on top."""
    size = {n: float(max(_sum(flows, n, 0), _sum(flows, n, 1))) for n in nodes}
    levels = {level: [n for n in nodes if n[0] == level] for level in LEVELS}
    gap = _PAD / _HIGH
    fullest = max((sum(size[n] for n in own) for own in levels.values()), default=1) or 1
    scale = (1 - gap * max(len(own) for own in levels.values())) / fullest
    middle = {}
    for own in levels.values():
        top = (1 - sum(size[n] * scale + gap for n in own) + gap) / 2
        for node in own:
            middle[node] = min(max(top + size[node] * scale / 2, 0.001), 0.999)
            top += size[node] * scale + gap
    return [middle[node] for node in nodes]


def _sum(flows: dict[tuple[Node, Node], Fraction], node: Node, end: int) -> Fraction:
    return sum((amount for flow, amount in flows.items() if flow[end] == node), Fraction())


def _label(node: Node, found: Balance, summed: dict[str, int]) -> str:
    """Return the name of a thing in short lines: of people all, of the rest two."""
    if node[1] == OTHERS:
        return words(found.language)("balance_others", n=summed[node[0]])
    if node[0] == LEVELS[0]:
        return wrapped(found.text(node) or found.name(node), _WIDTH)
    lines = wrapped(f"{found.name(node)} {found.text(node)}", _WIDTH).split("<br>")
    return "<br>".join(lines[:2]) + (" …" if len(lines) > 2 else "")


def _told(node: Node, found: Balance) -> str:
    return (
        node[1] if node[1] == OTHERS else f"{found.name(node)}<br>{wrapped(found.text(node), 50)}"
    )
