"""Who stands in for whom, and on which weekdays nobody does."""

import calendar
import datetime

import pytest

from tests.staff import handler, relationship, staffed
from workbench.base.records import When
from workbench.care.cover import between, covers, first, is_away, lacking, last, weekdays

DAY = datetime.date


def test_a_backup_is_able_only_with_every_area_at_level_two() -> None:
    a = relationship("a", areas=["sopimus", "vuorot"])
    half = handler("K1", backup=["a"], skills={"sopimus": 3, "vuorot": 1})
    whole = handler("K2", backup=["a"], skills={"sopimus": 2, "vuorot": 2})
    cover = covers(staffed(a, half, whole).care)["a"]
    assert [h.id for h in cover.able] == ["K2"]
    assert lacking(half, a) == ("vuorot",)


def test_two_backups_who_take_turns_leave_no_day_alone() -> None:
    early = handler("K1", backup=["a"], away=[("2010-07-05", "2010-07-06")])
    late = handler("K2", backup=["a"], away=[("2010-07-07", "2010-07-09")])
    week = tuple(between(DAY(2010, 7, 5), DAY(2010, 7, 11)))
    assert covers(staffed(relationship("a"), early, late).care)["a"].without(week) == ()
    alone = covers(staffed(relationship("a"), early).care)["a"]
    assert alone.without(week) == (DAY(2010, 7, 5), DAY(2010, 7, 6))


def test_an_absence_counts_from_monday_to_friday_with_its_first_and_last_day() -> None:
    (away,) = handler("K1", away=[("2010-07-02", "2010-07-05")]).away
    assert weekdays(away) == (DAY(2010, 7, 2), DAY(2010, 7, 5))
    assert is_away(handler("K1", away=[("2010-07", "2010-07")]), DAY(2010, 7, 31))
    assert not is_away(handler("K1", away=[("2010-07", "2010-07")]), DAY(2010, 8, 1))


@pytest.mark.parametrize("year", [2010, 2012, 2100])
def test_a_month_ends_when_the_calendar_says(year: int) -> None:
    for month in range(1, 13):
        days = calendar.monthrange(year, month)[1]
        assert last(When(f"{year}-{month:02}")) == DAY(year, month, days)
    assert (first(When(str(year))), last(When(str(year)))) == (DAY(year, 1, 1), DAY(year, 12, 31))
    assert first(When("2010-07-15")) == last(When("2010-07-15")) == DAY(2010, 7, 15)
