"""How long a mailed link holds, and what a hand makes of its code."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.rules.operations.links import (
    CODE_ALPHABET,
    LIFETIME,
    LinkPurpose,
    code_typed,
    grouped,
    link_refusal,
)

NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=21)
CODES = st.text(CODE_ALPHABET, min_size=8, max_size=8)


def test_every_purpose_has_its_time() -> None:
    assert set(LIFETIME) == set(LinkPurpose)


def test_a_link_opens_until_it_ends() -> None:
    assert link_refusal(LATER, None, LATER - timedelta(seconds=1)) is None
    refused = link_refusal(LATER, None, LATER)
    assert refused is not None
    assert refused.code == "link_expired"


def test_from_the_moment_it_is_revoked_it_opens_nothing() -> None:
    refused = link_refusal(LATER, NOW, NOW)
    assert refused is not None
    assert refused.code == "link_revoked"
    assert link_refusal(LATER, NOW + timedelta(seconds=1), NOW) is None


@given(CODES, st.sampled_from(["-", " ", "", " - ", "\N{EN DASH}", "\N{NO-BREAK SPACE}"]))
def test_a_code_is_read_however_it_is_typed(code: str, between: str) -> None:
    assert code_typed(f" {code[:4].lower()}{between}{code[4:]} ") == code
    assert code_typed(grouped(code)) == code


@pytest.mark.parametrize("text", ["", "K7QF-2MX", "K7QF-2MXDD", "K7QF-2MX0", "K7QF/2MXD", "\x00" * 8])
def test_what_can_be_no_code_is_none(text: str) -> None:
    assert code_typed(text) == ""


def test_no_letter_of_a_code_looks_like_a_figure() -> None:
    assert set("01OILU").isdisjoint(CODE_ALPHABET)
