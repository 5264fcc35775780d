"""Organizations, the seats they have, and who sits in them."""

from datetime import date, timedelta

import pytest

from destraba.actions.people import (
    Appointment,
    add_alias,
    add_organization,
    add_person,
    add_place,
    appoint,
    correct_person,
    end_tenure,
    open_seat,
    rename_organization,
    start_tenure,
    withdraw_alias,
)
from destraba.models import Organization, OrganizationKind, Person, Seat, Tenure
from destraba.queries import access
from destraba.queries.people import organization_named
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from destraba.values.places import PlaceKind
from tests.actions.saying import kinds_of, refused
from tests.factories import LEFT, NOW, TODAY, Cast, Player, account, command


def test_an_organization_is_known_by_all_its_names(cast: Cast) -> None:
    added = add_organization(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        name="Corporación Financiera de Desarrollo",
        aliases=["COFIDE", " "],
        kind=OrganizationKind.DEVELOPMENT_BANK,
        now=NOW,
    )
    assert organization_named("cofide") == added
    assert organization_named("corporacion financiera de desarrollo") == added
    assert [one.name for one in added.aliases.all()] == ["COFIDE"]
    add_alias(actor=cast.hilda.actor, organization=added, name="La Corporación", now=NOW)
    assert organization_named("LA CORPORACIÓN") == added


@pytest.mark.parametrize("name", ["SERFOR", "Servicio nacional forestal y de fauna silvestre", "serfor "])
def test_two_cards_for_one_body_are_refused(cast: Cast, name: str) -> None:
    with refused(Conflict, "organization_exists"):
        add_organization(actor=cast.ana.actor, mesa=cast.forestal, name=name, now=NOW)
    with refused(Conflict, "organization_exists"):
        add_organization(actor=cast.ana.actor, mesa=cast.forestal, name="Nueva", aliases=[name], now=NOW)


def test_an_organization_needs_a_name(cast: Cast) -> None:
    with refused(Invalid, "required"):
        add_organization(actor=cast.ana.actor, mesa=cast.forestal, name=" ", now=NOW)


def test_members_add_neither_organizations_nor_people(cast: Cast) -> None:
    with refused(NotAllowed, "not_your_role"):
        add_organization(actor=cast.marco.actor, mesa=cast.forestal, name="Nueva", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        add_person(actor=cast.marco.actor, full_name="Nueva Cara", mesa=cast.forestal, now=NOW)


def test_places_are_kept_by_those_who_keep_organizations(cast: Cast) -> None:
    loreto = add_place(actor=cast.hilda.actor, name="Loreto", kind=PlaceKind.REGION, code="16", now=NOW)
    iquitos = add_place(
        actor=cast.hilda.actor, name="Iquitos", kind=PlaceKind.MUNICIPALITY, parent=loreto, now=NOW
    )
    assert iquitos.parent == loreto
    with refused(NotAllowed, "not_your_role"):
        add_place(actor=cast.marco.actor, name="Ucayali", kind=PlaceKind.REGION, now=NOW)


def test_one_address_is_one_person(cast: Cast) -> None:
    with refused(Conflict, "person_exists"):
        add_person(
            actor=cast.ana.actor, mesa=cast.forestal, full_name="Otra", email="Lucia@example.pe", now=NOW
        )
    with refused(Invalid, "not_an_address"):
        add_person(actor=cast.ana.actor, mesa=cast.forestal, full_name="Otra", email="lucia@", now=NOW)
    nobody = [
        add_person(actor=cast.ana.actor, mesa=cast.forestal, full_name=name, now=NOW)
        for name in ("Uno", "Dos")
    ]
    assert {one.email for one in nobody} == {""}


def test_a_newline_can_not_break_out_of_an_address(cast: Cast) -> None:
    with refused(Invalid, "not_an_address"):
        add_person(
            actor=cast.ana.actor, mesa=cast.forestal, full_name="X", email="a@b.pe\nBcc: c@d.pe", now=NOW
        )


def test_a_seat_opens_the_mesa_to_whoever_sits_in_it_and_shuts_the_day_after(cast: Cast) -> None:
    tenure = _seated(cast, "Nueva Cara", starts_on=TODAY)
    newcomer = _account_of(tenure)
    assert access.mesas_of(access.viewer(newcomer.account, NOW)) == [cast.forestal]
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY, now=NOW)
    assert access.mesas_of(access.viewer(newcomer.account, NOW)) == [cast.forestal]
    assert access.mesas_of(access.viewer(newcomer.account, NOW + timedelta(days=1))) == []


