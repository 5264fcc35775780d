"""What stood in a cell, and all that happened to a row, as far as somebody may know."""

from contextlib import suppress

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import (
    assign_commitment,
    date_commitment,
    edit_commitment,
    set_collaborators,
)
from destraba.actions.followup.replies import give_answer
from destraba.actions.matrix.problems import edit_problem, focus_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Collaboration, Payload
from destraba.queries import access
from destraba.queries.matrix.histories import CellHistory, Row, cell_history, parts_of, row_history
from destraba.queries.matrix.views.columns import Column
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove
from destraba.values.errors import NotFound
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player, command

ZONE = "America/Lima"
# What is counted, gathered or put there by the system, and not written by anybody.
WITHOUT_HISTORY = {Column.NUMBER, Column.MOVED, Column.HELPERS, Column.SHELF, Column.MESA}


def cell(player: Player, record: Row, name: str) -> CellHistory:
    return cell_history(access.viewer(player.account, NOW), record, name, ZONE)


def values(history: CellHistory) -> list[tuple[str, str]]:
    return [(change.was, change.now) for value in history.values for change in value.changes]


def test_each_value_stands_there_with_who_when_and_why_and_today_on_top(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    move_commitment(actor=command(), commitment=owed, move=CommitmentMove.AGREE, now=NOW)
    date_commitment(
        actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), reason="Falta el MEF.", now=NOW
    )
    edit_commitment(actor=cast.ana.actor, commitment=owed, situation="Avanza", now=NOW)
    history = cell(cast.marco, owed, "due")
    assert [one.now for one in history.now] == ["31 Jul 2017"]
    assert values(history) == [("30 Jun 2017", "31 Jul 2017"), ("", "30 Jun 2017")]
    newest, oldest = history.values
    assert (newest.who, newest.because, newest.entry.via) == ("Ana Paredes", "Falta el MEF.", "web")
    assert (oldest.who, oldest.entry.via) == ("The installation", "command")


def test_a_cell_of_several_columns_tells_those_that_changed(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    assign_commitment(actor=cast.ana.actor, commitment=owed, owner=cast.lucia.seat, now=NOW)
    history = cell(cast.ana, owed, "owner")
    assert history.columns == ("owner_organization", "owner_seat")
    assert values(history) == [("", f"Liaison, {cast.serfor.name}"), ("", cast.serfor.name)]
    assert cell(cast.ana, owed, "slips").columns == ("due",)
    assert cell(cast.ana, owed, "stage").columns == ("state",)


@pytest.mark.parametrize("column", Column)
def test_every_column_of_the_matrix_has_a_history_or_says_that_it_has_none(
    cast: Cast, column: Column
) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    rows: list[Row] = [problem, solution, factories.commitment(problem, answer_to=solution)]
    found = 0
    for row in rows:
        with suppress(NotFound):
            found += len(cell(cast.ana, row, column.value).columns)
    assert bool(found) is (column not in WITHOUT_HISTORY)


def test_a_light_tells_what_it_showed_and_for_how_long(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    (shown,) = cell(cast.marco, owed, "light").lights
    assert (shown.light.value, shown.starts_on, shown.ends_on) == ("none", NOW.date(), None)
    assert cell(cast.marco, owed, "due").lights == ()


@pytest.mark.parametrize(
    "name", ["", "nothing", "mesa", "position", "withdrawn_at", "id", "light_params", "mesa__name", "\x00"]
)
def test_what_is_no_cell_has_no_history(cast: Cast, name: str) -> None:
    problem = factories.problem(cast)
    with pytest.raises(NotFound):
        cell(cast.ana, problem, name)


def test_a_column_of_another_level_is_no_cell_here(cast: Cast) -> None:
    with pytest.raises(NotFound):
        cell(cast.ana, factories.problem(cast), "due")


def test_what_was_written_while_it_was_the_teams_stays_the_teams(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    for visibility, title in ((Visibility.TEAM, "Sospecha de coima"), (Visibility.MESA, "Tarda 12 días")):
        set_visibility(
            actor=cast.ana.actor, record=problem, visibility=visibility, reason="En trato.", now=NOW
        )
        edit_problem(actor=cast.ana.actor, problem=problem, title=title, now=NOW)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Tarda mucho", now=NOW)
    seen = [now for _was, now in values(cell(cast.marco, problem, "title"))]
    assert seen == ["Tarda mucho", "Tarda 12 días", "La guía tarda"]
    assert "Sospecha de coima" in [now for _was, now in values(cell(cast.ana, problem, "title"))]
    viewer = access.viewer(cast.marco.account, NOW)
    told = [one.entry.kind for one in row_history(viewer, problem, ZONE).happenings]
    assert told == ["problem.edited", "problem.edited", "visibility.changed", "problem.raised"]


def test_a_text_that_was_taken_away_says_so(cast: Cast) -> None:
    problem = factories.problem(cast, "Lo dijo Marco")
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda", now=NOW)
    Payload.objects.filter(event__kind="problem.raised", part="text.title").update(salt=None, value=None)
    assert values(cell(cast.ana, problem, "title")) == [("", "La guía tarda"), ("", "(redacted)")]


def test_a_row_tells_of_its_parts_too_even_of_those_that_were_withdrawn(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    for helpers in ([cast.osinfor], []):
        set_collaborators(actor=cast.ana.actor, commitment=owed, organizations=helpers, now=NOW)
    for situation in ("Avanza", "En firma"):
        edit_commitment(actor=cast.ana.actor, commitment=owed, situation=situation, now=NOW)
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=NOW)
    assert Collaboration.objects.get().withdrawn_at
    history = row_history(access.viewer(cast.marco.account, NOW), owed, ZONE)
    assert [one.entry.kind for one in history.happenings] == [
        "commitment.dated",
        "commitment.edited",
        "commitment.edited",
        "collaboration.withdrawn",
        "collaboration.added",
        "commitment.asked",
    ]
    assert history.cells[:2] == (("situation", 2), ("due", 1))


def test_every_kind_of_part_is_known(cast: Cast) -> None:
    problem = factories.problem(cast)
    focus_problem(actor=command(), problem=problem, now=NOW)
    assert [type(one).__name__ for one in parts_of(problem)] == ["FocusInterval"]
    assert list(parts_of(factories.solution(problem))) == []
    owed = factories.commitment(problem, owner=cast.serfor)
    give_answer(
        actor=command(),
        commitment=owed,
        kind=AnswerKind.OTHER_DATE,
        note="Falta.",
        proposed_due=read("31/12/2017"),
        now=NOW,
    )
    assert [type(one).__name__ for one in parts_of(owed)] == ["Answer"]


def test_it_costs_the_same_at_one_value_and_at_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    for due in ("30/06/2017", "31/07/2017", "31/08/2017"):
        date_commitment(actor=cast.ana.actor, commitment=owed, due=read(due), now=NOW)
        for player, statements in ((cast.ana, 0), (cast.marco, 1)):
            viewer = access.viewer(player.account, NOW)
            with django_assert_num_queries(7 + statements):
                cell_history(viewer, owed, "due", ZONE)
            with django_assert_num_queries(9 + statements):
                row_history(viewer, owed, ZONE)
