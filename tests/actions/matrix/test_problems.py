"""A problem, from the one sentence in which it is raised."""

from datetime import timedelta

import pytest

from destraba.actions.matrix.problems import (
    edit_problem,
    focus_problem,
    move_problem,
    raise_problem,
    unfocus_problem,
)
from destraba.models import FocusInterval, Problem
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemMove, ProblemStage
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, TODAY, Cast


def _raise(cast: Cast, who: str, title: str = "El puesto de control cierra a las cinco") -> Problem:
    player = getattr(cast, who)
    return raise_problem(actor=player.actor, mesa=cast.forestal, title=title, raised_by=player.seat, now=NOW)


def test_what_a_member_raises_waits_for_the_team(cast: Cast) -> None:
    raised = _raise(cast, "marco")
    assert raised.stage == ProblemStage.RAISED
    assert raised.raised_by == cast.marco.seat
    accepted = move_problem(actor=cast.ana.actor, problem=raised, move=ProblemMove.ACCEPT, now=NOW)
    assert accepted.stage == ProblemStage.ACCEPTED
    assert kinds_of(raised) == ["problem.raised", "problem.accepted"]


@pytest.mark.parametrize("who", ["ana", "teo"])
def test_what_the_team_writes_is_accepted_at_once(cast: Cast, who: str) -> None:
    assert _raise(cast, who).stage == ProblemStage.ACCEPTED


def test_numbers_are_taken_once_in_each_mesa(cast: Cast) -> None:
    here = [_raise(cast, "ana").number for _ in range(3)]
    there = factories.problem(cast, where=cast.acuicola)
    assert here == [1, 2, 3]
    assert there.number == 1


def test_a_new_problem_goes_where_it_is_put(cast: Cast) -> None:
    first, last = _raise(cast, "ana", "Primera"), _raise(cast, "ana", "Última")
    between = raise_problem(actor=cast.ana.actor, mesa=cast.forestal, title="En medio", after=first, now=NOW)
    assert [one.pk for one in Problem.objects.order_by("position")] == [first.pk, between.pk, last.pk]


def test_a_problem_needs_words(cast: Cast) -> None:
    with refused(Invalid, "required"):
        _raise(cast, "marco", "   ")


@pytest.mark.parametrize("who", ["alto", "hilda", "ejes"])
def test_those_who_only_read_raise_nothing(cast: Cast, who: str) -> None:
    player = getattr(cast, who)
    refusing = NotFound if who == "ejes" else NotAllowed
    with refused(refusing, "hidden" if who == "ejes" else "not_your_role"):
        raise_problem(actor=player.actor, mesa=cast.forestal, title="Otra", now=NOW)


@pytest.mark.parametrize("who", ["vecina", "antes", "admin"])
def test_those_without_a_seat_here_find_no_mesa(cast: Cast, who: str) -> None:
    with refused(NotFound, "hidden"):
        raise_problem(actor=getattr(cast, who).actor, mesa=cast.forestal, title="Otra", now=NOW)


