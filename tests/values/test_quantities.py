from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.decimals import OutOfBounds
from destraba.values.quantities import InvalidQuantity, Qualifier, Quantity, Unit, read
from tests.values.naughty import NAUGHTY

BOUNDS = st.decimals(0, 10**17, places=6, allow_nan=False)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    text, unit = draw(st.text()), draw(st.sampled_from(Unit))
    low, high = sorted((draw(BOUNDS), draw(BOUNDS)))
    return draw(
        st.sampled_from(
            [
                Quantity(low, low, unit, Qualifier.EXACT, text),
                Quantity(low, low, unit, Qualifier.ABOUT, text),
                Quantity(None, high, unit, Qualifier.UP_TO, text),
                Quantity(low, None, unit, Qualifier.AT_LEAST, text),
                Quantity(low, high, unit, Qualifier.RANGE, text),
                Quantity(Decimal(0), Decimal(0), None, Qualifier.NONE_NEEDED, text),
                Quantity(None, None, unit, Qualifier.SEVERAL, text),
                Quantity(None, None, None, Qualifier.WORDS, text),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "qualifier"),
    [
        # cells of the ministries' own sheets, and the figures of the seeds
        ("6-12 meses", 6, 12, Unit.MONTHS, Qualifier.RANGE),
        ("4-8 meses", 4, 8, Unit.MONTHS, Qualifier.RANGE),
        ("3 días", 3, 3, Unit.DAYS, Qualifier.EXACT),
        ("0 días", 0, 0, Unit.DAYS, Qualifier.EXACT),
        ("0", 0, 0, Unit.COUNT, Qualifier.EXACT),
        ("1", 1, 1, Unit.COUNT, Qualifier.EXACT),
        ("casi 0", 0, 0, Unit.COUNT, Qualifier.ABOUT),
        ("varios años", None, None, Unit.YEARS, Qualifier.SEVERAL),
        ("8 años pendiente", 8, 8, Unit.YEARS, Qualifier.EXACT),
        ("20%", 20, 20, Unit.PERCENT, Qualifier.EXACT),
        ("90 días", 90, 90, Unit.DAYS, Qualifier.EXACT),
        ("6 horas", 6, 6, Unit.HOURS, Qualifier.EXACT),
        ("up to 2 years", None, 2, Unit.YEARS, Qualifier.UP_TO),
        ("4+ years", 4, None, Unit.YEARS, Qualifier.AT_LEAST),
        ("2.5-3 years", "2.5", 3, Unit.YEARS, Qualifier.RANGE),
        ("six to 12 months", 6, 12, Unit.MONTHS, Qualifier.RANGE),
        ("several years", None, None, Unit.YEARS, Qualifier.SEVERAL),
        ("none needed", 0, 0, None, Qualifier.NONE_NEEDED),
        # the same in other hands
        ("6 a 12 meses", 6, 12, Unit.MONTHS, Qualifier.RANGE),
        ("6 – 12 meses", 6, 12, Unit.MONTHS, Qualifier.RANGE),
        ("de 6 a 12 meses", 6, 12, Unit.MONTHS, Qualifier.RANGE),
        ("entre 4 y 8 meses", 4, 8, Unit.MONTHS, Qualifier.RANGE),
        ("between four and eight months", 4, 8, Unit.MONTHS, Qualifier.RANGE),
        ("2 o 3 semanas", 2, 3, Unit.WEEKS, Qualifier.RANGE),
        ("tres a cuatro años", 3, 4, Unit.YEARS, Qualifier.RANGE),
        ("hasta dos años", None, 2, Unit.YEARS, Qualifier.UP_TO),
        ("menos de 5 días", None, 5, Unit.DAYS, Qualifier.UP_TO),
        ("<= 5 días", None, 5, Unit.DAYS, Qualifier.UP_TO),
        ("10 días como máximo", None, 10, Unit.DAYS, Qualifier.UP_TO),
        ("Más de 4 años", 4, None, Unit.YEARS, Qualifier.AT_LEAST),
        ("más de cuatro años", 4, None, Unit.YEARS, Qualifier.AT_LEAST),
        ("al menos 20 %", 20, None, Unit.PERCENT, Qualifier.AT_LEAST),
        ("10 años o más", 10, None, Unit.YEARS, Qualifier.AT_LEAST),
        ("10 años a más", 10, None, Unit.YEARS, Qualifier.AT_LEAST),
        (">1000", 1000, None, Unit.COUNT, Qualifier.AT_LEAST),
        ("más de 4+ años", 4, None, Unit.YEARS, Qualifier.AT_LEAST),
        ("unos 3 meses", 3, 3, Unit.MONTHS, Qualifier.ABOUT),
        ("~ 3 meses", 3, 3, Unit.MONTHS, Qualifier.ABOUT),
        ("about 15 minutes", 15, 15, Unit.MINUTES, Qualifier.ABOUT),
        ("unos meses", None, None, Unit.MONTHS, Qualifier.SEVERAL),
        ("a few days", None, None, Unit.DAYS, Qualifier.SEVERAL),
        ("varios", None, None, None, Qualifier.SEVERAL),
        ("30 días hábiles", 30, 30, Unit.WORKING_DAYS, Qualifier.EXACT),
        ("five working days", 5, 5, Unit.WORKING_DAYS, Qualifier.EXACT),
        ("30 días calendario", 30, 30, Unit.DAYS, Qualifier.EXACT),
        ("un año y medio", "1.5", "1.5", Unit.YEARS, Qualifier.EXACT),
        ("veinte minutos", 20, 20, Unit.MINUTES, Qualifier.EXACT),
        ("1,5 horas", "1.5", "1.5", Unit.HOURS, Qualifier.EXACT),
        ("1.5 hours", "1.5", "1.5", Unit.HOURS, Qualifier.EXACT),
        ("1.000", 1000, 1000, Unit.COUNT, Qualifier.EXACT),
        ("1,000 days", 1000, 1000, Unit.DAYS, Qualifier.EXACT),
        ("-70%", -70, -70, Unit.PERCENT, Qualifier.EXACT),
        ("70 por ciento", 70, 70, Unit.PERCENT, Qualifier.EXACT),
        ("Ya no se necesita", 0, 0, None, Qualifier.NONE_NEEDED),
    ],
)
def test_quantities_as_people_give_them(
    text: str, low: str | int | None, high: str | int | None, unit: Unit | None, qualifier: Qualifier
) -> None:
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]

    assert read(text) == Quantity(bounds[0], bounds[1], unit, qualifier, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "conformado",
        "set-2015",
        "30/09/2015",
        "sin reglamento desde jul-2011",
        "por almacén",
        "una al año",
        "un dígito bajo",
        "sin financiamiento de largo plazo",
        "70/30",
        "1 por municipio",
        "3 años y 2 meses",
        "6 meses (meta 90 días)",
        "12-6 meses",
        "entre 8 y 4 meses",
        "hasta 6 meses o más",
        "-3 días",
        "3 meses de Luna",
        "1.2.3 días",
        "6 12 meses",
        "ninguno",
        "US$ 5",
        "1234567890123456789",
    ],
)
def test_what_it_can_not_read_stays_as_words(text: str) -> None:
    assert read(text) == Quantity(None, None, None, Qualifier.WORDS, text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 días", ("3", "3")),
        ("6 horas", ("0.25", "0.25")),
        ("90 minutos", ("0.0625", "0.0625")),
        ("5 días hábiles", ("7", "7")),
        ("2 semanas", ("14", "14")),
        ("6-12 meses", ("182.64", "365.28")),
        ("hasta dos años", ("0", "730.5")),
        ("4+ years", ("1461", "Infinity")),
        ("no se necesita", ("0", "0")),
    ],
)
def test_times_compare_in_days(text: str, days: tuple[str, str]) -> None:
    assert read(text).in_days() == (Decimal(days[0]), Decimal(days[1]))


