"""Whom a cell may name."""

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.people import open_seat
from destraba.queries.matrix.hands.known import Known
from destraba.rules.permissions import Role
from destraba.values.errors import Invalid
from tests import factories
from tests.factories import NOW, TODAY, Cast, command


@pytest.fixture
def known(cast: Cast) -> Known:
    return Known(cast.forestal, TODAY)


def test_an_organization_goes_by_any_of_its_names(cast: Cast, known: Known) -> None:
    assert known.organization("serfor") == cast.serfor
    assert known.organization(" Ministerio de la PRODUCCION ") == cast.produce


def test_several_are_parted_by_semicolons_and_by_commas(cast: Cast, known: Known) -> None:
    assert known.organizations("SERFOR; OSINFOR, PRODUCE;serfor;") == (
        cast.serfor,
        cast.osinfor,
        cast.produce,
    )
    asked = factories.organization("Banca, Seguros y AFP", "SBS")
    fresh = Known(cast.forestal, TODAY)
    assert fresh.organizations("Banca, Seguros y AFP; SERFOR") == (asked, cast.serfor)


@pytest.mark.parametrize("text", ["Nadie SA", "\x00", "\u202eROFRES", "x" * 10_000, "?"])
def test_whoever_is_unknown_is_named(known: Known, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        known.organization(text)
    assert caught.value.reason.code == "unknown_owner"
    with pytest.raises(Invalid):
        known.organizations(f"SERFOR; {text}")


def test_each_name_is_asked_for_once(
    cast: Cast, known: Known, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        known.learn(["SERFOR", "OSINFOR; PRODUCE", "Nadie"])
    with django_assert_num_queries(0):
        known.learn(["serfor", "Nadie"])
        assert known.organization("osinfor") == cast.osinfor


def test_a_seat_goes_by_its_post_its_role_or_who_sits_there(cast: Cast, known: Known) -> None:
    lucia = cast.lucia.seat
    for text in ("Lucía Farfán", "lucia farfan", "liaison"):
        assert known.seat(text, cast.serfor.pk) == lucia
    assert known.seat("Lucía Farfán", None) == lucia
    post = open_seat(
        actor=command(),
        mesa=cast.forestal,
        organization=cast.serfor,
        role=Role.MEMBER,
        title="Dirección de Políticas",
        now=NOW,
    )
    assert Known(cast.forestal, TODAY).seat("direccion de politicas", cast.serfor.pk) == post


def test_a_seat_of_nobody_or_of_many_is_refused(cast: Cast, known: Known) -> None:
    for text, owner, code in (
        ("Nadie", cast.serfor.pk, "unknown_seat"),
        ("Marco Ríos", cast.serfor.pk, "unknown_seat"),  # sits for another
        ("Vera Costa", None, "unknown_seat"),  # sits in another mesa
        ("Anselmo Tejada", cast.conafor.pk, "unknown_seat"),  # has left
        ("member", cast.conafor.pk, "ambiguous_seat"),
        ("Hilda Campos", None, "unknown_seat"),  # of the programme, and nobody said for whom
    ):
        with pytest.raises(Invalid) as caught:
            known.seat(text, owner)
        assert caught.value.reason.code == code
    assert known.seat("Hilda Campos", cast.produce.pk) == cast.hilda.seat
