"""What waits for whom: by role, by what they may see, and never in a mesa that is not theirs."""

from datetime import timedelta

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import give_answer, settle_answer
from destraba.actions.matrix.problems import edit_problem, raise_problem
from destraba.actions.meetings.meetings import open_meeting
from destraba.actions.meetings.minutes import answer_objection, object_to_minutes
from destraba.models import Commitment
from destraba.queries.desk.waiting import Waiting
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove
from destraba.rules.desk.errands import Errand
from destraba.rules.permissions import Role
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.queries.desk.stage import (
    DAY,
    agreed,
    called,
    circulated,
    closed,
    desk_of,
    followed,
    for_the_team,
    prepared,
)

HOUR = timedelta(hours=1)


def errands(player: Player) -> list[Errand]:
    return [one.errand for one in desk_of(player).waiting]


def only(player: Player) -> Waiting:
    (one,) = desk_of(player).waiting
    return one


def test_a_problem_waits_for_the_team_since_it_was_raised(cast: Cast) -> None:
    raised = raise_problem(
        actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW - 3 * DAY
    )
    edit_problem(actor=cast.ana.actor, problem=raised, detail="Los viernes", now=NOW)
    for player in (cast.ana, cast.teo):
        one = only(player)
        assert (one.errand, one.about, one.since) == (Errand.ACCEPT_PROBLEM, raised, TODAY - 3 * DAY)
    for player in everybody_but_the_team(cast):
        assert errands(player) == []


def test_a_report_waits_for_the_team(cast: Cast) -> None:
    promised = agreed(factories.problem(cast), "Firmar", cast.serfor, TODAY)
    move_commitment(
        actor=cast.lucia.actor, commitment=promised, move=CommitmentMove.REPORT_DONE, now=NOW - DAY
    )
    one = only(cast.ana)
    assert (one.errand, one.about, one.since) == (Errand.CONFIRM_DONE, promised, TODAY - DAY)
    assert all(errands(player) == [] for player in everybody_but_the_team(cast))


def test_what_an_owner_asks_waits_until_it_is_settled(cast: Cast) -> None:
    promised = agreed(factories.problem(cast), "Firmar", cast.serfor, TODAY)
    answer = give_answer(
        actor=cast.lucia.actor,
        commitment=promised,
        kind=AnswerKind.OTHER_DATE,
        note="Falta la directiva.",
        proposed_due=FuzzyDate(TODAY + 20 * DAY),
        now=NOW,
    )
    assert (only(cast.ana).errand, only(cast.ana).about) == (Errand.SETTLE_ANSWER, answer)
    assert all(errands(player) == [] for player in everybody_but_the_team(cast))
    settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    assert errands(cast.ana) == []


def test_tomorrows_meeting_wants_to_be_called(cast: Cast) -> None:
    meeting = prepared(cast.forestal)
    prepared(cast.forestal, TODAY + 5 * DAY)
    assert (only(cast.ana).errand, only(cast.ana).about) == (Errand.CALL_MEETING, meeting)
    assert all(errands(player) == [] for player in everybody_but_the_team(cast))


def test_a_meeting_under_way_stands_before_all_else(cast: Cast) -> None:
    raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW)
    open_meeting(actor=command(), meeting=called(cast.forestal, TODAY), now=NOW)
    assert errands(cast.ana) == [Errand.CHAIR, Errand.ACCEPT_PROBLEM]
    assert errands(cast.marco) == []


def test_minutes_go_from_hand_to_hand(cast: Cast) -> None:
    closed(cast.forestal)
    assert [errands(one) for one in (cast.ana, cast.teo, cast.pilar, cast.marco)] == [
        [Errand.CIRCULATE],
        [Errand.CIRCULATE],
        [],
        [],
    ]


def test_circulated_minutes_are_looked_through_and_approved(cast: Cast) -> None:
    minutes = circulated(cast.forestal)
    found = {name: errands(player) for name, player in cast.roles.items()}
    assert {name: those for name, those in found.items() if those} == {
        "technical_leader": [Errand.APPROVE],
        "political_leader": [Errand.APPROVE],
        "member": [Errand.LOOK_THROUGH],
        "liaison": [Errand.LOOK_THROUGH],
    }
    assert only(cast.marco).until == minutes.objections_until


def test_once_the_time_is_over_they_wait_for_approval_alone(cast: Cast) -> None:
    circulated(cast.forestal, NOW - 2 * DAY)
    assert errands(cast.ana) == [Errand.OBJECTIONS_OVER]
    assert errands(cast.pilar) == [Errand.APPROVE]
    assert errands(cast.marco) == []


def test_an_objection_is_answered_before_the_minutes_go_round_again(cast: Cast) -> None:
    objection = object_to_minutes(
        actor=cast.marco.actor,
        minutes=circulated(cast.forestal),
        text="No dije eso.",
        seat=cast.marco.seat,
        now=NOW - HOUR,
    )
    assert (only(cast.ana).errand, only(cast.ana).about) == (Errand.ANSWER_OBJECTION, objection)
    assert errands(cast.pilar) == errands(cast.lucia) == []
    answer_objection(actor=cast.ana.actor, objection=objection, is_taken_up=True, now=NOW)
    assert errands(cast.ana) == [Errand.CIRCULATE]


def test_the_head_sees_which_mesa_is_stuck(cast: Cast) -> None:
    for where in (cast.forestal, cast.acuicola):
        for days in (3, 9):
            agreed(factories.problem(cast, where=where), "Firmar", cast.osinfor, TODAY - days * DAY)
    followed(cast.forestal)
    assert set(Commitment.objects.filter(mesa=cast.forestal).values_list("light", flat=True)) == {"red"}
    one = only(cast.hilda)
    assert (one.errand, one.mesa, one.count, one.since) == (
        Errand.UNSTICK,
        cast.forestal,
        2,
        TODAY - 9 * DAY,
    )
    assert errands(cast.alto) == []


def test_who_leads_an_axis_hears_of_what_is_on_it_alone(cast: Cast) -> None:
    agreed(factories.problem(cast), "Firmar", cast.osinfor, TODAY - 3 * DAY)
    followed(cast.forestal)
    circulated(cast.forestal)
    assert errands(cast.ejes) == []


def test_what_is_for_the_team_alone_waits_for_nobody_else(cast: Cast) -> None:
    minutes = circulated(cast.forestal)
    for_the_team(minutes.meeting)
    assert errands(cast.marco) == []
    assert errands(cast.pilar) == [Errand.APPROVE]


def test_a_team_is_not_asked_about_another_mesa(cast: Cast) -> None:
    raise_problem(actor=cast.vecina.actor, mesa=cast.acuicola, title="Otra", now=NOW)
    closed(cast.acuicola)
    assert errands(cast.ana) == []
    theirs = factories.player("Nora Díaz", cast.produce, Role.TEAM, cast.acuicola)
    assert errands(theirs) == [Errand.CIRCULATE, Errand.ACCEPT_PROBLEM]


def everybody_but_the_team(cast: Cast) -> list[Player]:
    return [player for name, player in cast.roles.items() if name not in {"team", "technical_leader"}]
