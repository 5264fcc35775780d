"""Who is who."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.people import add_person, end_tenure, open_seat
from destraba.actions.visibility import set_visibility
from destraba.models import Organization, Tenure
from destraba.queries import access
from destraba.queries.people import (
    Body,
    Directory,
    directory,
    organization_named,
    organization_names,
    organizations_called,
    organizations_named,
    owner_names,
    person_meant,
    person_names,
    place_names,
)
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command


def _directory(cast: Cast, player: Player | None = None) -> Directory:
    viewer = access.viewer((player or cast.ana).account, NOW)
    return directory(viewer, cast.forestal, TODAY)


def _body(found: Directory, organization: Organization) -> Body:
    return next(body for body in found.bodies if body.organization == organization)


def test_an_organization_is_found_by_any_of_its_names(cast: Cast) -> None:
    assert organization_named("serfor") == cast.serfor
    assert organization_named("Servicio Nacional Forestal y de Fauna Silvestre") == cast.serfor
    assert organization_named("SERFOR SA") is None
    assert organization_named("") is None


def test_a_name_of_two_is_the_name_of_none(cast: Cast) -> None:
    factories.alias(cast.osinfor, "SERFOR")
    assert organization_named("SERFOR") is None
    assert set(organizations_called(["serfor"])) == {cast.serfor, cast.osinfor}
    assert organizations_called([" "]) == []


def test_many_names_are_found_at_once(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found = organizations_named(["SERFOR", "osinfor", "Nadie SA", ""])
    assert set(found.values()) == {cast.serfor, cast.osinfor}


def test_the_lists_to_choose_from_know_every_name(cast: Cast) -> None:
    names = organization_names()
    assert {"SERFOR", "OSINFOR", "Ministerio de la Producción"} <= set(names)
    assert person_names()[0] == "Adán Mines"
    assert place_names() == []


def test_an_owner_cell_offers_those_with_a_part_in_the_mesa(cast: Cast) -> None:
    factories.commitment(factories.problem(cast), owner=cast.osinfor)
    organizations = [cast.conafor, cast.produce, cast.osinfor, cast.serfor]
    assert owner_names(cast.forestal.pk) == [one.name for one in organizations]


def test_somebody_is_meant_by_name_unless_the_address_is_anothers(cast: Cast) -> None:
    assert person_meant("vera costa", "") == cast.vecina.person
    assert person_meant("Vera Costa", " VERA@example.pe") == cast.vecina.person
    assert person_meant("Vera Costa", "otra@example.pe") is None
    assert person_meant("Nadie", "") is None
    add_person(actor=command(), full_name="Vera Costa", email="otra@example.pe", now=NOW)
    with pytest.raises(Conflict):
        person_meant("Vera Costa", "")
    assert person_meant("Vera Costa", "vera@example.pe") == cast.vecina.person


def test_seats_stand_below_their_organization_with_who_holds_them_and_who_did(cast: Cast) -> None:
    conafor = _body(_directory(cast), cast.conafor)
    assert conafor.aliases == ("CONAFOR Perú",)
    sitting = [one.tenure.person.full_name if one.tenure else None for one in conafor.seats]
    assert sitting == ["Marco Ríos", None]
    assert [one.person.full_name for one in conafor.seats[1].former] == ["Anselmo Tejada"]


def test_whoever_leaves_still_sits_on_the_last_day(cast: Cast) -> None:
    held = Tenure.objects.get(person=cast.lucia.person)
    end_tenure(actor=command(), tenure=held, ends_on=TODAY, now=NOW)
    viewer = access.viewer(cast.ana.account, NOW)
    (seat,) = _body(_directory(cast), cast.serfor).seats
    assert seat.tenure == held
    (tomorrow,) = _body(directory(viewer, cast.forestal, TODAY + timedelta(days=1)), cast.serfor).seats
    assert (tomorrow.tenure, tomorrow.former) == (None, (held,))


def test_what_an_organization_owes_is_counted_by_light_and_only_while_it_is_open(cast: Cast) -> None:
    problem = factories.problem(cast)
    for title in ("Una", "Dos"):
        factories.commitment(problem, title, owner=cast.serfor)
    gone = factories.commitment(problem, "Tres", owner=cast.serfor)
    move_commitment(actor=command(), commitment=gone, move=CommitmentMove.CANCEL, reason="Ya no.", now=NOW)
    factories.commitment(problem, "De nadie")
    found = _directory(cast)
    assert _body(found, cast.serfor).owes == ((Light.NONE, 2),)
    assert _body(found, cast.serfor).owed == 2
    assert found.ownerless == 1


def test_nobody_answers_where_nobody_sits(cast: Cast) -> None:
    problem = factories.problem(cast)
    for owner in (cast.osinfor, cast.serfor, cast.conafor, cast.produce):
        factories.commitment(problem, owner=owner)
    found = _directory(cast)
    assert [body.organization for body in found.unanswered] == [cast.osinfor]
    lacking = {body.organization for body in found.bodies if body.lacks_liaison}
    assert lacking == {cast.osinfor, cast.produce}
    open_seat(actor=command(), organization=cast.osinfor, role=Role.LIAISON, mesa=cast.forestal, now=NOW)
    assert [body.organization for body in _directory(cast).unanswered] == [cast.osinfor]
    factories.player("Nora Díaz", cast.osinfor, Role.LIAISON, None)
    assert _directory(cast).unanswered == ()
    assert not _body(_directory(cast), cast.osinfor).lacks_liaison


def test_what_a_reader_may_not_see_is_not_counted(cast: Cast) -> None:
    problem = factories.problem(cast)
    factories.commitment(problem, owner=cast.osinfor)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert [body.organization for body in _directory(cast).unanswered] == [cast.osinfor]
    assert _directory(cast, cast.marco).unanswered == ()


def test_it_takes_five_statements_whatever_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.ana.account, NOW)
    for name in ("Nora Díaz", "Luz Rey"):
        with django_assert_num_queries(5):
            directory(viewer, cast.forestal, TODAY)
        factories.commitment(factories.problem(cast), owner=cast.osinfor)
        factories.player(name, cast.ucayali, Role.MEMBER, cast.forestal)
