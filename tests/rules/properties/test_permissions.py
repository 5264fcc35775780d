"""What no combination of seats, rows and links can ever give."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from destraba.rules.permissions import (
    ADMINISTRATOR_MAY,
    Deed,
    Role,
    SeatHeld,
    Standing,
    Subject,
    may_read,
    refusal,
)
from destraba.values.visibility import Visibility
from tests.rules.cast import AQUACULTURE, FORESTRY

PATIENT = settings(deadline=None)
IDS = st.integers(100, 103).map(lambda number: UUID(int=number))
AXES = st.sampled_from(["", "regulation", "labour"])
PRIVATE = st.sampled_from([Visibility.TEAM, Visibility.MESA])
DEEDS = st.sampled_from(sorted(Deed))


def seats(mesas: st.SearchStrategy[UUID | None]) -> st.SearchStrategy[tuple[SeatHeld, ...]]:
    one = st.builds(SeatHeld, IDS, IDS, st.sampled_from(Role), mesas, AXES)
    return st.lists(one, max_size=4).map(tuple)


def subjects(
    mesas: st.SearchStrategy[UUID | None], visibilities: st.SearchStrategy[Visibility]
) -> st.SearchStrategy[Subject]:
    maybe = st.none() | IDS
    return st.builds(Subject, mesas, visibilities, AXES, maybe, maybe, maybe, maybe)


ANY_MESA = st.sampled_from([FORESTRY, AQUACULTURE, None])
ANY_SUBJECT = subjects(ANY_MESA, st.sampled_from(Visibility))
ANYONE = st.builds(Standing, st.booleans(), st.booleans(), seats(ANY_MESA), st.frozensets(IDS, max_size=2))


@settings(PATIENT, max_examples=500)
@given(seats(st.just(FORESTRY)), st.booleans(), DEEDS, subjects(st.just(AQUACULTURE), PRIVATE))
def test_seats_in_one_mesa_give_nothing_in_another(
    held: tuple[SeatHeld, ...], administrator: bool, deed: Deed, subject: Subject
) -> None:
    standing = Standing(account=True, administrator=administrator, seats=held)
    assert not may_read(standing, subject)
    assert refusal(standing, deed, subject) is not None or (administrator and deed in ADMINISTRATOR_MAY)


@PATIENT
@given(DEEDS, subjects(ANY_MESA, PRIVATE))
def test_an_administrator_by_that_right_reads_nothing(deed: Deed, subject: Subject) -> None:
    standing = Standing(account=True, administrator=True)
    assert not may_read(standing, subject)
    assert (refusal(standing, deed, subject) is None) == (deed in ADMINISTRATOR_MAY)


@PATIENT
@given(ANYONE, DEEDS, ANY_SUBJECT)
def test_nobody_acts_on_what_they_may_not_see(standing: Standing, deed: Deed, subject: Subject) -> None:
    if deed not in ADMINISTRATOR_MAY and refusal(standing, deed, subject) is None:
        assert may_read(standing, subject)


@PATIENT
@given(ANYONE, DEEDS, ANY_SUBJECT, seats(ANY_MESA))
def test_another_seat_never_takes_a_deed_away(
    standing: Standing, deed: Deed, subject: Subject, more: tuple[SeatHeld, ...]
) -> None:
    if refusal(standing, deed, subject) is None:
        assert refusal(replace(standing, seats=standing.seats + more), deed, subject) is None


@PATIENT
@given(ANYONE, DEEDS, ANY_SUBJECT)
def test_a_narrower_circle_never_opens_a_deed(standing: Standing, deed: Deed, subject: Subject) -> None:
    narrower = replace(subject, visibility=Visibility.TEAM)
    if refusal(standing, deed, narrower) is None:
        assert refusal(standing, deed, subject) is None


@PATIENT
@given(ANYONE, DEEDS, ANY_SUBJECT)
def test_without_an_account_only_links_and_the_public_page_open(
    standing: Standing, deed: Deed, subject: Subject
) -> None:
    signed_out = replace(standing, account=False)
    if refusal(signed_out, deed, subject) is None:
        public = deed is Deed.READ_PUBLIC and subject.visibility is Visibility.PUBLIC
        linked = deed in {Deed.READ_MESA, Deed.ANSWER_COMMITMENT} and subject.record_id in standing.linked
        assert public or linked


@PATIENT
@given(ANYONE, DEEDS, ANY_SUBJECT)
def test_only_insiders_and_addressees_reach_what_the_team_keeps(
    standing: Standing, deed: Deed, subject: Subject
) -> None:
    kept = replace(subject, visibility=Visibility.TEAM)
    insiders = {Role.TEAM, Role.TECHNICAL_LEADER, Role.POLITICAL_LEADER, Role.HEAD}
    if may_read(standing, kept):
        assert any(
            held.role in insiders or held.seat_id == subject.addressee_seat_id for held in standing.seats
        )
