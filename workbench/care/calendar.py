"""Bank days in Finland: Monday to Friday, without holidays, Midsummer Eve and Christmas Eve."""

from __future__ import annotations

import datetime
import functools

DAY = datetime.timedelta(days=1)
_SATURDAY = 5


@functools.cache
def closed(year: int) -> frozenset[datetime.date]:
    """Return the days of a year on which banks are closed besides Saturdays and Sundays.

    The library `holidays` counts both eves among Finland's, as the law on time limits (150/1930,
    section 5) and the banks do (https://www.op.fi, exceptions in opening hours).
    """
    import holidays  # only where days are asked for: a check of a study without a clock is quick

    return frozenset(holidays.country_holidays("FI", years=year))


def is_bank_day(day: datetime.date) -> bool:
    """Tell whether money moves on this day."""
    return day.weekday() < _SATURDAY and day not in closed(day.year)


def nearest(day: datetime.date, direction: int) -> datetime.date:
    """Return the day itself if it is a bank day, else the next (1) or the previous (-1) one."""
    while not is_bank_day(day):
        day += direction * DAY
    return day


def moved(day: datetime.date, number: int) -> datetime.date:
    """Return the bank day so many bank days after a day, or before it if `number` is negative."""
    direction = 1 if number > 0 else -1
    for _ in range(abs(number)):
        day = nearest(day + direction * DAY, direction)
    return day


def last_day(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return after - DAY
