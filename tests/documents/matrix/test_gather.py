"""What a Matrix says on paper: what the reader may see, in the reader's words, in as many statements."""

import datetime as dt

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import date_commitment, set_collaborators
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.documents.matrix.content import CommitmentLine, MatrixContent
from destraba.documents.matrix.gather import matrix_content
from destraba.models import Commitment, Problem
from destraba.queries import access
from destraba.rules.commitments import CommitmentMove
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.visibility import Visibility
from tests import factories
from tests.exchange.matrix.tables import FIRST, LATER, bring
from tests.exchange.matrix.taking import taken
from tests.factories import NOW, Cast, command


def line(content: MatrixContent, number: str) -> CommitmentLine:
    return next(
        each
        for problem in content.problems
        for group in (problem.direct, *(solution.commitments for solution in problem.solutions))
        for each in group
        if each.number == number
    )


def commitment(number: int) -> Commitment:
    return Commitment.objects.select_related("mesa", "problem").get(number=number)


def test_levels_figures_and_words(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    set_collaborators(actor=command(), commitment=commitment(1), organizations=[cast.ucayali], now=LATER)
    with translation.override("es"):
        content = matrix_content(taken(cast.forestal, words=("Semáforo: Rojo",)))
    assert (content.mesa, content.language, content.taken_by) == (cast.forestal.name, "es", "destraba")
    assert content.totals == ("3 trabas", "1 solución", "3 compromisos")
    assert content.asked_for == ("Semáforo: Rojo",)
    assert content.rows == 7
    first, second, third = content.problems
    assert [solution.number for solution in first.solutions] == ["P-1.1"]
    assert [each.number for each in second.direct] == ["C-3"]
    assert (third.direct, third.solutions, third.lights) == ((), (), ())
    told = line(content, "C-1")
    assert (told.due, told.helpers, told.light.word) == (
        "30 jun 2017",
        "Gobierno Regional de Ucayali",
        "Verde",
    )
    assert line(content, "C-2").due == "jul 2017"
    assert {each.light: each.count for each in content.lights if each.count} == {
        "red": 1, "amber": 1, "green": 1
    }  # fmt: skip


def test_a_date_that_moved_shows_the_first_and_what_is_settled_is_not_open(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    start_following_up(actor=command(), mesa=cast.forestal, now=LATER)
    date_commitment(
        actor=command(),
        commitment=commitment(1),
        due=FuzzyDate(dt.date(2017, 9, 30)),
        reason="Falta la firma",
        now=LATER,
    )
    move_commitment(
        actor=command(), commitment=commitment(3), move=CommitmentMove.CANCEL, reason="Ya no", now=LATER
    )
    with translation.override("en"):
        content = matrix_content(taken(cast.forestal))
    moved, cancelled = line(content, "C-1"), line(content, "C-3")
    assert (moved.due, moved.first_due, moved.is_open) == ("30 Sept 2017", "30 Jun 2017", True)
    assert (cancelled.is_open, cancelled.light.light, cancelled.why) == (False, "none", "Cancelled")


def test_what_is_for_the_team_is_on_nobody_elses_paper(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    second = Problem.objects.select_related("mesa").get(number=2)
    set_visibility(
        actor=cast.ana.actor, record=second, visibility=Visibility.TEAM, reason="Borrador", now=LATER
    )
    for player, numbers in ((cast.ana, ["P-1", "P-2", "P-3"]), (cast.marco, ["P-1", "P-3"])):
        content = matrix_content(taken(cast.forestal, access.viewer(player.account, NOW)))
        assert [problem.number for problem in content.problems] == numbers


@pytest.mark.parametrize("rows", [1, 12])
def test_it_takes_eleven_statements(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(rows):
        factories.commitment(factories.problem(cast, f"Traba {index}"), owner=cast.serfor)
    with django_assert_num_queries(11):
        matrix_content(taken(cast.forestal))
