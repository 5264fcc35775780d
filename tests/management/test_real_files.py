"""The three spreadsheets of the seeds, from the command line to the record, with no hand work.

They are read where they lie beside the checkout; elsewhere there is nothing to try them with.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from destraba.actions.programme import found_programme
from destraba.ledger.verify import verify
from destraba.models import Commitment, Mesa, Problem, Seat, Solution
from destraba.rules.lights import Light
from destraba.rules.permissions import Role
from tests.exchange.books import DATA
from tests.factories import NOW, command
from tests.management.running import everything, run

pytestmark = pytest.mark.django_db

FORESTAL, PERU, ARGENTINA = (
    DATA / name
    for name in (
        "peru-forestal.xlsx",
        "peru-acuicola-logistica.xlsx",
        "argentina-planilla-compartida.xlsx",
    )
)
MESAS_OF_ARGENTINA = {
    "vaca-muerta": 2,
    "logistica": 1,
    "comercio": 1,
    "maquinaria-agricola": 1,
    "equipamiento-medico": 2,
    "indumentaria": 1,
}


@pytest.fixture(autouse=True)
def founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    found_programme(actor=command(), name="Programa", time_zone="America/Lima", now=NOW)


def bring(path: Path, *arguments: str) -> Any:
    ran = run("import_matrix", str(path), *arguments, "--create", "--json")
    assert ran.code == 0, ran.complained
    return json.loads(ran.said)


def commitments(**wanted: object) -> int:
    return Commitment.objects.filter(**wanted).count()


@pytest.mark.parametrize("path", [path for path in (FORESTAL,) if path.is_file()])
def test_forestry(path: Path) -> None:
    bring(path, "--mesa", "forestal")
    assert Problem.objects.count() == 13
    assert Solution.objects.values("problem").distinct().count() == Solution.objects.count() == 12
    declared = {light: commitments(declared=light) for light in (*Light, "") if light is not Light.NONE}
    assert {light: count for light, count in declared.items() if count} == {
        Light.DONE: 13,
        Light.AMBER: 6,
        Light.RED: 1,
        "": 1,
    }
    assert commitments() == 21
    seats = Seat.objects.filter(mesa__slug="forestal").select_related("organization")
    assert seats.count() == 13
    assert {"SERFOR", "OSINFOR"} <= {seat.organization.name for seat in seats}
    assert {seat.role for seat in seats} == {Role.LIAISON, Role.MEMBER, Role.TEAM}
    assert verify().failures == []


@pytest.mark.parametrize("path", [path for path in (PERU,) if path.is_file()])
def test_aquaculture_and_logistics(path: Path) -> None:
    told = {one["mesa"]: one for one in bring(path, "--all")}
    assert set(told) == {"acuicola", "logistica"}
    assert Problem.objects.filter(mesa__slug="acuicola").count() == 11
    # Nine numbered ones; the doubtful row at the bottom has no number, and is offered as a tenth.
    logistics = Problem.objects.filter(mesa__slug="logistica")
    assert logistics.count() == 9 + 1
    doubtful = logistics.order_by("number").last()
    assert doubtful is not None
    assert doubtful.title == "Pendientes de la Comunidad Andina"
    doubts = {one["cell"]: one["message"] for one in told["logistica"]["doubts"]}
    assert doubts["E13"] == "“31/02/2016” is a day that does not exist."
    assert [one.due for one in doubtful.commitments.all()] == [None]
    assert [one["cell"] for one in told["acuicola"]["doubts"]] == ["D9"]
    before = everything()
    again = bring(path, "--all")
    assert {(one["problems"]["new"], one["commitments"]["changed"]) for one in again} == {(0, 0)}
    assert everything() == before
    assert verify().failures == []


@pytest.mark.parametrize("path", [path for path in (ARGENTINA,) if path.is_file()])
def test_the_shared_sheet_of_argentina(path: Path) -> None:
    told = {one["mesa"]: one for one in bring(path, "--all")}
    assert {mesa: one["problems"]["new"] for mesa, one in told.items()} == MESAS_OF_ARGENTINA
    # One item belongs to two mesas, and stands in both; the one that names none waits to be chosen.
    titles = list(Problem.objects.values_list("title", flat=True))
    assert (len(titles), len(set(titles))) == (8, 7)
    assert Problem.objects.filter(title="Control bromatológico en punto fijo").count() == 2
    ran = run("import_matrix", str(path), "--all", "--dry-run")
    assert ran.complained == "Mesas / —: no mesa is called so; 1 problem is left out.\n"
    bring(path, "--mesa", "comercio", "--mesa-name", "")
    assert Problem.objects.filter(mesa=Mesa.objects.get(slug="comercio")).count() == 2
    assert len(set(Problem.objects.values_list("title", flat=True))) == 8
    assert set(Problem.objects.values_list("axis", flat=True)) == {
        "Simplificación",
        "Internacionalización y calidad",
        "Laboral",
    }
    assert verify().failures == []
