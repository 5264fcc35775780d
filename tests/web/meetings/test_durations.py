"""Lengths of time, as people type them."""

import pytest

from destraba.web.forms.durations import UnreadableDuration, read, written


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15", 15),
        (" 90m ", 90),
        ("90 min", 90),
        ("20'", 20),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("1.25h", 75),
        ("2 horas", 120),
        ("1:30", 90),
        ("0:05", 5),
    ],
)
def test_what_people_type(text: str, minutes: int) -> None:
    assert read(text) == minutes


@pytest.mark.parametrize("text", ["", "soon", "-5", "1:75", "h", "1.5", "99999", "1:30:00", "١٥x"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(UnreadableDuration):
        read(text)


@pytest.mark.parametrize("minutes", [1, 59, 60, 61, 90, 720])
def test_what_is_written_is_read_back(minutes: int) -> None:
    assert read(written(minutes)) == minutes