def test_what_a_problem_says_is_corrected_by_the_team(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    edit_problem(
        actor=cast.ana.actor,
        problem=problem,
        title="El puesto de control cierra antes que los aserraderos",
        detail="Desde marzo.",
        axis="Regulación",
        importance=Importance.HIGH,
        speed=Speed.QUICK,
        origin=Origin.AROSE_IN_EXECUTION,
        now=LATER,
    )
    problem.refresh_from_db()
    assert (problem.importance, problem.speed, problem.origin) == ("high", "quick", "arose_in_execution")
    edit_problem(actor=cast.ana.actor, problem=problem, importance=None, now=LATER)
    assert problem.importance == ""
    with refused(NotAllowed, "not_your_role"):
        edit_problem(actor=cast.marco.actor, problem=problem, title="Otra cosa", now=LATER)


def test_an_edit_that_changes_nothing_leaves_no_event(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    edit_problem(actor=cast.ana.actor, problem=problem, title=problem.title, now=LATER)
    assert kinds_of(problem) == ["problem.raised"]


def test_an_edit_of_what_somebody_changed_since_is_refused(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    mine, theirs = Problem.objects.get(pk=problem.pk), Problem.objects.get(pk=problem.pk)
    edit_problem(actor=cast.teo.actor, problem=theirs, title="De ellos", now=LATER)
    with refused(Stale, "stale"):
        edit_problem(actor=cast.ana.actor, problem=mine, title="Mía", now=LATER)
    problem.refresh_from_db()
    assert problem.title == "De ellos"


def test_a_problem_is_set_aside_with_the_methods_reason_and_can_come_back(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    move_problem(
        actor=cast.ana.actor,
        problem=problem,
        move=ProblemMove.FILTER_OUT,
        filter_reason=FilterReason.DECLARATORY,
        reason="No cambia el día a día de nadie.",
        now=LATER,
    )
    assert (problem.stage, problem.filter_reason) == ("filtered_out", "declaratory")
    assert because(problem) == "No cambia el día a día de nadie."
    move_problem(
        actor=cast.ana.actor,
        problem=problem,
        move=ProblemMove.REOPEN,
        reason="La ley la pide con plazo.",
        now=LATER,
    )
    assert (problem.stage, problem.filter_reason) == ("accepted", "")


def test_what_repeats_another_names_one_that_the_actor_reads(cast: Cast) -> None:
    problem, other = _raise(cast, "ana"), _raise(cast, "ana", "La misma con otras palabras")
    elsewhere = factories.problem(cast, where=cast.acuicola)
    setting_aside = {
        "actor": cast.ana.actor,
        "problem": other,
        "move": ProblemMove.FILTER_OUT,
        "filter_reason": FilterReason.DUPLICATE,
        "now": LATER,
    }
    for wrong, kind, code in (
        (None, Conflict, "duplicate_of_missing"),
        (other, Invalid, "duplicate_of_itself"),
        (elsewhere, NotFound, "hidden"),
    ):
        with refused(kind, code):
            move_problem(duplicate_of=wrong, **setting_aside)
    move_problem(duplicate_of=problem, **setting_aside)
    assert other.duplicate_of == problem


def test_only_the_team_says_that_another_raised_it(cast: Cast) -> None:
    by_marco = {"mesa": cast.forestal, "title": "La dice un socio", "raised_by": cast.marco.seat, "now": NOW}
    assert raise_problem(actor=cast.ana.actor, **by_marco).raised_by == cast.marco.seat
    with refused(NotAllowed, "not_your_role"):
        raise_problem(actor=cast.lucia.actor, **by_marco)
    with refused(Invalid, "seat_elsewhere"):
        raise_problem(actor=cast.ana.actor, **{**by_marco, "raised_by": cast.vecina.seat})


def test_moves_that_do_not_exist_from_where_it_stands_are_refused(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    with refused(Conflict, "no_such_move"):
        move_problem(actor=cast.ana.actor, problem=problem, move=ProblemMove.ACCEPT, now=LATER)
    with refused(Conflict, "no_such_move"):
        move_problem(actor=cast.ana.actor, problem=problem, move=ProblemMove.REOPEN, reason="x", now=LATER)
    with refused(Conflict, "reason_missing"):
        move_problem(actor=cast.ana.actor, problem=problem, move=ProblemMove.WITHDRAW, now=LATER)
    with refused(Conflict, "filter_reason_unknown"):
        move_problem(
            actor=cast.ana.actor, problem=problem, move=ProblemMove.FILTER_OUT, reason="porque sí", now=LATER
        )


def test_a_transfer_is_not_offered_yet(cast: Cast) -> None:
    problem, other = _raise(cast, "ana"), _raise(cast, "ana", "Otra")
    with refused(Conflict, "no_such_move"):
        move_problem(
            actor=cast.ana.actor,
            problem=problem,
            move=ProblemMove.TRANSFER,
            reason="Es de la otra mesa.",
            duplicate_of=other,
            now=LATER,
        )


@pytest.mark.parametrize(
    ("who", "refusing", "code"),
    [
        ("marco", NotAllowed, "not_your_role"),
        ("pilar", NotAllowed, "not_your_role"),
        ("vecina", NotFound, "hidden"),
    ],
)
def test_stages_are_the_teams(cast: Cast, who: str, refusing: type[NotAllowed], code: str) -> None:
    problem = _raise(cast, "marco")
    with refused(refusing, code):
        move_problem(actor=getattr(cast, who).actor, problem=problem, move=ProblemMove.ACCEPT, now=LATER)


def test_focus_is_an_interval_that_stays_on_record(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    with refused(Conflict, "already_in_focus"):
        focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    unfocus_problem(actor=cast.ana.actor, problem=problem, now=NOW + timedelta(days=30))
    with refused(Conflict, "not_in_focus"):
        unfocus_problem(actor=cast.ana.actor, problem=problem, now=LATER)
    interval = FocusInterval.objects.get(problem=problem)
    assert (interval.starts_on, interval.ends_on) == (TODAY, TODAY + timedelta(days=30))
    assert kinds_of(interval) == ["focus.started", "focus.ended"]


def test_only_what_is_accepted_comes_in_focus(cast: Cast) -> None:
    raised = _raise(cast, "marco")
    with refused(Conflict, "focus_needs_accepted"):
        focus_problem(actor=cast.ana.actor, problem=raised, now=NOW)
    with refused(NotAllowed, "not_your_role"):
        focus_problem(actor=cast.marco.actor, problem=raised, now=NOW)
    with refused(NotAllowed, "not_your_role"):
        unfocus_problem(actor=cast.marco.actor, problem=raised, now=NOW)


def test_what_is_set_aside_leaves_the_focus_the_same_day(cast: Cast) -> None:
    problem = _raise(cast, "ana")
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    move_problem(actor=cast.ana.actor, problem=problem, move=ProblemMove.PARK, now=LATER)
    interval = FocusInterval.objects.get(problem=problem)
    assert interval.ends_on == TODAY + timedelta(days=1)
    assert problem.stage == ProblemStage.PARKED
