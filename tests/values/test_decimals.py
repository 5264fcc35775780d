from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values import decimals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("007", "7"),
        ("9,8", "9.8"),
        ("9.8", "9.8"),
        ("1.200", "1200"),
        ("1,200", "1200"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1'200,000", "1200000"),
        ("1'200,000.5", "1200000.5"),
        ("10 000,5", "10000.5"),
        ("1.234.567", "1234567"),
        ("123456789012345678", "123456789012345678"),
    ],
)
def test_numbers_as_people_write_them(text: str, value: str) -> None:
    assert decimals.read(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", ",", "1.", ".5", "1,2,3", "1.200.50", "12,34.5", "1e5", "-1", "1234567890123456789", "٣"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert decimals.read(text) is None


@pytest.mark.parametrize(
    ("value", "plain"),
    [("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("-0.00", "0"), ("0E-9", "0"), ("-2.500", "-2.5")],
)
def test_a_value_has_one_spelling(value: str, plain: str) -> None:
    assert decimals.to_plain(Decimal(value)) == plain


KEPT = st.decimals(-(10**18) + 1, 10**18 - 1, places=6, allow_nan=False)


@given(KEPT)
def test_plain_and_back_is_exact(value: Decimal) -> None:
    decimals.check(value)

    assert Decimal(decimals.to_plain(value)) == value


@given(
    st.decimals(0, 10**15, places=6, allow_nan=False),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_grouped_thousands_read_as_the_value(value: Decimal, marks: tuple[str, str]) -> None:
    thousands, point = marks
    whole, _, fraction = f"{value:,f}".partition(".")
    text = whole.replace(",", thousands) + point + fraction

    assert decimals.read(text) == value


@given(st.decimals())
def test_any_decimal_is_kept_exactly_or_refused(value: Decimal) -> None:
    try:
        decimals.check(value)
    except decimals.OutOfBounds:
        assert not value.is_finite() or abs(value) >= 10**18 or value != round(value, 6)
    else:
        assert Decimal(decimals.to_plain(value)) == value
