"""A meeting from the draft to the published minutes."""

from datetime import date, time, timedelta

import pytest

from destraba.actions.matrix.problems import raise_problem
from destraba.actions.meetings.agenda import add_item, propose_agenda, take_item
from destraba.actions.meetings.meetings import (
    call_meeting,
    cancel_meeting,
    edit_meeting,
    open_meeting,
    prepare_meeting,
)
from destraba.actions.meetings.minutes import (
    Rendition,
    answer_objection,
    approve_by_silence,
    approve_minutes,
    circulate_minutes,
    close_meeting,
    object_to_minutes,
    publish_minutes,
)
from destraba.actions.meetings.room import (
    commit_in_room,
    edit_entry,
    note_attendance,
    raise_in_room,
    strike_entry,
    write_entry,
)
from destraba.actions.mesas import start_following_up
from destraba.ledger.verify import verify
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Meeting, Minutes
from destraba.rules.commitments import CommitmentState
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.values.actors import Actor, Via
from destraba.values.errors import Conflict, Invalid, NotAllowed
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast

pytestmark = pytest.mark.django_db

RENDITION = Rendition(name="acuerdos-1-2017", pdf=b"%PDF-1.7 acuerdos", docx=b"PK acuerdos")
LATER = NOW + timedelta(hours=2)
JOB = Actor(None, Via.JOB)


def prepared(cast: Cast, kind: MeetingKind = MeetingKind.SESSION, **fields: object) -> Meeting:
    given = {"held_on": date(2017, 6, 15), "begins_at": time(10, 0), "lasts_minutes": 90} | fields
    return prepare_meeting(actor=cast.ana.actor, mesa=cast.forestal, kind=kind, now=NOW, **given)  # type: ignore[arg-type]


def opened(cast: Cast, kind: MeetingKind = MeetingKind.SESSION) -> Meeting:
    return open_meeting(actor=cast.ana.actor, meeting=prepared(cast, kind), now=NOW)


def closed(cast: Cast) -> Minutes:
    return close_meeting(actor=cast.ana.actor, meeting=opened(cast), now=LATER).minutes


def circulated(cast: Cast) -> Minutes:
    return circulate_minutes(actor=cast.ana.actor, minutes=closed(cast), rendition=RENDITION, now=LATER)


def test_meetings_of_all_kinds_are_one_series(cast: Cast) -> None:
    first, second = prepared(cast), prepared(cast, MeetingKind.BILATERAL)
    assert (str(first), str(second)) == ("S-1", "S-2")
    assert first.begins.isoformat() == "2017-06-15T10:00:00-05:00"


@pytest.mark.parametrize(
    "wrong", [{"lasts_minutes": 0}, {"lasts_minutes": 721}, {"venue": "x" * 301}, {"title": "x" * 201}]
)
def test_a_meeting_without_measure_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        prepared(cast, **wrong)
    assert not Meeting.objects.exists()


def test_a_kind_that_the_method_does_not_know_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="kind_not_held"):
        prepared(cast, MeetingKind.PLENARY)


def test_only_the_team_prepares(cast: Cast) -> None:
    for player in (cast.marco, cast.lucia, cast.pilar, cast.hilda):
        with pytest.raises(NotAllowed):
            prepare_meeting(
                actor=player.actor,
                mesa=cast.forestal,
                kind=MeetingKind.SESSION,
                held_on=date(2017, 6, 15),
                begins_at=time(9, 0),
                lasts_minutes=60,
                now=NOW,
            )


def test_an_invitation_that_changes_has_a_higher_number(cast: Cast) -> None:
    meeting = prepared(cast)
    edit_meeting(actor=cast.ana.actor, meeting=meeting, venue="Sala Grau", now=NOW)
    assert meeting.calendar_sequence == 0
    call_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW)
    edit_meeting(actor=cast.ana.actor, meeting=meeting, venue="Sala Grau", now=NOW)
    assert meeting.calendar_sequence == 0
    edit_meeting(actor=cast.ana.actor, meeting=meeting, held_on=date(2017, 6, 16), now=NOW)
    assert meeting.calendar_sequence == 1
    cancel_meeting(actor=cast.ana.actor, meeting=meeting, reason="Es feriado.", now=NOW)
    assert (meeting.state, meeting.calendar_sequence) == ("cancelled", 2)
    with pytest.raises(Conflict):
        open_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW)


def test_a_meeting_of_the_past_invites_nobody(cast: Cast) -> None:
    with pytest.raises(Conflict, match="meeting_past"):
        call_meeting(actor=cast.ana.actor, meeting=prepared(cast, held_on=date(2017, 6, 14)), now=NOW)


