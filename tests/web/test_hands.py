"""The doors of the grid's hands: cells, many rows, their order; and what comes in at them from outside."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from destraba.models import Event, Problem
from destraba.values.keys import new_key
from tests import factories
from tests.factories import Cast

pytestmark = pytest.mark.django_db

PIECE = {"X-Fragment": "rows", "X-Requested-With": "fetch", "Accept-Language": "en"}


@pytest.fixture
def team(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ana.account)
    return client


def _post(client: Client, door: str, fields: dict[str, Any]) -> HttpResponse:
    return client.post(f"/mesas/forestal/matrix/{door}/", fields, headers=PIECE)


def _row(problem: Problem) -> str:
    return f"problem {problem.pk} {problem.version}"


def test_many_rows_change_and_come_back_as_rows(cast: Cast, team: Client) -> None:
    problems = [factories.problem(cast, title) for title in ("Una", "Otra")]
    fields = {"field": "speed", "value": "rápida", "row": [_row(one) for one in problems]}
    answer = _post(team, "cells/many", fields)
    assert answer.status_code == 200
    assert answer.headers["X-Change-Set"]
    assert all(str(one.pk) in answer.content.decode() for one in problems)
    assert set(Problem.objects.values_list("speed", flat=True)) == {"quick"}


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("", 422),
        ("problem", 422),
        ("problem x 1", 422),
        ("mesa 01890000-0000-7000-8000-000000000000 1", 422),
        ("problem 01890000-0000-7000-8000-000000000000 1", 404),
        ("problem 01890000-0000-7000-8000-000000000000 -1", 422),
        ("problem 01890000-0000-7000-8000-000000000000 ١", 422),
        ("\x00", 422),
        ("x" * 10_000, 422),
    ],
)
def test_rows_that_are_none_are_refused_in_a_sentence(
    cast: Cast, team: Client, row: str, status: int
) -> None:
    before = Event.objects.count()
    answer = _post(team, "cells/many", {"field": "speed", "value": "quick", "row": [row] if row else []})
    assert answer.status_code == status
    assert answer.content
    assert Event.objects.count() == before


def test_more_rows_than_may_be_are_refused(team: Client) -> None:
    rows = [f"problem {new_key()} 1" for _ in range(501)]
    answer = _post(team, "cells/many", {"field": "speed", "value": "quick", "row": rows})
    assert (answer.status_code, answer.content) == (422, b"At most 500 rows can be changed at a time.")


def test_a_stage_that_takes_a_reason_asks_for_it(cast: Cast, team: Client) -> None:
    problem = factories.problem(cast)
    aside = {"field": "stage", "value": "out_of_scope", "row": _row(problem)}
    assert _post(team, "cells/many", aside).status_code == 200
    problem.refresh_from_db()
    back = {"field": "stage", "value": "accepted", "row": _row(problem)}
    answer = _post(team, "cells/many", back)
    assert (answer.status_code, answer.content) == (428, b"P-1: Say why, in one sentence.")
    assert _post(team, "cells/many", {**back, "reason": "Volvió."}).status_code == 200


def test_a_row_is_put_beside_another(cast: Cast, team: Client) -> None:
    first, _second, third = (factories.problem(cast, title) for title in "ABC")
    order = {"object": "problem", "id": str(third.pk), "version": 1}
    assert _post(team, "order", {**order, "before": str(first.pk)}).status_code == 200
    assert "".join(Problem.objects.order_by("position").values_list("title", flat=True)) == "CAB"
    assert _post(team, "order", {**order, "after": str(first.pk)}).status_code == 412
    elsewhere = factories.problem(cast, where=cast.acuicola)
    order["version"] = 2
    assert _post(team, "order", {**order, "after": str(elsewhere.pk)}).status_code == 404
    assert _post(team, "order", {**order, "after": "x"}).status_code == 422
    assert _post(team, "order", {"object": "problem", "version": 1}).status_code == 422


def test_a_block_runs_along_the_columns_that_the_page_says(cast: Cast, team: Client) -> None:
    problem = factories.problem(cast, "Una")
    block = {
        "object": "problem",
        "id": str(problem.pk),
        "field": "title",
        "columns": "title,moved,axis,light,nothing",
        "tsv": "Una\t\tPermisos\tred\tx",
        "mode": "preview",
    }
    shown = _post(team, "paste", block).content.decode()
    assert "Permisos" in shown
    assert 'name="columns" value="title,moved,axis,light,nothing"' in shown
    assert _post(team, "paste", {**block, "columns": ",".join("x" * 5000)}).status_code == 200


@pytest.mark.parametrize("problems", [2, 40])
def test_the_cost_of_an_edit_does_not_grow(
    cast: Cast, team: Client, django_assert_num_queries: DjangoAssertNumQueries, problems: int
) -> None:
    rows = [factories.problem(cast, f"Traba {number}") for number in range(problems)]
    fields = {"object": "problem", "id": str(rows[1].pk), "version": 1, "field": "title", "value": "Otra"}
    team.get("/mesas/forestal/matrix/")
    with django_assert_num_queries(24):
        answer = _post(team, "cells", fields)
    assert f'data-after="{rows[0].pk}"' in answer.content.decode()
