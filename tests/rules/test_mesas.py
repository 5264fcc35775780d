import pytest

from destraba.rules.mesas import MesaMove, MesaState, check, works


def test_forestry_was_suspended_and_reinstalled_under_another_host() -> None:
    assert check(MesaState.LAUNCHED, MesaMove.SUSPEND, reason="cambio de gobierno") is None
    assert check(MesaState.SUSPENDED, MesaMove.REINSTALL, reason="a pedido del sector privado") is None


def test_nothing_is_suspended_without_saying_why() -> None:
    refused = check(MesaState.LAUNCHED, MesaMove.SUSPEND)
    assert refused is not None
    assert refused.code == "reason_missing"


@pytest.mark.parametrize(
    ("state", "open_for_work"),
    [
        (MesaState.CANDIDATE, True),
        (MesaState.ASSESSING, True),
        (MesaState.LAUNCHED, True),
        (MesaState.SUSPENDED, False),
        (MesaState.CLOSED, False),
    ],
)
def test_the_matrix_works_from_candidate_on(state: MesaState, open_for_work: bool) -> None:
    assert works(state) is open_for_work
