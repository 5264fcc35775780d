"""The moments that an address may name, and those that it may not."""

from datetime import UTC, date, datetime

import pytest

from destraba.methods.schema import MeetingKind
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.matrix.compare.moments import Stretch, meetings_held, stretch
from destraba.values.errors import Invalid
from tests.factories import Cast, Player
from tests.queries.desk.stage import for_the_team
from tests.queries.matrix.compare.stage import DAY, FIRST, SECOND, TODAY, held


def between(player: Player, mesa: Mesa, start: str = "", end: str = "") -> Stretch:
    viewer = access.viewer(player.account, TODAY)
    return stretch(mesa, meetings_held(viewer, mesa), start, end, TODAY)


def test_the_last_session_is_usual_and_another_kind_of_meeting_is_none(cast: Cast) -> None:
    held(cast.forestal, FIRST)
    held(cast.forestal, SECOND, MeetingKind.BILATERAL)
    usual = between(cast.marco, cast.forestal)
    assert (usual.start.text, usual.start.at, usual.end.text, usual.end.is_now) == ("S-1", FIRST, "now", True)


def test_any_meeting_is_better_than_none_and_else_it_is_a_month(cast: Cast) -> None:
    assert between(cast.marco, cast.forestal).start.day == date(2017, 6, 6)
    held(cast.forestal, FIRST, MeetingKind.BILATERAL)
    assert between(cast.marco, cast.forestal).start.text == "S-1"


def test_a_day_begins_a_stretch_at_midnight_and_ends_it_at_midnight(cast: Cast) -> None:
    days = between(cast.ana, cast.forestal, "2017-06-20", "2017-06-20")
    assert days.start.at < datetime(2017, 6, 20, 5, 0, tzinfo=UTC) <= days.end.at - 0.9 * DAY
    assert days.end.at < datetime(2017, 6, 21, 5, 0, tzinfo=UTC)
    assert (days.start.lights_on, days.end.lights_on) == (date(2017, 6, 19), date(2017, 6, 20))


@pytest.mark.parametrize("number", ["S-1", "s 1", "S1"])
def test_a_meeting_is_named_as_people_name_it(cast: Cast, number: str) -> None:
    held(cast.forestal, FIRST)
    assert between(cast.ana, cast.forestal, number).start.text == "S-1"


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("now", "S-1", "moments_reversed"),
        ("S-1", "S-1", "moments_reversed"),
        ("2017-06-30", "2017-06-20", "moments_reversed"),
        ("S-9", "", "moment_unknown"),
        ("P-1", "", "moment_unknown"),
        ("C-1", "", "moment_unknown"),
        ("", "ayer", "moment_unknown"),
        ("2017-02-30", "", "moment_unknown"),
        ("0001-01-01", "", "moment_unknown"),
        ("9999-12-31", "", "moment_unknown"),
        ("2018-01-01", "", "moment_ahead"),
        ("", "2017-07-07", "moment_ahead"),
        ("\x00", "", "moment_unknown"),
        ("'; drop table", "", "moment_unknown"),
        ("S-99999999999999999999999", "", "moment_unknown"),
    ],
)
def test_what_is_no_moment_is_refused(cast: Cast, start: str, end: str, code: str) -> None:
    held(cast.forestal, FIRST)
    with pytest.raises(Invalid) as refused:
        between(cast.ana, cast.forestal, start, end)
    assert refused.value.reason.code == code


def test_a_meeting_of_another_mesa_or_of_the_team_is_none_here(cast: Cast) -> None:
    held(cast.acuicola, FIRST)
    with pytest.raises(Invalid):
        between(cast.ana, cast.forestal, "S-1")
    for_the_team(held(cast.forestal, FIRST))
    assert between(cast.ana, cast.forestal, "S-1").start.meeting
    with pytest.raises(Invalid):
        between(cast.marco, cast.forestal, "S-1")


def test_an_axis_lead_knows_of_no_meeting(cast: Cast) -> None:
    held(cast.forestal, FIRST)
    assert between(cast.ejes, cast.forestal).start.meeting is None
    with pytest.raises(Invalid):
        between(cast.ejes, cast.forestal, "S-1")
