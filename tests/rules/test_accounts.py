"""Who hands out whose key: a link that sets a password could be used by whoever makes it."""

from uuid import UUID

import pytest

from destraba.rules.accounts import (
    GIVEN_BY,
    POSSIBLE,
    Holder,
    Key,
    KeyDeed,
    card_refusal,
    key_obstacle,
    key_refusal,
)
from destraba.rules.permissions import ANONYMOUS, Role, SeatHeld, Standing
from tests.rules.cast import AQUACULTURE, FORESTRY, holder, seat

TABLE = """
giver             member liaison team technical political high head axis
team              yes    yes     yes  no        no        no   no   no
technical_leader  yes    yes     yes  yes       no        no   no   no
head              yes    yes     yes  yes       yes       yes  yes  yes
political_leader  no     no      no   no        no        no   no   no
member            no     no      no   no        no        no   no   no
liaison           no     no      no   no        no        no   no   no
high_level        no     no      no   no        no        no   no   no
axis_lead         no     no      no   no        no        no   no   no
"""
RECEIVERS = (
    Role.MEMBER,
    Role.LIAISON,
    Role.TEAM,
    Role.TECHNICAL_LEADER,
    Role.POLITICAL_LEADER,
    Role.HIGH_LEVEL,
    Role.HEAD,
    Role.AXIS_LEAD,
)
CELLS = [
    (Role(line.split()[0]), receiver, word == "yes")
    for line in TABLE.strip().splitlines()[1:]
    for receiver, word in zip(RECEIVERS, line.split()[1:], strict=True)
]
OF_THE_PROGRAMME = {Role.HEAD, Role.AXIS_LEAD, Role.HIGH_LEVEL}
TEAM = holder(seat(Role.TEAM))
ADMINISTRATOR = holder(administrator=True)


def seat_of(role: Role) -> SeatHeld:
    return seat(role, None if role in OF_THE_PROGRAMME else FORESTRY)


def code(giver: Standing, whose: Holder, deed: KeyDeed = KeyDeed.GIVE) -> str:
    refused = key_refusal(giver, deed, whose)
    return refused.code if refused else ""


@pytest.mark.parametrize(("giver", "receiver", "may"), CELLS)
def test_each_role_to_each_role_of_the_same_mesa(giver: Role, receiver: Role, may: bool) -> None:
    whose = Holder((seat_of(receiver),))
    assert code(holder(seat_of(giver)), whose) == ("" if may else "not_your_account")


def test_the_table_names_every_role() -> None:
    assert set(GIVEN_BY) == set(Role) == set(RECEIVERS) == {giver for giver, _, _ in CELLS}
    assert set(POSSIBLE) == set(KeyDeed)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LIAISON, Role.TEAM])
def test_one_seat_elsewhere_is_enough_to_be_out_of_reach(role: Role) -> None:
    both = Holder((seat(Role.MEMBER), seat(role, AQUACULTURE)))
    assert code(TEAM, both) == "not_your_account"
    assert code(holder(seat(Role.TEAM), seat(Role.TEAM, AQUACULTURE)), both) == ""
    assert code(holder(seat(Role.HEAD, None)), both) == ""


def test_one_higher_seat_is_enough_to_be_out_of_reach() -> None:
    assert code(TEAM, Holder((seat(Role.MEMBER), seat(Role.POLITICAL_LEADER)))) == "not_your_account"
    assert code(TEAM, Holder((seat(Role.LIAISON), seat(Role.LIAISON, None)))) == "not_your_account"


def test_a_head_of_one_mesa_reaches_no_other() -> None:
    assert code(holder(seat(Role.HEAD, AQUACULTURE)), Holder((seat(Role.MEMBER),))) == "not_your_account"


def test_whoever_sits_nowhere_gets_an_account_from_the_administrator_alone() -> None:
    for giver in (TEAM, holder(seat(Role.HEAD, None))):
        assert code(giver, Holder(())) == "not_your_account"
    assert code(ADMINISTRATOR, Holder(())) == ""


@pytest.mark.parametrize("deed", KeyDeed)
def test_an_administrators_key_is_nobody_elses(deed: KeyDeed) -> None:
    whose = Holder((seat(Role.MEMBER),), Key.UNUSED, administrator=True)
    for giver in (TEAM, holder(seat(Role.HEAD, None))):
        assert code(giver, whose, deed) == "not_your_account"
    assert code(ADMINISTRATOR, whose, deed) == ""


