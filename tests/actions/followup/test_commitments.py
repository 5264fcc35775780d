"""What a commitment says: who, what, by when."""

from datetime import timedelta

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import (
    ask_commitment,
    assign_commitment,
    date_commitment,
    edit_commitment,
    set_collaborators,
)
from destraba.actions.matrix.problems import edit_problem
from destraba.models import Collaboration, Commitment
from destraba.rules.commitments import CommitmentMove, CommitmentState
from destraba.rules.lights import Light
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, TODAY, Cast, command


@pytest.fixture
def asked(cast: Cast) -> Commitment:
    return factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))


@pytest.fixture
def agreed(asked: Commitment) -> Commitment:
    return move_commitment(actor=command(), commitment=asked, move=CommitmentMove.AGREE, now=NOW)


def test_asking_binds_nobody_yet(cast: Cast, asked: Commitment) -> None:
    assert asked.state == CommitmentState.ASKED
    assert asked.asked_on == TODAY
    assert (asked.agreed_on, asked.original_due) == (None, None)
    assert asked.number == 1
    assert asked.due_on.isoformat() == "2017-06-30"


def test_a_seat_owes_for_its_organization(cast: Cast) -> None:
    asked = factories.commitment(factories.problem(cast), owner=cast.lucia.seat)
    assert (asked.owner_seat, asked.owner_organization) == (cast.lucia.seat, cast.serfor)


def test_a_seat_next_door_owes_nothing_here(cast: Cast, asked: Commitment) -> None:
    with refused(Invalid, "seat_elsewhere"):
        ask_commitment(
            actor=cast.ana.actor, problem=asked.problem, title="Otra", owner=cast.vecina.seat, now=NOW
        )
    with refused(Invalid, "seat_elsewhere"):
        assign_commitment(actor=cast.ana.actor, commitment=asked, owner=cast.vecina.seat, now=NOW)
    assign_commitment(actor=cast.ana.actor, commitment=asked, owner=cast.hilda.seat, now=NOW)
    assert asked.owner_organization == cast.produce


def test_a_commitment_hangs_below_a_solution_of_its_own_problem(cast: Cast) -> None:
    problem, other = factories.problem(cast), factories.problem(cast, "Otra")
    solution = factories.solution(problem)
    below = ask_commitment(actor=cast.ana.actor, problem=problem, solution=solution, title="Hacerlo", now=NOW)
    assert below.solution == solution
    with refused(Invalid, "solution_of_another_problem"):
        ask_commitment(actor=cast.ana.actor, problem=other, solution=solution, title="Hacerlo", now=NOW)


@pytest.mark.parametrize(
    ("who", "refusing", "code"),
    [
        ("marco", NotAllowed, "not_your_role"),
        ("hilda", NotAllowed, "not_your_role"),
        ("vecina", NotFound, "hidden"),
    ],
)
def test_asking_and_editing_are_the_teams(
    cast: Cast, asked: Commitment, who: str, refusing: type[NotAllowed], code: str
) -> None:
    actor = getattr(cast, who).actor
    with refused(refusing, code):
        ask_commitment(actor=actor, problem=asked.problem, title="Otra", now=NOW)
    with refused(refusing, code):
        edit_commitment(actor=actor, commitment=asked, title="Otra", now=NOW)
    with refused(refusing, code):
        assign_commitment(actor=actor, commitment=asked, owner=cast.osinfor, now=NOW)
    with refused(refusing, code):
        date_commitment(actor=actor, commitment=asked, due=None, now=NOW)
    with refused(refusing, code):
        set_collaborators(actor=actor, commitment=asked, organizations=[cast.osinfor], now=NOW)


def test_an_axis_lead_asks_on_the_axis(cast: Cast, asked: Commitment) -> None:
    edit_problem(actor=cast.ana.actor, problem=asked.problem, axis="simplification", now=NOW)
    extra = ask_commitment(actor=cast.ejes.actor, problem=asked.problem, title="Medirlo", now=NOW)
    assert extra.number == 2


def test_corrections_are_edits_and_nothing_else_moves(cast: Cast, asked: Commitment) -> None:
    edit_commitment(
        actor=cast.ana.actor,
        commitment=asked,
        title="Aprobar la directiva",
        situation="En consulta.",
        starts_on=TODAY + timedelta(days=3),
        next_checkpoint_on=TODAY + timedelta(days=9),
        declared=Light.GREEN,
        now=LATER,
    )
    asked.refresh_from_db()
    assert (asked.title, asked.situation, asked.declared) == ("Aprobar la directiva", "En consulta.", "green")
    assert asked.state == CommitmentState.ASKED
    edit_commitment(actor=cast.ana.actor, commitment=asked, declared=None, now=LATER)
    assert asked.declared == ""
    with refused(Invalid, "required"):
        edit_commitment(actor=cast.ana.actor, commitment=asked, title=" ", now=LATER)


def test_no_light_can_be_declared_that_is_none(cast: Cast, asked: Commitment) -> None:
    with refused(Invalid, "not_declarable"):
        edit_commitment(actor=cast.ana.actor, commitment=asked, declared=Light.NONE, now=LATER)


