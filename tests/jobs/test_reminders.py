"""Whoever answers for something is reminded on the day, once a day, and never of what was answered."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import give_answer
from destraba.actions.links import redeem
from destraba.actions.meetings.meetings import open_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.actions.meetings.room import commit_in_room
from destraba.actions.mesas import start_following_up
from destraba.actions.people import add_organization, end_tenure, open_seat
from destraba.jobs.catalogue import Run
from destraba.jobs.reminders import remind_owners
from destraba.models import Commitment, Nudge, OrganizationKind, Outbox
from destraba.notifications.checks import no_longer
from destraba.queries.followup.reminders import foreseen_reminders, reminded, to_remind
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove
from destraba.rules.operations.mail import MailState
from destraba.rules.permissions import Role
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.keys import new_key
from tests import factories
from tests.actions.test_lights import SESSION, draft_meeting
from tests.factories import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

DUE = date(2017, 6, 30)  # a Friday; NOW is Thursday 15 June, nine in the morning in Lima


def at(day: date, hour: int = 9) -> datetime:
    return NOW + timedelta(days=(day - TODAY).days, hours=hour - 9)


def run(now: datetime) -> int:
    return remind_owners(Run(now, "nobody", lambda _done, _total, _words="": None))


def said(words: str) -> str:
    """As mails say it, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext(words)


def june(day: int) -> date:
    return date(2017, 6, day)


