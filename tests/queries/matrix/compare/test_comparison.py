"""What changed between two moments, from the ledger alone."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import (
    assign_commitment,
    date_commitment,
    edit_commitment,
    set_collaborators,
)
from destraba.actions.lights import turn
from destraba.actions.matrix.problems import edit_problem, focus_problem, move_problem
from destraba.actions.matrix.solutions import propose_solution
from destraba.actions.mesas import start_following_up
from destraba.actions.undo import undo
from destraba.actions.visibility import set_visibility
from destraba.models import Commitment, Event, Meeting, Payload, Problem
from destraba.queries import access
from destraba.queries.matrix.compare.comparison import comparison
from destraba.queries.matrix.compare.moments import meetings_held, stretch
from destraba.queries.matrix.compare.rows import Difference
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.rules.problems import FilterReason, ProblemMove
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, command
from tests.queries.matrix.compare.stage import (
    DAY,
    FIRST,
    SECOND,
    TODAY,
    cells,
    compared,
    count,
    held,
    rows,
    told,
)

LATER = FIRST + DAY


def owed(cast: Cast, problem: Problem, title: str = "Aprobar la directiva") -> Commitment:
    """A commitment of SERFOR, agreed before the first session, due before the second."""
    asked = factories.commitment(problem, title, owner=cast.serfor, due=read("26/06/2017"))
    return move_commitment(actor=command(), commitment=asked, move=CommitmentMove.AGREE, now=NOW)


def seal(cast: Cast, record: Problem | Commitment, visibility: Visibility, days: int = 1) -> None:
    set_visibility(
        actor=cast.ana.actor, record=record, visibility=visibility, reason="En trato.", now=FIRST + days * DAY
    )


def test_what_was_added_hangs_from_what_was_there(cast: Cast) -> None:
    problem = factories.problem(cast)
    held(cast.forestal, FIRST)
    solution = propose_solution(actor=command(), problem=problem, title="Guía electrónica", now=LATER)
    factories.commitment(problem, owner=cast.serfor, due=read("30/07/2017"), answer_to=solution, now=LATER)
    found = compared(cast.ana, cast.forestal)
    assert [(row.number, row.level, row.difference) for row in found.branches[0].rows] == [
        ("P-1", 1, None),
        ("P-1.1", 2, Difference.ADDED),
        ("C-1", 3, Difference.ADDED),
    ]
    added = rows(found)["C-1"]
    assert cells(added) == {"Who answers": ("", cast.serfor.name), "Due": ("", "30 Jul 2017")}
    assert added.owner == cast.serfor.name
    (tally, *_others) = found.tallies
    assert (tally.problems, tally.solutions, tally.commitments, tally.rows) == (0, 1, 1, 2)


def test_the_old_value_stands_beside_the_new_with_the_reason(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    commitment = owed(cast, problem)
    held(cast.forestal, FIRST)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda 12 días", now=LATER)
    date_commitment(
        actor=cast.ana.actor, commitment=commitment, due=read("31/07/2017"), reason="Falta el MEF.", now=LATER
    )
    assign_commitment(actor=cast.ana.actor, commitment=commitment, owner=cast.osinfor, now=LATER)
    found = compared(cast.marco, cast.forestal)
    assert told(found) == {"P-1": "modified", "C-1": "modified"}
    assert cells(rows(found)["P-1"]) == {"Title": ("La guía tarda", "La guía tarda 12 días")}
    assert cells(rows(found)["C-1"]) == {
        "Due": ("26 Jun 2017", "31 Jul 2017"),
        "Times it was moved": ("0", "1"),
        "Who answers": (cast.serfor.name, cast.osinfor.name),
    }
    assert rows(found)["C-1"].because == "Falta el MEF."
    assert (found.slips, found.done) == (1, 0)


def test_what_came_back_to_what_it_was_did_not_change(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    held(cast.forestal, FIRST)
    for title in ("Otra cosa", "La guía tarda"):
        edit_problem(actor=cast.ana.actor, problem=problem, title=title, now=LATER)
    assert compared(cast.ana, cast.forestal).branches == ()


def test_what_the_mesa_gave_up_is_struck_with_how_and_why(cast: Cast) -> None:
    first, second = factories.problem(cast, "Una ley"), factories.problem(cast, "Otra")
    kept, replaced = owed(cast, second, "Firmar"), owed(cast, second, "Escribir")
    dropped = owed(cast, second, "Visitar")
    held(cast.forestal, FIRST)
    move_problem(
        actor=cast.ana.actor,
        problem=first,
        move=ProblemMove.FILTER_OUT,
        filter_reason=FilterReason.DECLARATORY,
        reason="Solo declara.",
        now=LATER,
    )
    for commitment, move, successor in (
        (replaced, CommitmentMove.REPLACE, kept),
        (dropped, CommitmentMove.CANCEL, None),
    ):
        move_commitment(
            actor=cast.ana.actor,
            commitment=commitment,
            move=move,
            reason="Ya no hace falta.",
            replaced_by=successor,
            now=LATER,
        )
    found = compared(cast.marco, cast.forestal)
    gone = {number: (row.ended, row.because) for number, row in rows(found).items() if row.difference}
    assert gone == {
        "P-1": ("Filtered out", "Solo declara."),
        "C-2": ("Replaced: C-1", "Ya no hace falta."),
        "C-3": ("Cancelled", "Ya no hace falta."),
    }
    assert count(found, Difference.REMOVED) == 3
    back = compared(cast.ana, cast.forestal, "2017-06-01", "S-1")
    assert set(told(back).values()) == {"added"}


def test_what_was_undone_is_removed_and_what_lived_in_between_never_was(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    before = Event.objects.get(kind="solution.proposed").change_set
    held(cast.forestal, FIRST)
    undone_by = command()
    undo(actor=undone_by, mesa=cast.forestal, change_set=before, now=LATER)
    factories.commitment(solution.problem, "Visitar", now=LATER)
    asked = Event.objects.get(kind="commitment.asked").change_set
    undo(actor=undone_by, mesa=cast.forestal, change_set=asked, now=LATER)
    found = compared(cast.ana, cast.forestal)
    assert told(found) == {"P-1.1": "removed"}
    assert rows(found)["P-1.1"].ended == ""


def test_parts_of_a_row_are_cells_of_it(cast: Cast) -> None:
    problem = factories.problem(cast)
    commitment = owed(cast, problem)
    set_collaborators(actor=command(), commitment=commitment, organizations=[cast.osinfor], now=NOW)
    held(cast.forestal, FIRST)
    focus_problem(actor=cast.ana.actor, problem=problem, now=LATER)
    set_collaborators(
        actor=command(), commitment=commitment, organizations=[cast.osinfor, cast.produce], now=LATER
    )
    found = compared(cast.marco, cast.forestal)
    assert cells(rows(found)["P-1"]) == {"In focus": ("", "Yes")}
    both = f"{cast.produce.name}, {cast.osinfor.name}"
    assert cells(rows(found)["C-1"]) == {"Who helps": (cast.osinfor.name, both)}


def test_two_meetings_tell_what_lies_between_them_alone(cast: Cast) -> None:
    problem = factories.problem(cast, "Uno")
    held(cast.forestal, FIRST)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Dos", now=LATER)
    held(cast.forestal, SECOND)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Tres", now=SECOND + DAY)
    titles = {
        ends: cells(rows(compared(cast.ana, cast.forestal, *ends))["P-1"])["Title"]
        for ends in (("S-1", "S-2"), ("S-2", "now"), ("S-1", "now"), ("2017-06-23", "2017-06-23"))
    }
    assert titles == {
        ("S-1", "S-2"): ("Uno", "Dos"),
        ("S-2", "now"): ("Dos", "Tres"),
        ("S-1", "now"): ("Uno", "Tres"),
        ("2017-06-23", "2017-06-23"): ("Uno", "Dos"),
    }


def test_a_light_that_turned_by_itself_is_told(cast: Cast) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    late, done = owed(cast, problem, "Firmar"), owed(cast, problem, "Visitar")
    held(cast.forestal, FIRST)
    for move in (CommitmentMove.REPORT_DONE, CommitmentMove.CONFIRM_DONE):
        move_commitment(actor=command(), commitment=done, move=move, now=LATER)
    turn(now=SECOND)
    found = compared(cast.marco, cast.forestal)
    row = rows(found)[f"C-{late.number}"]
    assert row.difference is Difference.TURNED
    assert row.turn
    assert (row.turn.was, row.turn.now) == (Light.GREEN, Light.RED)
    assert [(one.light, one.was, one.now) for one in found.lights] == [
        (Light.RED, 0, 1),
        (Light.GREEN, 2, 0),
        (Light.DONE, 0, 1),
    ]
    assert (found.done, told(found)["C-2"]) == (1, "modified")


def test_a_meeting_counts_the_lights_that_the_room_saw(cast: Cast) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    owed(cast, factories.problem(cast))
    held(cast.forestal, FIRST)
    turn(now=SECOND)
    kept = {"1": {"light": "amber", "reason": "undated", "due": None}}
    Meeting.objects.update(lights_at_close=kept)
    found = compared(cast.ana, cast.forestal)
    assert [(one.light, one.was, one.now) for one in found.lights] == [
        (Light.RED, 0, 1),
        (Light.AMBER, 1, 0),
    ]
    by_day = compared(cast.ana, cast.forestal, "2017-06-15", "2017-06-15")
    assert [(one.light, one.was, one.now) for one in by_day.lights] == [(Light.GREEN, 0, 1)]


def test_what_the_team_kept_to_itself_then_or_now_is_left_out_and_counted_nowhere(cast: Cast) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    problem, other = factories.problem(cast, "En trato"), factories.problem(cast, "A la vista")
    hidden, shown = owed(cast, problem, "Callar"), owed(cast, other, "Decir")
    held(cast.forestal, FIRST)
    seal(cast, problem, Visibility.TEAM)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Sospecha", now=LATER)
    for commitment in (hidden, shown):
        edit_commitment(actor=cast.ana.actor, commitment=commitment, situation="Avanza", now=LATER)
    held(cast.forestal, SECOND)
    for ends in (("S-1", "S-2"), ("S-2", "now"), ("2017-06-20", "now")):
        found = compared(cast.marco, cast.forestal, *ends)
        assert not {"P-1", "C-1"} & rows(found).keys(), ends
        assert sum(one.now for one in found.lights) == 1
    assert {"P-1", "C-1"} <= rows(compared(cast.ana, cast.forestal, "S-1", "S-2")).keys()
    # Opened again, it still was the team's at S-2.
    seal(cast, problem, Visibility.MESA, days=8)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda", now=SECOND + 2 * DAY)
    again = compared(cast.marco, cast.forestal, "S-2", "now")
    assert "P-1" not in rows(again)
    assert [sum(one.was for one in again.lights), sum(one.now for one in again.lights)] == [1, 1]
    assert cells(rows(compared(cast.marco, cast.forestal, "S-1", "now"))["P-1"]) == {
        "Title": ("En trato", "La guía tarda")
    }


def test_a_reason_given_while_it_was_the_teams_stays_the_teams(cast: Cast) -> None:
    commitment = owed(cast, factories.problem(cast))
    held(cast.forestal, FIRST)
    seal(cast, commitment, Visibility.TEAM)
    date_commitment(
        actor=cast.ana.actor, commitment=commitment, due=read("31/07/2017"), reason="Sospecha.", now=LATER
    )
    seal(cast, commitment, Visibility.MESA, days=2)
    seen = {
        player.person.full_name: rows(compared(player, cast.forestal))["C-1"].because
        for player in (cast.ana, cast.marco)
    }
    assert "Sospecha." not in seen["Marco Ríos"]


def test_an_axis_lead_compares_their_axis_by_days(cast: Cast) -> None:
    problems = [factories.problem(cast, title) for title in ("Uno", "Dos")]
    edit_problem(actor=command(), problem=problems[0], axis="simplification", now=NOW)
    for problem in problems:
        edit_problem(actor=command(), problem=problem, title="Otro", now=LATER)
    found = compared(cast.ejes, cast.forestal, "2017-06-20", "now")
    assert told(found) == {"P-1": "modified"}


def test_another_mesa_next_door_changes_nothing_here(cast: Cast) -> None:
    held(cast.forestal, FIRST)
    factories.problem(cast, "De al lado", where=cast.acuicola)
    assert compared(cast.hilda, cast.forestal).rows == 0


def test_a_text_that_was_taken_away_says_so(cast: Cast) -> None:
    problem = factories.problem(cast, "Lo dijo Marco")
    held(cast.forestal, FIRST)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda", now=LATER)
    Payload.objects.filter(event__kind="problem.raised", part="text.title").update(salt=None, value=None)
    assert cells(rows(compared(cast.ana, cast.forestal))["P-1"]) == {"Title": ("(redacted)", "La guía tarda")}
    Payload.objects.filter(part="text.title").update(salt=None, value=None)
    assert compared(cast.ana, cast.forestal, "2017-06-01").branches[0].rows[0].title == "(redacted)"


@pytest.mark.parametrize("size", [1, 3])
def test_it_costs_the_same_at_one_row_and_at_three(
    cast: Cast, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    each = [owed(cast, factories.problem(cast, f"Traba {number}")) for number in range(size)]
    held(cast.forestal, FIRST)
    for commitment in each:
        edit_commitment(actor=cast.ana.actor, commitment=commitment, situation="Avanza", now=LATER)
        set_collaborators(actor=command(), commitment=commitment, organizations=[cast.osinfor], now=LATER)
    for player, statements in ((cast.ana, 11), (cast.marco, 12)):
        viewer = access.viewer(player.account, TODAY)
        wanted = stretch(cast.forestal, meetings_held(viewer, cast.forestal), "S-1", "now", TODAY)
        with django_assert_num_queries(statements):
            found = comparison(viewer, cast.forestal, wanted)
        assert count(found, Difference.MODIFIED) == size


def test_a_stretch_in_which_nothing_happened_is_empty(cast: Cast) -> None:
    owed(cast, factories.problem(cast))
    found = compared(cast.ana, cast.forestal, "2017-06-20", "2017-06-25")
    assert (found.branches, found.rows, found.done, found.slips) == ((), 0, 0, 0)
    assert found.stretch.end.at - found.stretch.start.at == timedelta(days=6)
