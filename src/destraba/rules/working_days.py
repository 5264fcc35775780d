"""Working days: Monday to Friday, but for the holidays of the mesa's country, which the caller passes in."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_SATURDAY = 5


def is_working_day(day: date, holidays: AbstractSet[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(day: date, count: int, holidays: AbstractSet[date]) -> date:
    """The `count`-th working day after `day`; `day` itself is never counted. `count` 0 gives `day`."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day, holidays):
            day += timedelta(days=1)
    return day