def test_the_owner_changes_with_a_reason_if_there_is_one(cast: Cast, asked: Commitment) -> None:
    assign_commitment(
        actor=cast.ana.actor, commitment=asked, owner=cast.osinfor, reason="Es su función.", now=LATER
    )
    assert asked.owner_organization == cast.osinfor
    assert because(asked) == "Es su función."
    assign_commitment(actor=cast.ana.actor, commitment=asked, owner=None, now=LATER)
    assert asked.owner_organization is None


def test_a_date_that_nobody_agreed_to_moves_freely(cast: Cast, asked: Commitment) -> None:
    date_commitment(actor=cast.ana.actor, commitment=asked, due=read("julio 2017"), now=LATER)
    date_commitment(actor=cast.ana.actor, commitment=asked, due=None, now=LATER)
    assert (asked.due, asked.slips, asked.original_due) == (None, 0, None)
    assert kinds_of(asked) == ["commitment.asked", "commitment.dated", "commitment.dated"]


def test_an_agreed_date_slips_with_its_reason_and_the_first_one_stays(cast: Cast, agreed: Commitment) -> None:
    moving = {"actor": cast.ana.actor, "commitment": agreed, "now": LATER}
    with refused(Invalid, "reason_missing"):
        date_commitment(due=read("31/07/2017"), **moving)
    date_commitment(due=read("31/07/2017"), reason="Faltó presupuesto.", **moving)
    date_commitment(due=read("T3 2017"), reason="Faltó otra vez.", **moving)
    assert agreed.slips == 2
    assert agreed.original_due.text == "30/06/2017"
    assert agreed.due.text == "T3 2017"
    assert kinds_of(agreed)[-2:] == ["commitment.rescheduled"] * 2


def test_saying_the_same_day_more_exactly_is_no_slip(cast: Cast, agreed: Commitment) -> None:
    date_commitment(actor=cast.ana.actor, commitment=agreed, due=read("junio 2017"), now=LATER)
    assert agreed.slips == 0
    assert agreed.due.text == "junio 2017"


def test_a_first_date_after_agreeing_is_the_original(cast: Cast) -> None:
    undated = factories.commitment(factories.problem(cast), owner=cast.serfor)
    move_commitment(actor=command(), commitment=undated, move=CommitmentMove.AGREE, now=NOW)
    date_commitment(actor=cast.ana.actor, commitment=undated, due=read("30/06/2017"), now=LATER)
    assert (undated.original_due.text, undated.slips) == ("30/06/2017", 0)


def test_a_settled_date_stays(cast: Cast, agreed: Commitment) -> None:
    move_commitment(
        actor=cast.ana.actor,
        commitment=agreed,
        move=CommitmentMove.CANCEL,
        reason="Ya no hace falta.",
        now=NOW,
    )
    with refused(Conflict, "due_is_settled"):
        date_commitment(actor=cast.ana.actor, commitment=agreed, due=read("31/07/2017"), now=LATER)


def test_helpers_are_exactly_those_named(cast: Cast, asked: Commitment) -> None:
    naming = {"actor": cast.ana.actor, "commitment": asked}
    set_collaborators(organizations=[cast.osinfor, cast.ucayali, cast.serfor], now=NOW, **naming)
    set_collaborators(organizations=[cast.ucayali, cast.produce], now=LATER, **naming)
    standing = Collaboration.objects.filter(commitment=asked, withdrawn_at=None)
    assert {one.organization for one in standing} == {cast.ucayali, cast.produce}
    gone = Collaboration.objects.get(commitment=asked, organization=cast.osinfor)
    assert kinds_of(gone) == ["collaboration.added", "collaboration.withdrawn"]
    set_collaborators(organizations=[cast.ucayali, cast.produce], now=LATER, **naming)
    assert standing.count() == 2


def test_what_waits_names_what_it_waits_for_and_never_itself(cast: Cast, asked: Commitment) -> None:
    problem = asked.problem
    second, third = (factories.commitment(problem, title) for title in ("Segundo", "Tercero"))
    waiting = {"actor": cast.ana.actor, "now": LATER}
    edit_commitment(commitment=second, waits_for_commitment=asked, **waiting)
    edit_commitment(commitment=third, waits_for_commitment=second, **waiting)
    asked.refresh_from_db()
    for circle in (asked, second, third):
        with refused(Invalid, "waits_for_itself"):
            edit_commitment(commitment=asked, waits_for_commitment=circle, **waiting)
    edit_commitment(
        commitment=third, waits_for_commitment=None, waits_for_organization=cast.osinfor, **waiting
    )
    assert third.waits_for_organization == cast.osinfor


def test_nobody_waits_for_a_commitment_of_another_mesa(cast: Cast, asked: Commitment) -> None:
    elsewhere = factories.commitment(factories.problem(cast, where=cast.acuicola), owner=cast.produce)
    with refused(Invalid, "unknown_row"):
        edit_commitment(actor=cast.ana.actor, commitment=asked, waits_for_commitment=elsewhere, now=LATER)
