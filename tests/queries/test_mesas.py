"""Who sits in a mesa, and all that is owed there."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.queries.mesas import commitments_of, participants
from destraba.rules.commitments import CommitmentMove
from tests import factories
from tests.factories import NOW, TODAY, Cast, command


def test_who_sits_at_the_table(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found = participants(cast.forestal, TODAY)
    assert (found.organizations, found.people, found.empty_seats) == (3, 5, 1)
    assert found.team == ("Ana Paredes",)


def test_what_is_settled_belongs_to_the_mesa_too(cast: Cast) -> None:
    gone = factories.commitment(factories.problem(cast), owner=cast.serfor)
    move_commitment(actor=command(), commitment=gone, move=CommitmentMove.CANCEL, reason="Ya no.", now=NOW)
    assert commitments_of(cast.forestal) == [gone]
