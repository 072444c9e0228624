"""The processes of managing customers: a closed cycle as picture and table (R66)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from workbench.care.organisation import Process
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study

CENTRE, RING, WIDE, HIGH = 190, 135, 130, 40
"""The picture's middle, the radius of the ring, and a box's width and height, in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A process in the picture: the middle of its box."""

    process: Process
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, from edge to edge."""

    x1: float
    y1: float
    x2: float
    y2: float


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the processes, their boxes on a ring in the order of the file, and the arrows."""
    boxes = ring(list(study.care.processes.values()))
    return {
        "boxes": list(boxes.values()),
        "arrows": list(arrows(boxes)),
        "size": (2 * CENTRE, WIDE, HIGH),
        "called": partial(name_of, study=study, language=language),
    }


def ring(processes: list[Process]) -> dict[str, Box]:
    """Place processes on a ring, the first on top, then clockwise."""
    found = {}
    for n, process in enumerate(processes):
        angle = 2 * math.pi * n / len(processes)
        x, y = CENTRE + RING * math.sin(angle), CENTRE - RING * math.cos(angle)
        found[process.id] = Box(process, round(x, 1), round(y, 1))
    return found


def arrows(boxes: Mapping[str, Box]) -> Iterator[Arrow]:
    """Yield an arrow for each `feeds`, from the edge of one box to that of the next."""
    for box in boxes.values():
        for other in (boxes[f] for f in box.process.feeds if f in boxes and f != box.process.id):
            x1, y1 = _edge(box, other)
            x2, y2 = _edge(other, box)
            yield Arrow(x1, y1, x2, y2)


def _edge(box: Box, towards: Box) -> tuple[float, float]:
    """Return where the line from a box's middle towards another leaves the box, and a little on."""
    dx, dy = towards.x - box.x, towards.y - box.y
    across = min((WIDE / 2 + 5) / abs(dx) if dx else 1, (HIGH / 2 + 5) / abs(dy) if dy else 1)
    return round(box.x + dx * across, 1), round(box.y + dy * across, 1)
