"""Views are asked for by a form, kept under a name, offered to others, and let go of."""

import pytest
from django.test import Client

from destraba.models import MatrixVisit, SavedView
from tests import factories
from tests.factories import NOW, Cast, Player

pytestmark = pytest.mark.django_db

MATRIX = "/mesas/forestal/matrix/"
FORM = f"{MATRIX}view/"


def _as(player: Player) -> Client:
    client = Client()
    client.force_login(player.account)
    return client


def test_the_form_holds_what_the_address_asks_for(cast: Cast) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor)
    page = _as(cast.marco).get(f"{FORM}?light=red&owner={cast.serfor.pk}&due_from=2017-06-01&sort=-due")
    words = page.content.decode()
    assert 'name="light" value="red" checked' in words
    assert f'name="owner" value="{cast.serfor.pk}" checked' in words
    assert 'name="due_from" value="2017-06-01"' in words
    assert 'value="-due" selected' in words


def test_a_script_gets_the_form_without_the_page(cast: Cast) -> None:
    piece = _as(cast.marco).get(FORM, headers={"X-Fragment": "form"}).content.decode()
    assert "<html" not in piece
    assert 'class="view-form"' in piece


def test_a_kept_view_is_mine_until_i_share_it(cast: Cast) -> None:
    _as(cast.ana).post(FORM, {"name": "Lo rojo", "query": "?light=red&from=100&nada=1"})
    kept = SavedView.objects.get()
    assert (kept.query, kept.is_shared, kept.account) == ("light=red", False, cast.ana.account)
    assert "Lo rojo" not in _as(cast.marco).get(MATRIX).content.decode()
    _as(cast.ana).post(FORM, {"name": "Lo rojo", "query": "light=red", "shared": "yes"})
    factories.problem(cast)
    assert SavedView.objects.count() == 1
    assert "Lo rojo" in _as(cast.marco).get(MATRIX).content.decode()


def test_only_who_edits_shares_and_only_who_kept_it_drops_it(cast: Cast) -> None:
    shared = {"name": "De todos", "query": "light=red", "shared": "yes"}
    assert _as(cast.marco).post(FORM, shared).status_code == 403
    _as(cast.ana).post(FORM, shared)
    key = SavedView.objects.get().pk
    assert _as(cast.marco).post(f"{FORM}drop/", {"view": str(key)}).status_code == 404
    assert _as(cast.ana).post(f"{FORM}drop/", {"view": str(key)}).status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u202eojor oL\0"])
def test_a_name_is_a_line_of_at_most_eighty(cast: Cast, name: str) -> None:
    answer = _as(cast.ana).post(FORM, {"name": name, "query": "light=red"})
    kept = SavedView.objects.first()
    assert answer.status_code == (302 if kept else 422)
    assert kept is None or not set(kept.name) & {"\u202e", "\0"}


def test_what_was_seen_is_not_new_next_time(cast: Cast) -> None:
    factories.problem(cast, "La guía tarda")
    client = _as(cast.ana)
    assert "La guía tarda" in client.get(f"{MATRIX}?quick=changed").content.decode()
    client.post(f"{MATRIX}seen/", {"shown_at": "2099-01-01T00:00:00+00:00"})
    assert MatrixVisit.objects.get().seen_at > NOW
    assert "La guía tarda" not in client.get(f"{MATRIX}?quick=changed").content.decode()
    assert client.post(f"{MATRIX}seen/", {"shown_at": "ayer"}).status_code == 422
