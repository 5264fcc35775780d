"""One byte form, the same as RFC 8785 writes it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from destraba.ledger.canonical import (
    GENESIS,
    NotCanonical,
    canonical,
    leaf_hash,
    part_digest,
    payload_digest,
    timestamp,
)

# Characters of the first plane without surrogates; keys are made of these, values of any but surrogates.
FIRST_PLANE = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(FIRST_PLANE), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=60)
@given(PLAIN)
def test_it_writes_what_rfc_8785_writes(value: Any) -> None:
    written = canonical(value)
    assert written == rfc8785.dumps(value)
    assert json.loads(written) == value


def test_keys_are_sorted_and_nothing_is_escaped_that_need_not_be() -> None:
    assert canonical({"z": 1, "ñ": "á\u2028", "a": [True, None, "\x1f"]}) == (
        '{"a":[true,null,"\\u001f"],"z":1,"ñ":"á\u2028"}'.encode()
    )


class Colour(StrEnum):
    RED = "red"


def test_a_member_of_an_enumeration_is_its_value() -> None:
    assert canonical({"colour": Colour.RED}) == b'{"colour":"red"}'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        "\ud800",
        {"a": "\udfff"},
        {1: "a"},
        {None: "a"},
        {"\U0001f332": 1},
        b"bytes",
        {"a": {1, 2}},
        datetime(2017, 6, 15, tzinfo=UTC),
    ],
    ids=repr,
)
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_a_value_too_deep_to_write_is_refused() -> None:
    pit: Any = []
    for _ in range(5000):
        pit = [pit]
    with pytest.raises(NotCanonical):
        canonical(pit)


def test_a_moment_is_written_in_utc_with_microseconds() -> None:
    lima = timezone(timedelta(hours=-5))
    assert timestamp(datetime(2017, 6, 15, 9, 0, tzinfo=lima)) == "2017-06-15T14:00:00.000000Z"
    assert timestamp(datetime(999, 1, 1, 0, 0, 0, 7, tzinfo=UTC)) == "0999-01-01T00:00:00.000007Z"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NotCanonical):
        timestamp(datetime(2017, 6, 15))  # noqa: DTZ001


def test_the_hashes_are_those_of_the_design() -> None:
    assert leaf_hash(b"header") == hashlib.sha256(b"\x00header").digest()
    assert part_digest(b"salt", b'"value"') == hashlib.sha256(b'salt"value"').digest()
    expected = hashlib.sha256(b'{"a":"' + b"00" * 32 + b'","b":"' + b"ff" * 32 + b'"}').digest()
    assert payload_digest({"b": b"\xff" * 32, "a": b"\x00" * 32}) == expected
    assert bytes(32) == GENESIS