def test_a_seat_is_held_by_one_person_at_a_time(cast: Cast) -> None:
    assert cast.lucia.seat is not None
    other = add_person(actor=command(), full_name="Nueva Cara", now=NOW)
    with refused(Conflict, "seat_taken"):
        start_tenure(actor=cast.ana.actor, seat=cast.lucia.seat, person=other, starts_on=TODAY, now=NOW)
    held = Tenure.objects.get(seat=cast.lucia.seat)
    end_tenure(actor=cast.ana.actor, tenure=held, ends_on=TODAY, now=NOW)
    with refused(Conflict, "seat_taken"):
        start_tenure(actor=cast.ana.actor, seat=cast.lucia.seat, person=other, starts_on=TODAY, now=NOW)
    tomorrow = TODAY + timedelta(days=1)
    start_tenure(actor=cast.ana.actor, seat=cast.lucia.seat, person=other, starts_on=tomorrow, now=NOW)
    assert Tenure.objects.filter(seat=cast.lucia.seat).count() == 2


def test_a_past_tenure_may_be_entered_before_the_present_one(cast: Cast) -> None:
    assert cast.lucia.seat is not None
    before = add_person(actor=command(), full_name="La de antes", now=NOW)
    first, last = date(2013, 1, 1), date(2014, 12, 31)
    start_tenure(
        actor=cast.ana.actor, seat=cast.lucia.seat, person=before, starts_on=first, ends_on=last, now=NOW
    )
    with refused(Invalid, "ends_before_start"):
        start_tenure(
            actor=cast.ana.actor, seat=cast.lucia.seat, person=before, starts_on=last, ends_on=first, now=NOW
        )


def test_a_tenure_ends_once_and_never_before_it_began(cast: Cast) -> None:
    tenure = Tenure.objects.get(seat=cast.lucia.seat)
    with refused(Invalid, "ends_before_start"):
        end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=date(2014, 1, 1), now=NOW)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY, now=NOW)
    with refused(Conflict, "tenure_ended"):
        end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY, now=NOW)
    assert kinds_of(tenure) == ["tenure.started", "tenure.ended"]


def test_a_leave_that_was_set_can_come_sooner(cast: Cast) -> None:
    tenure = _seated(cast, "Temporal", starts_on=LEFT, ends_on=TODAY + timedelta(days=90))
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY, now=NOW)
    assert tenure.ends_on == TODAY


def test_the_head_seats_the_first_team_of_a_mesa(cast: Cast) -> None:
    seat = open_seat(
        actor=cast.hilda.actor, organization=cast.produce, role=Role.TEAM, mesa=cast.acuicola, now=NOW
    )
    tenure = start_tenure(actor=cast.hilda.actor, seat=seat, person=cast.teo.person, starts_on=TODAY, now=NOW)
    viewer = access.viewer(cast.teo.account, NOW)
    assert [one.slug for one in access.mesas_of(viewer)] == ["acuicola", "forestal"]
    assert tenure.mesa == cast.acuicola


def test_the_seats_of_the_programme_are_the_heads_to_give(cast: Cast) -> None:
    with refused(NotAllowed, "not_your_role"):
        open_seat(actor=cast.ana.actor, organization=cast.produce, role=Role.HEAD, mesa=None, now=NOW)
    opened = open_seat(
        actor=cast.hilda.actor,
        organization=cast.produce,
        role=Role.AXIS_LEAD,
        mesa=None,
        axis="labour",
        now=NOW,
    )
    assert opened.mesa is None


def test_no_mesa_can_make_a_head_of_its_own(cast: Cast) -> None:
    with refused(Invalid, "role_of_the_programme"):
        open_seat(
            actor=cast.ana.actor, organization=cast.produce, role=Role.HEAD, mesa=cast.forestal, now=NOW
        )


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "alto"])
def test_seats_are_not_given_by_members_liaisons_or_the_political_leader(cast: Cast, who: str) -> None:
    player: Player = getattr(cast, who)
    with refused(NotAllowed, "not_your_role"):
        open_seat(
            actor=player.actor, organization=cast.serfor, role=Role.LIAISON, mesa=cast.forestal, now=NOW
        )


