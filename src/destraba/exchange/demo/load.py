"""Builds the demo programme through the same actions as everyone: nothing is written behind their back."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from destraba.actions.accounts import create_account
from destraba.actions.imports.matrix import bring_in
from destraba.actions.mesas import open_mesa
from destraba.actions.people import add_organization, add_person, open_seat, start_tenure
from destraba.actions.programme import found_programme
from destraba.exchange.demo.cast import BODIES, PASSWORD, PLAYERS, Player
from destraba.exchange.demo.progress import bring_up_to_date
from destraba.exchange.matrix.compare.readings import plan
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.workbooks.read import read_workbook
from destraba.models import Mesa, Organization, Person, Programme
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from destraba.values.actors import Actor, Via
from destraba.values.fuzzy_dates import FuzzyDate, Precision

MATRIX = Path(__file__).parent / "forestal.csv"


def is_loaded() -> bool:
    """Whether there is a programme already, the demo's or anyone's."""
    return Programme.objects.exists()


def load(now: datetime) -> Mesa:
    """The programme, the forestry mesa from its spreadsheet, and a seat for every role: all or nothing."""
    with transaction.atomic():
        return _load(now)


def _load(now: datetime) -> Mesa:
    actor = Actor(None, Via.COMMAND)
    found_programme(actor=actor, name="Mesas Ejecutivas", time_zone="America/Lima", is_demo=True, now=now)
    bodies = {
        body.name: add_organization(
            actor=actor, name=body.name, kind=body.kind, aliases=body.aliases, now=now
        )
        for body in BODIES
    }
    mesa = open_mesa(
        actor=actor,
        name="Mesa Ejecutiva Forestal",
        slug="forestal",
        method_id="peru-me",
        host=bodies["PRODUCE"],
        installed_on=FuzzyDate(date(2014, 12, 1), Precision.MONTH, "diciembre 2014"),
        state=MesaState.LAUNCHED,
        now=now,
    )
    password_hash = make_password(PASSWORD)
    people = {
        player.role: _seat(actor, player, bodies[player.organization], mesa, password_hash, now)
        for player in PLAYERS
    }
    _import_matrix(actor, mesa, now)
    bring_up_to_date(Actor(people[Role.TEAM].pk, Via.COMMAND), mesa, now)
    return mesa


def _seat(
    actor: Actor, player: Player, organization: Organization, mesa: Mesa, password_hash: str, now: datetime
) -> Person:
    person = add_person(actor=actor, full_name=player.name, email=player.email, is_invented=True, now=now)
    if player.role:
        seat = open_seat(
            actor=actor,
            organization=organization,
            role=player.role,
            mesa=mesa if player.mesa else None,
            title=player.title,
            axis=player.axis,
            now=now,
        )
        start_tenure(actor=actor, seat=seat, person=person, starts_on=now.date() - timedelta(days=1), now=now)
    create_account(
        actor=actor,
        email=player.email,
        password=None,
        person=person,
        is_administrator=player.administrator,
        password_hash=password_hash,
        now=now,
    )
    return person


def _import_matrix(actor: Actor, mesa: Mesa, now: datetime) -> None:
    """By the same road as any spreadsheet: read, compared, brought in."""
    reading = read_matrix(read_workbook(MATRIX, MATRIX.name))
    bring_in(actor=actor, mesa=mesa, incoming=plan(reading, mesa).chosen(), now=now)
