"""Seats that are closed, and opened again."""

from datetime import timedelta

import pytest

from destraba.actions.followup.commitments import assign_commitment
from destraba.actions.people import add_person, end_tenure, open_seat, start_tenure
from destraba.actions.seats import close_seat, reopen_seat
from destraba.ledger.verify import verify
from destraba.models import Seat, Tenure
from destraba.queries import access
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, TODAY, Cast, Player, command


def seat_of(player: Player) -> Seat:
    assert player.seat is not None
    return Seat.objects.get(pk=player.seat.pk)


def test_whoever_sits_there_leaves_and_what_is_owed_stays_with_the_organization(cast: Cast) -> None:
    problem = factories.problem(cast)
    theirs = factories.commitment(problem, owner=seat_of(cast.lucia))
    others = factories.commitment(problem, "Otra", owner=cast.serfor)
    seat = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="SERFOR deja la mesa.", now=NOW)
    assert seat.withdrawn_at == NOW
    tenure = Tenure.objects.get(person=cast.lucia.person)
    assert tenure.ends_on == TODAY
    assert access.mesas_of(access.viewer(cast.lucia.account, NOW)) == []
    theirs.refresh_from_db()
    assert (theirs.owner_organization, theirs.owner_seat) == (cast.serfor, None)
    assert kinds_of(others) == ["commitment.asked"]
    assert kinds_of(seat, tenure) == ["seat.opened", "tenure.started", "tenure.ended", "seat.closed"]
    assert because(seat) == "SERFOR deja la mesa."
    assert verify().ok


def test_it_takes_a_reason(cast: Cast) -> None:
    with refused(Invalid, "needs_reason"):
        close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason=" ", now=NOW)
    assert seat_of(cast.lucia).withdrawn_at is None


def test_whoever_was_to_come_does_not(cast: Cast) -> None:
    seat = open_seat(
        actor=command(), organization=cast.ucayali, role=Role.MEMBER, mesa=cast.forestal, now=NOW
    )
    person = add_person(actor=command(), full_name="Nora Díaz", now=NOW)
    soon = TODAY + timedelta(days=5)
    tenure = start_tenure(actor=command(), seat=seat, person=person, starts_on=soon, now=NOW)
    close_seat(actor=cast.ana.actor, seat=seat, reason="No viene.", now=NOW)
    tenure.refresh_from_db()
    assert tenure.withdrawn_at == NOW
    assert kinds_of(tenure) == ["tenure.started", "tenure.withdrawn"]


def test_a_closed_seat_is_closed_once_and_nobody_sits_down_in_it(cast: Cast) -> None:
    seat = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    with refused(Conflict, "seat_closed"):
        close_seat(actor=cast.ana.actor, seat=seat, reason="Se va.", now=NOW)
    with refused(Conflict, "seat_closed"):
        start_tenure(
            actor=cast.ana.actor,
            seat=seat,
            person=cast.vecina.person,
            starts_on=TODAY + timedelta(days=1),
            now=NOW,
        )
    with refused(Conflict, "seat_open"):
        reopen_seat(actor=cast.ana.actor, seat=seat_of(cast.marco), now=NOW)


def test_a_mistake_is_taken_back_on_the_same_day(cast: Cast) -> None:
    theirs = factories.commitment(factories.problem(cast), owner=seat_of(cast.lucia))
    seat = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    reopen_seat(actor=cast.ana.actor, seat=seat, now=NOW + timedelta(hours=2))
    assert seat_of(cast.lucia).withdrawn_at is None
    assert Tenure.objects.get(person=cast.lucia.person).ends_on is None
    theirs.refresh_from_db()
    assert theirs.owner_seat == cast.lucia.seat
    assert access.mesas_of(access.viewer(cast.lucia.account, LATER)) == [cast.forestal]
    assert kinds_of(seat)[-1] == "seat.reopened"
    assert verify().ok


def test_what_was_changed_since_stays(cast: Cast) -> None:
    theirs = factories.commitment(factories.problem(cast), owner=seat_of(cast.lucia))
    seat = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    theirs.refresh_from_db()
    assign_commitment(actor=cast.ana.actor, commitment=theirs, owner=cast.osinfor, now=NOW)
    reopen_seat(actor=cast.ana.actor, seat=seat, now=NOW)
    theirs.refresh_from_db()
    assert (theirs.owner_organization, theirs.owner_seat) == (cast.osinfor, None)


def test_later_it_opens_empty(cast: Cast) -> None:
    seat = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    reopen_seat(actor=cast.ana.actor, seat=seat, now=LATER)
    assert Tenure.objects.get(person=cast.lucia.person).ends_on == TODAY
    tomorrow = TODAY + timedelta(days=1)
    start_tenure(actor=cast.ana.actor, seat=seat, person=cast.lucia.person, starts_on=tomorrow, now=LATER)
    assert access.mesas_of(access.viewer(cast.lucia.account, LATER)) == [cast.forestal]


def test_nobody_closes_the_seat_that_they_sit_in(cast: Cast) -> None:
    with refused(Conflict, "own_seat"):
        close_seat(actor=cast.ana.actor, seat=seat_of(cast.ana), reason="Me voy.", now=NOW)
    close_seat(actor=cast.hilda.actor, seat=seat_of(cast.ana), reason="Se va.", now=NOW)


def test_an_empty_seat_just_closes(cast: Cast) -> None:
    tenure = Tenure.objects.get(person=cast.lucia.person)
    end_tenure(actor=command(), tenure=tenure, ends_on=TODAY, now=NOW)
    close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=LATER)
    assert kinds_of(tenure) == ["tenure.started", "tenure.ended"]


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "alto"])
def test_seats_are_closed_by_those_who_give_them(cast: Cast, who: str) -> None:
    player: Player = getattr(cast, who)
    with refused(NotAllowed, "not_your_role"):
        close_seat(actor=player.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    closed = close_seat(actor=cast.ana.actor, seat=seat_of(cast.lucia), reason="Se va.", now=NOW)
    if player != cast.lucia:
        with refused(NotAllowed, "not_your_role"):
            reopen_seat(actor=player.actor, seat=closed, now=NOW)


def test_the_team_next_door_closes_nothing_here_and_the_programmes_seats_are_the_heads(cast: Cast) -> None:
    with refused(NotFound, "hidden"):
        close_seat(actor=cast.ana.actor, seat=seat_of(cast.vecina), reason="Fuera.", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        close_seat(actor=cast.ana.actor, seat=seat_of(cast.ejes), reason="Fuera.", now=NOW)
    factories.commitment(factories.problem(cast), owner=seat_of(cast.ejes))
    seat = close_seat(actor=cast.hilda.actor, seat=seat_of(cast.ejes), reason="Fuera.", now=NOW)
    reopen_seat(actor=cast.hilda.actor, seat=seat, now=NOW)
    assert verify().ok
