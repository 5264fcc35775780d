"""Dates and figures as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from destraba.ledger import wording
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.quantities import read as quantity

JUNE = date(2017, 6, 30)


@pytest.mark.parametrize(
    ("language", "words"), [("es", "30 jun 2017"), ("en", "30 Jun 2017"), ("qu", "30 jun 2017")]
)
def test_a_day_is_written_day_first(language: str, words: str) -> None:
    with translation.override(language):
        assert wording.day(JUNE) == words


def test_the_year_is_left_out_where_it_is_this_one() -> None:
    with translation.override("es"):
        assert wording.day_short(JUNE, date(2017, 1, 1)) == "30 jun"
        assert wording.day_short(JUNE, date(2018, 1, 1)) == "30 jun 2017"


@pytest.mark.parametrize(
    ("precision", "words", "machine"),
    [
        (Precision.DAY, "30 Jun 2017", "2017-06-30"),
        (Precision.MONTH, "Jun 2017", "2017-06"),
        (Precision.QUARTER, "quarter 2 of 2017", "2017-04"),
        (Precision.YEAR, "2017", "2017"),
    ],
)
def test_a_date_never_claims_more_than_was_told(precision: Precision, words: str, machine: str) -> None:
    with translation.override("en"):
        assert wording.fuzzy(FuzzyDate(JUNE, precision)) == words
    assert wording.iso(FuzzyDate(JUNE, precision)) == machine


def test_a_moment_is_told_in_the_zone_of_the_mesa() -> None:
    with translation.override("en"):
        assert wording.moment(datetime(2017, 7, 1, 2, 30, tzinfo=UTC), "America/Lima") == "30 Jun 2017, 21:30"


def test_numbers_are_grouped_as_the_locale_does() -> None:
    with translation.override("es"):
        assert wording.number(20000) == "20,000"


def test_a_quantity_is_told_as_it_was_given() -> None:
    assert wording.quantity(quantity("6-12 meses")) == "6-12 meses"


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "in 1 day"), (-9, "9 days ago")])
def test_how_far_a_day_lies_from_today(days: int, words: str) -> None:
    with translation.override("en"):
        assert wording.days_apart(days) == words
