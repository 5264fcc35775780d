"""Mesas at a glance, and what waits in them for whoever looks."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.problems import raise_problem
from destraba.actions.visibility import set_visibility
from destraba.queries import access
from destraba.queries.access import ANONYMOUS, Viewer
from destraba.queries.mesas import commitments_of, lines, owed, participants
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.rules.permissions import Role
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command


def _viewer(player: Player) -> Viewer:
    return access.viewer(player.account, NOW)


def test_a_line_counts_problems_and_lights(cast: Cast) -> None:
    problem = factories.problem(cast)
    for title in ("Una", "Dos"):
        factories.commitment(problem, title, owner=cast.serfor)
    (line,) = lines(_viewer(cast.marco))
    assert (line.mesa, line.problems, line.light_counts) == (cast.forestal, 1, ((Light.NONE, 2),))


def test_what_waits_for_the_team_is_counted_for_the_team(cast: Cast) -> None:
    raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW)
    reported = factories.commitment(factories.problem(cast), owner=cast.serfor)
    for move in (CommitmentMove.AGREE, CommitmentMove.REPORT_DONE):
        move_commitment(actor=command(), commitment=reported, move=move, now=NOW)
    (team,) = lines(_viewer(cast.ana))
    assert (team.to_accept, team.to_confirm) == (1, 1)
    (member,) = lines(_viewer(cast.marco))
    assert (member.to_accept, member.to_confirm) == (0, 0)


def test_what_is_the_teams_is_counted_for_the_team_alone(cast: Cast) -> None:
    secret = factories.problem(cast)
    factories.commitment(secret, owner=cast.serfor)
    set_visibility(
        actor=cast.ana.actor, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    (team,) = lines(_viewer(cast.ana))
    (member,) = lines(_viewer(cast.marco))
    assert (team.problems, team.light_counts) == (1, ((Light.NONE, 1),))
    assert (member.problems, member.light_counts) == (0, ())
    assert owed(_viewer(cast.lucia), [cast.forestal]) == []


def test_a_seat_owes_its_own_and_its_organizations(cast: Cast) -> None:
    problem = factories.problem(cast)
    for title, owner in (
        ("De la entidad", cast.serfor),
        ("Del asiento", cast.lucia.seat),
        ("De otra", cast.osinfor),
    ):
        factories.commitment(problem, title, owner=owner)
    other = factories.player("Nora Díaz", cast.serfor, Role.MEMBER, cast.forestal)
    assert _titles(cast.lucia, cast) == ["De la entidad", "Del asiento"]
    assert _titles(other, cast) == ["De la entidad"]
    assert _titles(cast.vecina, cast) == []
    assert owed(ANONYMOUS, [cast.forestal]) == []


def test_what_is_settled_is_owed_no_longer(cast: Cast) -> None:
    gone = factories.commitment(factories.problem(cast), owner=cast.serfor)
    move_commitment(actor=command(), commitment=gone, move=CommitmentMove.CANCEL, reason="Ya no.", now=NOW)
    assert _titles(cast.lucia, cast) == []
    assert commitments_of(cast.forestal) == [gone]


def test_who_sits_at_the_table(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found = participants(cast.forestal, TODAY)
    assert (found.organizations, found.people, found.empty_seats) == (3, 5, 1)
    assert found.team == ("Ana Paredes",)


def test_it_takes_three_statements_whatever_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer, liaison = _viewer(cast.hilda), _viewer(cast.lucia)
    for _ in range(2):
        with django_assert_num_queries(3):
            found = lines(viewer)
        with django_assert_num_queries(1):
            owed(liaison, [line.mesa for line in found])
        factories.commitment(factories.problem(cast), owner=cast.serfor)
        factories.problem(cast, where=cast.acuicola)


def _titles(player: Player, cast: Cast) -> list[str]:
    return [one.row.title for one in owed(_viewer(player), [cast.forestal])]
