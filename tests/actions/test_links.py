"""Mailed links: what is kept of them, and what opens."""

from datetime import timedelta
from hashlib import sha256

import pytest

from destraba.actions.links import Made, make_link, redeem, revoke
from destraba.models import Event, Link
from destraba.rules.operations.links import CODE_ALPHABET, LIFETIME, LinkPurpose, code_typed
from tests.factories import NOW, Cast


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_link(purpose=LinkPurpose.UPDATE, person=cast.lucia.person, now=NOW)


def test_neither_the_secret_nor_the_code_is_kept(made: Made) -> None:
    (row,) = Link.objects.values_list()
    kept = " ".join(map(str, row))
    assert len(made.secret) >= 43
    assert made.secret not in kept
    assert code_typed(made.code) not in kept
    # So few characters could be tried out against a plain hash by whoever steals the table.
    assert sha256(code_typed(made.code).encode()).hexdigest() not in kept


def test_the_code_is_short_and_in_two_groups(made: Made) -> None:
    assert len(made.code) == 9
    assert made.code[4] == "-"
    assert set(made.code) - {"-"} <= set(CODE_ALPHABET)


def test_making_a_link_is_no_event(cast: Cast) -> None:
    before = Event.objects.count()
    make_link(purpose=LinkPurpose.MINUTES, person=cast.lucia.person, scope=["x"], now=NOW)
    assert Event.objects.count() == before


def test_secret_and_code_open_the_same_and_are_counted(made: Made) -> None:
    for given in (made.secret, made.code, made.code.lower().replace("-", " ")):
        opened = redeem(given=given, is_typed=True, now=NOW)
        assert opened == made.link
    link = Link.objects.get()
    assert (link.used_count, link.last_used_at) == (3, NOW)


def test_a_code_opens_nothing_where_nobody_counts_how_often_it_is_tried(made: Made) -> None:
    assert redeem(given=made.code, now=NOW) is None


@pytest.mark.parametrize("given", ["", "x", "A" * 43, "K7QF-2MXD", "\x00", "\ud800", "ñ" * 10_000])
def test_what_is_no_secret_opens_nothing(made: Made, given: str) -> None:
    assert redeem(given=given, is_typed=True, now=NOW) is None
    assert Link.objects.get().used_count == 0


def test_a_secret_with_one_letter_changed_opens_nothing(made: Made) -> None:
    for at in range(len(made.secret)):
        other = "A" if made.secret[at] != "A" else "B"
        assert redeem(given=made.secret[:at] + other + made.secret[at + 1 :], now=NOW) is None


def test_the_hash_that_is_kept_opens_nothing(made: Made) -> None:
    assert redeem(given=made.link.secret, now=NOW) is None
    assert redeem(given=made.link.code, is_typed=True, now=NOW) is None


def test_at_its_end_it_opens_nothing(made: Made) -> None:
    end = NOW + LIFETIME[LinkPurpose.UPDATE]
    assert redeem(given=made.secret, now=end - timedelta(seconds=1)) == made.link
    assert redeem(given=made.secret, now=end) is None
    assert redeem(given=made.code, is_typed=True, now=end) is None


def test_what_was_revoked_stays_revoked(made: Made) -> None:
    revoke(link=made.link, now=NOW)
    again = revoke(link=made.link, now=NOW + timedelta(days=1))
    assert again.revoked_at == NOW
    assert redeem(given=made.secret, now=NOW) is None
    assert redeem(given=made.code, is_typed=True, now=NOW) is None


def test_two_links_have_nothing_in_common(made: Made, cast: Cast) -> None:
    other = make_link(purpose=LinkPurpose.UPDATE, person=cast.marco.person, now=NOW)
    assert redeem(given=other.code, is_typed=True, now=NOW) == other.link
    assert redeem(given=made.code, is_typed=True, now=NOW) == made.link
