"""The story of one thing, and the last movements of a mesa."""

from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import assign_commitment, date_commitment
from destraba.actions.matrix.problems import edit_problem, focus_problem
from destraba.actions.visibility import set_visibility
from destraba.models import FocusInterval, Problem
from destraba.queries import access
from destraba.queries.history import as_of, last_change, latest, story
from destraba.queries.matrix.tree import matrix
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player

ZONE = "America/Lima"


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def _acts(cast: Cast, player: Player, most: int = 5) -> list[str]:
    shown = matrix(access.viewer(player.account, NOW), cast.forestal)
    return [one.sentence.act for one in latest(shown, most, ZONE)]


def test_a_story_is_told_newest_first_with_what_each_value_replaced(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    later = NOW + timedelta(hours=1)
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=later)
    newest, oldest = story([owed], ZONE)
    assert newest.sentence.who == "Ana Paredes"
    (change,) = newest.sentence.changes
    assert (change.was, change.now) == ("30 Jun 2017", "31 Jul 2017")
    assert "asked for C-1" in oldest.sentence.act


def test_several_records_make_one_story(cast: Cast) -> None:
    problem = factories.problem(cast)
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    interval = FocusInterval.objects.get()
    kinds = [one.entry.kind for one in story([problem, interval], ZONE)]
    assert kinds == ["focus.started", "problem.raised"]
    assert story([], ZONE) == []


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
        with django_assert_num_queries(5):
            story([problem], ZONE)
        edit_problem(actor=cast.ana.actor, problem=problem, title=title, now=NOW)
