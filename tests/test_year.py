"""The year of a study: its days as a table, merged over segments, and its load by week."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.environment import ROOT
from tests.test_clock import CLOCK, PAY, event
from workbench.practice.year import NoSuchYear
from workbench.study import Study

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def example() -> Study:
    return wb.load(ROOT)


def test_a_row_says_when_what_for_whom_told_when_and_by_whom(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: event("V01", "deadline", "03-15", more="  lead: 5\n")}))
    (row,) = wb.year(study, "en").table.itertuples(index=False)
    day, told = datetime.date(2010, 3, 15), datetime.date(2010, 3, 10)
    assert row[:6] == (day, "Event V01", "deadline", "month", "Supervisors", told)
    assert row[7] == "own handler"


def test_the_year_is_the_material_s_own_unless_one_is_given(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: PAY}))
    assert wb.year(study).days[0].day == datetime.date(2010, 1, 15)
    assert wb.year(study, year=2012).days[3].day == datetime.date(2012, 4, 13)  # 15.4. a Sunday


def test_a_view_has_its_own_days_and_its_parent_s_and_nobody_else_s(study_with: Write) -> None:
    own = event("V02", "task", "04-01", "esimiehet-koulu")
    other = event("V03", "task", "05-01", "esimiehet-tori")
    inner = event("V04", "task", "06-01", "")
    study = wb.load(study_with({CLOCK: PAY + own + other + inner}))
    here = wb.year(study.where(segment="esimiehet-koulu"))
    assert {o.event.id for o in here.days} == {"V01", "V02"}
    assert {o.event.id for o in wb.year(study).days} == {"V01", "V02", "V03", "V04"}


def test_the_years_of_all_segments_merge_without_a_day_twice(example: Study) -> None:
    whole = [(o.day, o.event.id) for o in wb.year(example).days if o.event.segments]
    views = {
        (o.day, o.event.id)
        for segment in example.segments.all
        for o in wb.year(example.where(segment=segment)).days
    }
    assert len(whole) == len(set(whole)) > 200
    assert views == set(whole)


def test_hours_nobody_knows_are_not_taken_as_nothing(study_with: Write) -> None:
    known = "  hours: 3\n  source: {fi: arvio, en: guess}\n"
    events = [event("V01", "task", "03-15", more=known), event("V02", "task", "03-16"),
              event("V03", "task", "03-24")]  # fmt: skip
    load = wb.year(wb.load(study_with({CLOCK: "".join(events)}))).load
    weeks = {w.number: (w.events, w.hours, w.unknown) for w in load.weeks}
    assert weeks[11] == (2, 3.0, 1)
    assert weeks[12] == (1, None, 1)
    assert weeks[13] == (0, None, 0)
    assert load.table.isna().sum().tolist() == [0, 0, 0, 52, 0, 0]


def test_the_weeks_of_a_year_hold_all_its_days(example: Study) -> None:
    for which in (2010, 2015, 2020):
        result = wb.year(example, year=which)
        assert sum(w.events for w in result.load.weeks) == len(result.days)


def test_a_clash_is_counted_in_its_week(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: PAY + event("V02", "deadline", "03-16")}))
    result = wb.year(study)
    assert len(result.clashes) == 1
    assert [w.number for w in result.load.weeks if w.clashes] == [11]


def test_a_year_without_a_calendar_is_refused(study_with: Write) -> None:
    with pytest.raises(NoSuchYear, match="1900 to 2199"):
        wb.year(wb.load(study_with()), year=10)


def test_the_ring_has_a_bar_for_each_day_and_names_its_rings_in_words(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: PAY + event("V02", "deadline", "01-01")}))
    figure = wb.year(study, "en").chart()
    bars = {bar.name: bar.theta for bar in figure.data}
    assert len(bars["pay day"]) == 12
    assert bars["deadline"] == (0.0,)
    assert "pay period" in figure.layout.annotations[0].text


def test_the_load_is_drawn_week_by_week(study_with: Write) -> None:
    figure = wb.year(wb.load(study_with({CLOCK: PAY})), "en").load.chart()
    assert sum(figure.data[0].y) == 12


def test_the_example_has_the_events_and_contacts_it_promises(example: Study) -> None:
    assert len(example.care.clock) >= 48
    assert len(example.care.contacts) >= 12
    assert {e.layer for e in example.care.clock.values()} == set(
        type(next(iter(example.care.clock.values())).layer)
    )
