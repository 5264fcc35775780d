"""What others changed since somebody was last here, as far as they may know."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import date_commitment
from destraba.actions.followup.replies import give_answer
from destraba.actions.matrix.problems import edit_problem, raise_problem
from destraba.actions.meetings.meetings import call_meeting, cancel_meeting
from destraba.actions.visibility import set_visibility
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.desk.changes import MOST, Target, changes
from destraba.queries.within import within
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.queries.desk.stage import DAY, agreed, called, circulated, desk_of, for_the_team, prepared

LATER = NOW + timedelta(hours=3)


def told(player: Player) -> list[str]:
    """Since the curtain was raised."""
    lines = desk_of(player, LATER, seen_at=NOW).changes.lines
    return [one.happening.sentence.text for one in lines]


def test_the_latest_first_and_not_ones_own(cast: Cast) -> None:
    problem = factories.problem(cast)
    for minutes, player, title in ((1, cast.ana, "Uno"), (2, cast.teo, "Dos"), (3, cast.ana, "Tres")):
        edit_problem(actor=player.actor, problem=problem, title=title, now=NOW + timedelta(minutes=minutes))
    assert [text.partition(".")[0] for text in told(cast.marco)] == [
        "Ana Paredes edited P-1",
        "Teodoro Quispe edited P-1",
        "Ana Paredes edited P-1",
    ]
    assert [text.partition(".")[0] for text in told(cast.ana)] == ["Teodoro Quispe edited P-1"]


def test_each_line_leads_to_its_page(cast: Cast) -> None:
    promised = agreed(factories.problem(cast), "Firmar", cast.serfor, TODAY + DAY)
    give_answer(
        actor=cast.lucia.actor,
        commitment=promised,
        kind=AnswerKind.PROGRESS,
        note="Avanza.",
        now=NOW + timedelta(minutes=1),
    )
    (line,) = desk_of(cast.marco, LATER, seen_at=NOW).changes.lines
    assert (line.mesa, line.target, line.more) == (cast.forestal, Target("commitment", (1,)), 0)
    assert line.happening.sentence.text.startswith("Lucía Farfán answered for C-1")


def test_what_was_done_at_one_go_is_one_line(cast: Cast) -> None:
    actor = cast.ana.actor
    for title in ("Uno", "Dos", "Tres"):
        raise_problem(actor=actor, mesa=cast.forestal, title=title, now=NOW + timedelta(minutes=1))
    (line,) = desk_of(cast.marco, LATER, seen_at=NOW).changes.lines
    assert (line.target, line.more) == (Target("problem", (1,)), 2)


def test_only_what_happened_since(cast: Cast) -> None:
    problem = factories.problem(cast)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Antes", now=NOW + timedelta(minutes=1))
    edit_problem(actor=cast.ana.actor, problem=problem, title="Luego", now=NOW + timedelta(minutes=9))
    lines = desk_of(cast.marco, LATER, seen_at=NOW + timedelta(minutes=5)).changes.lines
    assert len(lines) == 1
    assert "Antes → Luego" in lines[0].happening.sentence.text


def test_a_long_list_is_cut_and_says_so(cast: Cast) -> None:
    for minutes in range(1, MOST + 3):
        raise_problem(
            actor=cast.ana.actor, mesa=cast.forestal, title="Otra", now=NOW + timedelta(minutes=minutes)
        )
    found = desk_of(cast.marco, LATER, seen_at=NOW).changes
    assert (len(found.lines), found.is_cut) == (MOST, True)
    assert found.lines[0].target == Target("problem", (MOST + 2,))


def test_nobody_hears_of_a_mesa_that_is_not_theirs(cast: Cast) -> None:
    raise_problem(actor=cast.ana.actor, mesa=cast.forestal, title="Una", now=NOW + timedelta(minutes=1))
    heard = {name for name, player in cast.roles.items() if told(player)}
    assert heard == {"technical_leader", "political_leader", "member", "liaison", "head", "high_level"}


def test_an_axis_lead_hears_of_that_axis(cast: Cast) -> None:
    for minutes, axis in ((1, "simplification"), (2, "")):
        raise_problem(
            actor=command(),
            mesa=cast.forestal,
            title=f"Del eje {axis}",
            axis=axis,
            now=NOW + timedelta(minutes=minutes),
        )
    (only,) = told(cast.ejes)
    assert "Del eje simplification" in only


def test_what_is_the_teams_is_told_to_the_team(cast: Cast) -> None:
    problem = factories.problem(cast)
    promised = factories.commitment(problem, owner=cast.serfor)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    move_commitment(
        actor=command(), commitment=promised, move=CommitmentMove.AGREE, now=NOW + timedelta(minutes=1)
    )
    assert len(told(cast.ana)) == 1
    assert told(cast.marco) == told(cast.lucia) == []


def test_what_was_said_behind_closed_doors_stays_there_once_they_open(cast: Cast) -> None:
    problem = factories.problem(cast)
    for minutes, visibility in ((1, Visibility.TEAM), (3, Visibility.MESA)):
        set_visibility(
            actor=cast.ana.actor,
            record=problem,
            visibility=visibility,
            reason="Se habló.",
            now=NOW + timedelta(minutes=minutes),
        )
        edit_problem(
            actor=cast.teo.actor,
            problem=problem,
            title=f"Dicho en {visibility}",
            now=NOW + timedelta(minutes=minutes + 1),
        )
    assert len(told(cast.pilar)) == 4
    assert [("Dicho en" in text, "team" in text.partition("→")[2]) for text in told(cast.marco)] == [
        (True, False),
        (False, False),
    ]


def test_a_draft_is_not_told_of_and_a_call_is(cast: Cast) -> None:
    meeting = prepared(cast.forestal)
    cancel_meeting(
        actor=command(), meeting=prepared(cast.forestal), reason="Feriado.", now=NOW + timedelta(minutes=1)
    )
    assert told(cast.marco) == []
    call_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW + timedelta(minutes=2))
    assert told(cast.marco) == ["Ana Paredes called S-1."]


def test_a_team_meeting_and_its_minutes_stay_within_the_team(cast: Cast) -> None:
    minutes = circulated(cast.forestal, now=NOW + timedelta(minutes=1))
    assert len(told(cast.marco)) == 1
    for_the_team(minutes.meeting)
    assert told(cast.marco) == []
    assert len(told(cast.pilar)) == 2


def test_nothing_is_told_twice_across_mesas(cast: Cast) -> None:
    for where in (cast.forestal, cast.acuicola):
        called(where)
        raise_problem(actor=command(), mesa=where, title="Una", now=NOW + timedelta(minutes=1))
    assert len(told(cast.hilda)) == 2
    assert len(told(cast.marco)) == 1


def test_it_costs_the_same_at_one_row_and_at_three_in_one_mesa_and_in_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seen = [within(access.viewer(player.account, LATER)) for player in (cast.hilda, cast.marco)]
    for where in (cast.forestal, cast.acuicola):
        _three_kinds_of_news(cast, where)
        for one, statements in zip(seen, (11, 12), strict=True):
            with django_assert_num_queries(statements):
                assert changes(one, NOW).lines
        _three_kinds_of_news(cast, cast.forestal)


def _three_kinds_of_news(cast: Cast, where: Mesa) -> None:
    problem = factories.problem(cast, where=where)
    promised = agreed(problem, "Firmar", cast.serfor, TODAY + DAY)
    now = NOW + timedelta(minutes=1)
    edit_problem(actor=command(), problem=problem, title="Otra", now=now)
    date_commitment(
        actor=command(), commitment=promised, due=FuzzyDate(TODAY + 9 * DAY), reason="Falta firma.", now=now
    )
    called(where)
    call_meeting(actor=command(), meeting=prepared(where), now=now)
