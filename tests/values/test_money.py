import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.decimals import OutOfBounds
from destraba.values.money import CurrencyMismatch, InvalidMoney, Money, read
from tests.values.naughty import NAUGHTY

MONEYS = st.builds(
    Money,
    st.decimals(-(10**17), 10**17, places=4, allow_nan=False),
    st.none() | st.from_regex("[A-Z]{3}", fullmatch=True),
    st.none() | st.integers(1900, 2199),
    st.text(),
)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        # sums of the ministries' own sheets, and of the seeds
        ("US$ 9,8 millones", "9800000", "USD"),
        ("US$ 9,8 millones sin IGV", "9800000", "USD"),
        ("US$ 1 millón", "1000000", "USD"),
        ("US$ 117 millones", "117000000", "USD"),
        ("US$ 200 millones", "200000000", "USD"),
        ("US$200m", "200000000", "USD"),
        ("US$1.2bn", "1200000000", "USD"),
        ("500 millones", "500000000", None),
        # the same in other hands
        ("S/ 1.200,50", "1200.50", "PEN"),
        ("S/. 1,200.50", "1200.50", "PEN"),
        ("S/1'200,000", "1200000", "PEN"),
        ("15 mil soles", "15000", "PEN"),
        ("PEN 15 000", "15000", "PEN"),
        ("U$S 9.800.000", "9800000", "USD"),
        ("9.800.000 USD", "9800000", "USD"),
        ("2 millones de dólares americanos", "2000000", "USD"),
        ("2 MM USD", "2000000", "USD"),
        ("US$ 2 mil millones", "2000000000", "USD"),
        ("2 billones de pesos chilenos", "2000000000000", "CLP"),
        ("€ 3,5 million", "3500000", "EUR"),
        ("R$ 10 milhões", "10000000", "BRL"),
        ("$ 5 USD", "5", "USD"),
        ("-US$ 5", "-5", "USD"),
        ("−5 soles", "-5", "PEN"),
        # money, and nobody says whose
        ("$ 200 million", "200000000", None),
        ("$5", "5", None),
        ("300 pesos", "300", None),
        ("2 millones de dólares", "2000000", None),
        ("1.200", "1200", None),
    ],
)
def test_sums_as_people_give_them(text: str, amount: str, currency: str | None) -> None:
    assert read(text) == Money(Decimal(amount), currency, None, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gratis",
        "6 meses",
        "20%",
        "25 m",
        "5 UIT",
        "US$",
        "US$ 1-2 millones",
        "más de 500 millones",
        "about US$160m",
        "US$ 5 y S/ 3",
        "US$ 5 soles",
        "70/30",
        "1.2.3 soles",
        "US$ 123456789012345678 millones",
    ],
)
def test_what_is_not_one_plain_sum_is_no_money(text: str) -> None:
    assert read(text) is None


def test_sums_of_one_currency_and_year_add_up() -> None:
    assert Money(Decimal("9.8"), "USD", 2016, "a") + Money(Decimal("0.2"), "USD", 2016, "b") == Money(
        Decimal(10), "USD", 2016
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Money(Decimal(1), "USD", 2016), Money(Decimal(1), "PEN", 2016)),
        (Money(Decimal(1), "USD", 2016), Money(Decimal(1), "USD", 2017)),
        (Money(Decimal(1), None, 2016), Money(Decimal(1), None, 2016)),
        (Money(Decimal(1), "USD", None), Money(Decimal(1), "USD", None)),
        (Money(Decimal(1), "USD", 2016), Money(Decimal(1), None, 2016)),
    ],
)
def test_what_may_differ_is_never_added(left: Money, right: Money) -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        left + right

    assert (refused.value.left, refused.value.right) == (left, right)
    assert pickle.loads(pickle.dumps(refused.value)).left == left


@pytest.mark.parametrize(
    ("currency", "year"), [("usd", 2016), ("US$", 2016), ("USDX", 2016), ("", 2016), ("USD", 16)]
)
def test_a_currency_and_a_year_have_their_shape(currency: str, year: int) -> None:
    with pytest.raises(InvalidMoney):
        Money(Decimal(1), currency, year)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "-Infinity", "1e18", "-1e18", "0.0000001"])
def test_an_amount_that_no_database_holds_is_refused(amount: str) -> None:
    with pytest.raises(OutOfBounds):
        Money(Decimal(amount), "USD", 2016)


@given(MONEYS)
def test_plain_and_back(money: Money) -> None:
    plain = money.to_plain()

    assert Money.from_plain(plain) == money
    assert Money.from_plain(plain).to_plain() == plain
    assert all(type(value) is str for value in plain.values())


PIECES = st.sampled_from(
    [
        "US$",
        "S/",
        "S/.",
        "$",
        "usd",
        " ",
        "-",
        "9,8",
        "1.200,50",
        "3",
        " millones",
        " mil",
        "m",
        "bn",
        " de ",
        "soles",
        " sin IGV",
        "€",
        "0",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=7).map("".join))
def test_any_text_is_a_sum_or_none(text: str) -> None:
    found = read(text)

    assert found is None or (found.year is None and found.amount.is_finite())


def test_naughty_text_is_a_sum_or_none() -> None:
    assert all(found is None or found.amount.is_finite() for found in map(read, NAUGHTY))
