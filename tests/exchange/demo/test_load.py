"""The demo programme: whole, once, and marked as invented."""

import pytest
from django.core.management import call_command

from destraba.exchange.demo import load as loading
from destraba.exchange.demo.cast import PASSWORD, PLAYERS
from destraba.exchange.demo.load import is_loaded, load
from destraba.ledger.verify import verify
from destraba.models import (
    Account,
    Commitment,
    FocusInterval,
    Mesa,
    Person,
    Problem,
    Programme,
    Seat,
    Solution,
)
from destraba.queries import access
from destraba.queries.matrix.tree import matrix
from destraba.rules.lights import Light
from destraba.rules.permissions import Role
from destraba.rules.solutions import SolutionStage
from tests.exchange.matrix.test_export import assert_unchanged
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_forestry_mesa_with_all_that_its_spreadsheet_holds() -> None:
    mesa = load(NOW)
    assert (Problem.objects.count(), Solution.objects.count(), Commitment.objects.count()) == (13, 12, 21)
    declared = [
        Light(code) if code else None for code in Commitment.objects.values_list("declared", flat=True)
    ]
    lights = (Light.DONE, Light.AMBER, Light.RED, None)
    assert [declared.count(light) for light in lights] == [13, 6, 1, 1]
    assert mesa.is_quiet
    assert verify().failures == []


def test_it_stands_where_its_spreadsheet_says() -> None:
    load(NOW)
    stages = {
        solution.problem.number: solution.stage
        for solution in Solution.objects.order_by("number", "problem__number")
    }
    assert [number for number, stage in stages.items() if stage == SolutionStage.APPLIED] == [2, 3, 7, 8, 10]
    assert stages[4] == SolutionStage.ENACTED  # created, and nobody has checked that it is applied
    assert stages[9] == SolutionStage.AGREED  # its works begin soon
    in_focus = FocusInterval.objects.order_by("problem__number").values_list("problem__number", flat=True)
    assert list(in_focus) == [5, 6, 11]


def test_every_role_has_an_invented_player_who_can_sign_in() -> None:
    mesa = load(NOW)
    assert {seat.role for seat in Seat.objects.all()} >= set(Role)
    assert not Person.objects.filter(is_invented=False).exists()
    for player in PLAYERS:
        account = Account.objects.get(email=player.email)
        assert account.check_password(PASSWORD)
        viewer = access.viewer(account, NOW)
        may_read = bool(access.reach_of(viewer, mesa.pk).visibilities)
        assert may_read is (player.role is not None)
    team = access.viewer(Account.objects.get(email="ana@demo.example"), NOW)
    assert len(matrix(team, mesa).problems) == 13


def test_the_axis_lead_sees_the_axis_alone() -> None:
    mesa = load(NOW)
    viewer = access.viewer(Account.objects.get(email="pablo@demo.example"), NOW)
    shown = matrix(viewer, mesa).problems
    assert {problem.axis for problem in shown} == {"Regulación y trámites"}


def test_the_demo_comes_back_as_it_is() -> None:
    assert_unchanged(load(NOW))


def test_it_is_loaded_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert not is_loaded()
    call_command("demo")
    call_command("demo")
    assert (Programme.objects.count(), Mesa.objects.count()) == (1, 1)
    assert "ana@demo.example" in capsys.readouterr().out


def test_a_demo_that_is_interrupted_leaves_an_empty_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_import_matrix", killed)
    with pytest.raises(KeyboardInterrupt):
        load(NOW)
    assert not is_loaded()
    assert Account.objects.count() == 0
    monkeypatch.undo()
    load(NOW)
    assert Problem.objects.count() == 13