@pytest.mark.parametrize("text", ["20%", "6", "varios años", "conformado", "varios"])
def test_what_is_no_number_of_time_has_no_days(text: str) -> None:
    assert read(text).in_days() is None


def test_registering_a_plantation_became_faster_however_one_counts() -> None:
    before, after = read("6-12 meses").in_days(), read("3 días").in_days()

    assert before is not None
    assert after is not None
    assert after[1] < before[0]


@pytest.mark.parametrize(
    ("low", "high", "unit", "qualifier"),
    [
        (Decimal(12), Decimal(6), Unit.MONTHS, Qualifier.RANGE),
        (Decimal(1), Decimal(2), Unit.MONTHS, Qualifier.EXACT),
        (Decimal(1), None, Unit.MONTHS, Qualifier.ABOUT),
        (None, None, Unit.MONTHS, Qualifier.EXACT),
        (Decimal(1), Decimal(2), Unit.MONTHS, Qualifier.UP_TO),
        (None, None, Unit.MONTHS, Qualifier.UP_TO),
        (None, Decimal(2), Unit.MONTHS, Qualifier.AT_LEAST),
        (Decimal(1), Decimal(2), Unit.MONTHS, Qualifier.SEVERAL),
        (Decimal(1), Decimal(1), None, Qualifier.NONE_NEEDED),
        (Decimal(0), Decimal(0), Unit.DAYS, Qualifier.NONE_NEEDED),
        (None, None, Unit.DAYS, Qualifier.WORDS),
        (Decimal(-1), Decimal(-1), Unit.DAYS, Qualifier.EXACT),
    ],
)
def test_bounds_that_contradict_the_qualifier_are_refused(
    low: Decimal | None, high: Decimal | None, unit: Unit | None, qualifier: Qualifier
) -> None:
    with pytest.raises(InvalidQuantity):
        Quantity(low, high, unit, qualifier)


