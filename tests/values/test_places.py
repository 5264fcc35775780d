from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.places import Coordinates, InvalidCoordinates, InvalidPlaceCode, PlaceKind, check_code
from tests.values.naughty import NAUGHTY

COORDINATES = st.builds(Coordinates, st.decimals(-90, 90, places=6), st.decimals(-180, 180, places=6))


def test_pucallpa_is_on_the_map() -> None:
    pucallpa = Coordinates(Decimal("-8.379150"), Decimal("-74.553870"))

    assert pucallpa.to_plain() == {"latitude": "-8.37915", "longitude": "-74.55387"}
    assert pucallpa == Coordinates(Decimal("-8.37915"), Decimal("-74.55387"))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("90.000001", "0"),
        ("-91", "0"),
        ("0", "180.000001"),
        ("0", "-181"),
        ("NaN", "0"),
        ("0", "Infinity"),
        ("0.0000001", "0"),
        ("sNaN", "0"),
    ],
)
def test_what_is_off_the_globe_or_too_fine_is_refused(latitude: str, longitude: str) -> None:
    with pytest.raises(InvalidCoordinates):
        Coordinates(Decimal(latitude), Decimal(longitude))


@given(COORDINATES)
def test_plain_and_back(coordinates: Coordinates) -> None:
    assert Coordinates.from_plain(coordinates.to_plain()) == coordinates


@pytest.mark.parametrize("code", ["250101", "PE-UCA", "AR.B.638", "A" * 20])
def test_codes_of_any_country_are_taken_as_they_are(code: str) -> None:
    assert check_code(code) == code


@pytest.mark.parametrize("code", ["", "pe-uca", "PE UCA", "PE_UCA", "Ñ1", "A" * 21, "1\n", "٣"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidPlaceCode):
        check_code(code)


def test_naughty_text_is_a_code_of_plain_characters_or_refused() -> None:
    for text in NAUGHTY:
        try:
            assert check_code(text).isascii()
        except InvalidPlaceCode:
            assert (
                text.upper() != text or not text.isalnum() or not text.isascii() or not 1 <= len(text) <= 20
            )


def test_kinds_are_stable_words() -> None:
    assert [kind.value for kind in PlaceKind] == [
        "country",
        "region",
        "province",
        "municipality",
        "office",
        "other",
    ]
