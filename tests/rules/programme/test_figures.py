"""A figure that somebody else counted."""

import pytest

from destraba.rules.programme.figures import MOST, check, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("77", 77),
        ("0", 0),
        (str(MOST), MOST),
        (f"{MOST}0", None),
        ("9" * 5000, None),
        ("más de 50", None),
        ("-3", None),
        ("7.7", None),
        ("٧٧", None),
        ("", None),
    ],
)
def test_a_whole_number_is_told_from_words(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("value", "out_of", "code"),
    [
        ("más de 50", None, None),
        ("77", 204, None),
        ("204", 204, None),
        ("205", 204, "figure_beyond_total"),
        ("casi todas", 204, "figure_not_whole"),
        ("0", 1, None),
        ("0", 0, "total_out_of_bounds"),
        ("1", MOST, None),
        ("1", MOST + 1, "total_out_of_bounds"),
    ],
)
def test_out_of_a_total_it_is_a_part(value: str, out_of: int | None, code: str | None) -> None:
    refused = check(value, out_of)
    assert (refused.code if refused else None) == code
