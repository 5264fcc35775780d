"""What somebody owes: whose rows they are, which come first, and what is nobody's to see."""

from datetime import timedelta

import pytest

from destraba.actions.followup.replies import give_answer
from destraba.actions.matrix.problems import move_problem
from destraba.actions.people import end_tenure
from destraba.models import Commitment, Mesa, Tenure
from destraba.queries import access
from destraba.queries.followup.owed import Owed, owed
from destraba.queries.links import link_in_force
from destraba.rules.answers import AnswerKind, Want
from destraba.rules.mesas import MesaState
from destraba.rules.operations.links import LinkPurpose
from destraba.rules.permissions import Deed, Role
from destraba.rules.problems import ProblemMove
from destraba.values.actors import Actor, Via
from destraba.values.keys import new_key
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.web.links.stage import Owing, link_for, owing

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast: Cast) -> Owing:
    return owing(cast)


def numbers(mine: Owed) -> list[int]:
    return [row.record.number for row in mine.rows]


def of(player: Player) -> Owed:
    return owed(player.person.pk, NOW)


def test_a_liaison_owes_what_the_agency_owes_the_most_urgent_first(cast: Cast, stage: Owing) -> None:
    mine = of(cast.lucia)
    assert [(row.record.number, row.want) for row in mine.asked] == [(1, Want.OVERDUE), (2, Want.UNANSWERED)]
    assert [row.record.number for row in mine.rest] == [3]
    assert (mine.name, mine.organizations) == ("Lucía Farfán", (cast.serfor.name,))


def test_others_owe_nothing_of_it(cast: Cast, stage: Owing) -> None:
    for player in (cast.marco, cast.ana, cast.hilda, cast.ejes, cast.vecina, cast.antes, cast.admin):
        assert of(player).rows == (), player.person


def test_a_seat_owes_its_own_and_not_what_another_seat_of_its_organization_owes(
    cast: Cast, stage: Owing
) -> None:
    first = factories.player("Saúl Rey", cast.osinfor, Role.MEMBER, cast.forestal)
    second = factories.player("Sara Luz", cast.osinfor, Role.MEMBER, cast.forestal)
    factories.commitment(stage.late.problem, "De Saúl", first.seat)
    assert set(numbers(of(first))) == {4, 5}
    assert numbers(of(second)) == [4]


@pytest.mark.parametrize("state", [MesaState.SUSPENDED, MesaState.CLOSED])
def test_a_mesa_that_does_not_work_asks_for_nothing(cast: Cast, stage: Owing, state: MesaState) -> None:
    Mesa.objects.filter(pk=cast.forestal.pk).update(state=state.value)
    assert of(cast.lucia).rows == ()


def test_what_is_set_aside_asks_for_nothing(cast: Cast, stage: Owing) -> None:
    move_problem(
        actor=cast.ana.actor, problem=stage.late.problem, move=ProblemMove.PARK, reason="Para 2018.", now=NOW
    )
    assert of(cast.lucia).rows == ()


def test_what_was_withdrawn_is_owed_by_nobody(cast: Cast, stage: Owing) -> None:
    Commitment.objects.filter(pk=stage.late.pk).update(withdrawn_at=NOW)
    assert numbers(of(cast.lucia)) == [2, 3]


def test_today_she_still_sits_and_tomorrow_no_more(cast: Cast, stage: Owing) -> None:
    end_tenure(actor=command(), tenure=Tenure.objects.get(person=cast.lucia.person), ends_on=TODAY, now=NOW)
    assert numbers(of(cast.lucia)) == [1, 2, 3]
    assert owed(cast.lucia.person.pk, NOW + timedelta(days=1)).rows == ()


def test_what_was_answered_today_has_its_receipt_and_tomorrow_is_asked_again(
    cast: Cast, stage: Owing
) -> None:
    by_link = Actor(cast.lucia.person.pk, Via.LINK)
    give_answer(actor=by_link, commitment=stage.late, kind=AnswerKind.SAME, key=new_key(), now=NOW)
    (row,) = of(cast.lucia).answered
    assert row.receipt is not None
    assert (row.receipt.at, len(row.receipt.short)) == (NOW, 12)
    tomorrow = owed(cast.lucia.person.pk, NOW + timedelta(days=1))
    assert [one.record.number for one in tomorrow.asked] == [1, 2]
    assert tomorrow.asked[0].last is not None


def test_what_the_team_heard_from_her_counts_as_her_word(cast: Cast, stage: Owing) -> None:
    give_answer(
        actor=cast.ana.actor,
        commitment=stage.late,
        kind=AnswerKind.SAME,
        on_behalf_of=cast.lucia.seat,
        now=NOW,
    )
    assert [row.record.number for row in of(cast.lucia).answered] == [1]


def test_what_the_team_wrote_by_itself_is_not_her_word(cast: Cast, stage: Owing) -> None:
    give_answer(actor=cast.ana.actor, commitment=stage.late, kind=AnswerKind.SAME, now=NOW)
    assert of(cast.lucia).answered == ()


def test_a_viewer_made_from_a_link_reads_these_rows_and_no_mesa(cast: Cast, stage: Owing) -> None:
    viewer = access.linked(cast.lucia.person.pk, NOW)
    assert viewer.standing.linked == {stage.late.pk, stage.asked.pk, stage.later.pk}
    assert not viewer.standing.account
    assert viewer.standing.seats == ()
    assert (
        access.reach_of(viewer, cast.forestal.pk).visibilities == ("public",)
        or not access.reach_of(viewer, cast.forestal.pk).visibilities
    )
    assert access.may(viewer, Deed.ANSWER_COMMITMENT, access.subject_of(stage.late))
    assert not access.may(viewer, Deed.ANSWER_COMMITMENT, access.subject_of(stage.of_another))
    assert not access.may(viewer, Deed.EDIT_MATRIX, access.subject_of(stage.late))


def test_a_link_is_in_force_for_its_purpose_and_its_time(cast: Cast) -> None:
    made = link_for(cast.lucia.person)
    assert link_in_force(made.link.pk, LinkPurpose.UPDATE, NOW) == made.link
    assert link_in_force(made.link.pk, LinkPurpose.MINUTES, NOW) is None
    assert link_in_force(made.link.pk, LinkPurpose.UPDATE, NOW + timedelta(days=21)) is None
    assert link_in_force(new_key(), LinkPurpose.UPDATE, NOW) is None
