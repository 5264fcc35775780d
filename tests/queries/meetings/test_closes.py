"""The closes of past meetings, whole or for a few commitments."""

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.actions.mesas import start_following_up
from destraba.methods.schema import MeetingKind
from destraba.queries.meetings.closes import closes_of
from destraba.rules.followup.closes import Close
from tests import factories
from tests.factories import NOW, TODAY, Cast, command


def _closed(cast: Cast) -> None:
    doing = {"actor": command(), "now": NOW}
    meeting = prepare_meeting(
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=TODAY,
        begins_at=NOW.time(),
        lasts_minutes=60,
        **doing,  # type: ignore[arg-type]
    )
    open_meeting(meeting=meeting, **doing)  # type: ignore[arg-type]
    close_meeting(meeting=meeting, **doing)  # type: ignore[arg-type]


@pytest.mark.parametrize("meetings", [1, 3])
def test_of_a_few_commitments_it_tells_the_same_as_of_all(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, meetings: int
) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    cast.forestal.refresh_from_db()
    problem = factories.problem(cast)
    for number in range(12):
        factories.commitment(problem, f"Paso {number}")
    for _ in range(meetings):
        _closed(cast)
    with django_assert_num_queries(1):
        whole = closes_of(cast.forestal)
    with django_assert_num_queries(1):
        few = closes_of(cast.forestal, [1, 12, 99])
    assert len(whole) == meetings
    assert set(whole[0].shown) == set(range(1, 13))
    assert few == tuple(
        Close(close.on, {number: close.shown[number] for number in (1, 12)}) for close in whole
    )
    assert closes_of(cast.forestal, range(1, 50)) == whole
    assert closes_of(cast.forestal, []) == tuple(Close(close.on, {}) for close in whole)