def test_an_account_in_use_gets_another_link_from_the_administrator_alone() -> None:
    used, unused = Holder((seat(Role.MEMBER),), Key.IN_USE), Holder((seat(Role.MEMBER),), Key.UNUSED)
    for giver in (TEAM, holder(seat(Role.HEAD, None))):
        assert code(giver, used, KeyDeed.RENEW) == "administrator_only"
        assert code(giver, unused, KeyDeed.RENEW) == ""
        assert code(giver, used, KeyDeed.CLOSE) == ""
        assert code(giver, Holder(used.seats, Key.CLOSED), KeyDeed.REOPEN) == "administrator_only"
    assert code(ADMINISTRATOR, used, KeyDeed.RENEW) == ""


@pytest.mark.parametrize("giver", [TEAM, ADMINISTRATOR])
def test_nobody_locks_themselves_out(giver: Standing) -> None:
    me = Holder((seat(Role.TEAM),), Key.IN_USE, is_oneself=True)
    assert code(giver, me, KeyDeed.CLOSE) == "own_account"
    assert code(giver, me, KeyDeed.RENEW) == "own_account"


@pytest.mark.parametrize("deed", KeyDeed)
def test_nobody_is_given_anything_by_whoever_is_not_signed_in(deed: KeyDeed) -> None:
    assert code(ANONYMOUS, Holder((seat(Role.MEMBER),)), deed) == "not_signed_in"


@pytest.mark.parametrize(
    ("deed", "key", "obstacle"),
    [
        (KeyDeed.GIVE, Key.NONE, ""),
        (KeyDeed.GIVE, Key.UNUSED, "has_account"),
        (KeyDeed.GIVE, Key.IN_USE, "has_account"),
        (KeyDeed.GIVE, Key.CLOSED, "account_closed"),
        (KeyDeed.RENEW, Key.NONE, "no_account"),
        (KeyDeed.RENEW, Key.UNUSED, ""),
        (KeyDeed.RENEW, Key.IN_USE, ""),
        (KeyDeed.RENEW, Key.CLOSED, "account_closed"),
        (KeyDeed.CLOSE, Key.NONE, "no_account"),
        (KeyDeed.CLOSE, Key.IN_USE, ""),
        (KeyDeed.CLOSE, Key.CLOSED, "account_closed"),
        (KeyDeed.REOPEN, Key.NONE, "no_account"),
        (KeyDeed.REOPEN, Key.UNUSED, "account_open"),
        (KeyDeed.REOPEN, Key.CLOSED, ""),
    ],
)
def test_what_an_account_allows_as_it_stands(deed: KeyDeed, key: Key, obstacle: str) -> None:
    assert key_obstacle(deed, key) == obstacle


def test_seats_are_told_apart_by_mesa_and_not_by_number() -> None:
    same_number = SeatHeld(seat(Role.TEAM).seat_id, UUID(int=13), Role.MEMBER, AQUACULTURE)
    assert code(TEAM, Holder((same_number,))) == "not_your_account"


def card(reader: Standing, whose: Holder) -> str:
    refused = card_refusal(reader, whose)
    return refused.code if refused else ""


@pytest.mark.parametrize(("giver", "receiver", "may"), CELLS)
def test_a_card_is_kept_by_whoever_gives_all_the_seats(giver: Role, receiver: Role, may: bool) -> None:
    """A second seat out of reach closes the card, or whoever opens the first could rename anybody."""
    reader = holder(seat_of(giver))
    assert card(reader, Holder((seat_of(receiver),))) == ("" if may else "not_your_card")
    elsewhere = seat(Role.MEMBER, AQUACULTURE)
    both = Holder((seat_of(receiver), elsewhere))
    assert card(reader, both) == ("" if may and giver is Role.HEAD else "not_your_card")


def test_a_card_opens_to_its_own_person_and_to_the_administrator() -> None:
    high = seat_of(Role.HEAD)
    assert card(holder(seat(Role.MEMBER)), Holder((high,), is_oneself=True)) == ""
    assert card(ADMINISTRATOR, Holder((high,), administrator=True)) == ""
    assert card(TEAM, Holder((), administrator=True)) == "not_your_card"
    assert card(ANONYMOUS, Holder(())) == "not_signed_in"