def test_the_agenda_writes_itself_and_what_was_not_reached_returns(cast: Cast) -> None:
    late = factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(date(2017, 6, 1)))
    new = raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Falta un camino", now=NOW)
    meeting = opened(cast)
    first, second = propose_agenda(actor=cast.ana.actor, meeting=meeting, now=NOW)
    assert (first.commitment, first.why, first.why_params["days"]) == (late, "overdue", 14)
    assert (second.problem, second.why) == (new, "new_problem")
    own = add_item(actor=cast.ana.actor, meeting=meeting, title="Próxima fecha", minutes=5, now=NOW)
    assert propose_agenda(actor=cast.ana.actor, meeting=meeting, now=NOW) == []

    take_item(actor=cast.ana.actor, item=first, state=ItemState.TAKEN, now=NOW)
    close_meeting(actor=cast.ana.actor, meeting=meeting, now=LATER)
    assert [item.state for item in AgendaItem.objects.filter(meeting=meeting)] == [
        "taken",
        "not_reached",
        "not_reached",
    ]
    following = prepared(cast, held_on=date(2017, 6, 29))
    again = propose_agenda(actor=cast.ana.actor, meeting=following, now=LATER)
    assert [(item.title, item.why, item.carried) for item in again[:2]] == [
        (new.title, "carried", 1),
        (own.title, "carried", 1),
    ]
    assert (again[2].commitment, again[2].why_params["times"]) == (late, 1)


def test_a_promise_binds_where_its_owner_is_in_the_room(cast: Cast) -> None:
    meeting, problem = opened(cast), factories.problem(cast)
    assert cast.lucia.seat is not None
    note_attendance(
        actor=cast.ana.actor, meeting=meeting, seat=cast.lucia.seat, presence=Presence.PRESENT, now=NOW
    )
    promised, asked = (
        commit_in_room(
            actor=cast.ana.actor, meeting=meeting, problem=problem, title="Firmar", owner=owner, now=NOW
        )
        for owner in (cast.serfor, cast.osinfor)
    )
    assert (promised.state, asked.state) == (CommitmentState.AGREED, CommitmentState.ASKED)
    assert promised.meeting == meeting


def test_who_left_before_promises_nothing(cast: Cast) -> None:
    meeting, problem = opened(cast), factories.problem(cast)
    assert cast.lucia.seat is not None
    for presence in (Presence.PRESENT, Presence.EXCUSED):
        note_attendance(
            actor=cast.ana.actor, meeting=meeting, seat=cast.lucia.seat, presence=presence, now=NOW
        )
    asked = commit_in_room(
        actor=cast.ana.actor, meeting=meeting, problem=problem, title="Firmar", owner=cast.serfor, now=NOW
    )
    assert asked.state == CommitmentState.ASKED
    assert meeting.attendances.count() == 1


def test_from_the_close_to_the_public(cast: Cast) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    commitment = factories.commitment(factories.problem(cast), owner=cast.serfor)
    minutes = closed(cast)
    assert (minutes.weight, str(minutes), minutes.state) == ("acuerdos", "1-2017", "draft")
    assert minutes.meeting.lights_at_close == {
        str(commitment.number): {
            "light": commitment.light,
            "reason": commitment.light_reason,
            "due": None,
        }
    }

    circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=RENDITION, now=LATER)
    assert minutes.objections_until == LATER + timedelta(hours=48)
    assert minutes.pdf is not None
    approve_minutes(actor=cast.pilar.actor, minutes=minutes, now=LATER)
    publish_minutes(actor=cast.pilar.actor, minutes=minutes, now=LATER)
    assert minutes.state == "published"
    assert verify().ok


def test_an_objection_brings_a_new_edition(cast: Cast) -> None:
    minutes = circulated(cast)
    objection = object_to_minutes(
        actor=cast.marco.actor, minutes=minutes, seat=cast.marco.seat, text="No dije eso.", now=LATER
    )
    assert (minutes.state, minutes.edition) == ("draft", 2)
    late = write_entry(
        actor=cast.ana.actor, meeting=minutes.meeting, kind=EntryKind.NOTE, text="Marco no estaba.", now=LATER
    )
    edit_entry(actor=cast.ana.actor, entry=late, text="Marco llegó tarde.", now=LATER)
    circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=RENDITION, now=LATER)
    with pytest.raises(Conflict, match="objections_open"):
        approve_minutes(actor=cast.teo.actor, minutes=minutes, now=LATER)
    answer_objection(actor=cast.ana.actor, objection=objection, is_taken_up=True, now=LATER)
    approve_minutes(actor=cast.teo.actor, minutes=minutes, now=LATER)
    with pytest.raises(Conflict, match="record_shut"):
        strike_entry(actor=cast.ana.actor, entry=late, now=LATER)


