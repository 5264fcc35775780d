"""A form that is sent twice is taken once."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from destraba.models import Problem
from tests.factories import Cast
from tests.web.visits import Form, Page, Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

MESA, RAISE = "/mesas/forestal/", "/mesas/forestal/problems/"


def raising(visitor: Visitor) -> Form:
    return next(form for form in visitor.get(MESA).forms if form.action.startswith(RAISE))


def sent(visitor: Visitor, form: Form, title: str) -> Page:
    """As a browser sends it."""
    body = urlencode({**form.fields, "title": title})
    answer = visitor.client.post(
        RAISE, body, content_type="application/x-www-form-urlencoded", follow=True, headers={"referer": MESA}
    )
    return Page(answer)


def test_two_taps_raise_one_problem(cast: Cast, visit: Callable[..., Visitor]) -> None:
    member = visit(cast.marco)
    form = raising(member)
    first, second = sent(member, form, "Falta un camino"), sent(member, form, "Falta un camino")
    assert (first.status, second.status) == (200, 200)
    assert [one.title for one in Problem.objects.all()] == ["Falta un camino"]
    assert "It had been sent already" in second.text


def test_what_was_refused_may_be_sent_again(cast: Cast, visit: Callable[..., Visitor]) -> None:
    member = visit(cast.marco)
    form = raising(member)
    assert [sent(member, form, "").status for _ in range(2)] == [422, 422]


def test_another_page_with_the_same_words_is_another_form(cast: Cast, visit: Callable[..., Visitor]) -> None:
    member = visit(cast.marco)
    for _ in range(2):
        sent(member, raising(member), "Falta un camino")
    assert Problem.objects.count() == 2


def test_somebody_elses_form_is_another_one(cast: Cast, visit: Callable[..., Visitor]) -> None:
    member = visit(cast.marco)
    form = raising(member)
    sent(member, form, "Falta un camino")
    sent(visit(cast.ana), form, "Falta un camino")
    assert Problem.objects.count() == 2


def test_a_stranger_leaves_no_trace_of_what_was_sent(cast: Cast, client: Client) -> None:
    body = urlencode({"csrfmiddlewaretoken": "x", "login": "ana@example.pe", "password": "no"})
    with CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            client.post("/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert not any("once:" in query["sql"] for query in queries.captured_queries)
