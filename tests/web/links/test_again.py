"""Asking for another link: what is answered tells nobody whether an address is known."""

import pytest
from django.core.cache import cache
from django.test import Client

from destraba.models import Job
from tests.factories import Cast
from tests.web.links.stage import Owing
from tests.web.visits import Page

AGAIN = "/u/again/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet(db: None) -> None:
    cache.clear()


def ask(address: str) -> Page:
    return Page(Client(headers={"accept-language": "en"}).post(AGAIN, {"address": address}))


def test_known_or_not_the_answer_is_the_same(cast: Cast, stage: Owing) -> None:
    known, unknown = ask(cast.lucia.person.email), ask("nadie@example.pe")
    assert known.status == 200
    assert "Look into your mail" in known.text
    assert known.text == unknown.text
    assert {job.arguments["address"] for job in Job.objects.filter(name="replacement")} == {
        cast.lucia.person.email,
        "nadie@example.pe",
    }


def test_pressed_twice_it_is_one_job(cast: Cast, stage: Owing) -> None:
    ask(cast.lucia.person.email)
    ask(cast.lucia.person.email.upper())
    assert Job.objects.filter(name="replacement").count() == 1


@pytest.mark.parametrize("address", ["", "nadie", "a@b", "x@example.pe\nBcc: all@example.pe", "ñ" * 300])
def test_what_is_no_address_comes_back(cast: Cast, stage: Owing, address: str) -> None:
    page = ask(address)
    assert page.status == 422
    assert not Job.objects.exists()


def test_it_may_be_asked_five_times_in_a_row(cast: Cast, stage: Owing) -> None:
    statuses = [ask(f"a{number}@example.pe").status for number in range(6)]
    assert statuses == [200] * 5 + [429]
