"""The Matrix as JSON: as its schema says, every code of ours in it, nothing that the reader may not see."""

import json
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.solutions import edit_solution
from destraba.actions.visibility import set_visibility
from destraba.exchange.matrix.export import export_json
from destraba.models import Problem, Solution
from destraba.queries import access
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemProgress, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values import quantities
from destraba.values.fuzzy_dates import Precision
from destraba.values.quantities import Qualifier, Unit
from destraba.values.visibility import Visibility
from tests import factories
from tests.exchange.matrix.out.schemas import Checker
from tests.exchange.matrix.tables import FIRST, LATER, bring
from tests.exchange.matrix.taking import taken
from tests.factories import NOW, Cast, command

SCHEMA = json.loads(
    (Path(__file__).parents[4] / "docs" / "schemas" / "matrix-1.schema.json").read_text(encoding="utf-8")
)


def of(kind: str, *path: str) -> list[Any]:
    """The choices that the schema gives for a key."""
    found = SCHEMA["$defs"][kind]["properties"]
    for name in path:
        found = found[name].get("properties", found[name])
    return [choice for choice in found["enum"] if choice is not None]


def test_it_is_as_its_schema_says(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    figures = {"before": quantities.read("6-12 meses"), "after": quantities.read("2.5 días")}
    edit_solution(
        actor=command(), solution=Solution.objects.select_related("mesa").get(), now=LATER, **figures
    )
    said = json.loads(export_json(taken(cast.forestal, words=("Semáforo: Rojo",)), "es"))
    assert list(Checker(SCHEMA).faults(said)) == []
    here = ZoneInfo(cast.forestal.time_zone)
    at = LATER.astimezone(here).isoformat(timespec="seconds")
    assert said["taken"] == {"at": at, "by": "destraba", "asked_for": ["Semáforo: Rojo"]}
    assert said["counts"] == {"problems": 3, "solutions": 1, "commitments": 3}
    first = said["problems"][0]["solutions"][0]
    assert (first["before"]["low"], first["before"]["unit"], first["after"]["low"]) == (6, "months", 2.5)
    july = first["commitments"][1]["due"]
    assert july == {"precision": "month", "first": "2017-07-01", "last": "2017-07-31", "text": "julio 2017"}
    assert first["commitments"][1]["light"]["declared"] == "amber"


def test_what_is_not_as_it_should_be_is_found(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    said = json.loads(export_json(taken(cast.forestal), "es"))
    said["version"], said["mesa"]["secret"] = 2, "x"
    del said["problems"][0]["axis"]
    said["problems"][1]["number"] = 7
    said["problems"][1]["commitments"][0]["due"] = "mañana"
    assert sorted(Checker(SCHEMA).faults(said)) == [
        "$.mesa: secret is told nowhere",
        "$.problems[0]: axis is missing",
        "$.problems[1].commitments[0].due: fits 0 of 2",
        "$.problems[1].number: 7 is no string",
        "$.version: 2 is none of [1]",
    ]


@pytest.mark.parametrize(
    ("enum", "path"),
    [
        (ProblemStage, ("problem", "stage")),
        (FilterReason, ("problem", "filter_reason")),
        (ProblemProgress, ("problem", "progress")),
        (Importance, ("problem", "importance")),
        (Speed, ("problem", "speed")),
        (Origin, ("problem", "origin")),
        (Concern, ("problem", "concern")),
        (PublicInput, ("problem", "public_input")),
        (PrivateMatter, ("problem", "private_matter")),
        (Scope, ("problem", "scope")),
        (Instrument, ("problem", "instrument")),
        (CoordinationFailure, ("problem", "coordination")),
        (SolutionStage, ("solution", "stage")),
        (Funding, ("solution", "funding")),
        (CommitmentState, ("commitment", "state")),
        (Light, ("commitment", "light", "shown")),
        (Precision, ("period", "precision")),
        (Qualifier, ("quantity", "qualifier")),
        (Unit, ("quantity", "unit")),
    ],
)
def test_the_schema_knows_every_code(enum: type[Enum], path: tuple[str, ...]) -> None:
    assert of(*path) == [member.value for member in enum]


def test_what_is_for_the_team_is_in_nobody_elses_file(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    second = Problem.objects.select_related("mesa").get(number=2)
    set_visibility(
        actor=cast.ana.actor, record=second, visibility=Visibility.TEAM, reason="Borrador", now=LATER
    )
    for player, problems in ((cast.ana, 3), (cast.marco, 2)):
        viewer = access.viewer(player.account, NOW)
        said = export_json(taken(cast.forestal, viewer), "es").decode()
        assert len(json.loads(said)["problems"]) == problems
        assert ("Nadie supervisa" in said) is (problems == 3)


@pytest.mark.parametrize("rows", [1, 12])
def test_it_takes_eleven_statements(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(rows):
        factories.commitment(factories.problem(cast, f"Traba {index}"), owner=cast.serfor)
    with django_assert_num_queries(11):
        export_json(taken(cast.forestal), "es")
