"""Dates, figures and quantities as the reader's language writes them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import dates, numbers
from django.utils import translation
from django.utils.translation import gettext as _

from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.quantities import Quantity


def locale() -> str:
    """The locale that Babel knows for the language of this request."""
    return {"es": "es_PE", "en": "en_GB"}.get(translation.get_language() or "es", "es_PE")


def day(value: date) -> str:
    """A day with its year: "30 jun 2017"."""
    return _date(value, "d MMM y", locale())


def day_in_full(value: date) -> str:
    """A day with nothing shortened: "30 de junio de 2017"."""
    return _date(value, "long", locale())


def day_short(value: date, today: date) -> str:
    """A day without its year where that is this year's."""
    pattern = "d MMM" if value.year == today.year else "d MMM y"
    return _date(value, pattern, locale())


def fuzzy(value: FuzzyDate) -> str:
    """A date as exactly as it was given: a day, a month, a quarter or a year."""
    pattern = {Precision.DAY: "d MMM y", Precision.MONTH: "MMM y", Precision.YEAR: "y"}.get(value.precision)
    if pattern is None:
        quarter = (value.first_day.month + 2) // 3
        return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": value.first_day.year}
    return _date(value.first_day, pattern, locale())


def iso(value: FuzzyDate) -> str:
    """For machines: "2017-06-30", "2017-06", "2017"."""
    first = value.first_day
    if value.precision is Precision.DAY:
        return first.isoformat()
    return str(first.year) if value.precision is Precision.YEAR else first.isoformat()[:7]


def moment(value: datetime, zone: str) -> str:
    """A moment in the mesa's zone, to the minute."""
    pattern, there = "d MMM y, HH:mm", dates.get_timezone(zone)
    return dates.format_datetime(value, pattern, tzinfo=there, locale=locale()).replace(".", "")


def number(value: int) -> str:
    return numbers.format_decimal(value, locale=locale())


def quantity(value: Quantity) -> str:
    """As people gave it: the text is what they know it by."""
    return value.text


def days_apart(days: int) -> str:
    """How far a day lies from today, in words."""
    if days == 0:
        return _("today")
    return _days(days, locale())


# A page of the Matrix words the same few hundred days over and over.
@lru_cache(maxsize=8192)
def _date(value: date, pattern: str, language: str) -> str:
    return dates.format_date(value, pattern, locale=language).replace(".", "")


@lru_cache(maxsize=8192)
def _days(days: int, language: str) -> str:
    return dates.format_timedelta(
        timedelta(days=days), granularity="day", threshold=1.5, add_direction=True, locale=language
    )
