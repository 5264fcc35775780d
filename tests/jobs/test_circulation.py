"""Minutes go round by mail: each edition once to each who sits in the mesa, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from destraba.actions.links import redeem
from destraba.actions.meetings.minutes import approve_minutes
from destraba.actions.people import end_tenure
from destraba.actions.visibility import set_visibility
from destraba.jobs.catalogue import Run
from destraba.jobs.circulation import circulate
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Account, Commitment, Link, Mesa, Minutes, Outbox, Tenure
from destraba.notifications.checks import no_longer
from destraba.rules.operations.links import LIFETIME, LinkPurpose
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.meetings.rounds import DECIDED, PRIVATE, circulated_anew, going_round, objected
from tests.factories import NOW, TODAY, Cast, Player

pytestmark = pytest.mark.django_db

RUN = Run(NOW, "nobody", lambda _done, _total, _words="": None)
SITTING = 5  # the team, both leaders, the member and the liaison


def to(player: Player) -> Outbox:
    return Outbox.objects.filter(person=player.person).latest("created_at", "pk")


def secret_of(mail: Outbox) -> str:
    return mail.text.partition("/u#")[2].split()[0]


def test_each_who_sits_there_gets_each_edition_once(cast: Cast) -> None:
    minutes = going_round(cast)
    assert (circulate(RUN), circulate(RUN)) == (SITTING, 0)
    names = {player.person.pk for player in (cast.ana, cast.teo, cast.pilar, cast.marco, cast.lucia)}
    assert set(Outbox.objects.values_list("person", flat=True)) == names
    objected(minutes, cast.marco)
    assert circulate(RUN) == 0
    circulated_anew(cast, minutes)
    assert (circulate(RUN), circulate(RUN)) == (SITTING, 0)
    assert "2" in to(cast.lucia).text.split("\n\n")[2]
    assert Link.objects.count() == 2 * SITTING


def test_the_mail_says_what_was_decided_and_what_is_hers(cast: Cast) -> None:
    going_round(cast)
    with override_settings(LANGUAGE_CODE="en"):
        circulate(RUN)
    mail = to(cast.lucia)
    assert mail.subject == "Acuerdos 1-2017, Mesa Ejecutiva Forestal: objections until Saturday 17, 09:00"
    assert (mail.from_name, mail.reply_to) == ("Ana P., Mesa Ejecutiva Forestal", [cast.ana.account.email])
    assert DECIDED in mail.text
    assert "C-1 Firmar la guía (30 Jun 2017; agreed in the room)" in mail.text
    assert "Opinar sobre la guía" not in mail.text
    for words in (
        "Silence approves", "Saturday, 17 June 2017, 09:00 (Lima)", "is yours alone",
        "because you have a seat in this mesa",
    ):  # fmt: skip
        assert words in mail.text
        assert words in mail.html
    assert "C-1" not in to(cast.marco).text


def test_the_mail_names_nothing_that_is_the_teams(cast: Cast) -> None:
    minutes = going_round(cast)
    signed = Commitment.objects.get(number=1)
    hidden = factories.solution(signed.problem)
    with recording(actor=cast.ana.actor, now=NOW, streams=[minutes.mesa_id]) as change:
        change.update(signed, kinds.COMMITMENT_EDITED, solution=hidden)
    set_visibility(
        actor=cast.ana.actor, record=hidden, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    circulate(RUN)
    told = " ".join(mail.text for mail in Outbox.objects.all())
    assert DECIDED in told
    assert PRIVATE not in told
    assert signed.title not in told


def test_the_link_in_the_mail_opens_these_minutes_for_her_alone(cast: Cast) -> None:
    minutes = going_round(cast)
    circulate(RUN)
    mail = to(cast.lucia)
    link = redeem(given=secret_of(mail), now=NOW)
    assert link is not None
    assert (link.purpose, link.person, link.scope) == (
        LinkPurpose.MINUTES, cast.lucia.person, [str(minutes.pk), "1"],
    )  # fmt: skip
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", mail.text)
    assert code
    assert redeem(given=code[0], is_typed=True, now=NOW) == link
    assert mail.html.count(secret_of(mail)) == 1


def test_the_link_holds_as_long_as_one_can_object(cast: Cast) -> None:
    minutes = going_round(cast)
    until = NOW + LIFETIME[LinkPurpose.MINUTES] + timedelta(days=3)
    Minutes.objects.filter(pk=minutes.pk).update(objections_until=until)
    circulate(RUN)
    assert set(Link.objects.values_list("expires_at", flat=True)) == {until}


def test_a_quiet_mesa_mails_nothing_and_no_link_is_left_behind(cast: Cast) -> None:
    going_round(cast)
    Mesa.objects.filter(pk=cast.forestal.pk).update(following_since=None)
    assert circulate(RUN) == 0
    assert not Link.objects.exists()


def test_what_is_the_teams_alone_a_draft_and_what_is_over_go_to_nobody(cast: Cast) -> None:
    minutes = going_round(cast)
    later = Run(NOW + timedelta(hours=48), "nobody", RUN.report)
    assert circulate(later) == 0
    for record in (minutes, minutes.meeting):
        with recording(actor=cast.ana.actor, now=NOW, streams=[minutes.mesa_id]) as change:
            change.update(record, kinds.VISIBILITY_CHANGED, visibility=Visibility.TEAM.value)
        assert circulate(RUN) == 0
        with recording(actor=cast.ana.actor, now=NOW, streams=[minutes.mesa_id]) as change:
            change.update(record, kinds.VISIBILITY_CHANGED, visibility=Visibility.MESA.value)
    objected(minutes, cast.marco)
    assert circulate(RUN) == 0


def test_who_left_or_has_no_address_gets_nothing(cast: Cast) -> None:
    going_round(cast)
    tenure = Tenure.objects.get(person=cast.marco.person)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY - timedelta(days=1), now=NOW)
    with recording(actor=cast.ana.actor, now=NOW, streams=[cast.lucia.person.programme_id]) as change:
        change.update(cast.lucia.person, kinds.PERSON_EDITED, email="")
    assert circulate(RUN) == SITTING - 2


def test_an_answer_goes_to_whoever_sent_them_if_that_is_known(cast: Cast) -> None:
    going_round(cast)
    Account.objects.filter(pk=cast.ana.account.pk).update(is_active=False)
    circulate(RUN)
    assert to(cast.lucia).reply_to == []
    assert to(cast.lucia).from_name == "Mesa Ejecutiva Forestal"


def test_what_is_true_no_more_does_not_go_out(cast: Cast) -> None:
    minutes = going_round(cast)
    circulate(RUN)
    mail, over = to(cast.lucia), NOW + timedelta(hours=48)
    assert no_longer(mail, NOW) == ""
    assert no_longer(mail, over) != ""
    objection = objected(minutes, cast.marco)
    assert no_longer(mail, NOW) != ""
    circulated_anew(cast, minutes)
    assert no_longer(mail, NOW) != ""
    circulate(RUN)
    again = to(cast.lucia)
    assert no_longer(again, NOW) == ""
    tenure = Tenure.objects.get(person=cast.lucia.person)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY - timedelta(days=1), now=NOW)
    assert no_longer(again, NOW) != ""
    assert objection.edition == 1


def test_what_is_approved_meanwhile_does_not_go_out(cast: Cast) -> None:
    minutes = going_round(cast)
    circulate(RUN)
    approve_minutes(actor=cast.pilar.actor, minutes=minutes, now=NOW)
    assert no_longer(to(cast.lucia), NOW) != ""


def test_once_all_are_sent_it_asks_little(cast: Cast) -> None:
    going_round(cast)
    circulate(RUN)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        circulate(RUN)
    assert len(asked) == 4  # which go round, what was posted, today, who sits
