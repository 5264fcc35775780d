"""The story of one thing, and the last movements of a mesa."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import assign_commitment, date_commitment, edit_commitment
from destraba.actions.matrix.problems import edit_problem, focus_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Commitment, FocusInterval, Problem, Record, Solution
from destraba.queries import access
from destraba.queries.history import Happening, as_of, last_change, latest, story
from destraba.queries.matrix.tree import matrix
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player

ZONE = "America/Lima"


def _acts(cast: Cast, player: Player, most: int = 5) -> list[str]:
    shown = matrix(access.viewer(player.account, NOW), cast.forestal)
    viewer = access.viewer(player.account, NOW)
    return [one.sentence.act for one in latest(viewer, cast.forestal.pk, shown, most, ZONE)]


def _story(player: Player, record: Problem | Solution | Commitment, *parts: Record) -> list[Happening]:
    return story(access.viewer(player.account, NOW), record, parts, ZONE)


def test_a_story_is_told_newest_first_with_what_each_value_replaced(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    later = NOW + timedelta(hours=1)
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=later)
    newest, oldest = _story(cast.ana, owed)
    assert newest.sentence.who == "Ana Paredes"
    (change,) = newest.sentence.changes
    assert (change.was, change.now) == ("30 Jun 2017", "31 Jul 2017")
    assert "asked for C-1" in oldest.sentence.act


def test_several_records_make_one_story(cast: Cast) -> None:
    problem = factories.problem(cast)
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    interval = FocusInterval.objects.get()
    kinds = [one.entry.kind for one in _story(cast.ana, problem, interval)]
    assert kinds == ["focus.started", "problem.raised"]


def test_the_last_hand_on_a_record_is_named(cast: Cast) -> None:
    problem = factories.problem(cast)
    edit_problem(actor=cast.teo.actor, problem=problem, title="Otra", now=NOW + timedelta(hours=2))
    assert last_change(problem) == ("Teodoro Quispe", NOW + timedelta(hours=2))
    assert last_change(Problem()) == ("", None)


def test_the_last_movements_are_those_of_the_rows_moved_last(cast: Cast) -> None:
    problems = [factories.problem(cast, f"Traba {number}") for number in range(4)]
    edit_problem(actor=cast.ana.actor, problem=problems[0], title="Otra", now=NOW + timedelta(hours=1))
    solution = factories.solution(problems[1])
    acts = _acts(cast, cast.marco)
    assert len(acts) == 5
    assert any("P-2.1" in act for act in acts)
    assert any("edited P-1" in act for act in acts)
    assert solution.number == 1


def test_what_a_reader_may_not_see_did_not_move(cast: Cast) -> None:
    secret = factories.problem(cast, "En trato")
    set_visibility(
        actor=cast.ana.actor, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert _acts(cast, cast.marco) == []
    assert len(_acts(cast, cast.ana)) == 2


def _set(cast: Cast, record: Problem | Commitment, visibility: Visibility) -> None:
    set_visibility(actor=cast.ana.actor, record=record, visibility=visibility, reason="En trato.", now=NOW)


def test_what_was_said_while_it_was_the_teams_stays_the_teams(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    owed = factories.commitment(problem, owner=cast.serfor)
    _set(cast, problem, Visibility.TEAM)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Sospecha de coima", now=NOW)
    edit_commitment(actor=cast.ana.actor, commitment=owed, situation="Se habló con fiscalía", now=NOW)
    edit_commitment(actor=cast.ana.actor, commitment=owed, situation="En firma", now=NOW)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda mucho", now=NOW)
    _set(cast, problem, Visibility.MESA)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda 12 días", now=NOW)
    edit_commitment(actor=cast.ana.actor, commitment=owed, situation="Firmado", now=NOW)

    kinds = [one.entry.kind for one in _story(cast.marco, problem)]
    assert kinds == ["problem.edited", "visibility.changed", "problem.raised"]
    assert len(_story(cast.ana, problem)) == 6
    for player, told in ((cast.marco, False), (cast.ana, True)):
        said = f"{_story(player, problem)} {_story(player, owed)} {_acts(cast, player, 20)}"
        assert ("coima" in said or "fiscalía" in said) is told
        assert "12 días" in said


def test_what_is_still_the_teams_above_hides_what_lies_below(cast: Cast) -> None:
    problem = factories.problem(cast)
    owed = factories.commitment(problem, owner=cast.serfor)
    _set(cast, owed, Visibility.TEAM)
    _set(cast, owed, Visibility.TEAM)
    _set(cast, problem, Visibility.TEAM)
    _set(cast, owed, Visibility.MESA)
    assert [one.entry.kind for one in _story(cast.marco, owed)] == ["commitment.asked"]


def test_a_record_is_seen_as_it_was_at_a_version(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=NOW)
    assign_commitment(actor=cast.ana.actor, commitment=owed, owner=cast.osinfor, now=NOW)
    first, last = as_of(owed, 1), as_of(owed, 99)
    assert first.due == read("30/06/2017")
    assert first.owner_organization == cast.serfor
    assert (last.due, last.owner_organization) == (owed.due, cast.osinfor)
    assert owed.due == read("31/07/2017")


def test_a_story_costs_the_same_at_one_event_and_at_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    problem = factories.problem(cast)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Una", now=NOW)
    for title in ("Dos", "Tres"):
        for player, statements in ((cast.ana, 5), (cast.marco, 6)):
            viewer = access.viewer(player.account, NOW)
            with django_assert_num_queries(statements):
                story(viewer, problem, [], ZONE)
        edit_problem(actor=cast.ana.actor, problem=problem, title=title, now=NOW)
