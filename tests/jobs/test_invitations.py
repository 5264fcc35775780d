"""Whoever sits in a mesa is told of its meetings: each version once, and no draft ever."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from destraba.actions.meetings.agenda import add_item
from destraba.actions.meetings.meetings import call_meeting, cancel_meeting, edit_meeting, prepare_meeting
from destraba.actions.mesas import start_following_up
from destraba.actions.people import end_tenure
from destraba.actions.visibility import set_visibility
from destraba.jobs.catalogue import Run
from destraba.jobs.invitations import invite
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Outbox, Tenure
from destraba.notifications.checks import no_longer
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast

pytestmark = pytest.mark.django_db

RUN = Run(NOW, "nobody", lambda _done, _total, _words="": None)
SITTING = 5  # the team, both leaders, the member and the liaison; the one who left is not told


def draft(cast: Cast) -> Meeting:
    return prepare_meeting(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=date(2017, 6, 22),
        begins_at=time(9, 0),
        lasts_minutes=90,
        venue="Sala Grau",
        now=NOW,
    )


def called(cast: Cast) -> Meeting:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return call_meeting(actor=cast.ana.actor, meeting=draft(cast), now=NOW)


def test_a_draft_and_a_quiet_mesa_tell_nobody(cast: Cast) -> None:
    meeting = draft(cast)
    assert invite(RUN) == 0
    call_meeting(actor=cast.ana.actor, meeting=meeting, now=NOW)
    assert invite(RUN) == 0
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    assert invite(RUN) == SITTING


def test_everybody_who_sits_there_is_invited_once(cast: Cast) -> None:
    called(cast)
    assert (invite(RUN), invite(RUN)) == (SITTING, 0)
    assert cast.antes.person.email not in set(Outbox.objects.values_list("to_address", flat=True))
    mail = Outbox.objects.get(person=cast.lucia.person)
    assert "22 de junio de 2017" in mail.subject
    event = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event["LOCATION"]) == (0, "Sala Grau")
    assert event["SUMMARY"].startswith("Mesa Ejecutiva Forestal: ")
    assert event["DTSTART"].dt.isoformat() == "2017-06-22T09:00:00-05:00"


def test_a_change_and_the_end_of_it_are_told_under_the_same_name(cast: Cast) -> None:
    meeting = called(cast)
    invite(RUN)
    edit_meeting(actor=cast.ana.actor, meeting=meeting, held_on=date(2017, 6, 23), now=NOW)
    assert invite(RUN) == SITTING
    cancel_meeting(actor=cast.ana.actor, meeting=meeting, reason="Es feriado.", now=NOW)
    assert (invite(RUN), invite(RUN)) == (SITTING, 0)
    mails = Outbox.objects.filter(person=cast.lucia.person).order_by("created_at", "id")
    events = [Calendar.from_ical(mail.calendar).walk("VEVENT")[0] for mail in mails]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [mail.calendar_method for mail in mails] == ["REQUEST", "REQUEST", "CANCEL"]
    assert "Es feriado." in mails[2].text


def test_who_left_in_time_is_told_nothing(cast: Cast) -> None:
    tenure = Tenure.objects.get(person=cast.marco.person)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=NOW.date() - timedelta(days=1), now=NOW)
    called(cast)
    assert invite(RUN) == SITTING - 1


def test_what_waits_is_told_to_nobody_who_left_since(cast: Cast) -> None:
    called(cast)
    invite(RUN)
    tenure = Tenure.objects.get(person=cast.marco.person)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=NOW.date() - timedelta(days=1), now=NOW)
    mails = Outbox.objects.select_related("mesa", "person")
    told = {mail.person: no_longer(mail, NOW) for mail in mails}
    assert [person for person, because in told.items() if because] == [cast.marco.person]


def test_an_earlier_version_that_still_waits_goes_to_nobody(cast: Cast) -> None:
    meeting = called(cast)
    invite(RUN)
    edit_meeting(actor=cast.ana.actor, meeting=meeting, held_on=date(2017, 6, 23), now=NOW)
    invite(RUN)
    mails = Outbox.objects.select_related("mesa", "person").filter(person=cast.lucia.person)
    first, second = mails.order_by("created_at", "id")
    assert no_longer(first, NOW) != ""
    assert no_longer(second, NOW) == ""
    assert no_longer(second, NOW + timedelta(days=9)) != ""


def test_the_mail_names_nothing_that_is_the_teams(cast: Cast) -> None:
    meeting = called(cast)
    seen, hidden = factories.problem(cast), factories.problem(cast, "Lo que se calla")
    for problem in (seen, hidden):
        add_item(actor=cast.ana.actor, meeting=meeting, problem=problem, now=NOW)
    brief = factories.solution(seen)
    below = factories.commitment(seen, "Lo que se calla también", answer_to=brief)
    add_item(actor=cast.ana.actor, meeting=meeting, commitment=below, now=NOW)
    for record in (hidden, brief):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )
    invite(RUN)
    mail = Outbox.objects.get(person=cast.lucia.person)
    assert seen.title in mail.text
    assert "Lo que se calla" not in mail.text + mail.calendar


def test_a_meeting_of_the_teams_alone_is_told_to_nobody(cast: Cast) -> None:
    meeting = called(cast)
    with recording(actor=cast.ana.actor, now=NOW, streams=[meeting.mesa_id]) as change:
        change.update(meeting, kinds.VISIBILITY_CHANGED, visibility=Visibility.TEAM.value)
    assert invite(RUN) == 0


def test_a_meeting_that_began_invites_nobody_any_more(cast: Cast) -> None:
    called(cast)
    assert invite(Run(NOW + timedelta(days=8), "nobody", RUN.report)) == 0


def test_who_has_no_account_is_led_to_no_page_that_asks_for_one(cast: Cast) -> None:
    cast.lucia.account.delete()
    meeting = called(cast)
    invite(RUN)
    page = f"/meetings/{meeting.number}/"
    without = Outbox.objects.get(person=cast.lucia.person)
    assert page not in without.text + without.calendar
    assert "Sala Grau" in without.text
    assert page in Outbox.objects.get(person=cast.marco.person).text
