"""The demo's mesas as data: in order, in the past, by people who are there, from sources that are named."""

import inspect

import pytest

from destraba.exchange.demo.cast import BODIES, EVERYBODY, PLAYERS
from destraba.exchange.demo.scripts import FOLDER, Script, scripts
from destraba.exchange.demo.stage.acts import ACTS
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role

SCRIPTS = {script.slug: script for script in scripts()}
every_script = pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)


def test_peru_has_its_eight_mesas_with_the_month_in_which_each_was_installed() -> None:
    installed = {
        slug: (script.installed.date.year, script.installed.date.month)
        for slug, script in SCRIPTS.items()
        if script.installed
    }
    assert installed == {
        "forestal": (2014, 12),
        "acuicola": (2015, 5),
        "industrias-creativas": (2015, 8),
        "textil": (2015, 9),
        "gastronomia": (2015, 12),
        "agroexportacion": (2016, 4),
        "logistica": (2016, 2),
        "emprendimiento": (2016, 5),
    }
    horizontal = {slug for slug, script in SCRIPTS.items() if script.horizontal}
    assert horizontal == {"logistica", "emprendimiento"}


def test_three_other_countries_have_one_each_and_one_is_a_candidate() -> None:
    methods = [script.method for script in SCRIPTS.values()]
    assert {name: methods.count(name) for name in set(methods) - {"peru-me"}} == {
        "ar-ms2": 1,
        "cl-pe": 1,
        "tn-cluster": 1,
    }
    assert [s.slug for s in SCRIPTS.values() if s.state is MesaState.CANDIDATE] == ["turismo"]


def test_every_spreadsheet_has_its_mesa() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} <= set(SCRIPTS)


@every_script
def test_what_is_real_names_its_source(script: Script) -> None:
    assert script.source
    if script.installed:
        assert script.installed.source == script.source


@every_script
def test_everything_has_happened_by_today_and_in_its_order(script: Script) -> None:
    moments = [(act.day, act.at) for act in script.acts]
    assert moments == sorted(moments)
    assert all(act.day < 0 for act in script.acts)


@every_script
def test_every_act_is_known_and_done_by_somebody_who_is_there(script: Script) -> None:
    first_names = {player.first_name for player in EVERYBODY}
    for act in script.acts:
        assert act.by in {"", *first_names}
        inspect.signature(ACTS[act.do]).bind(None, **act.said)


@every_script
def test_every_post_is_held_by_an_organization_that_there_is(script: Script) -> None:
    known = {body.name for body in BODIES}
    assert script.host in known
    assert {post.organization for post in script.vacant} <= known


def test_the_sign_in_page_offers_one_player_for_each_role() -> None:
    roles = [player.role for player in PLAYERS]
    assert sorted(role or "" for role in roles) == sorted(["", *Role])


def test_everybody_is_told_apart_by_their_first_name() -> None:
    assert len({player.email for player in EVERYBODY}) == len(EVERYBODY)
