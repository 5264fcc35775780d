"""Minutes that go round: of a session that decided, promised, and noted something for the team alone."""

from datetime import time

from destraba.actions.meetings.agenda import add_item, take_item
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import circulate_minutes, close_meeting, object_to_minutes
from destraba.actions.meetings.room import commit_in_room, note_attendance, write_entry
from destraba.actions.mesas import start_following_up
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Minutes, Objection
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.values.fuzzy_dates import read
from destraba.web.meetings.renditions import rendition_of
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player

DECIDED, PRIVATE = "La guía será electrónica desde agosto.", "Ver con presupuesto antes."


def held(cast: Cast) -> Meeting:
    """S-1, over: C-1 of SERFOR agreed in the room, C-2 of OSINFOR asked."""
    assert cast.lucia.seat is not None
    meeting = prepare_meeting(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=TODAY,
        begins_at=time(8, 0),
        lasts_minutes=60,
        now=NOW,
    )
    open_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW)
    problem = factories.problem(cast)
    item = add_item(actor=cast.ana.actor, meeting=meeting, problem=problem, now=NOW)
    note_attendance(
        actor=cast.ana.actor, meeting=meeting, seat=cast.lucia.seat, presence=Presence.PRESENT, now=NOW
    )
    for kind, text, is_private in (
        (EntryKind.DECISION, DECIDED, False),
        (EntryKind.NOTE, PRIVATE, True),
        (EntryKind.NOTE, "CONAFOR mostró diez guías.", False),
    ):
        write_entry(
            actor=cast.ana.actor,
            meeting=meeting,
            item=item,
            kind=kind,
            text=text,
            is_private=is_private,
            now=NOW,
        )
    for title, owner in (("Firmar la guía", cast.serfor), ("Opinar sobre la guía", cast.osinfor)):
        commit_in_room(
            actor=cast.ana.actor,
            meeting=meeting,
            problem=problem,
            title=title,
            owner=owner,
            due=read("30/06/2017"),
            now=NOW,
        )
    take_item(actor=cast.ana.actor, item=item, state=ItemState.TAKEN, now=NOW)
    return close_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW)


def going_round(cast: Cast) -> Minutes:
    """Acuerdos 1-2017, which Ana circulated at nine; until Saturday at nine one can object."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return circulated_anew(cast, held(cast).minutes)


def circulated_anew(cast: Cast, minutes: Minutes) -> Minutes:
    rendition = rendition_of(cast.forestal, minutes.meeting, NOW)
    return circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=rendition, now=NOW)


def objected(minutes: Minutes, by: Player, text: str = "No dije eso.") -> Objection:
    return object_to_minutes(actor=by.actor, minutes=minutes, seat=by.seat, text=text, now=NOW)
