"""A graph laid out in columns from left to right, so that no line runs behind a box.

After Sugiyama, Tagawa & Toda 1981 (https://doi.org/10.1109/TSMC.1981.4308636): a line over several
columns gets a place of its own in each it passes, and each column is put in the order of the
middle of its neighbours.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import networkx as nx

_SWEEPS = 12
_THIN = 0.45
"""The height of a passing line's place, where a box is 1 high."""

_SIDE = 0.76
"""How much of a side of a box its lines share."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Where things stand: column and row of each node, the points each edge runs through."""

    nodes: Mapping[str, Point]
    edges: Mapping[tuple[str, str], Sequence[Point]]
    height: float


def layout(graph: nx.DiGraph, column: Mapping[str, int]) -> Layout:
    """Return a place for each node in its column and a path for each edge, the same every time.

    Rows count boxes downwards from 0; `height` is that of the fullest column.
    """
    whole, paths = _stretched(graph, column)
    columns: dict[int, list[Any]] = {}
    for node, at in whole.nodes(data="column"):
        columns.setdefault(at, []).append(node)
    for sweep in range(_SWEEPS):
        for at in sorted(columns, reverse=bool(sweep % 2)):
            _sort(columns, at, whole)
    height = max((sum(map(_size, c)) for c in columns.values()), default=0.0)
    places = {n: p for at, nodes in columns.items() for n, p in _stacked(nodes, at, height)}
    lines = {edge: [places[n] for n in path] for edge, path in paths.items()}
    return Layout({name: places[name] for name in graph}, _apart(lines), height)


def _stretched(
    graph: nx.DiGraph, column: Mapping[str, int]
) -> tuple[nx.Graph, dict[tuple[str, str], list[Hashable]]]:
    """Return the graph with a node wherever an edge passes a column, and the path of each edge."""
    whole, paths = nx.Graph(), {}
    for name in graph:
        whole.add_node(name, column=column[name])
    for a, b in graph.edges:
        step = 1 if column[b] >= column[a] else -1
        between = [(a, b, at) for at in range(column[a] + step, column[b], step)]
        for passing in between:
            whole.add_node(passing, column=passing[2])
        paths[a, b] = [a, *between, b]
        nx.add_path(whole, paths[a, b])
    return whole, paths


def _sort(columns: Mapping[int, list[Any]], at: int, whole: nx.Graph) -> None:
    """Put a column in the order of the middle of each node's neighbours in other columns."""
    rank = {n: row / len(c) for key, c in columns.items() if key != at for row, n in enumerate(c)}
    own = {n: row / len(columns[at]) for row, n in enumerate(columns[at])}
    middle = {n: fmean([rank[m] for m in whole[n] if m in rank] or [own[n]]) for n in own}
    columns[at].sort(key=middle.__getitem__)


def _apart(lines: Mapping[tuple[str, str], list[Point]]) -> dict[tuple[str, str], list[Point]]:
    """Return the lines with their ends apart: each side of a box is shared in the order of rows."""
    sides: dict[tuple[Point, bool], list[tuple[float, tuple[str, str], int]]] = {}
    for edge, points in lines.items():
        for end, beside in ((0, points[1]), (-1, points[-2])):
            box = points[end]
            sides.setdefault((box, beside[0] >= box[0]), []).append((beside[1], edge, end))
    found = {edge: list(points) for edge, points in lines.items()}
    for (box, _), ends in sides.items():
        for n, (_, edge, end) in enumerate(sorted(ends), 1):
            found[edge][end] = (box[0], box[1] + _SIDE * (n / (len(ends) + 1) - 0.5))
    return found


def _size(node: Hashable) -> float:
    return _THIN if isinstance(node, tuple) else 1.0


def _stacked(nodes: Sequence[Any], at: int, height: float) -> list[tuple[Any, Point]]:
    """Put the nodes of a column below one another, spread over the whole height."""
    gap = (height - sum(map(_size, nodes))) / max(len(nodes), 1)
    found, top = [], 0.0
    for node in nodes:
        room = _size(node) + gap
        found.append((node, (float(at), top + room / 2)))
        top += room
    return found


def route(points: Sequence[Point], half: float) -> tuple[list[Point], int]:
    """Return the curve of an edge between boxes `half` as wide to each side, and where it points.

    The curve is a start and then three points for each cubic Bézier piece; it points to the right
    (1) or to the left (-1). An edge within a column goes round on the right.
    """
    (x, y), (u, v) = points[0], points[-1]
    if x == u:
        room = 1 - 2 * half
        out = x + half + room * min(0.6 + 0.15 * abs(v - y), 1.2)
        return [(x + half, y), (out, y), (out, v), (u + half, v)], -1
    way = 1 if u > x else -1
    curve = [(x + way * half, y)]
    for n, (at, row) in enumerate(points[1:], 1):
        before, old = curve[-1]
        arrive = at - way * half
        middle = (before + arrive) / 2
        curve += [(middle, old), (middle, row), (arrive, row)]
        if n < len(points) - 1:
            curve += [(arrive, row), (at + way * half, row), (at + way * half, row)]
    return curve, way


def svg_path(curve: Sequence[Point], across: float = 1, down: float = 1) -> str:
    """Return a curve as the `d` of an SVG path, a column `across` and a row `down` units."""
    said = [f"{x * across:.2f},{y * down:.2f}" for x, y in curve]
    pieces = (" ".join(said[n : n + 3]) for n in range(1, len(said), 3))
    return f"M{said[0]} " + " ".join(f"C{piece}" for piece in pieces)
