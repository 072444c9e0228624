"""Rules of the clock: each form gives the days a calendar on the wall gives."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workalendar.europe import Finland

from workbench.care.recurrence import BadRule, days, parse_rule

FINLAND = Finland()


def of(text: str, year: int = 2010) -> list[str]:
    found = days(parse_rule(text), year, lambda name, y: ())
    return [day.isoformat()[5:] for _, day in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("04-15", ["04-15"]),
        ("01-31, 08-15", ["01-31", "08-15"]),
        ("2nd Tuesday of August", ["08-10"]),
        ("last Friday of May and September", ["05-28", "09-24"]),
        ("15th of July, August and September", ["07-15", "08-15", "09-15"]),
        ("15th of May, 12-24", ["05-15", "12-24"]),
        ("1st day of each quarter", ["01-01", "04-01", "07-01", "10-01"]),
        ("last bank day of each quarter", ["03-31", "06-30", "09-30", "12-31"]),
        ("last day of February", ["02-28"]),
        ("15th of May or previous bank day", ["05-14"]),
        ("15th of May or next bank day", ["05-17"]),
        ("last bank day of May - 8 business days", ["05-19"]),
        ("last bank day of December - 8 business days", ["12-20"]),
        ("05-02 - 1 week", ["04-25"]),
        ("05-02 - 30 days or previous bank day", ["04-01"]),  # 2 April was Good Friday
        ("12-31 + 1 day", ["01-01"]),
    ],
)
def test_a_rule_gives_the_days_of_the_wall_calendar_of_2010(rule: str, expected: list[str]) -> None:
    assert of(rule) == expected


def test_a_rule_without_months_is_for_every_month() -> None:
    assert of("15th") == of("15th of every month") == [f"{m:02}-15" for m in range(1, 13)]


def test_weeks_are_counted_from_their_first_day_into_both_directions() -> None:
    assert of("every 2 weeks from 2010-01-07")[:3] == ["01-07", "01-21", "02-04"]
    assert of("every 2 weeks from 2011-01-06") == of("every 2 weeks from 2010-01-07")
    assert len(of("every week from 2010-01-04")) == 52


def test_steps_are_taken_in_the_order_they_are_written() -> None:
    # Saturday 15 May 2010; Thursday 13 May was Ascension Day
    assert of("15th of May or previous bank day - 1 business day") == ["05-12"]
    assert of("15th of May - 1 business day or previous bank day") == ["05-14"]


@settings(deadline=None)
@given(st.integers(2024, 2030), st.integers(1, 12))
def test_the_eighth_bank_day_before_the_last_is_that_of_another_library(
    year: int, month: int
) -> None:
    first = datetime.date(year, 1, 1) - datetime.timedelta(31)
    every = (first + datetime.timedelta(n) for n in range(430))
    working = [d for d in every if FINLAND.is_working_day(d)]
    last = max(d for d in working if (d.year, d.month) == (year, month))
    expected = working[working.index(last) - 8]
    found = list(days(parse_rule("last bank day - 8 business days"), year, lambda name, y: ()))
    assert found[month - 1] == (last, expected)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("02-30", "there is no 02-30 in every year."),
        ("02-29", "there is no 02-29 in every year."),
        ("13-01", "there is no 13-01 in every year."),
        ("31st", "there is no 31st every time."),
        ("30th of February", "there is no 30th every time."),
        ("5th Friday of August", "there is no 5th Friday every time."),
        ("0th Friday", "there is no 0th Friday every time."),
        ("2nd Tuseday of August", "'Tuseday' is no kind of day."),
        ("2nd Tuesday of Agust", "'Agust' is no month."),
        ("every month", "'every month' is no day."),
        ("every 0 weeks from 2010-01-07", "every 0 weeks is no rhythm."),
        ("every 2 weeks from 2010-02-30", "there is no day 2010-02-30."),
        ("15th - five days", "'- five days' is no step."),
        ("15th - 900 days", "'- 900 days' leads out of the year."),
        ("15th or previous working day", "'or previous working day' is no step."),
        ("", "'' is no day."),
        ("huhtikuun 15.", "'huhtikuun 15.' is no day."),
    ],
)
def test_a_rule_that_gives_no_days_says_why_and_what_to_write(rule: str, message: str) -> None:
    with pytest.raises(BadRule) as told:
        parse_rule(rule)
    assert told.value.message == message
    assert told.value.hint


@settings(deadline=None)
@given(st.text(alphabet="0123456789-+ ,andofrnextpvusbkyTAVlwhmq", max_size=40))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        assert parse_rule(text)
    except BadRule as told:
        assert told.hint
