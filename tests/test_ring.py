"""The ring: days at their angles, numbers that do not touch."""

import datetime
from collections.abc import Callable
from math import pi
from pathlib import Path

import workbench as wb
from tests.environment import ROOT
from tests.test_clock import CLOCK, PAY, event
from workbench.reports.ring import Ring, angle, ring

Write = Callable[..., Path]


def test_the_year_runs_clockwise_from_new_year() -> None:
    assert angle(datetime.date(2010, 1, 1)) == 0
    assert angle(datetime.date(2010, 7, 2)) == 360 * 182 / 365
    assert round(angle(datetime.date(2012, 12, 31)), 2) == 359.02


def test_what_has_a_number_shows_it_and_all_else_is_a_tick(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: PAY + event("V02", "task", "04-02")}))
    made = ring(wb.year(study, "en"), {"V02": 1})
    assert [m.told for m in made.marks if m.number] == [
        "Fri\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}Apr Event V02"
    ]
    assert len([m for m in made.marks if not m.number]) == 12
    assert [name for _, name in made.months][:2] == ["Jan", "Feb"]


def nearest(made: Ring) -> float:
    """Return the least distance along a lane between two numbers."""
    lanes: dict[int, list[float]] = {}
    for mark in made.marks:
        if mark.number:
            lanes.setdefault(mark.radius, []).append(mark.angle)
    gaps = [
        ((b - a) % 360) * pi / 180 * lane
        for lane, angles in lanes.items()
        for a, b in zip(sorted(angles), sorted(angles)[1:] + sorted(angles)[:1], strict=True)
        if len(angles) > 1
    ]
    return min(gaps)


def test_no_two_numbers_of_the_example_touch() -> None:
    study = wb.load(ROOT)
    views = [study, *(study.where(segment=s) for s in study.segments.all)]
    for view in views:
        result = wb.year(view)
        rare = {o.event.id for o in result.days}
        often = {n for n in rare if sum(o.event.id == n for o in result.days) > 2}
        numbers = {name: n for n, name in enumerate(sorted(rare - often), 1)}
        assert nearest(ring(result, numbers)) > 30


def test_numbers_on_either_side_of_new_year_stand_on_different_lanes(study_with: Write) -> None:
    events = event("V01", "task", "01-02") + event("V02", "task", "12-30")
    made = ring(wb.year(wb.load(study_with({CLOCK: events}))), {"V01": 1, "V02": 2})
    assert len({mark.radius for mark in made.marks}) == 2