def test_the_team_next_door_finds_no_seats_here(cast: Cast) -> None:
    with refused(NotFound, "hidden"):
        open_seat(
            actor=cast.ana.actor, organization=cast.serfor, role=Role.LIAISON, mesa=cast.acuicola, now=NOW
        )


def test_who_answers_is_said_in_one_go(cast: Cast) -> None:
    tenure = appoint(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        appointment=Appointment(
            organization=cast.ucayali, title="Gerencia forestal", full_name="Nora Díaz", phone="061 57"
        ),
        starts_on=TODAY,
        now=NOW,
    )
    assert tenure.seat.organization == cast.ucayali
    assert tenure.seat.role == Role.LIAISON
    assert tenure.seat.title == "Gerencia forestal"
    assert tenure.person.full_name == "Nora Díaz"
    events = kinds_of(tenure.seat, tenure.person, tenure)
    assert sorted(events) == ["person.added", "seat.opened", "tenure.started"]


def test_an_empty_seat_is_filled_with_somebody_known(cast: Cast) -> None:
    seat = open_seat(
        actor=command(), organization=cast.ucayali, role=Role.MEMBER, mesa=cast.forestal, now=NOW
    )
    people = Person.objects.count()
    tenure = appoint(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        appointment=Appointment(organization=cast.ucayali, seat=seat, person=cast.vecina.person),
        starts_on=TODAY,
        now=NOW,
    )
    assert (tenure.seat, tenure.person) == (seat, cast.vecina.person)
    assert Person.objects.count() == people


def test_nothing_is_left_half_done_where_an_appointment_fails(cast: Cast) -> None:
    seats, organizations = Seat.objects.count(), Organization.objects.count()
    with refused(Conflict, "person_exists"):
        appoint(
            actor=cast.ana.actor,
            mesa=cast.forestal,
            appointment=Appointment(
                organization=cast.ucayali, full_name="Nora Díaz", email=cast.lucia.person.email
            ),
            starts_on=TODAY,
            now=NOW,
        )
    assert (Seat.objects.count(), Organization.objects.count()) == (seats, organizations)


def test_a_seat_of_another_mesa_is_out_of_reach(cast: Cast) -> None:
    with refused(NotFound, "hidden"):
        appoint(
            actor=cast.ana.actor,
            mesa=cast.forestal,
            appointment=Appointment(organization=cast.conafor, seat=cast.vecina.seat, full_name="Nora Díaz"),
            starts_on=TODAY,
            now=NOW,
        )


def test_a_card_is_put_right_by_the_team_of_a_mesa_where_the_person_sits(cast: Cast) -> None:
    card = {"full_name": "Lucía Farfán Rojas", "email": "LUCIA@example.pe", "phone": "01 225", "now": NOW}
    correct_person(actor=cast.ana.actor, person=cast.lucia.person, mesa=cast.forestal, **card)
    cast.lucia.person.refresh_from_db()
    assert cast.lucia.person.full_name == "Lucía Farfán Rojas"
    assert cast.lucia.person.email == "lucia@example.pe"
    with refused(NotAllowed, "not_your_card"):
        correct_person(actor=cast.ana.actor, person=cast.vecina.person, mesa=cast.forestal, **card)
    with refused(NotFound, "hidden"):
        correct_person(actor=cast.hilda.actor, person=cast.vecina.person, mesa=cast.forestal, **card)
    with refused(NotAllowed, "not_your_role"):
        correct_person(actor=cast.marco.actor, person=cast.lucia.person, mesa=cast.forestal, **card)
    with refused(Conflict, "person_exists"):
        correct_person(
            actor=cast.ana.actor,
            person=cast.lucia.person,
            mesa=cast.forestal,
            **{**card, "email": cast.marco.person.email},
        )


def test_whoever_opens_a_seat_for_somebody_gets_no_hold_on_their_card(cast: Cast) -> None:
    """Names stand in the stories of every mesa: the team of one can't rename the team of another."""
    seat = open_seat(
        actor=cast.ana.actor, organization=cast.osinfor, role=Role.MEMBER, mesa=cast.forestal, now=NOW
    )
    start_tenure(actor=cast.ana.actor, seat=seat, person=cast.vecina.person, starts_on=TODAY, now=NOW)
    card = {"full_name": "Otra", "email": "otra@example.pe", "phone": "", "now": NOW}
    for player in (cast.ana, cast.teo):
        with refused(NotAllowed, "not_your_card"):
            correct_person(actor=player.actor, person=cast.vecina.person, mesa=cast.forestal, **card)
    correct_person(actor=cast.hilda.actor, person=cast.vecina.person, mesa=cast.forestal, **card)
    with refused(NotAllowed, "not_your_card"):
        correct_person(actor=cast.ana.actor, person=cast.hilda.person, mesa=cast.forestal, **card)


