"""The Matrix across mesas: the same grid, for one axis or one agency."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from destraba.models import Commitment, SavedView
from tests import factories
from tests.factories import Cast

pytestmark = pytest.mark.django_db

ADDRESS = "/programme/matrix/"


def _filled(cast: Cast) -> list[Commitment]:
    """One row of SERFOR in each mesa, and one of OSINFOR."""
    return [
        factories.commitment(factories.problem(cast, "La guía tarda"), "Aprobarla", owner=cast.serfor),
        factories.commitment(
            factories.problem(cast, "El permiso tarda", cast.acuicola), "Simplificarlo", owner=cast.serfor
        ),
        factories.commitment(factories.problem(cast, "Nadie mide"), "Medir", owner=cast.osinfor),
    ]


def test_the_head_sees_every_mesa_and_each_row_says_whose_it_is(cast: Cast, client: Client) -> None:
    _filled(cast)
    client.force_login(cast.hilda.account)
    page = client.get(ADDRESS).content.decode()
    for words in ("La guía tarda", "El permiso tarda", cast.forestal.name, cast.acuicola.name):
        assert words in page
    assert f'data-mesa="{cast.acuicola.slug}"' in page


def test_an_agency_is_called_by_any_of_its_names(cast: Cast, client: Client) -> None:
    _filled(cast)
    client.force_login(cast.hilda.account)
    page = client.get(ADDRESS, {"agency": "osinfor"}).content.decode()
    assert "Nadie mide" in page
    assert "El permiso tarda" not in page
    assert "La guía tarda" not in client.get(ADDRESS, {"agency": "nadie así"}).content.decode()


def test_whoever_sits_in_one_mesa_sees_that_one(cast: Cast, client: Client) -> None:
    _filled(cast)
    client.force_login(cast.marco.account)
    page = client.get(ADDRESS).content.decode()
    assert "La guía tarda" in page
    assert "El permiso tarda" not in page
    assert "data-editor" not in page


def test_nobody_without_a_mesa_sees_any(cast: Cast, client: Client) -> None:
    _filled(cast)
    client.force_login(cast.antes.account)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "La guía tarda" not in page.content.decode()


def test_it_takes_so_many_statements_whatever_the_number_of_mesas(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.hilda.account)
    for _ in range(2):
        _filled(cast)
        with django_assert_num_queries(12):
            client.get(ADDRESS)


def test_a_view_across_mesas_is_kept_and_dropped(cast: Cast, client: Client) -> None:
    client.force_login(cast.hilda.account)
    kept = client.post(
        "/programme/matrix/view/", {"name": "Lo rojo", "query": "?light=red&nada=1", "shared": "yes"}
    )
    assert kept["Location"] == f"{ADDRESS}?light=red"
    assert "Lo rojo" in client.get(ADDRESS).content.decode()
    client.post("/programme/matrix/view/drop/", {"view": str(SavedView.objects.get().pk)})
    assert "Lo rojo" not in client.get(ADDRESS).content.decode()
