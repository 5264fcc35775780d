"""What somebody owes across their mesas, the worst first."""

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.problems import move_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Mesa
from destraba.rules.commitments import CommitmentMove
from destraba.rules.desk.pressing import Pressing
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemMove
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.queries.desk.stage import DAY, agreed, desk_of, followed


def test_what_was_asked_comes_first_and_then_the_oldest_date(cast: Cast) -> None:
    problem = factories.problem(cast)
    followed(cast.forestal)
    for title, days in (("Lejos", 40), ("Esta semana", 5), ("Vencido", -3), ("Vencido antes", -9)):
        agreed(problem, title, cast.serfor, TODAY + days * DAY)
    factories.commitment(problem, "Pedido", owner=cast.serfor)
    assert [(one.row.title, one.pressing) for one in desk_of(cast.lucia).owed] == [
        ("Pedido", Pressing.ASKED),
        ("Vencido antes", Pressing.OVERDUE),
        ("Vencido", Pressing.OVERDUE),
        ("Esta semana", Pressing.DUE_SOON),
        ("Lejos", Pressing.LATER),
    ]


def test_a_seat_owes_its_own_and_its_organizations(cast: Cast) -> None:
    problem = factories.problem(cast)
    for title, owner in (
        ("De la entidad", cast.serfor),
        ("Del asiento", cast.lucia.seat),
        ("De otra", cast.osinfor),
    ):
        factories.commitment(problem, title, owner=owner)
    other = factories.player("Nora Díaz", cast.serfor, Role.MEMBER, cast.forestal)
    assert titles(cast.lucia) == {"De la entidad", "Del asiento"}
    assert titles(other) == {"De la entidad"}
    for player in (cast.vecina, cast.hilda, cast.alto, cast.ejes, cast.antes, cast.admin):
        assert titles(player) == set()


def test_it_is_owed_in_all_mesas_that_one_may_read(cast: Cast) -> None:
    for where in (cast.forestal, cast.acuicola):
        factories.commitment(factories.problem(cast, where=where), f"De {where.slug}", owner=cast.osinfor)
    everywhere = factories.player("Nora Díaz", cast.osinfor, Role.LIAISON, None)
    assert titles(everywhere) == set()
    seated = factories.player("Luz Rey", cast.osinfor, Role.LIAISON, cast.forestal)
    assert titles(seated) == {"De forestal"}


def test_what_is_settled_or_set_aside_is_owed_no_longer(cast: Cast) -> None:
    gone = factories.commitment(factories.problem(cast), owner=cast.serfor)
    move_commitment(actor=command(), commitment=gone, move=CommitmentMove.CANCEL, reason="Ya no.", now=NOW)
    parked = factories.problem(cast)
    factories.commitment(parked, owner=cast.serfor)
    move_problem(actor=command(), problem=parked, move=ProblemMove.PARK, reason="Sin cuórum.", now=NOW)
    assert titles(cast.lucia) == set()


def test_what_is_the_teams_is_not_owed(cast: Cast) -> None:
    problem = factories.problem(cast)
    factories.commitment(problem, owner=cast.serfor)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert titles(cast.lucia) == set()


def test_nobody_owes_in_a_mesa_that_does_not_work(cast: Cast) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor)
    assert titles(cast.lucia)
    Mesa._base_manager.filter(pk=cast.forestal.pk).update(state=MesaState.SUSPENDED)
    assert titles(cast.lucia) == set()


def titles(player: Player) -> set[str]:
    return {one.row.title for one in desk_of(player).owed}
