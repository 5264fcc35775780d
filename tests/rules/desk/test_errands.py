"""What a meeting and its minutes want, and of whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from destraba.rules.desk.errands import DEED_OF, Errand, SheetFacts, errand_of_meeting, errand_of_minutes
from destraba.rules.meetings import MeetingState
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import MAY, Deed, Role

TODAY = date(2017, 6, 15)
NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def may(role: Role) -> Callable[[Deed], bool]:
    return lambda deed: role in MAY[deed]


@pytest.mark.parametrize(
    ("state", "days", "errand"),
    [
        (MeetingState.IN_PROGRESS, 0, Errand.CHAIR),
        (MeetingState.IN_PROGRESS, -1, Errand.CLOSE_MEETING),
        (MeetingState.CALLED, -1, Errand.CLOSE_MEETING),
        (MeetingState.CALLED, 0, None),
        (MeetingState.DRAFT, 1, Errand.CALL_MEETING),
        (MeetingState.DRAFT, 0, Errand.CALL_MEETING),
        (MeetingState.DRAFT, 2, None),
        (MeetingState.DRAFT, -1, None),
        (MeetingState.CLOSED, 0, None),
        (MeetingState.CANCELLED, 1, None),
    ],
)
def test_a_meeting_wants_something_of_the_team_alone(
    state: MeetingState, days: int, errand: Errand | None
) -> None:
    held_on = TODAY + timedelta(days=days)
    assert errand_of_meeting(state, held_on, TODAY, may(Role.TEAM)) is errand
    assert errand_of_meeting(state, held_on, TODAY, may(Role.MEMBER)) is None


@pytest.mark.parametrize(
    ("role", "draft", "running", "over", "objected"),
    [
        (Role.TEAM, Errand.CIRCULATE, None, Errand.OBJECTIONS_OVER, None),
        (Role.TECHNICAL_LEADER, Errand.CIRCULATE, Errand.APPROVE, Errand.APPROVE, None),
        (Role.POLITICAL_LEADER, None, Errand.APPROVE, Errand.APPROVE, None),
        (Role.MEMBER, None, Errand.LOOK_THROUGH, None, None),
        (Role.LIAISON, None, Errand.LOOK_THROUGH, None, None),
        (Role.HIGH_LEVEL, None, None, None, None),
        (Role.HEAD, None, None, None, None),
    ],
)
def test_minutes_want_another_thing_of_each(
    role: Role, draft: Errand | None, running: Errand | None, over: Errand | None, objected: Errand | None
) -> None:
    for facts, errand in (
        (SheetFacts(MinutesState.DRAFT, None), draft),
        (SheetFacts(MinutesState.CIRCULATED, LATER), running),
        (SheetFacts(MinutesState.CIRCULATED, EARLIER), over),
        (SheetFacts(MinutesState.DRAFT, None, open_objections=1), objected),
        (SheetFacts(MinutesState.APPROVED, EARLIER), None),
        (SheetFacts(MinutesState.PUBLISHED, EARLIER), None),
    ):
        assert errand_of_minutes(facts, NOW, may(role)) is errand, facts


def test_a_leader_who_cannot_approve_yet_may_still_look_through() -> None:
    facts = SheetFacts(MinutesState.CIRCULATED, LATER, open_objections=1)
    assert errand_of_minutes(facts, NOW, may(Role.POLITICAL_LEADER)) is Errand.LOOK_THROUGH
    assert errand_of_minutes(facts, NOW, may(Role.TECHNICAL_LEADER)) is None


def test_every_errand_is_somebodys_deed() -> None:
    assert set(DEED_OF) == set(Errand)
    assert all(MAY[deed] for deed in DEED_OF.values())
