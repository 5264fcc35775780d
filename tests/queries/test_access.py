"""Fetch or refuse: nobody gets a record from here without having been let in."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.accounts import create_account
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.people import add_person
from destraba.actions.visibility import set_visibility
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.access import ANONYMOUS, SignInNeeded, Viewer
from destraba.rules.permissions import PROGRAMME, Deed, Role, Subject
from destraba.values.actors import Actor, Via
from destraba.values.errors import NotAllowed, NotFound
from destraba.values.keys import new_key
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import LEFT, NOW, Cast, Player, command


def _viewer(player: Player) -> Viewer:
    return access.viewer(player.account, NOW)


def test_a_viewer_is_what_their_seats_make_them_today(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        lucia = _viewer(cast.lucia)
    assert (lucia.name, lucia.email, lucia.person_id) == (
        "Lucía Farfán",
        "lucia@example.pe",
        cast.lucia.person.pk,
    )
    assert [(seat.role, seat.mesa_id) for seat in lucia.standing.seats] == [(Role.LIAISON, cast.forestal.pk)]
    assert _viewer(cast.admin).standing.administrator


def test_who_has_no_seat_any_more_is_called_by_address(cast: Cast) -> None:
    assert _viewer(cast.antes).name == "anselmo@example.pe"
    before = access.viewer(cast.antes.account, NOW.replace(year=2016))
    assert before.name == "Anselmo Tejada"


def test_a_tenure_gives_nothing_from_the_day_after_on(cast: Cast) -> None:
    last_day = NOW.replace(year=LEFT.year, month=LEFT.month, day=LEFT.day)
    assert access.mesas_of(access.viewer(cast.antes.account, last_day)) == [cast.forestal]
    assert access.mesas_of(access.viewer(cast.antes.account, last_day + timedelta(days=1))) == []


def test_nobody_and_a_shut_account_see_nothing(cast: Cast) -> None:
    cast.ana.account.is_active = False
    for nobody in (None, cast.ana.account):
        assert access.viewer(nobody, NOW) == ANONYMOUS
    with pytest.raises(SignInNeeded):
        access.mesa(ANONYMOUS, "forestal")
    with pytest.raises(SignInNeeded):
        access.mesa(ANONYMOUS, "atlantis")
    with pytest.raises(SignInNeeded):
        access.programme(ANONYMOUS, Deed.OPEN_MESA)


def test_an_account_of_nobody_has_no_seats(cast: Cast) -> None:
    account = create_account(actor=command(), email="sola@example.pe", password=None, now=NOW)
    assert access.viewer(account, NOW).standing.seats == ()


def test_a_mesa_is_there_for_those_who_may_do_what_they_came_for(cast: Cast) -> None:
    assert access.mesa(_viewer(cast.marco), "forestal") == cast.forestal
    assert access.mesa(_viewer(cast.ana), "forestal", Deed.EDIT_MATRIX) == cast.forestal
    with pytest.raises(NotAllowed):
        access.mesa(_viewer(cast.marco), "forestal", Deed.EDIT_MATRIX)
    for stranger, slug in ((cast.vecina, "forestal"), (cast.admin, "forestal"), (cast.ana, "atlantis")):
        with pytest.raises(NotFound):
            access.mesa(_viewer(stranger), slug)


def test_the_programme_is_the_heads(cast: Cast) -> None:
    assert access.programme(_viewer(cast.hilda), Deed.OPEN_MESA) == cast.programme
    with pytest.raises(NotAllowed):
        access.programme(_viewer(cast.ana), Deed.OPEN_MESA)


def test_a_thing_is_fetched_with_what_its_page_reads(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    commitment = factories.commitment(problem, owner=cast.lucia.seat, answer_to=solution)
    marco = _viewer(cast.marco)
    with django_assert_num_queries(2):
        assert access.problem(marco, "forestal", 1).mesa.slug == "forestal"
    with django_assert_num_queries(2):
        assert access.solution(marco, "forestal", 1, 1).problem == problem
    with django_assert_num_queries(2):
        found = access.commitment(marco, "forestal", 1)
        assert (found.solution, found.owner_organization) == (solution, cast.serfor)
    assert found == commitment


def test_the_path_of_one_mesa_never_opens_the_thing_of_another(cast: Cast) -> None:
    elsewhere = factories.problem(cast, where=cast.acuicola)
    factories.commitment(elsewhere, answer_to=factories.solution(elsewhere))
    hilda = _viewer(cast.hilda)
    assert access.problem(hilda, "acuicola", 1) == elsewhere
    for fetch in (
        lambda: access.problem(hilda, "forestal", 1),
        lambda: access.solution(hilda, "forestal", 1, 1),
        lambda: access.commitment(hilda, "forestal", 1),
    ):
        with pytest.raises(NotFound):
            fetch()


def test_the_strictest_of_a_record_and_its_parents_counts(cast: Cast) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    factories.commitment(problem, answer_to=solution)
    set_visibility(
        actor=cast.ana.actor, record=solution, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    member, team, leader = (_viewer(one) for one in (cast.marco, cast.ana, cast.pilar))
    assert access.problem(member, "forestal", 1) == problem
    for viewer in (team, leader):
        assert access.solution(viewer, "forestal", 1, 1) == solution
        assert access.commitment(viewer, "forestal", 1).solution == solution
    with pytest.raises(NotFound):
        access.solution(member, "forestal", 1, 1)
    with pytest.raises(NotFound):
        access.commitment(member, "forestal", 1)


def test_an_axis_lead_reaches_one_axis_of_every_mesa(cast: Cast) -> None:
    on_axis, beside = factories.problem(cast), factories.problem(cast, "Otra")
    edit_problem(actor=command(), problem=on_axis, axis="simplification", now=NOW)
    ejes = _viewer(cast.ejes)
    assert access.mesa(ejes, "forestal") == cast.forestal
    reach = access.reach_of(ejes, cast.forestal.pk)
    assert reach.axes == ("simplification",)
    assert list(Problem.objects.filter(reach.problems())) == [on_axis]
    assert access.problem(ejes, "forestal", 1) == on_axis
    with pytest.raises(NotFound):
        access.problem(ejes, "forestal", beside.number)
    with pytest.raises(NotAllowed):
        access.mesa(ejes, "forestal", Deed.EDIT_MATRIX)


def test_a_reach_holds_what_hangs_below_to_what_it_hangs_from(cast: Cast) -> None:
    open_one, secret = factories.problem(cast), factories.problem(cast, "En trato")
    kept = factories.commitment(open_one)
    hidden = [
        factories.commitment(secret),
        factories.commitment(open_one, "Secreta", answer_to=factories.solution(open_one)),
    ]
    for record in (secret, hidden[1].solution):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )
    member = access.reach_of(_viewer(cast.marco), cast.forestal.pk)
    team = access.reach_of(_viewer(cast.ana), cast.forestal.pk)
    assert list(kept.__class__.objects.filter(member.commitments())) == [kept]
    assert set(kept.__class__.objects.filter(team.commitments())) == {kept, *hidden}
    assert access.reach_of(_viewer(cast.vecina), cast.forestal.pk).visibilities == ()


def test_mesas_are_listed_for_those_who_reach_them(cast: Cast) -> None:
    assert access.mesas_of(_viewer(cast.hilda)) == [cast.acuicola, cast.forestal]
    assert access.mesas_of(_viewer(cast.ejes)) == [cast.acuicola, cast.forestal]
    assert access.mesas_of(_viewer(cast.marco)) == [cast.forestal]
    assert access.mesas_of(_viewer(cast.admin)) == []


def test_a_seat_of_ones_own_is_the_first_that_was_opened(cast: Cast) -> None:
    assert access.seat_in(_viewer(cast.marco), cast.forestal) == cast.marco.seat
    assert access.seat_in(_viewer(cast.hilda), cast.forestal) is None


def test_what_a_page_offers_is_asked_without_raising(cast: Cast) -> None:
    here = Subject(cast.forestal.pk)
    assert access.may(_viewer(cast.ana), Deed.EDIT_MATRIX, here)
    assert not access.may(_viewer(cast.marco), Deed.EDIT_MATRIX, here)
    access.require(_viewer(cast.ana), Deed.EDIT_MATRIX, here)
    with pytest.raises(NotAllowed):
        access.require(_viewer(cast.marco), Deed.EDIT_MATRIX, here)
    with pytest.raises(NotFound):
        access.require(_viewer(cast.vecina), Deed.EDIT_MATRIX, here)


def test_an_action_asks_again_who_acts(cast: Cast) -> None:
    here = Subject(cast.forestal.pk)
    editing = {"deed": Deed.EDIT_MATRIX, "subject": here, "now": NOW}
    access.permit(actor=cast.ana.actor, **editing)
    for door in (Via.COMMAND, Via.JOB):
        access.permit(actor=Actor(None, door), **editing)
    for nobody in (Actor(None, Via.WEB), Actor(new_key(), Via.WEB)):
        with pytest.raises(SignInNeeded):
            access.permit(actor=nobody, **editing)


def test_a_person_without_an_account_does_nothing_even_from_a_seat(cast: Cast) -> None:
    person = add_person(actor=command(), full_name="Sin Cuenta", now=NOW)
    with pytest.raises(SignInNeeded):
        access.permit(actor=Actor(person.pk, Via.WEB), deed=Deed.EDIT_MATRIX, subject=PROGRAMME, now=NOW)
    cast.admin.account.is_active = False
    cast.admin.account.save()
    with pytest.raises(SignInNeeded):
        access.permit(actor=cast.admin.actor, deed=Deed.MANAGE_ACCOUNTS, subject=PROGRAMME, now=NOW)


@pytest.mark.parametrize(
    ("was", "becomes", "deed"),
    [
        (Visibility.MESA, Visibility.TEAM, Deed.EDIT_MATRIX),
        (Visibility.TEAM, Visibility.MESA, Deed.EDIT_MATRIX),
        (Visibility.MESA, Visibility.PUBLIC, Deed.PUBLISH),
        (Visibility.PUBLIC, Visibility.TEAM, Deed.PUBLISH),
    ],
)
def test_to_the_public_and_back_it_takes_publishing(was: Visibility, becomes: Visibility, deed: Deed) -> None:
    assert access.visibility_deed(was, becomes) is deed
