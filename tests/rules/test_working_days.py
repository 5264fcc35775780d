from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from destraba.rules.working_days import is_working_day, working_days_after

PATIENT = settings(deadline=None)
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
NONE: frozenset[date] = frozenset()


def test_a_week_of_work_passes_over_the_weekend() -> None:
    assert working_days_after(date(2017, 6, 1), 5, NONE) == date(2017, 6, 8)


def test_the_day_itself_does_not_count() -> None:
    assert working_days_after(date(2017, 6, 1), 0, NONE) == date(2017, 6, 1)
    assert working_days_after(date(2017, 6, 3), 1, NONE) == date(2017, 6, 5)


@PATIENT
@given(DAYS, st.integers(1, 30), st.frozensets(DAYS, max_size=5), st.data())
def test_exactly_so_many_working_days_lie_between(
    day: date, count: int, holidays: frozenset[date], data: st.DataObject
) -> None:
    near = data.draw(st.frozensets(st.integers(0, 40).map(lambda ahead: day + timedelta(days=ahead))))
    closed = holidays | near
    end = working_days_after(day, count, closed)
    between = [day + timedelta(days=ahead) for ahead in range(1, (end - day).days + 1)]
    assert sum(is_working_day(each, closed) for each in between) == count
    assert is_working_day(end, closed)
