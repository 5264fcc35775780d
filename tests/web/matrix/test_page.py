"""The Matrix page: what it shows first, and what that costs."""

import gzip
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.cells import add_row
from destraba.actions.matrix.problems import edit_problem, enter_problem
from destraba.ledger.record import recording
from destraba.models import Problem
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.views.window import SHUT_ROWS
from destraba.rules.problems import ProblemStage
from tests import factories
from tests.factories import NOW, Cast, command

pytestmark = pytest.mark.django_db

STATEMENTS = 12


@pytest.mark.parametrize("problems", [1, 3, 300])
def test_the_number_of_statements_does_not_grow(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries, problems: int
) -> None:
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        for number in range(problems):
            enter_problem(change, cast.forestal, stage=ProblemStage.ACCEPTED, title=f"Traba {number}")
    client.force_login(cast.ana.account)
    client.get("/mesas/forestal/matrix/")
    with django_assert_num_queries(STATEMENTS):
        page = client.get("/mesas/forestal/matrix/")
    assert page.content.count(b'data-object="problem"') == min(problems, SHUT_ROWS)


def test_whoever_only_reads_finds_nothing_to_write_on(cast: Cast, client: Client) -> None:
    client.force_login(cast.marco.account)
    page = client.get("/mesas/forestal/matrix/").content.decode()
    assert "data-editor" not in page
    assert "data-new=" not in page


def test_pages_travel_compressed(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana.account)
    page = client.get("/mesas/forestal/matrix/", headers={"accept-encoding": "br, gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(page.content)


def _mark(preview: HttpResponse) -> str:
    found = re.search(r'name="plan" value="(\w+)"', preview.content.decode())
    assert found
    return found[1]


def test_a_block_is_written_as_it_was_shown_or_shown_again(cast: Cast, client: Client) -> None:
    first, second = factories.problem(cast, "Primera"), factories.problem(cast, "Segunda")
    client.force_login(cast.ana.account)
    block = {"object": "problem", "id": str(first.pk), "field": "title", "tsv": "Uno\nDos", "mode": "preview"}
    shown = _mark(client.post("/mesas/forestal/matrix/paste/", block))
    add_row(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=Kind.PROBLEM,
        title="De una colega",
        after_id=first.pk,
        now=NOW,
    )
    again = client.post("/mesas/forestal/matrix/paste/", {**block, "mode": "apply", "plan": shown})
    assert again.status_code == 409
    assert "De una colega" in again.content.decode()
    assert set(Problem.objects.values_list("title", flat=True)) == {"Primera", "Segunda", "De una colega"}
    edit_problem(actor=cast.ana.actor, problem=second, detail="Nada de lo mostrado", now=NOW)
    written = client.post("/mesas/forestal/matrix/paste/", {**block, "mode": "apply", "plan": _mark(again)})
    assert written.status_code == 302
    titles = Problem.objects.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["Uno", "Dos", "Segunda"]