@pytest.mark.parametrize("bound", ["NaN", "Infinity", "1e18", "0.0000001"])
def test_bounds_that_no_database_holds_are_refused(bound: str) -> None:
    with pytest.raises(OutOfBounds):
        Quantity(Decimal(bound), Decimal(bound), Unit.DAYS, Qualifier.EXACT)


@given(quantities())
def test_plain_and_back(quantity: Quantity) -> None:
    plain = quantity.to_plain()

    assert Quantity.from_plain(plain) == quantity
    assert Quantity.from_plain(plain).to_plain() == plain
    assert all(type(value) is str for value in plain.values())


def test_equal_values_have_one_plain_form() -> None:
    stored = Quantity(Decimal("6.00"), Decimal("6.00"), Unit.DAYS, Qualifier.EXACT)
    given_ = Quantity(Decimal(6), Decimal(6), Unit.DAYS, Qualifier.EXACT)

    assert stored == given_
    assert hash(stored) == hash(given_)
    assert stored.to_plain() == given_.to_plain()


@given(quantities())
def test_days_are_in_order(quantity: Quantity) -> None:
    days = quantity.in_days()

    assert days is None or Decimal(0) <= days[0] <= days[1]


PIECES = st.sampled_from(
    [
        "6",
        "12",
        "0",
        "2,5",
        "1.000",
        "-",
        "+",
        "%",
        " ",
        " a ",
        " y ",
        "entre ",
        "hasta ",
        "más de ",
        "casi ",
        "unos ",
        "dos",
        "veinte",
        "un",
        "meses",
        "días",
        "años",
        " hábiles",
        " o más",
        " y medio",
        " pendiente",
        ">",
        "~",
        "d",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=8).map("".join))
def test_reading_never_fails_and_keeps_the_words(text: str) -> None:
    found = read(text)

    assert found.text == read(found.text).text
    assert found.qualifier is not Qualifier.WORDS or found.unit is None


def test_reading_naughty_text_never_fails() -> None:
    assert all(isinstance(read(text), Quantity) for text in NAUGHTY)
