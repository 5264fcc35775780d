"""Builds the demo programme through the same actions as everyone: nothing is written behind their back."""

import tomllib
from datetime import datetime, time
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from destraba.actions.accounts import create_account
from destraba.actions.imports.matrix import bring_in
from destraba.actions.lights import turn
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.mesas import open_mesa
from destraba.actions.people import add_organization, add_person, add_place, open_seat, start_tenure
from destraba.actions.programme import found_programme, note_figure
from destraba.exchange.demo.cast import (
    BODIES,
    COUNTRY,
    EVERYBODY,
    PASSWORD,
    PLAYERS,
    REGIONS,
    Player,
    Post,
)
from destraba.exchange.demo.scripts import FOLDER, Script, scripts
from destraba.exchange.demo.stage.acts import ACTS
from destraba.exchange.demo.stage.scene import Clock, Render, Scene, Troupe
from destraba.exchange.matrix.compare.readings import plan
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.workbooks.read import read_workbook
from destraba.models import Mesa, Person, Problem, Programme
from destraba.values.actors import Actor, Via
from destraba.values.fuzzy_dates import read
from destraba.values.places import PlaceKind

MATRIX = FOLDER / "forestal.csv"
ZONE = "America/Lima"
_FIGURES = Path(__file__).with_name("figures.toml")
FOUNDED = -90
"""The day on which the programme of the demo was founded, counted from the day of loading."""

_INSTALLATION = Actor(None, Via.COMMAND)


def is_loaded() -> bool:
    """Whether there is a programme already, the demo's or anyone's."""
    return Programme.objects.exists()


def load(now: datetime, render: Render) -> Programme:
    """The programme in the middle of a working day, everything in it: all or nothing.

    `render` makes the renditions of minutes, which lie above this layer. What the story tells is counted in
    days from `now`, so that there is a session tomorrow whenever the demo is loaded.
    """
    clock = Clock(now, ZONE)
    with transaction.atomic():
        programme, troupe = _found(clock)
        opened = [(script, _open(script, troupe, clock)) for script in scripts()]
        for player in EVERYBODY:
            for post in player.posts:
                _seat(post, troupe, clock, player)
        for script, mesa in opened:
            _play(script, mesa, troupe, clock, render)
        return programme


def _found(clock: Clock) -> tuple[Programme, Troupe]:
    """The programme with its places, organizations and people, and what others counted."""
    now = clock.moment(FOUNDED, time(8))
    programme = found_programme(
        actor=_INSTALLATION, name="Mesas Ejecutivas", time_zone=ZONE, is_demo=True, now=now
    )
    country = add_place(actor=_INSTALLATION, name=COUNTRY, kind=PlaceKind.COUNTRY, now=now)
    for region in REGIONS:
        add_place(actor=_INSTALLATION, name=region, kind=PlaceKind.REGION, parent=country, now=now)
    organizations = {
        body.name: add_organization(
            actor=_INSTALLATION, name=body.name, kind=body.kind, aliases=body.aliases, now=now
        )
        for body in BODIES
    }
    for figure in tomllib.loads(_FIGURES.read_text(encoding="utf-8"))["figures"]:
        as_of = read(figure.pop("as_of"))
        note_figure(actor=_INSTALLATION, programme=programme, as_of=as_of, now=now, **figure)
    password_hash = make_password(PASSWORD)
    people = {player.first_name: _enter(player, password_hash, now) for player in EVERYBODY}
    keyless = people.keys() - {player.first_name for player in PLAYERS}
    return programme, Troupe(people, organizations, frozenset(keyless))


def _enter(player: Player, password_hash: str, now: datetime) -> Person:
    person = add_person(
        actor=_INSTALLATION, full_name=player.name, email=player.email, is_invented=True, now=now
    )
    if player.account:
        create_account(
            actor=_INSTALLATION,
            email=player.email,
            password=None,
            person=person,
            is_administrator=player.administrator,
            password_hash=password_hash,
            now=now,
        )
    return person


def _open(script: Script, troupe: Troupe, clock: Clock) -> Mesa:
    """A mesa with what its spreadsheet holds, and the seats that nobody of the demo sits in."""
    now = clock.moment(FOUNDED, time(9))
    mesa = open_mesa(
        actor=_INSTALLATION,
        name=script.name,
        slug=script.slug,
        method_id=script.method,
        host=troupe.organizations[script.host],
        is_horizontal=script.horizontal,
        installed_on=script.installed,
        state=script.state,
        now=now,
    )
    for post in script.vacant:
        _seat(post, troupe, clock)
    if script.matrix:
        _import(script, mesa, now)
    return mesa


def _seat(post: Post, troupe: Troupe, clock: Clock, player: Player | None = None) -> None:
    now = clock.moment(FOUNDED, time(9))
    seat = open_seat(
        actor=_INSTALLATION,
        organization=troupe.organizations[post.organization],
        role=post.role,
        mesa=Mesa.objects.get(slug=post.mesa) if post.mesa else None,
        title=post.title,
        axis=post.axis,
        is_occasional=post.occasional,
        now=now,
    )
    if player:
        person = troupe.people[player.first_name]
        start_tenure(actor=_INSTALLATION, seat=seat, person=person, starts_on=clock.day(FOUNDED), now=now)


def _import(script: Script, mesa: Mesa, now: datetime) -> None:
    """By the same road as any spreadsheet: read, compared, brought in; then whose word the rows are."""
    assert script.matrix  # noqa: S101  (asked by `_open`)
    reading = read_matrix(read_workbook(script.matrix, script.matrix.name))
    bring_in(actor=_INSTALLATION, mesa=mesa, incoming=plan(reading, mesa).chosen(), now=now)
    for problem in Problem.objects.select_related("mesa").filter(mesa=mesa):
        edit_problem(actor=_INSTALLATION, problem=problem, detail=f"Fuente: {script.source}.", now=now)


def _play(script: Script, mesa: Mesa, troupe: Troupe, clock: Clock, render: Render) -> None:
    """Act after act; before each, the lights whose day has come turn, as they do by themselves."""
    for act in script.acts:
        now = clock.moment(act.day, act.at)
        turn(now=now)
        mesa.refresh_from_db()
        ACTS[act.do](Scene(mesa, troupe.actor(act.by), now, clock, troupe, render), **act.said)
    turn(now=clock.now)
