"""The first act of an installation."""

import pytest

from destraba.actions.programme import found_programme
from destraba.models import Programme
from destraba.values.errors import Conflict, Invalid, NotAllowed
from tests.actions.saying import kinds_of, refused
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
