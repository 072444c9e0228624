"""Bank days against an independent library of Finnish holidays."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from workalendar.europe import Finland

from workbench.care.calendar import is_bank_day, last_day, moved, nearest

DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31))
FINLAND = Finland()
WORKING = [
    day
    for n in range((datetime.date(2031, 12, 31) - datetime.date(2023, 1, 1)).days)
    if FINLAND.is_working_day(day := datetime.date(2023, 1, 1) + datetime.timedelta(n))
]


def test_bank_days_of_2024_to_2030_are_those_of_another_library() -> None:
    first = datetime.date(2024, 1, 1)
    every = [first + datetime.timedelta(n) for n in range(2557)]
    assert every[-1] == datetime.date(2030, 12, 31)
    assert [d for d in every if is_bank_day(d)] == [d for d in WORKING if d in every]


def test_both_eves_are_no_bank_days() -> None:
    assert not is_bank_day(datetime.date(2010, 6, 25))  # Midsummer Eve, a Friday
    assert not is_bank_day(datetime.date(2010, 12, 24))  # Christmas Eve, a Friday
    assert is_bank_day(datetime.date(2010, 12, 27))


@settings(deadline=None)
@given(DAYS, st.integers(-20, 20).filter(bool))
def test_so_many_bank_days_on_is_so_many_places_in_the_list_of_them(
    day: datetime.date, number: int
) -> None:
    if number > 0:
        expected = [d for d in WORKING if d > day][number - 1]
    else:
        expected = [d for d in WORKING if d < day][number]
    assert moved(day, number) == expected


def test_a_bank_day_is_its_own_nearest() -> None:
    friday, saturday = datetime.date(2010, 5, 14), datetime.date(2010, 5, 15)
    assert nearest(friday, -1) == friday
    assert nearest(saturday, -1) == friday
    assert nearest(saturday, 1) == datetime.date(2010, 5, 17)


def test_the_last_day_of_a_month_knows_leap_years_and_december() -> None:
    assert last_day(2024, 2) == datetime.date(2024, 2, 29)
    assert last_day(2010, 2) == datetime.date(2010, 2, 28)
    assert last_day(2010, 12) == datetime.date(2010, 12, 31)