def _seated(cast: Cast, name: str, starts_on: date, ends_on: date | None = None) -> Tenure:
    seat = open_seat(
        actor=cast.ana.actor, organization=cast.osinfor, role=Role.MEMBER, mesa=cast.forestal, now=NOW
    )
    person = add_person(actor=cast.ana.actor, full_name=name, mesa=cast.forestal, now=NOW)
    return start_tenure(
        actor=cast.ana.actor, seat=seat, person=person, starts_on=starts_on, ends_on=ends_on, now=NOW
    )


def _account_of(tenure: Tenure) -> Player:
    return Player(tenure.person, account(tenure.person))


def test_an_organization_is_renamed_and_still_found_by_the_name_it_had(cast: Cast) -> None:
    rename_organization(
        actor=cast.ana.actor,
        organization=cast.osinfor,
        name="Agencia Forestal",
        kind=OrganizationKind.REGULATOR,
        keeps_former=True,
        now=NOW,
    )
    assert organization_named("agencia forestal") == cast.osinfor
    assert organization_named("Organismo de Supervisión de los Recursos Forestales") == cast.osinfor
    assert cast.osinfor.kind == OrganizationKind.REGULATOR
    assert kinds_of(cast.osinfor) == ["organization.added", "organization.edited"]


def test_the_name_it_had_may_be_let_go(cast: Cast) -> None:
    former = cast.osinfor.name
    kept = {
        "actor": cast.ana.actor,
        "organization": cast.osinfor,
        "kind": OrganizationKind.AGENCY,
        "now": NOW,
    }
    rename_organization(name="OSINFOR", **kept)
    assert organization_named(former) is None
    assert organization_named("osinfor") == cast.osinfor
    rename_organization(name="osinfor ", keeps_former=True, **kept)
    assert [one.name for one in cast.osinfor.aliases.all()] == ["OSINFOR"]


def test_a_name_that_is_taken_is_refused_by_every_door(cast: Cast) -> None:
    with refused(Conflict, "organization_exists"):
        rename_organization(
            actor=cast.ana.actor,
            organization=cast.osinfor,
            name="serfor",
            kind=OrganizationKind.AGENCY,
            now=NOW,
        )
    for of in (cast.osinfor, cast.serfor):
        with refused(Conflict, "organization_exists"):
            add_alias(actor=cast.ana.actor, organization=of, name=" Serfor", now=NOW)
    with refused(Invalid, "required"):
        add_alias(actor=cast.ana.actor, organization=cast.osinfor, name=" ", now=NOW)
    assert cast.osinfor.name == "Organismo de Supervisión de los Recursos Forestales"


def test_a_name_that_is_struck_can_be_anothers(cast: Cast) -> None:
    alias = cast.serfor.aliases.get()
    withdraw_alias(actor=cast.ana.actor, alias=alias, now=NOW)
    assert organization_named("SERFOR") is None
    with refused(Conflict, "name_withdrawn"):
        withdraw_alias(actor=cast.ana.actor, alias=alias, now=NOW)
    add_alias(actor=cast.ana.actor, organization=cast.osinfor, name="SERFOR", now=NOW)
    assert organization_named("SERFOR") == cast.osinfor
    assert kinds_of(alias) == ["alias.added", "alias.withdrawn"]


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "vecina"])
def test_names_are_kept_by_teams_and_by_the_head(cast: Cast, who: str) -> None:
    actor = getattr(cast, who).actor
    with refused(NotAllowed, "not_your_role"):
        add_alias(actor=actor, organization=cast.serfor, name="Otro", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        withdraw_alias(actor=actor, alias=cast.serfor.aliases.get(), now=NOW)
    with refused(NotAllowed, "not_your_role"):
        rename_organization(
            actor=actor, organization=cast.serfor, name="Otro", kind=OrganizationKind.AGENCY, now=NOW
        )
