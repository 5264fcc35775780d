"""The rows of an import: many at once, where they belong, and each with what it brings along."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.actions.imports.incoming import Incoming, IncomingRow
from destraba.actions.imports.matrix import bring_in
from destraba.ledger.heads import seq_of
from destraba.ledger.verify import verify
from destraba.models import Collaboration, Commitment, LightInterval, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.values.errors import NotFound
from destraba.values.keys import new_key
from tests.actions.saying import refused
from tests.exchange.matrix.tables import FIRST, HEADINGS, LATER, bring, planned
from tests.factories import Cast, command

LINE = "{0};Traba {0};Solución {0};Compromiso {0};SERFOR, OSINFOR;30/06/2017;Verde;Dice {0}"


def table(*numbers: int, said: str = "Dice") -> str:
    return "\n".join([HEADINGS, *(LINE.format(number).replace("Dice", said) for number in numbers)])


def test_many_rows_are_written_in_as_many_statements_as_one(cast: Cast) -> None:
    spent = []
    for name, numbers in (("uno.csv", [1]), ("seis.csv", [*range(100, 106)])):
        with CaptureQueriesContext(connection) as asked:
            bring(table(*numbers), cast.forestal, name=name)
        spent.append(len(asked))
    assert spent[0] == spent[1]
    assert Commitment.objects.count() == 7
    assert verify().failures == []


def test_a_changed_row_costs_no_more_than_its_own_update(cast: Cast) -> None:
    for count in (1, 12):
        numbers = [count * 1000 + number for number in range(count)]
        bring(table(*numbers), cast.forestal, name=f"{count}.csv")
        with CaptureQueriesContext(connection) as asked:
            bring(table(*numbers, said="Dijo"), cast.forestal, name=f"{count}.csv")
        updates = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "destraba_commitment"')]
        assert len(updates) == count
        assert len(asked) - count <= 45


def test_new_rows_go_behind_those_that_are_there(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    bring(
        FIRST + "1;La guía tarda doce días;Otra vía;Publicarla;SERFOR;;;\n4;Otra traba;;;;;;\n", cast.forestal
    )
    first = Problem.objects.get(number=1)
    assert [(one.number, one.title) for one in first.solutions.order_by("position")] == [
        (1, "Guía electrónica"),
        (2, "Otra vía"),
    ]
    assert Commitment.objects.get(number=4).solution == Solution.objects.get(number=2, problem=first)
    assert [one.number for one in Problem.objects.order_by("position")] == [1, 2, 3, 4]
    bring(FIRST.replace("Capacitar", "Visitar"), cast.forestal, name="otra.csv")
    below = Commitment.objects.filter(solution__number=1).order_by("position")
    assert [one.title.split()[0] for one in below] == ["Aprobar", "Capacitar", "Visitar"]


def test_a_new_row_brings_along_who_helps_its_light_and_its_priority(cast: Cast) -> None:
    heads = "Traba;Prioridad;Compromiso;Responsable;Colaboran;Plazo;Semáforo"
    line = "La guía;Alta;Firmar;SERFOR;OSINFOR; PRODUCE;mayo 2017;Rojo"
    bring(f"{heads}\n{line.replace('; ', ' y ', 1)}\n", cast.forestal)
    assert Problem.objects.get().importance == Importance.HIGH
    assert Problem.objects.get().version == 1
    one = Commitment.objects.get()
    helping = Collaboration.objects.filter(commitment=one).values_list("organization__name", flat=True)
    assert (one.owner_organization, set(helping)) == (cast.serfor, {cast.osinfor.name, cast.produce.name})
    assert one.declared == Light.RED
    assert [interval.light for interval in LightInterval.objects.all()] == [one.light]
    assert one.due_on == one.due.last_day if one.due else None


@pytest.mark.parametrize("kind", list(Kind))
def test_a_row_of_another_mesa_is_not_there(cast: Cast, kind: Kind) -> None:
    row = IncomingRow(kind, "1", "", None, new_key(), {"title": "x"}, {})
    incoming = Incoming("x", seq_of(cast.forestal.pk), [row])
    with refused(NotFound, "unknown_row"):
        bring_in(actor=command(), mesa=cast.forestal, incoming=incoming, now=LATER)


def test_how_far_it_is_is_told_up_to_the_last_row(cast: Cast) -> None:
    bring(table(1), cast.forestal)
    told: list[tuple[int, int]] = []
    incoming = planned(table(1, 2, 3), cast.forestal).chosen()
    bring_in(
        actor=command(),
        mesa=cast.forestal,
        incoming=incoming,
        now=LATER,
        progress=lambda *far: told.append(far),
    )
    assert told == sorted(told)
    assert told[-1] == (9, len(incoming.rows)) == (9, 9)
