"""The version that an export writes in each row."""

import uuid

import pytest

from destraba.exchange.matrix.stamps import Stamp, read_stamp, tail_of
from destraba.rules.lights import Light

MESA = uuid.UUID("01890a5d-ac96-774b-bcce-b302099f3a2c")


@pytest.mark.parametrize(
    ("stamp", "text"),
    [
        (Stamp(37, "9f3a2c"), "v37.9f3a2c"),
        (Stamp(0, "000000", Light.AMBER), "v0.000000 amber"),
        (Stamp(12, "9f3a2c", Light.NONE), "v12.9f3a2c none"),
    ],
)
def test_what_is_written_is_read(stamp: Stamp, text: str) -> None:
    assert str(stamp) == text
    assert read_stamp(f" {text} ") == stamp


@pytest.mark.parametrize(
    "text", ["", "37", "v.9f3a2c", "v37.9F3A2C", "v37.9f3a2c purple", "v9999999999999.9f3a2c", "v37.9f3a2"]
)
def test_anything_else_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


def test_a_stamp_knows_its_mesa() -> None:
    assert tail_of(MESA) == "9f3a2c"
    assert Stamp(1, "9f3a2c").is_of(MESA)
    assert not Stamp(1, "9f3a2c").is_of(uuid.uuid4())
