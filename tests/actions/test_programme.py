"""The first act of an installation, and the figures that others declare of it."""

from typing import Any

import pytest

from destraba.actions.programme import found_programme, note_figure, withdraw_figure
from destraba.ledger.verify import verify
from destraba.models import Figure, Programme
from destraba.values.errors import Conflict, Invalid, NotAllowed
from destraba.values.fuzzy_dates import read
from tests.actions.saying import because, kinds_of, refused
from tests.factories import NOW, Cast, command


@pytest.mark.django_db
def test_a_programme_is_founded_once() -> None:
    programme = found_programme(actor=command(), name="Mesas Ejecutivas", time_zone="America/Lima", now=NOW)
    assert programme.name == "Mesas Ejecutivas"
    assert kinds_of(programme) == ["programme.founded"]
    with refused(Conflict, "programme_exists"):
        found_programme(actor=command(), name="Otra", time_zone="America/Lima", now=NOW)
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_a_programme_needs_a_name() -> None:
    with refused(Invalid, "required"):
        found_programme(actor=command(), name=" ", time_zone="America/Lima", now=NOW)


def test_the_head_of_the_programme_does_not_found_one(cast: Cast) -> None:
    with refused(NotAllowed, "not_your_role"):
        found_programme(actor=cast.hilda.actor, name="Otra", time_zone="America/Lima", now=NOW)


def noted(cast: Cast, **fields: Any) -> Figure:
    """What the head noted of it, but for what is said otherwise."""
    usual = {"label": "Trabas resueltas", "value": "77", "out_of": 204, "source": "Informe final"}
    given = usual | fields
    return note_figure(actor=cast.hilda.actor, programme=cast.programme, now=NOW, **given)


def test_a_figure_is_noted_as_it_was_declared(cast: Cast) -> None:
    figure = noted(cast, unit=" trabas ", as_of=read("2019"), note="Sin detalle\npor mesa")
    kept = Figure.objects.get()
    assert kept == figure
    assert (kept.label, kept.value, kept.out_of, kept.unit) == ("Trabas resueltas", "77", 204, "trabas")
    assert (kept.as_of, kept.source, kept.note) == (read("2019"), "Informe final", "Sin detalle\npor mesa")
    assert kinds_of(kept) == ["figure.noted"]
    assert kept.stream_id == cast.programme.pk


def test_a_figure_may_be_told_in_words(cast: Cast) -> None:
    assert noted(cast, value="más de 50", out_of=None).value == "más de 50"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"source": " "}, "required"),
        ({"label": ""}, "required"),
        ({"value": "\n"}, "required"),
        ({"value": "7" * 61, "out_of": None}, "too_long"),
        ({"unit": "x" * 81}, "too_long"),
        ({"source": "x" * 301}, "too_long"),
        ({"note": "x" * 2001}, "too_long"),
        ({"value": "205"}, "figure_beyond_total"),
        ({"value": "casi todas"}, "figure_not_whole"),
        ({"out_of": 0}, "total_out_of_bounds"),
        ({"out_of": 2**31}, "total_out_of_bounds"),
    ],
)
def test_a_figure_without_source_or_sense_is_none(cast: Cast, fields: dict[str, Any], code: str) -> None:
    with refused(Invalid, code):
        noted(cast, **fields)
    assert not Figure.objects.exists()


@pytest.mark.parametrize("role", ["team", "technical_leader", "political_leader", "axis_lead", "high_level"])
def test_only_the_head_notes_and_withdraws_figures(cast: Cast, role: str) -> None:
    figure = noted(cast)
    other = cast.roles[role].actor
    with refused(NotAllowed, "not_your_role"):
        note_figure(actor=other, programme=cast.programme, label="X", value="1", source="Y", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        withdraw_figure(actor=other, figure=figure, reason="No consta.", now=NOW)


def test_a_figure_is_withdrawn_with_a_reason_and_stays_in_the_ledger(cast: Cast) -> None:
    figure = noted(cast)
    with refused(Invalid, "needs_reason"):
        withdraw_figure(actor=cast.hilda.actor, figure=figure, reason=" ", now=NOW)
    withdraw_figure(actor=cast.hilda.actor, figure=figure, reason="El informe se corrigió.", now=NOW)
    assert Figure.objects.get().withdrawn_at == NOW
    assert kinds_of(figure) == ["figure.noted", "figure.withdrawn"]
    assert because(figure) == "El informe se corrigió."
    with refused(Conflict, "moved_already"):
        withdraw_figure(actor=cast.hilda.actor, figure=figure, reason="Otra vez.", now=NOW)
    assert verify().ok
