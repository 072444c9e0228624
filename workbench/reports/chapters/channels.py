"""Channels: which levels of service each fits, as a picture by template and the same as a table."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.base.languages import words
from workbench.practice.channels import LEVELS, ChannelFit, channel_fit
from workbench.reports.numbers import Sheet
from workbench.study import Study

NAMES, ACROSS, DOWN, TOP = 250, 130, 40, 52
"""Units of the names, of a column, of a row, and of the headings."""

Lines = list[tuple[float, str]]


@dataclass(frozen=True)
class Mark:
    """A cell: `level` the channel gives, `open` if it fits too, `misfit`; kinds of encounter."""

    x: float
    kind: str
    n: int


@dataclass(frozen=True)
class Row:
    """A channel in the picture."""

    top: float
    middle: float
    lines: Lines
    marks: list[Mark]


@dataclass(frozen=True)
class Drawing:
    """The picture: its size, a heading for each level of demand, a row for each channel."""

    width: float
    height: float
    heads: list[tuple[float, Lines]]
    rows: list[Row]


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return how channels fit what is asked of them, its drawing, and what does not fit."""
    found = channel_fit(study, language) if len(study.encounters) < 2 else None
    if found is None:
        found = channel_fit(study, language, name=next(iter(study.encounters)))
    odd = [use.served for use in found.uses if not use.served.fits]
    return {"fit": found, "levels": LEVELS, "drawing": drawing(found, language), "misfits": odd}


def drawing(found: ChannelFit, language: str) -> Drawing:
    """Return channels × levels drawn, in units of an SVG."""
    say = words(language)
    middles = [NAMES + ACROSS * (n + 0.5) for n in range(len(LEVELS))]
    heads = [
        (x, _lines(say(f"demand_{level}"), 15, TOP / 2))
        for x, level in zip(middles, LEVELS, strict=True)
    ]
    rows = []
    for n, (name, channel) in enumerate(found.study.care.channels.items()):
        middle = TOP + DOWN * (n + 0.5)
        marks = [
            Mark(x, kind, found.kinds(level, name))
            for x, level in zip(middles, LEVELS, strict=True)
            if (kind := _kind(found, name, level))
        ]
        said = _lines(channel.label.say(language), 32, middle)
        rows.append(Row(middle - DOWN / 2, middle, said, marks))
    return Drawing(NAMES + ACROSS * len(LEVELS), TOP + DOWN * len(rows), heads, rows)


def _kind(found: ChannelFit, name: str, level: str) -> str:
    channel = found.study.care.channels[name]
    if level == channel.level:
        return "level"
    if level in channel.fits:
        return "open"
    return "misfit" if any(level == at and found.kinds(at, name) for at in LEVELS) else ""


def _lines(text: str, width: int, middle: float) -> Lines:
    said = textwrap.wrap(text, width, break_long_words=False)
    return [(round(middle + 5 + 16 * (n - (len(said) - 1) / 2), 1), s) for n, s in enumerate(said)]