def test_an_objection_is_refused_with_a_reason_and_once(cast: Cast) -> None:
    objection = object_to_minutes(
        actor=cast.marco.actor, minutes=circulated(cast), text="No dije eso.", now=LATER
    )
    with pytest.raises(Invalid, match="needs_reason"):
        answer_objection(actor=cast.ana.actor, objection=objection, is_taken_up=False, now=LATER)
    answer_objection(
        actor=cast.ana.actor, objection=objection, is_taken_up=False, answer="Está grabado.", now=LATER
    )
    with pytest.raises(Conflict, match="objection_answered"):
        answer_objection(actor=cast.ana.actor, objection=objection, is_taken_up=True, now=LATER)


def test_what_comes_too_late_or_twice_is_refused_and_nothing_is_written(cast: Cast) -> None:
    minutes = circulated(cast)
    with pytest.raises(Conflict):
        close_meeting(actor=cast.ana.actor, meeting=minutes.meeting, now=LATER)
    with pytest.raises(Conflict):
        circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=RENDITION, now=LATER)
    over = LATER + timedelta(hours=48)
    with pytest.raises(Conflict, match="objections_over"):
        object_to_minutes(actor=cast.marco.actor, minutes=minutes, text="Tarde.", now=over)
    approve_minutes(actor=cast.pilar.actor, minutes=minutes, now=LATER)
    with pytest.raises(Conflict):
        approve_minutes(actor=cast.teo.actor, minutes=minutes, now=LATER)
    with pytest.raises(Conflict, match="mesa_quiet"):
        publish_minutes(actor=cast.ana.actor, minutes=minutes, now=LATER)
    assert verify().ok


def test_the_team_does_not_approve_its_own_minutes(cast: Cast) -> None:
    minutes = circulated(cast)
    for player in (cast.ana, cast.marco, cast.lucia, cast.hilda):
        with pytest.raises(NotAllowed):
            approve_minutes(actor=player.actor, minutes=minutes, now=LATER)


def test_silence_approves(cast: Cast) -> None:
    minutes = circulated(cast)
    assert approve_by_silence(actor=JOB, now=LATER + timedelta(hours=47)) == []
    assert approve_by_silence(actor=JOB, now=LATER + timedelta(hours=48)) == [minutes]
    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_by_silence) == ("approved", True)


def test_silence_does_not_pass_over_an_objection_without_an_answer(cast: Cast) -> None:
    minutes = circulated(cast)
    objection = object_to_minutes(actor=cast.marco.actor, minutes=minutes, text="No dije eso.", now=LATER)
    circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=RENDITION, now=LATER)
    over = LATER + timedelta(hours=48)
    assert approve_by_silence(actor=JOB, now=over) == []
    answer_objection(actor=cast.ana.actor, objection=objection, is_taken_up=True, now=over)
    assert approve_by_silence(actor=JOB, now=over) == [minutes]


def test_a_bilateral_leaves_a_note_and_no_minutes(cast: Cast) -> None:
    meeting = close_meeting(actor=cast.ana.actor, meeting=opened(cast, MeetingKind.BILATERAL), now=LATER)
    assert not hasattr(meeting, "minutes")


def test_minutes_are_counted_by_the_year(cast: Cast) -> None:
    assert [str(closed(cast)), str(closed(cast))] == ["1-2017", "2-2017"]


def test_a_problem_that_came_up_at_the_table_is_accepted(cast: Cast) -> None:
    problem = raise_in_room(
        actor=cast.ana.actor, meeting=opened(cast), title="La guía se pide dos veces", now=NOW
    )
    assert problem.stage == "accepted"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_a_paragraph_that_says_nothing_or_too_much_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid):
        write_entry(actor=cast.ana.actor, meeting=opened(cast), kind=EntryKind.NOTE, text=text, now=NOW)


def test_the_row_of_another_mesa_is_no_matter_of_this_one(cast: Cast) -> None:
    meeting = opened(cast)
    elsewhere = raise_problem(actor=factories.command(), mesa=cast.acuicola, title="Otra", now=NOW)
    with pytest.raises(Invalid, match="unknown_row"):
        add_item(actor=cast.ana.actor, meeting=meeting, problem=elsewhere, now=NOW)
    with pytest.raises(Invalid, match="unknown_row"):
        commit_in_room(actor=cast.ana.actor, meeting=meeting, problem=elsewhere, title="Firmar", now=NOW)
    assert cast.vecina.seat is not None
    with pytest.raises(Invalid, match="seat_elsewhere"):
        note_attendance(
            actor=cast.ana.actor,
            meeting=meeting,
            seat=cast.vecina.seat,
            presence=Presence.PRESENT,
            now=NOW,
        )
