"""Whom a commitment of many can be shared out among."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.fanning import fan_out
from destraba.models import Commitment, Organization, OrganizationKind
from destraba.queries import access
from destraba.queries.followup.fanning import candidates_for
from destraba.queries.matrix.things import commitment_thing
from destraba.rules.permissions import Role
from tests import factories
from tests.factories import NOW, TODAY, Cast

LOCAL, REGIONAL = OrganizationKind.LOCAL_GOVERNMENT, OrganizationKind.REGIONAL_GOVERNMENT


def _whole(cast: Cast, owner: str, kind: OrganizationKind = OrganizationKind.OTHER) -> Commitment:
    organization = factories.organization(owner, f"{owner} (sigla)", kind=kind)
    return factories.commitment(factories.problem(cast), owner=organization)


def _names(commitment: Commitment) -> list[str]:
    return [one.organization.name for one in candidates_for(commitment)]


def _region(name: str, kind: OrganizationKind = REGIONAL) -> Organization:
    return factories.organization(f"Gobierno de {name}", f"G {name}", kind=kind)


def test_the_kind_is_read_from_the_name_of_the_group(cast: Cast) -> None:
    _region("Loreto")
    _region("Callao", LOCAL)
    assert _names(_whole(cast, "Gobiernos regionales", REGIONAL)) == [
        "Gobierno de Loreto",
        "Gobierno Regional de Ucayali",
    ]
    assert _names(_whole(cast, "Municipalidades", LOCAL)) == ["Gobierno de Callao"]
    assert len(_names(_whole(cast, "Autoridades", LOCAL))) == 3


def test_who_sits_here_is_meant(cast: Cast) -> None:
    loreto = _region("Loreto")
    factories.player("Nora Paz", loreto, Role.LIAISON, cast.forestal)
    meant = {
        one.organization.name: one.is_meant for one in candidates_for(_whole(cast, "Gobiernos regionales"))
    }
    assert meant == {"Gobierno de Loreto": True, "Gobierno Regional de Ucayali": False}


def test_who_has_a_part_is_no_candidate_and_the_parts_come_with_their_lights(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    whole = _whole(cast, "Gobiernos regionales")
    loreto = _region("Loreto")
    viewer = access.viewer(cast.ana.account, NOW)
    with django_assert_num_queries(8):
        commitment_thing(viewer, whole, TODAY)
    fan_out(actor=cast.ana.actor, commitment=whole, organizations=[loreto, cast.ucayali], now=NOW)
    with django_assert_num_queries(8):
        thing = commitment_thing(viewer, whole, TODAY)
    assert thing.candidates == ()
    assert [one.owner for one in thing.parts] == [loreto.name, cast.ucayali.name]
