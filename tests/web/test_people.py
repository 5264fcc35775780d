"""Who sits in a mesa, and who answers for each agency."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.people import open_seat, start_tenure
from destraba.models import Organization, Person, Seat, Tenure
from destraba.queries.people import organization_named
from destraba.rules.permissions import Role
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.web.visits import Form, Page, Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PEOPLE = "/mesas/forestal/people/"


def test_it_is_read_by_those_who_sit_there_and_kept_by_the_team(cast: Cast, visit: Visit) -> None:
    page = visit(cast.marco).get(PEOPLE)
    for words in ("Ana Paredes", "Dedicated team", "Lucía Farfán", "Liaison", "1 Jan 2015", "SERFOR"):
        assert words in page.text
    assert "Anselmo Tejada, until 31 Dec 2016" in page.text
    assert page.acts == set()
    assert {"seat", "organization", "leave", "person", "sit"} <= visit(cast.ana).get(PEOPLE).acts
    for stranger in (cast.vecina, cast.antes, cast.admin):
        assert visit(stranger).get(PEOPLE).status == 404
    assert visit().client.get(PEOPLE).status_code == 302


def test_how_to_reach_somebody_is_for_those_who_call(cast: Cast, visit: Visit) -> None:
    assert "lucia@example.pe" in visit(cast.ana).get(PEOPLE).text
    assert "lucia@example.pe" in visit(cast.hilda).get(PEOPLE).text
    assert b"lucia@example.pe" not in visit(cast.marco).get(PEOPLE).response.content


def test_an_import_ends_by_asking_who_answers_for_each_agency(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    factories.commitment(problem, owner=cast.osinfor)
    factories.commitment(problem, "Sin dueño")
    team = visit(cast.ana)
    page = team.get(PEOPLE)
    assert f"1 organization owes something here and nobody answers for it: {cast.osinfor.name}." in page.text
    assert "1 open commitment has no owner at all." in page.text
    page = team.fill_in(PEOPLE, "answer", full_name="Nora Díaz", email="nora@example.pe", title="Dirección")
    assert "For everything that is owed here, somebody answers." in page.text
    tenure = Tenure.objects.get(person__full_name="Nora Díaz")
    assert (tenure.seat.organization, tenure.seat.role) == (cast.osinfor, Role.LIAISON)
    assert tenure.starts_on == TODAY


def test_an_agency_that_owes_something_and_named_no_liaison_is_marked(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    for owner in (cast.produce, cast.conafor, cast.serfor):
        factories.commitment(problem, owner=owner)
    text = visit(cast.marco).get(PEOPLE).text
    assert text.count("no liaison named") == 1
    assert "Ministry no liaison named" in text


def test_a_liaison_for_all_mesas_answers_here_too(cast: Cast, visit: Visit) -> None:
    factories.player("Liaison de Todas", cast.osinfor, Role.LIAISON, None)
    text = visit(cast.ana).get(PEOPLE).text
    assert "Liaison de Todas" not in text
    factories.commitment(factories.problem(cast), owner=cast.osinfor)
    text = visit(cast.ana).get(PEOPLE).text
    assert "Liaison de Todas" in text
    assert "for all mesas" in text
    assert "Nobody answers yet" not in text


def test_a_seat_passes_from_one_person_to_the_next(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    tenure = Tenure.objects.get(person=cast.lucia.person)
    leaving = next(form for form in team.get(PEOPLE).forms if form.fields.get("target") == str(tenure.pk))
    team.send(PEOPLE, leaving, ends_on="2017-06-14")
    empty = next(form for form in team.get(PEOPLE).forms if form.fields.get("target") == str(tenure.seat_id))
    page = team.send(PEOPLE, empty, full_name="Nora Díaz", email="", phone="01 225")
    assert "Lucía Farfán, until 14 Jun 2017" in page.text
    assert Tenure.objects.get(person__full_name="Nora Díaz").seat == cast.lucia.seat


def test_somebody_known_is_found_again_by_name(cast: Cast, visit: Visit) -> None:
    people = Person.objects.count()
    team = visit(cast.ana)
    team.fill_in(PEOPLE, "seat", organization="GORE Ucayali", role="member", full_name="vera costa")
    assert Tenure.objects.filter(person=cast.vecina.person, mesa=cast.forestal).count() == 1
    assert Person.objects.count() == people
    factories.add_person(actor=command(), full_name="Vera Costa", email="otra.vera@example.pe", now=NOW)
    page = team.fill_in(PEOPLE, "seat", organization="GORE Ucayali", role="member", full_name="Vera Costa")
    assert page.status == 409
    assert "More than one person is called Vera Costa" in page.text


def test_a_seat_may_wait_for_whoever_comes(cast: Cast, visit: Visit) -> None:
    page = visit(cast.ana).fill_in(
        PEOPLE, "seat", organization="GORE Ucayali", role="member", title="Gerencia", is_occasional="on"
    )
    assert "comes only when asked" in page.text
    seat = Seat.objects.get(organization=cast.ucayali)
    assert (seat.title, seat.is_occasional, seat.tenures.count()) == ("Gerencia", True, 0)


def test_an_organization_comes_with_its_acronym(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    team.fill_in(
        PEOPLE,
        "organization",
        name="Corporación Financiera de Desarrollo",
        acronym="COFIDE",
        kind="development_bank",
    )
    added = organization_named("cofide")
    assert added is not None
    page = team.fill_in(PEOPLE, "organization", name="Cofide", acronym="", kind="other")
    assert page.status == 409
    assert "This is a name of Corporación Financiera de Desarrollo" in page.text
    assert page.form("organization").fields["name"] == "Cofide"


def test_a_card_is_put_right(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    card = next(
        form
        for form in team.get(PEOPLE).forms
        if form.act == "person" and form.fields["full_name"] == "Lucía Farfán"
    )
    assert card.fields["email"] == "lucia@example.pe"
    team.send(PEOPLE, card, full_name="Lucía Farfán Rojas")
    cast.lucia.person.refresh_from_db()
    assert cast.lucia.person.full_name == "Lucía Farfán Rojas"
    assert team.send(PEOPLE, card, email="no es").status == 412


def test_the_head_seats_the_team_of_a_mesa_that_has_none(cast: Cast, visit: Visit) -> None:
    mesa = factories.mesa("Mesa Logística", "logistica", host=cast.produce)
    path = f"/mesas/{mesa.slug}/people/"
    head = visit(cast.hilda)
    assert "Nobody sits in this mesa yet: begin with the dedicated team." in head.get(path).text
    page = head.fill_in(path, "seat", organization="PRODUCE", role="team", full_name="Teodoro Quispe")
    assert page.status == 200
    assert visit(cast.teo).get(path).status == 200


def test_nobody_else_gives_seats(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    page = team.get(PEOPLE)
    acts = (
        "seat",
        "organization",
        "leave",
        "person",
        "sit",
        "rename",
        "alias",
        "strike",
        "close_seat",
        "close",
    )
    forms = [page.form(act) for act in acts]
    before = heads()
    for who in (cast.marco, cast.lucia, cast.pilar, cast.alto):
        visitor = visit(who)
        assert {visitor.send(PEOPLE, form).status for form in forms} == {403}
    assert {visit(cast.vecina).send(PEOPLE, form).status for form in forms} == {404}
    assert heads() == before


def test_garbage_is_refused_and_nothing_is_written(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    form = team.get(PEOPLE).form("seat")
    other = open_seat(actor=command(), organization=cast.produce, role=Role.TEAM, mesa=cast.acuicola, now=NOW)
    before, bodies = heads(), Organization.objects.count()
    good = {"organization": "SERFOR", "role": "member", "full_name": "Nora Díaz", "starts_on": "2017-06-15"}
    for status, typed in (
        (422, {"organization": "Nadie SA"}),
        (422, {"role": "head"}),
        (422, {"role": "emperor"}),
        (422, {"email": "no es"}),
        (409, {"email": "marco@example.pe"}),
        (422, {"starts_on": "ayer"}),
        (422, {"starts_on": "1492-10-12"}),
        (422, {"starts_on": ""}),
        (422, {"full_name": "x" * 201}),
        (404, {"act": "sit", "target": str(other.pk)}),
        (404, {"act": "leave", "target": str(cast.ana.person.pk)}),
        (404, {"act": "nothing"}),
    ):
        assert team.send(PEOPLE, form, **{**good, **typed}).status == status, typed
    assert heads() == before
    assert Organization.objects.count() == bodies


def test_reading_writes_nothing_and_costs_the_same_at_one_row_and_at_three(
    cast: Cast, visit: Visit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    problem = factories.problem(cast)
    factories.commitment(problem, owner=cast.osinfor)
    team, member = visit(cast.ana), visit(cast.marco)
    before = heads()
    with CaptureQueriesContext(connection) as queries:
        team.get(PEOPLE)
    assert writes(queries.captured_queries) == []
    assert heads() == before
    for rows in (1, 3, 3):
        # The last that happened takes one statement for each kind of thing that it names.
        with django_assert_max_num_queries(32):
            team.get(PEOPLE)
        with django_assert_max_num_queries(20):
            member.get(PEOPLE)
        if rows == 1:
            factories.commitment(problem, owner=cast.ucayali)
            factories.commitment(problem, owner=factories.organization("Otra más", "OTRA"))
            for name in ("Uno Más", "Dos Más"):
                factories.player(name, cast.serfor, Role.MEMBER, cast.forestal)


def row_form(page: Page, act: str, target: object) -> Form:
    return next(form for form in page.forms if form.act == act and form.fields["target"] == str(target))


def test_an_organization_is_renamed_and_gains_and_loses_names(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    form = row_form(team.get(PEOPLE), "rename", cast.serfor.pk)
    assert form.fields["keeps_former"] == "on"
    page = team.send(PEOPLE, form, name="Agencia Forestal", kind="regulator")
    assert "Agencia Forestal SERFOR, Servicio Nacional Forestal y de Fauna Silvestre · Regulator" in page.text
    page = team.send(PEOPLE, row_form(page, "alias", cast.serfor.pk), name="AF")
    assert organization_named("af") == cast.serfor
    strike = row_form(page, "strike", cast.serfor.pk)
    assert len(strike.choices["name"]) == 3
    gone = cast.serfor.aliases.get(name="SERFOR")
    page = team.send(PEOPLE, strike, name=str(gone.pk))
    assert organization_named("SERFOR") is None
    assert "Ana Paredes struck “SERFOR” from the names of its organization" in page.text
    taken = team.send(PEOPLE, row_form(page, "alias", cast.serfor.pk), name="conafor perú")
    assert taken.status == 409
    assert f"This is a name of {cast.conafor.name}, which is on record already." in taken.text
    taken = team.send(PEOPLE, row_form(page, "rename", cast.serfor.pk), name="PRODUCE")
    assert taken.status == 409


def test_a_seat_is_closed_with_a_warning_and_opened_again(cast: Cast, visit: Visit) -> None:
    assert cast.lucia.seat is not None
    problem = factories.problem(cast)
    factories.commitment(problem, owner=cast.lucia.seat)
    factories.commitment(problem, "Otra", owner=cast.serfor)
    team = visit(cast.ana)
    page = team.get(PEOPLE)
    said = f"Lucía Farfán leaves it today. 2 open commitments stay with {cast.serfor.name}. Nobody will sit"
    assert said in page.text
    form = row_form(page, "close_seat", cast.lucia.seat.pk)
    assert team.send(PEOPLE, form, reason="").status == 422
    page = team.send(PEOPLE, form, reason="SERFOR deja la mesa.")
    assert "Closed seats" in page.text
    assert "Ana Paredes closed the seat “Liaison, Servicio Nacional" in page.text
    assert "SERFOR deja la mesa." in page.text
    assert "1 organization owes something here and nobody answers for it" in page.text
    assert visit(cast.lucia).get(PEOPLE).status == 404
    page = team.send(PEOPLE, row_form(page, "reopen_seat", cast.lucia.seat.pk))
    assert "Closed seats" not in page.text
    assert visit(cast.lucia).get(PEOPLE).status == 200


def test_one_note_says_that_people_are_invented_and_a_post_is_not_said_twice(
    cast: Cast, visit: Visit
) -> None:
    assert visit(cast.marco).get(PEOPLE).text.count("invented") == 1
    real = factories.add_person(actor=command(), full_name="Nora Díaz", now=NOW)
    seat = open_seat(
        actor=command(),
        organization=cast.osinfor,
        role=Role.LIAISON,
        mesa=cast.forestal,
        title="liaison",
        now=NOW,
    )
    start_tenure(actor=command(), seat=seat, person=real, starts_on=TODAY, now=NOW)
    page = visit(cast.marco).get(PEOPLE)
    assert "Invented people: " in page.text
    assert "Liaison liaison" not in page.text


def test_garbage_about_names_and_seats_is_refused_and_nothing_is_written(cast: Cast, visit: Visit) -> None:
    assert cast.lucia.seat is not None
    assert cast.vecina.seat is not None
    team = visit(cast.ana)
    page = team.get(PEOPLE)
    strike = row_form(page, "strike", cast.serfor.pk)
    close = row_form(page, "close_seat", cast.lucia.seat.pk)
    before = heads()
    for form, status, typed in (
        (strike, 422, {"name": str(cast.osinfor.aliases.get().pk)}),
        (strike, 422, {"name": "SERFOR"}),
        (strike, 404, {"target": str(cast.osinfor.pk)}),
        (row_form(page, "alias", cast.serfor.pk), 422, {"name": "x" * 201}),
        (row_form(page, "alias", cast.serfor.pk), 422, {"name": "  "}),
        (row_form(page, "rename", cast.serfor.pk), 422, {"kind": "empire"}),
        (row_form(page, "rename", cast.serfor.pk), 422, {"name": ""}),
        (close, 404, {"target": str(cast.vecina.seat.pk), "reason": "Fuera."}),
        (close, 409, {"target": str(cast.ana.seat.pk if cast.ana.seat else ""), "reason": "Me voy."}),
        (close, 422, {"reason": "x" * 2001}),
        (close, 404, {"act": "reopen_seat"}),
        (close, 412, {"version": "7", "reason": "Fuera."}),
    ):
        assert team.send(PEOPLE, form, **typed).status == status, typed
    assert heads() == before
