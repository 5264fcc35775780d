"""A column's value has one plain form, whatever it was given as, and comes back as it was."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from destraba.ledger.canonical import NotCanonical
from destraba.ledger.columns import column, current_plain, default_plain, plain_value, python_value, settle
from destraba.ledger.registry import ledgered_models
from destraba.models import Commitment, Mesa, Place, Problem, Record, Seat
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemStage
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.quantities import read as quantity
from tests.factories import NOW, TODAY

KEY = uuid.UUID(int=12)
SEPTEMBER = FuzzyDate(date(2017, 9, 12), Precision.MONTH, "set 2017")
SEPTEMBER_PLAIN = {"date": "2017-09-01", "precision": "month", "source": "", "text": "set 2017"}

ONE_FORM = [
    (Problem, "stage", ProblemStage.RAISED, "raised"),
    (Problem, "number", 3, 3),
    (Problem, "number", True, 1),
    (Problem, "number", "3", 3),
    (Problem, "mesa", KEY, str(KEY)),
    (Problem, "mesa", str(KEY).upper(), str(KEY)),
    (Problem, "duplicate_of", None, None),
    (Problem, "withdrawn_at", NOW, "2017-06-15T14:00:00.000000Z"),
    (Mesa, "is_horizontal", 1, True),
    (Mesa, "is_horizontal", "0", False),
    (Mesa, "method_override", {"b": (1, 2), "a": None}, {"a": None, "b": [1, 2]}),
    (Commitment, "starts_on", TODAY, "2017-06-15"),
    (Commitment, "starts_on", "2017-06-15", "2017-06-15"),
    (
        Commitment,
        "due",
        SEPTEMBER,
        {"date": "2017-09-01", "precision": "month", "source": "", "text": "set 2017"},
    ),
    (Place, "latitude", Decimal("-8.3791000"), "-8.3791"),
    (Place, "latitude", Decimal("0.1234565"), "0.123456"),
    (Place, "latitude", -8, "-8"),
]


@pytest.mark.parametrize(("model", "name", "given", "plain"), ONE_FORM)
def test_a_value_has_one_plain_form(model: type[Record], name: str, given: Any, plain: Any) -> None:
    written = plain_value(column(model, name), given)
    assert written == plain
    assert type(written) is type(plain)


@pytest.mark.parametrize(("model", "name", "given", "plain"), ONE_FORM)
def test_the_plain_form_of_what_comes_back_is_the_same(
    model: type[Record], name: str, given: Any, plain: Any
) -> None:
    field = column(model, name)
    assert plain_value(field, python_value(field, plain)) == plain


@pytest.mark.parametrize(
    ("model", "name", "value", "error"),
    [
        (Commitment, "starts_on", NOW, TypeError),
        (Commitment, "due", TODAY, TypeError),
        (Commitment, "due", quantity("3 meses"), TypeError),
        (Commitment, "starts_on", "soon", ValidationError),
        (Problem, "withdrawn_at", datetime(2017, 6, 15), NotCanonical),  # noqa: DTZ001
        (Mesa, "method_override", {"share": 0.5}, NotCanonical),
    ],
)
def test_what_the_column_can_not_hold_is_refused(
    model: type[Record], name: str, value: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        plain_value(column(model, name), value)


def test_a_column_of_a_kind_that_the_ledger_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="no form for float"):
        plain_value(models.FloatField(name="share"), 0.5)


@settings(max_examples=50)
@given(st.decimals(-900, 900, allow_nan=False, allow_infinity=False))
def test_decimals_are_rounded_as_the_databases_round_them(value: Decimal) -> None:
    field = column(Place, "longitude")
    plain = plain_value(field, value)
    assert python_value(field, plain) == round(value, 6)
    assert plain_value(field, python_value(field, plain)) == plain


def test_a_record_settles_in_the_form_in_which_it_will_be_read_back() -> None:
    seat = Seat(role=Role.TEAM, title="Coordinadora", is_occasional=0, organization_id=str(KEY))
    settle(seat, ("role", "title", "is_occasional", "organization"))
    assert (seat.role, seat.title, seat.is_occasional, seat.organization_id) == (
        "team",
        "Coordinadora",
        False,
        KEY,
    )
    assert type(seat.role) is str
    assert type(seat.is_occasional) is bool


def test_all_recorded_columns_are_there_and_no_other() -> None:
    problem = Problem(mesa_id=KEY, number=3, position="a0", title="Demora", stage=ProblemStage.ACCEPTED)
    plain = current_plain(problem)
    assert plain.keys() == set(Problem.ledger.recorded)
    assert (plain["stage"], plain["title"], plain["mesa"]) == ("accepted", "Demora", str(KEY))


def test_what_no_event_speaks_of_holds_its_default() -> None:
    for model in ledgered_models().values():
        assert default_plain(model).keys() == set(model.ledger.recorded)
    assert default_plain(Commitment)["slips"] == 0
    assert default_plain(Problem)["title"] == ""
    assert default_plain(Mesa)["method_override"] == {}


def test_the_day_of_an_aware_moment_is_never_guessed() -> None:
    with pytest.raises(TypeError, match="depends on the zone"):
        plain_value(column(Commitment, "asked_on"), datetime(2017, 6, 15, 2, tzinfo=UTC))
