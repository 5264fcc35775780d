"""Names for what events only know by key, in bulk."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from destraba.ledger import kinds
from destraba.ledger.names import Names, names_for
from destraba.ledger.record import recording
from destraba.ledger.registry import object_type
from destraba.ledger.replay import entries_of, with_previous
from destraba.values.actors import Actor, Via
from tests.factories import NOW
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db

NAMES = {
    "alias": "SERFOR",
    "collaboration": "Gobierno Regional de Ucayali on C-1",
    "commitment": "C-1",
    "confirmation": "P-1.1",
    "enactment": "P-1.1",
    "figure": "Trabas resueltas",
    "file": "Resolución 102.pdf",
    "focusinterval": "P-1",
    "mesa": "Mesa Ejecutiva Forestal",
    "opinion": "Organismo de Supervisión de los Recursos Forestales on P-1.1",
    "organization": "Servicio Nacional Forestal y de Fauna Silvestre",
    "person": "Ana Paredes",
    "place": "Ucayali",
    "problem": "P-1",
    "programme": "Programa de prueba",
    "seat": "Dedicated team, Ministerio de la Producción",
    "solution": "P-1.1",
    "solutionplace": "P-1.1 in Ucayali",
    "tenure": "Ana Paredes as Dedicated team, Ministerio de la Producción",
}


def names_on(stage: Stage, *records: str) -> Names:
    wanted = {name: [record.pk] for name, record in stage.every_record().items() if name in records}
    return names_for(with_previous(entries_of(wanted)))


@pytest.mark.parametrize("name", NAMES)
def test_every_record_has_the_name_that_people_use(stage: Stage, name: str) -> None:
    with translation.override("en"):
        record = stage.every_record()[name]
        assert names_on(stage, name).of(record.pk) == NAMES[name]


def test_those_that_a_record_points_at_are_named_too_now_and_before(stage: Stage) -> None:
    lucia = stage.cast.lucia.seat
    assert lucia is not None
    ana = Actor(stage.cast.ana.person.pk, Via.WEB, on_behalf_of=lucia.pk)
    with recording(actor=ana, now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.commitment, kinds.COMMITMENT_ASSIGNED, owner_organization=stage.cast.osinfor)
    *_, last = with_previous(entries_of({"commitment": [stage.commitment.pk]}))
    names = names_for([last], "America/Lima")
    assert names.of(stage.cast.serfor.pk) == stage.cast.serfor.name
    assert names.of(str(stage.cast.osinfor.pk)) == stage.cast.osinfor.name
    assert names.of(stage.cast.ana.person.pk) == "Ana Paredes"
    assert names.of(ana.on_behalf_of).endswith(", Servicio Nacional Forestal y de Fauna Silvestre")
    assert names.zone == "America/Lima"


def test_what_has_no_name_is_blank() -> None:
    assert Names({}).of(None) == ""
    assert Names({}).of(UUID(int=1)) == ""


def test_names_cost_one_statement_a_kind_of_record_however_many_there_are(stage: Stage) -> None:
    for events in (1, 30):
        while stage.problem.version < events:
            with recording(actor=stage.cast.ana.actor, now=NOW, streams=[stage.forestal]) as change:
                change.update(stage.problem, kinds.PROBLEM_EDITED, axis=f"axis {stage.problem.version}")
        told = list(with_previous(entries_of({object_type(stage.problem): [stage.problem.pk]})))
        with CaptureQueriesContext(connection) as asked:
            names_for(told)
        kinds_of_record = {"problem", "mesa", "seat"} | ({"person"} if events > 1 else set())
        assert len(asked) == len(kinds_of_record)
