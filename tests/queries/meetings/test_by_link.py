"""Minutes as they stand for whoever was mailed one edition of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.actions.links import make_link
from destraba.actions.meetings.minutes import approve_minutes
from destraba.models import Link, Minutes
from destraba.queries import access
from destraba.queries.meetings.by_link import LinkedMinutes, minutes_by, own_numbers
from destraba.queries.meetings.circulated import in_circulation, readers_of, sender_of
from destraba.rules.minutes import Mailed
from destraba.rules.operations.links import LinkPurpose
from destraba.rules.permissions import Deed, Subject
from tests.actions.meetings.rounds import circulated_anew, going_round, objected
from tests.factories import NOW, Cast, Player

pytestmark = pytest.mark.django_db


def link(minutes: Minutes, to: Player) -> Link:
    scope = [str(minutes.pk), str(minutes.edition)]
    return make_link(purpose=LinkPurpose.MINUTES, person=to.person, scope=scope, now=NOW).link


def found(of: Link) -> LinkedMinutes:
    minutes = minutes_by(of, NOW)
    assert minutes is not None
    return minutes


def test_a_link_that_names_minutes_is_for_those_alone(cast: Cast) -> None:
    viewer = found(link(going_round(cast), cast.teo)).viewer
    assert access.reach_of(viewer, cast.forestal.pk).visibilities in ((), ("public",))
    assert access.mesas_of(viewer) == []
    for deed in (Deed.EDIT_MATRIX, Deed.CIRCULATE, Deed.PUBLISH, Deed.READ_TEAM_ONLY, Deed.RAISE_PROBLEM):
        assert not access.may(viewer, deed, Subject(cast.forestal.pk))


def test_who_may_object_and_who_approves(cast: Cast) -> None:
    minutes = going_round(cast)
    for player, leads in ((cast.pilar, True), (cast.teo, True), (cast.ana, False), (cast.lucia, False)):
        mine = found(link(minutes, player))
        assert (mine.may_object, mine.leads, mine.approval_refused) == (True, leads, None)
    assert minutes_by(link(minutes, cast.vecina), NOW) is None
    assert minutes_by(link(minutes, cast.antes), NOW) is None
    assert minutes_by(link(minutes, cast.hilda), NOW) is None


def test_each_stands_at_their_own_edition(cast: Cast) -> None:
    minutes = going_round(cast)
    first = link(minutes, cast.lucia)
    objected(minutes, cast.lucia)
    (own,) = found(first).own
    assert (found(first).standing, own.record.text) == (Mailed.RETURNED, "No dije eso.")
    circulated_anew(cast, minutes)
    second = link(minutes, cast.lucia)
    assert (found(first).standing, found(second).standing) == (Mailed.REPLACED, Mailed.OPEN)
    assert (found(second).own, found(second).unanswered) == ((), 1)
    assert found(second).approval_refused is not None


def test_it_is_known_who_approved(cast: Cast) -> None:
    minutes = going_round(cast)
    links = {player: link(minutes, player) for player in (cast.teo, cast.pilar)}
    approve_minutes(actor=cast.teo.actor, minutes=minutes, now=NOW)
    assert found(links[cast.teo]).approved_here
    assert not found(links[cast.pilar]).approved_here
    assert found(links[cast.pilar]).standing is Mailed.APPROVED


def test_ones_own_commitments_are_told_apart(cast: Cast) -> None:
    minutes = going_round(cast)
    assert own_numbers(found(link(minutes, cast.lucia))) == {1}
    assert own_numbers(found(link(minutes, cast.marco))) == set()


def test_it_takes_as_many_statements_whatever_was_objected(cast: Cast) -> None:
    minutes = going_round(cast)
    for _edition in range(3):
        objected(minutes, cast.marco)
        circulated_anew(cast, minutes)
    newest = link(minutes, cast.lucia)
    with CaptureQueriesContext(connection) as asked:
        minutes_by(newest, NOW)
    assert len(asked) == 8


def test_which_go_round_among_whom_and_who_sent_them(cast: Cast) -> None:
    minutes = going_round(cast)
    assert in_circulation(NOW) == [minutes]
    names = [person.full_name for person in readers_of(minutes, NOW)]
    assert names == ["Ana Paredes", "Lucía Farfán", "Marco Ríos", "Pilar Montes", "Teodoro Quispe"]
    sender = sender_of(minutes)
    assert sender is not None
    assert (sender.name, sender.email) == ("Ana Paredes", cast.ana.account.email)
