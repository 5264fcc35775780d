"""A mesa is opened quiet, and followed up once its team says so."""

import pytest

from destraba.actions.followup.commitments import ask_commitment
from destraba.actions.mesas import open_mesa, start_following_up
from destraba.models import Mesa
from destraba.rules.mesas import MesaState
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import factories
from tests.actions.saying import kinds_of, refused
from tests.factories import NOW, TODAY, Cast, command


def test_the_head_opens_a_mesa_and_it_is_quiet(cast: Cast) -> None:
    mesa = open_mesa(
        actor=cast.hilda.actor,
        name="Mesa Ejecutiva Logística",
        method_id="peru-me",
        is_horizontal=True,
        now=NOW,
    )
    assert mesa.slug == "mesa-ejecutiva-logistica"
    assert mesa.is_quiet
    assert mesa.state == MesaState.CANDIDATE
    assert mesa.is_horizontal
    assert (mesa.method_id, mesa.method_version) == ("peru-me", 1)
    assert mesa.time_zone == cast.programme.time_zone
    assert kinds_of(mesa) == ["mesa.opened"]


@pytest.mark.parametrize("slug", ["forestal", "Forestal", "new"])
def test_an_address_is_given_once(cast: Cast, slug: str) -> None:
    with refused(Conflict, "mesa_exists"):
        open_mesa(actor=cast.hilda.actor, name="Otra", slug=slug, method_id="peru-me", now=NOW)


def test_a_mesa_needs_a_name_an_address_and_a_method_that_is_known(cast: Cast) -> None:
    opening = {"actor": cast.hilda.actor, "method_id": "peru-me", "now": NOW}
    with refused(Invalid, "required"):
        open_mesa(name="  ", **opening)
    with refused(Invalid, "required"):
        open_mesa(name="日本", **opening)
    with refused(Invalid, "unknown_method"):
        open_mesa(name="Otra", **{**opening, "method_id": "atlantis"})
    with refused(Invalid, "too_long"):
        open_mesa(name="x" * 121, **opening)
    assert Mesa.objects.count() == 2


@pytest.mark.parametrize("role", ["team", "technical_leader", "political_leader", "member", "liaison"])
def test_nobody_but_the_head_opens_one(cast: Cast, role: str) -> None:
    with refused(NotAllowed, "not_your_role"):
        open_mesa(actor=cast.roles[role].actor, name="Otra", method_id="peru-me", now=NOW)


def test_following_up_begins_once_and_lights_are_computed_from_then_on(cast: Cast) -> None:
    problem = factories.problem(cast)
    asked = ask_commitment(actor=command(), problem=problem, title="Aprobarla", owner=cast.serfor, now=NOW)
    assert (asked.light, asked.light_reason) == ("none", "quiet")
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    asked.refresh_from_db()
    assert cast.forestal.following_since == TODAY
    assert (asked.light, asked.light_reason) == ("grey", "asked")
    with refused(Conflict, "already_followed"):
        start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)


def test_the_quiet_is_ended_by_the_mesas_own_team(cast: Cast) -> None:
    with refused(NotAllowed, "not_your_role"):
        start_following_up(actor=cast.marco.actor, mesa=cast.forestal, now=NOW)
    with refused(NotFound, "hidden"):
        start_following_up(actor=cast.vecina.actor, mesa=cast.forestal, now=NOW)
