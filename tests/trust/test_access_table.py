"""Every address x every role x {own mesa, other mesa, left mesa}."""

from collections.abc import Iterator
from datetime import time

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from destraba.actions.followup.replies import Evidence, give_answer
from destraba.actions.matrix.problems import raise_problem
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.methods.schema import MeetingKind
from destraba.models import File, Mesa, Problem
from destraba.rules.answers import AnswerKind
from destraba.values.fuzzy_dates import read as read_date
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
    of_the_library = ("account_login", None)  # none: what is shut of it
    named = {route.name for route in routes() if route.name not in of_the_library}
    assert named == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_the_table_holds(role: str, cast: Cast) -> None:
    things = ((thing_in(cast.forestal), True), (thing_in(cast.acuicola), False))
    client = Client()
    if role != ANONYMOUS:
        client.force_login(cast.roles[role].account)
    wrong = [
        f"{name} of {problem.mesa.slug}: {answer}"
        for name, row in TABLE.items()
        for problem, own in things
        if (answer := forgotten(client, name, row, problem)) is not expected(row.door, role, own_mesa=own)
    ]
    assert wrong == []


def thing_in(mesa: Mesa) -> Problem:
    """A problem on the axis of the axis lead, with a solution and a commitment."""
    problem = raise_problem(
        actor=command(), mesa=mesa, title="La guía tarda 12 días", axis="simplification", now=NOW
    )
    solution = factories.solution(problem)
    commitment = factories.commitment(problem, answer_to=solution)
    give_answer(
        actor=command(),
        commitment=commitment,
        kind=AnswerKind.OTHER_DATE,
        note="Falta presupuesto.",
        proposed_due=read_date("31/12/2017"),
        evidence=Evidence("oficio.pdf", b"%PDF-1.7 oficio"),
        now=NOW,
    )
    hold_a_meeting(mesa)
    return problem


def hold_a_meeting(mesa: Mesa) -> None:
    """`S-1`, over, its minutes a draft."""
    meeting = prepare_meeting(
        actor=command(),
        mesa=mesa,
        kind=MeetingKind.SESSION,
        held_on=NOW.date(),
        begins_at=time(9),
        lasts_minutes=90,
        now=NOW,
    )
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    close_meeting(actor=command(), meeting=meeting, now=NOW)


def forgotten(client: Client, name: str, row: Row, problem: Problem) -> Answer:
    """What the address answers; what it wrote is taken back, so that no address stands in another's way."""
    with transaction.atomic():
        answer = answered(client, name, row, problem)
        transaction.set_rollback(True)
    return answer


def answered(client: Client, name: str, row: Row, problem: Problem) -> Answer:
    """What the address answers, by its status."""
    address = reverse(name, kwargs=filled(name, row, problem))
    return read(getattr(client, row.method)(address, row.posted))


def filled(name: str, row: Row, problem: Problem) -> dict[str, object]:
    """What stands in the address: this mesa, and a thing that is really there."""
    route = next(route for route in routes() if route.name == name)
    known = {"slug": problem.mesa.slug, "problem_id": problem.pk, "problem": problem.number, "number": 1}
    known["uid"] = File.objects.get(mesa=problem.mesa).pk
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
