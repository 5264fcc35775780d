"""The Matrix page: what it shows first, and what that costs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import enter_problem
from destraba.ledger.record import recording
from destraba.rules.problems import ProblemStage
from tests.factories import NOW, Cast, command

pytestmark = pytest.mark.django_db

STATEMENTS = 11


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
    assert page.content.count(b'data-object="problem"') == problems


def test_whoever_only_reads_finds_nothing_to_write_on(cast: Cast, client: Client) -> None:
    client.force_login(cast.marco.account)
    page = client.get("/mesas/forestal/matrix/").content.decode()
    assert "data-editor" not in page
    assert "data-new=" not in page
