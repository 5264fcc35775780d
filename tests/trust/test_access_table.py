"""Every address x every role x {own mesa, other mesa, left mesa}."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from destraba.actions.matrix.problems import raise_problem
from destraba.models import Mesa, Problem
from tests import factories
from tests.factories import NOW, Cast, command
from tests.trust.access_table import ANONYMOUS, ROLES, TABLE, Answer, Row, expected

pytestmark = pytest.mark.django_db


def routes() -> Iterator[URLPattern]:
    """Every address but those of the accounts library, which has tests of its own."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif isinstance(pattern, URLResolver) and str(pattern.pattern) != "accounts/":
            yield from (inner for inner in pattern.url_patterns if isinstance(inner, URLPattern))


def test_every_address_is_in_the_table() -> None:
    named = {route.name for route in routes() if route.name != "account_login"}
    assert named == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_the_table_holds(name: str, cast: Cast) -> None:
    row = TABLE[name]
    things = ((thing_in(cast.forestal), True), (thing_in(cast.acuicola), False))
    for role in ROLES:
        client = Client()
        if role != ANONYMOUS:
            client.force_login(cast.roles[role].account)
        for problem, own in things:
            answer = answered(client, name, row, problem)
            assert answer is expected(row.door, role, own_mesa=own), f"{problem.mesa.slug} as {role}"


def thing_in(mesa: Mesa) -> Problem:
    """A problem on the axis of the axis lead, with a solution and a commitment."""
    problem = raise_problem(
        actor=command(), mesa=mesa, title="La guía tarda 12 días", axis="simplification", now=NOW
    )
    solution = factories.solution(problem)
    factories.commitment(problem, answer_to=solution)
    return problem


def answered(client: Client, name: str, row: Row, problem: Problem) -> Answer:
    """What the address answers, by its status."""
    address = reverse(name, kwargs=filled(name, row, problem))
    return read(getattr(client, row.method)(address, row.posted))


def filled(name: str, row: Row, problem: Problem) -> dict[str, object]:
    """What stands in the address: this mesa, and a thing that is really there."""
    route = next(route for route in routes() if route.name == name)
    known = {"slug": problem.mesa.slug, "problem_id": problem.pk, "problem": problem.number, "number": 1}
    return {
        parameter: row.filled.get(parameter, known.get(parameter)) for parameter in route.pattern.converters
    }


def read(response: HttpResponse) -> Answer:
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return Answer.SIGN_IN
    if response.status_code == 404:
        return Answer.NOTHING_THERE
    if response.status_code == 403:
        return Answer.FORBIDDEN
    assert response.status_code in {200, 302, 400, 409, 412, 422}, response.status_code
    return Answer.THROUGH
