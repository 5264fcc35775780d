"""Meetings, minutes and answers on the desk's stage, by the same actions as in life."""

from datetime import date, datetime, time, timedelta

from destraba.actions.followup.answers import move_commitment
from destraba.actions.meetings.meetings import call_meeting, open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import Rendition, circulate_minutes, close_meeting
from destraba.actions.mesas import start_following_up
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.methods.schema import MeetingKind
from destraba.models import Commitment, Meeting, Mesa, Minutes, Organization, Problem
from destraba.queries import access
from destraba.queries.desk.desk import Desk, desk
from destraba.rules.commitments import CommitmentMove
from destraba.rules.desk.pressing import told_since
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Player, command

DAY = timedelta(days=1)
_PAPER = Rendition(name="acuerdos-1-2017", pdf=b"%PDF-1.7", docx=b"PK")


def desk_of(player: Player, now: datetime = NOW, seen_at: datetime | None = None) -> Desk:
    viewer = access.viewer(player.account, now)
    return desk(viewer, told_since(seen_at, now), now)


def followed(mesa: Mesa) -> Mesa:
    return start_following_up(actor=command(), mesa=mesa, now=NOW - 2 * DAY)


def agreed(problem: Problem, title: str, owner: Organization, due: date | None) -> Commitment:
    asked = factories.commitment(problem, title, owner=owner, due=FuzzyDate(due) if due else None)
    return move_commitment(actor=command(), commitment=asked, move=CommitmentMove.AGREE, now=NOW)


def prepared(mesa: Mesa, held_on: date = TODAY + DAY, kind: MeetingKind = MeetingKind.SESSION) -> Meeting:
    return prepare_meeting(
        actor=command(),
        mesa=mesa,
        kind=kind,
        held_on=held_on,
        begins_at=time(10, 0),
        lasts_minutes=60,
        venue="Sala Grau",
        now=NOW - 3 * DAY,
    )


def called(mesa: Mesa, held_on: date = TODAY + DAY) -> Meeting:
    return call_meeting(actor=command(), meeting=prepared(mesa, held_on), now=NOW - 3 * DAY)


def closed(mesa: Mesa, now: datetime = NOW - 2 * DAY) -> Minutes:
    meeting = open_meeting(actor=command(), meeting=prepared(mesa, TODAY - 2 * DAY), now=now)
    return close_meeting(actor=command(), meeting=meeting, now=now).minutes


def circulated(mesa: Mesa, now: datetime = NOW - DAY) -> Minutes:
    minutes = closed(mesa)
    return circulate_minutes(actor=command(), minutes=minutes, rendition=_PAPER, now=now)


def for_the_team(meeting: Meeting) -> None:
    """As an installation may keep a meeting to its team; no page offers it yet."""
    with recording(actor=command(), now=NOW + timedelta(minutes=2), streams=[meeting.mesa_id]) as change:
        change.update(meeting, kinds.VISIBILITY_CHANGED, "En trato.", visibility=Visibility.TEAM.value)
