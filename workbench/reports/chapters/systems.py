"""Information systems: the flow as a picture by template, the same as a table, the inventory."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.practice.flows import Flows, flows
from workbench.practice.registers import name_of
from workbench.reports.charts.flows import COLUMNS, HALF, column_of
from workbench.reports.layers import layout, route, svg_path
from workbench.reports.numbers import Sheet
from workbench.study import Study

ACROSS, DOWN, TOP = 230, 60, 40
"""Units a column is wide and a row high, and the room for the headings."""


@dataclass(frozen=True)
class Box:
    """A box of the picture: its corner, its middle, the lines of its name."""

    x: float
    y: float
    middle: float
    lines: list[tuple[float, str]]
    dead_end: bool


@dataclass(frozen=True)
class Drawing:
    """The picture: its size, its boxes, its lines with the class each has, its headings."""

    width: float
    height: float
    box: tuple[float, float]
    boxes: list[Box]
    lines: list[tuple[str, str, str]]
    heads: list[float]


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the flows with their drawing, and how many items each system holds."""
    found = flows(study, language)
    held = [str(system) for item in study.care.information.values() for system in item.systems]
    return {
        "flows": found,
        "drawing": drawing(found),
        "held": {name: held.count(name) for name in study.care.systems},
        "owner": {
            name: name_of(system.owner, "party", study, language)
            for name, system in study.care.systems.items()
        },
    }


def drawing(found: Flows) -> Drawing:
    """Return the flows drawn: boxes in columns from left to right, in units of an SVG."""
    plan = layout(found.graph, column_of(found))
    wide, high = 2 * HALF * ACROSS, 0.76 * DOWN
    left = HALF * ACROSS + 4
    boxes, lines = [], []
    for node, (column, row) in plan.nodes.items():
        x, y = left + column * ACROSS, TOP + row * DOWN
        said = textwrap.wrap(found.label(node), 22, break_long_words=False)
        at = [(round(y + 5 + 18 * (n - (len(said) - 1) / 2), 1), s) for n, s in enumerate(said)]
        dead = node in found.dead_ends
        boxes.append(Box(round(x - wide / 2, 1), round(y - high / 2, 1), round(x, 1), at, dead))
    for (a, b), points in plan.edges.items():
        curve, _ = route(points, HALF)
        moved = [(left / ACROSS + x, TOP / DOWN + y) for x, y in curve]
        kind = "used" if b not in found.systems else _kind(auto=found.graph.edges[a, b]["auto"])
        name = f"{found.label(a)} → {found.label(b)}"
        lines.append((svg_path(moved, ACROSS, DOWN), kind, name))
    width, height = 2 * left + (COLUMNS - 1) * ACROSS, TOP + plan.height * DOWN
    heads = [round(left + at * ACROSS, 1) for at in range(COLUMNS)]
    return Drawing(width, height, (wide, high), boxes, lines, heads)


def _kind(*, auto: bool) -> str:
    return "auto" if auto else "manual"
