"""All mesas on one page."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import edit_commitment
from destraba.actions.matrix.problems import edit_problem, focus_problem, move_problem, raise_problem
from destraba.actions.matrix.solutions import edit_solution, enter_solution
from destraba.actions.visibility import set_visibility
from destraba.ledger.record import recording
from destraba.methods.schema import MeetingKind
from destraba.models import Mesa, Problem
from destraba.queries import access
from destraba.queries.access import ANONYMOUS, Viewer
from destraba.queries.programme.overview import overview
from destraba.queries.programme.rows import OldestRed, ProgrammeRow, Progress, Sort, Wanted
from destraba.queries.programme.tallies import red_since
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from destraba.rules.problems import FilterReason, ProblemMove
from destraba.rules.programme.cadence import Kept, Pulse
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player, command
from tests.queries.programme.rhythm import ago, busy, called, followed, met, more_mesas, prepared, put


def viewer_of(player: Player) -> Viewer:
    return access.viewer(player.account, NOW)


def rows(player: Player, wanted: Wanted = Wanted()) -> dict[str, ProgrammeRow]:  # noqa: B008
    return {row.mesa.slug: row for row in overview(viewer_of(player), NOW, wanted).rows}


def order(player: Player, wanted: Wanted) -> list[str]:
    return list(rows(player, wanted))


def test_a_mesa_is_told_with_its_rhythm(cast: Cast) -> None:
    followed(cast.forestal, 40)
    met(cast.forestal, 49, 35, 7)
    called(cast.forestal, 7)
    meetings = rows(cast.hilda)["forestal"].meetings
    assert meetings
    assert meetings.rhythm.pulse is Pulse.ON_TIME
    assert meetings.met_on == (ago(49), ago(35), ago(7))
    assert meetings.last == ago(7)
    assert meetings.kept == Kept(1, 2)
    assert meetings.next
    assert (meetings.next.number, meetings.next.held_on, meetings.next.is_called) == (4, ago(-7), True)


def test_only_what_sets_the_pace_counts(cast: Cast) -> None:
    followed(cast.forestal, 300)
    met(cast.forestal, 45)
    met(cast.forestal, 1, kind=MeetingKind.BILATERAL)
    prepared(cast.forestal, 3, MeetingKind.BILATERAL)
    row = rows(cast.hilda)["forestal"]
    assert row.pulse is Pulse.STALLED
    assert row.meetings
    assert (row.meetings.last, row.meetings.next) == (ago(45), None)
    assert row.lacks_next


def test_a_draft_is_a_plan_and_says_so(cast: Cast) -> None:
    followed(cast.forestal, 300)
    prepared(cast.forestal, 10)
    called(cast.forestal, 12)
    meetings = rows(cast.hilda)["forestal"].meetings
    assert meetings
    assert meetings.next
    assert (meetings.next.held_on, meetings.next.is_called) == (ago(-10), False)


def test_a_mesa_that_nobody_waits_for_lacks_no_meeting(cast: Cast) -> None:
    assert not rows(cast.hilda)["forestal"].lacks_next
    followed(cast.forestal, 1)
    assert rows(cast.hilda)["forestal"].lacks_next
    put(cast.forestal, MesaState.SUSPENDED)
    row = rows(cast.hilda)["forestal"]
    assert (row.pulse, row.lacks_next, row.is_at_rest) == (Pulse.SUSPENDED, False, True)


def test_what_is_in_focus_is_named_and_too_much_is_counted(cast: Cast) -> None:
    for number in range(5):
        problem = factories.problem(cast, f"Traba {number}")
        focus_problem(actor=command(), problem=problem, now=NOW)
    row = rows(cast.hilda)["forestal"]
    assert [(one.number, one.title) for one in row.focus] == [(n + 1, f"Traba {n}") for n in range(5)]
    assert row.focus_beyond == 1
    assert rows(cast.hilda)["acuicola"].focus_beyond == 0


def test_lights_are_counted_worst_first_and_the_oldest_red_is_named(cast: Cast) -> None:
    followed(cast.forestal, 300)
    problem = factories.problem(cast)
    for title, days in (("Vencido hace poco", 5), ("Vencido hace mucho", 34), ("A tiempo", -60)):
        one = factories.commitment(problem, title, owner=cast.serfor, due=FuzzyDate(ago(days)))
        move_commitment(actor=command(), commitment=one, move=CommitmentMove.AGREE, now=NOW)
    row = rows(cast.hilda)["forestal"]
    assert row.light_counts[0] == (Light.RED, 2)
    assert sum(count for _light, count in row.light_counts) == 3
    assert row.oldest_red == OldestRed(2, ago(33))


@pytest.mark.parametrize(
    ("intervals", "overdue", "since"),
    [
        ([(10, None)], None, 10),
        ([(30, 10), (10, None)], None, 30),  # only the reason changed
        ([(30, 20), (10, None)], None, 10),  # it was not red in between
        ([(40, 30), (20, 10), (10, None)], None, 20),
        ([(10, None)], 15, 15),
        ([(10, None)], 3, 10),
    ],
)
def test_red_counts_from_where_it_was_not_broken(
    intervals: list[tuple[int, int | None]], overdue: int | None, since: int
) -> None:
    days = [(ago(first), None if last is None else ago(last)) for first, last in intervals]
    assert red_since(days, None if overdue is None else ago(overdue)) == ago(since)


def test_paper_is_not_counted_as_the_ground(cast: Cast) -> None:
    for title, stages in (
        ("En el terreno", (SolutionStage.APPLIED, SolutionStage.EFFECTIVE, SolutionStage.DROPPED)),
        ("En papel", (SolutionStage.ENACTED, SolutionStage.APPLIED)),
        ("En marcha", (SolutionStage.AGREED, SolutionStage.APPLIED)),
        ("Sin respuesta", ()),
    ):
        answered(factories.problem(cast, title), *stages)
    raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW)
    aside = factories.problem(cast, "No es de aquí")
    answered(aside, SolutionStage.APPLIED)
    move_problem(
        actor=command(),
        problem=aside,
        move=ProblemMove.FILTER_OUT,
        filter_reason=FilterReason.OUT_OF_SCOPE,
        now=NOW,
    )
    assert rows(cast.hilda)["forestal"].progress == Progress(identified=5, on_ground=1, on_paper=1)
    assert rows(cast.hilda)["acuicola"].progress == Progress()


def answered(problem: Problem, *stages: SolutionStage) -> None:
    """With a solution at each of these stages."""
    with recording(actor=command(), now=NOW, streams=[problem.mesa_id]) as change:
        for stage in stages:
            enter_solution(change, problem, title="Una salida", stage=stage)


def test_whatever_moves_in_the_matrix_moves_the_mesa(cast: Cast) -> None:
    followed(cast.forestal, 300)
    met(cast.forestal, -40)
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    commitment = factories.commitment(problem, owner=cast.serfor)
    then = NOW + timedelta(days=45)
    before = then - timedelta(days=10)
    assert _reason_at(cast, then) == "nothing_moved"
    for edit in (
        lambda: edit_problem(actor=command(), problem=problem, detail="Más", now=before),
        lambda: edit_solution(actor=command(), solution=solution, detail="Más", now=before),
        lambda: edit_commitment(actor=command(), commitment=commitment, situation="Más", now=before),
    ):
        with transaction.atomic():
            edit()
            assert _reason_at(cast, then) == "met"
            transaction.set_rollback(True)
    assert _reason_at(cast, then) == "nothing_moved"


def _reason_at(cast: Cast, now: datetime) -> str:
    row = next(row for row in overview(viewer_of(cast.hilda), now).rows if row.mesa == cast.forestal)
    return row.meetings.rhythm.reason.code if row.meetings else ""


def test_an_axis_lead_sees_the_rows_of_the_axis_and_no_meetings(cast: Cast) -> None:
    busy(cast, cast.forestal)
    row = rows(cast.ejes)["forestal"]
    assert (row.meetings, row.focus, row.light_counts, row.progress) == (None, (), (), Progress())
    assert row.oldest_red is None
    assert not row.lacks_next
    mine = raise_problem(
        actor=command(), mesa=cast.forestal, title="Doce ventanillas", axis="simplification", now=NOW
    )
    focus_problem(actor=command(), problem=mine, now=NOW)
    factories.commitment(mine, owner=cast.serfor)
    answered(mine, SolutionStage.APPLIED)
    row = rows(cast.ejes)["forestal"]
    assert [one.title for one in row.focus] == ["Doce ventanillas"]
    assert sum(count for _light, count in row.light_counts) == 1
    assert row.progress == Progress(identified=1, on_ground=1)
    whole = rows(cast.hilda)["forestal"]
    assert len(whole.focus) == 2
    assert whole.progress.identified == 2


def test_what_is_the_teams_is_not_counted_for_an_axis_lead(cast: Cast) -> None:
    mine = raise_problem(
        actor=command(), mesa=cast.forestal, title="En trato", axis="simplification", now=NOW
    )
    factories.commitment(mine, owner=cast.serfor)
    focus_problem(actor=command(), problem=mine, now=NOW)
    set_visibility(actor=cast.ana.actor, record=mine, visibility=Visibility.TEAM, reason="No aún.", now=NOW)
    row = rows(cast.ejes)["forestal"]
    assert (row.focus, row.light_counts, row.progress) == ((), (), Progress())
    assert len(rows(cast.hilda)["forestal"].focus) == 1


def test_whoever_leads_no_axis_and_whoever_is_nobody_see_nothing(cast: Cast) -> None:
    idle = factories.player("Irma Lazo", cast.produce, Role.AXIS_LEAD, None)
    assert rows(idle) == {}
    assert overview(ANONYMOUS, NOW).every == ()


def test_the_stalled_come_first_and_those_at_rest_last(cast: Cast) -> None:
    _five(cast)
    assert order(cast.hilda, Wanted()) == ["textil", "forestal", "logistica", "acuicola", "cerrada"]
    assert order(cast.hilda, Wanted(Sort.NAME)) == ["acuicola", "forestal", "logistica", "textil", "cerrada"]
    assert order(cast.hilda, Wanted(Sort.CADENCE)) == [
        "textil",
        "forestal",
        "logistica",
        "acuicola",
        "cerrada",
    ]


def test_the_reddest_come_first(cast: Cast) -> None:
    _five(cast)
    for slug, days in (("logistica", (5,)), ("acuicola", (9,)), ("forestal", ())):
        mesa = Mesa.objects.get(slug=slug)
        for one in days:
            late = factories.commitment(
                factories.problem(cast, where=mesa), owner=cast.serfor, due=FuzzyDate(ago(one))
            )
            move_commitment(actor=command(), commitment=late, move=CommitmentMove.AGREE, now=NOW)
    assert order(cast.hilda, Wanted(Sort.RED))[:2] == ["logistica", "acuicola"]


def _five(cast: Cast) -> None:
    """Textil met long ago, Forestal less long, Logística is late, Acuícola quiet, another one closed."""
    for name, slug in (("Mesa Textil", "textil"), ("Mesa Logística", "logistica"), ("A Cerrada", "cerrada")):
        factories.mesa(name, slug, host=cast.produce)
    for slug, days in (("textil", 80), ("forestal", 60), ("logistica", 30), ("cerrada", 100)):
        mesa = Mesa.objects.get(slug=slug)
        followed(mesa, 40)
        met(mesa, days)
    put(Mesa.objects.get(slug="cerrada"), MesaState.CLOSED)


def test_one_can_ask_for_the_stalled_and_for_a_method(cast: Cast) -> None:
    _five(cast)
    found = overview(viewer_of(cast.hilda), NOW, Wanted(stalled_only=True))
    assert [row.mesa.slug for row in found.rows] == ["textil", "forestal"]
    assert len(found.every) == 5
    assert len(overview(viewer_of(cast.hilda), NOW, Wanted(method="peru-me")).rows) == 5
    assert overview(viewer_of(cast.hilda), NOW, Wanted(method="another")).rows == ()


def test_totals_are_of_what_is_shown(cast: Cast) -> None:
    _five(cast)
    answered(factories.problem(cast), SolutionStage.APPLIED)
    factories.commitment(factories.problem(cast, where=cast.acuicola), owner=cast.serfor)
    totals = overview(viewer_of(cast.hilda), NOW).totals
    assert (totals.mesas, totals.stalled) == (5, 2)
    assert totals.progress == Progress(identified=2, on_ground=1)
    assert sum(count for _light, count in totals.light_counts) == 1
    assert totals.kept == Kept(0, 4)
    stalled = overview(viewer_of(cast.hilda), NOW, Wanted(stalled_only=True)).totals
    assert (stalled.mesas, stalled.progress.identified) == (2, 1)


def test_it_takes_seven_statements_for_one_mesa_and_for_twelve(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head, lead = viewer_of(cast.hilda), viewer_of(cast.ejes)
    busy(cast, cast.forestal)
    Mesa.objects.filter(pk=cast.acuicola.pk).update(withdrawn_at=NOW)
    for mesas in (1, 12):
        with django_assert_num_queries(7):
            assert len(overview(head, NOW).rows) == mesas
        with django_assert_num_queries(6):  # an axis has no meetings to ask for
            assert len(overview(lead, NOW).rows) == mesas
        if mesas == 1:
            more_mesas(cast, 11)
