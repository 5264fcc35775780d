"""What "regional governments" owe is asked of each of them."""

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import assign_commitment, set_collaborators
from destraba.actions.followup.fanning import fan_out
from destraba.actions.mesas import start_following_up
from destraba.actions.undo import undo
from destraba.actions.visibility import set_visibility
from destraba.ledger.replay import entries_of
from destraba.ledger.verify import verify
from destraba.models import Commitment, Organization, OrganizationKind
from destraba.rules.commitments import CommitmentMove, CommitmentState
from destraba.rules.lights import Light
from destraba.values.errors import Conflict, Invalid, NotAllowed, Stale
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.saying import LATER, kinds_of, refused
from tests.factories import NOW, TODAY, Cast


def region(name: str) -> Organization:
    kind = OrganizationKind.REGIONAL_GOVERNMENT
    return factories.organization(f"Gobierno Regional de {name}", f"GORE {name}", kind=kind)


@pytest.fixture
def regions(cast: Cast) -> list[Organization]:
    return [cast.ucayali, region("Loreto"), region("Puno")]


@pytest.fixture
def whole(cast: Cast) -> Commitment:
    """Reinforce the offices of each region, by the end of June; the regions agreed to it, all in one."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    solution = factories.solution(factories.problem(cast))
    commitment = factories.commitment(
        solution.problem,
        "Reforzar las oficinas",
        owner=factories.organization(
            "Gobiernos regionales", "GORES", kind=OrganizationKind.REGIONAL_GOVERNMENT
        ),
        due=read("30/06/2017"),
        answer_to=solution,
    )
    return move_commitment(actor=cast.ana.actor, commitment=commitment, move=CommitmentMove.AGREE, now=NOW)


def test_a_plural_owner_stands_for_many_whichever_way_it_was_named(cast: Cast, whole: Commitment) -> None:
    assert whole.stands_for_many
    group = whole.owner_organization
    assign_commitment(actor=cast.ana.actor, commitment=whole, owner=cast.ucayali, now=LATER)
    assert not whole.stands_for_many
    assign_commitment(actor=cast.ana.actor, commitment=whole, owner=group, now=LATER)
    assert whole.stands_for_many


def test_each_region_gets_its_part_in_one_change_set(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    set_collaborators(actor=cast.ana.actor, commitment=whole, organizations=[cast.serfor], now=NOW)
    parts = fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions, now=LATER)
    assert [one.number for one in parts] == [2, 3, 4]
    assert [one.owner_organization for one in parts] == regions
    assert {(one.title, one.due, one.solution, one.part_of) for one in parts} == {
        (whole.title, whole.due, whole.solution, whole)
    }
    assert {(one.state, one.asked_on, one.original_due) for one in parts} == {
        (CommitmentState.ASKED, TODAY.replace(day=16), None)
    }
    assert not any(one.stands_for_many for one in parts)
    assert [one.collaborations.get().organization for one in parts] == [cast.serfor] * 3
    in_order = Commitment.objects.filter(solution=whole.solution).order_by("position")
    assert [one.number for one in in_order] == [1, 2, 3, 4]
    entries = entries_of({"commitment": [whole.pk, *(one.pk for one in parts)]})
    assert len({entry.change_set for entry in entries[-4:]}) == 1
    assert verify().ok


def test_nothing_more_is_expected_of_the_group(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions, now=LATER)
    assert (whole.state, whole.light, whole.replaced_by) == (CommitmentState.REPLACED, Light.NONE, None)
    assert kinds_of(whole)[-1] == "commitment.fanned_out"


def test_it_can_be_shared_out_further_and_never_twice_to_the_same(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    ucayali, loreto, puno = regions
    fan_out(actor=cast.ana.actor, commitment=whole, organizations=[ucayali, loreto, loreto], now=LATER)
    with refused(Conflict, "part_stands"):
        fan_out(actor=cast.ana.actor, commitment=whole, organizations=[puno, loreto], now=LATER)
    (part,) = fan_out(actor=cast.ana.actor, commitment=whole, organizations=[puno], now=LATER)
    assert part.number == 4
    assert kinds_of(whole).count("commitment.fanned_out") == 1
    assert whole.parts.count() == 3


def test_of_two_who_share_it_out_at_once_the_second_is_told(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    theirs = Commitment.objects.select_related("mesa", "problem", "solution").get(pk=whole.pk)
    fan_out(actor=cast.teo.actor, commitment=theirs, organizations=regions[:1], now=LATER)
    with refused(Conflict, "part_stands"):
        fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions[:1], now=LATER)
    with refused(Stale, "stale"):
        fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions[1:], now=LATER)
    assert Commitment.objects.count() == 2


def test_a_part_that_was_added_by_mistake_leaves_room_for_another(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions[:1], now=LATER)
    fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions[1:2], now=LATER)
    part = whole.parts.get(owner_organization=regions[1])
    change_set = entries_of({"commitment": [part.pk]})[0].change_set
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)
    (again,) = fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions[1:2], now=LATER)
    assert again.number == 4


def test_a_part_is_for_nobody_who_may_not_see_the_whole(
    cast: Cast, whole: Commitment, regions: list[Organization]
) -> None:
    set_visibility(
        actor=cast.ana.actor, record=whole, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    parts = fan_out(actor=cast.ana.actor, commitment=whole, organizations=regions, now=LATER)
    assert {one.visibility for one in parts} == {Visibility.TEAM}


def test_what_can_not_be_shared_out(cast: Cast, whole: Commitment, regions: list[Organization]) -> None:
    sharing = {"actor": cast.ana.actor, "now": LATER}
    one_body = factories.commitment(whole.problem, owner=cast.ucayali)
    with refused(Conflict, "stands_for_one"):
        fan_out(commitment=one_body, organizations=regions, **sharing)
    with refused(Invalid, "nobody_chosen"):
        fan_out(commitment=whole, organizations=[], **sharing)
    with refused(Invalid, "group_itself"):
        fan_out(commitment=whole, organizations=[whole.owner_organization], **sharing)
    with refused(NotAllowed, "not_your_role"):
        fan_out(actor=cast.marco.actor, commitment=whole, organizations=regions, now=LATER)
    with refused(Conflict, "successor_missing"):
        move_commitment(commitment=whole, move=CommitmentMove.FAN_OUT, **sharing)
    move_commitment(commitment=whole, move=CommitmentMove.CANCEL, reason="Ya no.", **sharing)
    with refused(Conflict, "no_such_move"):
        fan_out(commitment=whole, organizations=regions, **sharing)