@pytest.fixture
def owed(cast: Cast) -> Commitment:
    """Agreed today by SERFOR, due on the 30th; Lucía answers for SERFOR."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(DUE))
    return move_commitment(actor=cast.lucia.actor, commitment=owed, move=CommitmentMove.AGREE, now=NOW)


def sent(mail: Outbox) -> None:
    Outbox.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=mail.created_at)


def last_mail() -> Outbox:
    return Outbox.objects.order_by("-created_at")[0]


def test_before_and_after_the_due_date(cast: Cast, owed: Commitment) -> None:
    wrote = {}
    day = TODAY
    while day <= date(2017, 7, 31):
        for hour in (9, 15):
            if run(at(day, hour)):
                wrote[day] = last_mail().subject
                sent(last_mail())
        day += timedelta(days=1)
    assert list(wrote) == [june(23), june(29), *(date(2017, 7, day) for day in (3, 10, 17))]
    number = f"C-{owed.number}"
    about = {"number": number, "due": "30 jun 2017", "title": owed.title}
    assert wrote[june(23)] == said("%(number)s is due on %(due)s: %(title)s") % about
    assert wrote[date(2017, 7, 3)] == said("%(number)s was due on %(due)s: %(title)s") % about
    assert said("This is the last reminder of it; from now on somebody calls.") in last_mail().text
    assert [mail.person for mail in reminded(owed)] == [cast.lucia.person] * 5


def test_a_mail_says_why_it_came_and_how_to_answer(cast: Cast, owed: Commitment) -> None:
    run(at(june(23)))
    mail = last_mail()
    assert (mail.person, mail.mesa, mail.to_address) == (
        cast.lucia.person,
        cast.forestal,
        cast.lucia.person.email,
    )
    first, last = cast.ana.person.full_name.split()[:2]
    assert mail.from_name == f"{first} {last[0]}., {cast.forestal.name}"
    assert mail.reply_to == [cast.ana.person.email]
    due = said("It is due on %(due)s, %(apart)s.").partition("%")[0]
    assert f"C-{owed.number}  {owed.title}\n{due}30 jun, " in mail.text
    why = said("You receive this because you answer for %(organizations)s in the mesa.")
    assert why % {"organizations": cast.serfor.name} in mail.text
    secret = mail.text.partition("/u#")[2].split()[0]
    assert f"/u#{secret}" in mail.html
    link = redeem(given=secret, now=at(june(24)))
    assert link is not None
    assert (link.person, link.mesa) == (cast.lucia.person, cast.forestal)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", mail.text)
    assert code is not None
    assert redeem(given=code[0], is_typed=True, now=at(june(24))) == link


def test_only_in_office_hours(cast: Cast, owed: Commitment) -> None:
    assert [run(at(day, hour)) for day, hour in ((june(23), 7), (june(23), 20), (june(24), 10))] == [0, 0, 0]
    assert run(at(june(26), 8)) == 1


def test_all_that_is_due_in_one_mail_and_one_mail_a_day(cast: Cast, owed: Commitment) -> None:
    other = factories.commitment(owed.problem, owner=cast.serfor, title="Firmar", due=FuzzyDate(DUE))
    assert run(at(june(16))) == 1
    assert "Firmar" in last_mail().subject
    assert f"C-{other.number}" in last_mail().subject
    factories.commitment(owed.problem, owner=cast.serfor, title="Publicar", now=at(june(16), 10))
    assert run(at(june(16), 11)) == 0
    assert run(at(june(19))) == 1
    assert "Publicar" in last_mail().text
    assert run(at(june(23))) == 1
    assert last_mail().subject.startswith("2 ")
    assert Nudge.objects.filter(mail=last_mail()).count() == 2


def test_what_a_meeting_has_just_brought_does_not_wait_until_tomorrow(cast: Cast, owed: Commitment) -> None:
    assert run(at(june(23))) == 1
    meeting = open_meeting(
        actor=cast.ana.actor, meeting=draft_meeting(cast, at(june(23)), SESSION), now=at(june(23))
    )
    commit_in_room(
        actor=cast.ana.actor,
        meeting=meeting,
        problem=owed.problem,
        title="Ceder dos inspectores",
        owner=cast.serfor,
        now=at(june(23), 10),
    )
    assert run(at(june(23), 10)) == 0
    close_meeting(actor=cast.ana.actor, meeting=meeting, now=at(june(23), 11))
    assert run(at(june(23), 11)) == 1
    assert "Ceder dos inspectores" in last_mail().subject
    assert run(at(june(23), 12)) == 0


def test_what_was_answered_meanwhile_is_not_said(cast: Cast, owed: Commitment) -> None:
    run(at(june(23)))
    mail = last_mail()
    assert no_longer(mail, at(june(23), 10)) == ""
    give_answer(
        actor=cast.lucia.actor, commitment=owed, key=new_key(), kind=AnswerKind.PROGRESS, now=at(june(23), 10)
    )
    assert no_longer(mail, at(june(23), 11))


def test_a_mail_that_was_dropped_is_written_anew_without_what_was_answered(
    cast: Cast, owed: Commitment
) -> None:
    factories.commitment(owed.problem, owner=cast.serfor, title="Firmar", now=at(june(23), 8))
    assert run(at(june(23))) == 1
    mail = last_mail()
    give_answer(
        actor=cast.lucia.actor, commitment=owed, key=new_key(), kind=AnswerKind.SAME, now=at(june(23), 10)
    )
    assert no_longer(mail, at(june(23), 10))
    Outbox.objects.filter(pk=mail.pk).update(state=MailState.DROPPED)
    assert run(at(june(23), 11)) == 1
    assert "Firmar" in last_mail().subject


def test_nobody_is_reminded_of_what_waits_for_the_team(cast: Cast, owed: Commitment) -> None:
    give_answer(
        actor=cast.lucia.actor,
        commitment=owed,
        key=new_key(),
        kind=AnswerKind.OTHER_DATE,
        proposed_due=FuzzyDate(date(2017, 7, 31)),
        note="Falta un informe.",
        now=NOW,
    )
    assert run(at(june(30))) == 0
    assert run(at(date(2017, 7, 3))) == 0


def test_nothing_of_a_quiet_mesa_and_nothing_to_whoever_left(cast: Cast) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor)
    assert run(at(june(16))) == 0
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=at(june(16)))
    assert cast.lucia.seat is not None
    end_tenure(actor=cast.ana.actor, tenure=cast.lucia.seat.tenures.get(), ends_on=june(15), now=at(june(16)))
    assert run(at(june(16), 10)) == 0


def test_an_agency_is_reminded_through_its_liaison_others_through_whoever_sits_there(cast: Cast) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    for owner in (cast.serfor, cast.conafor):
        factories.commitment(problem, owner=owner)
    assert run(at(june(16))) == 2
    assert set(Outbox.objects.values_list("person", flat=True)) == {
        cast.lucia.person.pk,
        cast.marco.person.pk,
    }


def test_who_would_get_what_is_seen_before_the_quiet_ends(cast: Cast) -> None:
    late = factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(date(2015, 9, 30)))
    asked = factories.commitment(late.problem, owner=cast.conafor)
    move_commitment(actor=cast.lucia.actor, commitment=late, move=CommitmentMove.AGREE, now=NOW)
    seen = foreseen_reminders(cast.forestal, {}, NOW + timedelta(days=1))
    assert [(one.person, [(each.commitment, each.step.cause) for each in one.reminders]) for one in seen] == [
        (cast.lucia.person, [(late, "overdue")]),
        (cast.marco.person, [(asked, "asked")]),
    ]
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW + timedelta(days=1))
    assert [(one.person, one.reminders) for one in to_remind(NOW + timedelta(days=1))] == [
        (one.person, one.reminders) for one in seen
    ]


@pytest.mark.parametrize("rows", [1, 4])
def test_the_statements_do_not_grow_with_the_rows(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    for number in range(rows):
        body = add_organization(
            actor=cast.ana.actor, name=f"Entidad {number}", kind=OrganizationKind.AGENCY, now=NOW
        )
        open_seat(actor=cast.ana.actor, mesa=cast.forestal, organization=body, role=Role.LIAISON, now=NOW)
        factories.commitment(factories.problem(cast), owner=cast.serfor)
    with django_assert_num_queries(8):
        assert len(to_remind(at(june(16)))[0].reminders) == rows
