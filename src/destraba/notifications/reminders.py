"""The mail that reminds whoever answers for commitments: one for all of them, with a link to answer by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.actions.links import Made, make_link
from destraba.ledger.wording import day, day_short, days_apart
from destraba.models import Nudge, Outbox, Person
from destraba.notifications.letters import WayIn, letter_of, signature, way_in
from destraba.notifications.outbox import post, was_posted
from destraba.queries.followup.reminders import PURPOSE, Addressee, Reminder
from destraba.rules.followup.nudges import Cause
from destraba.rules.operations.links import LinkPurpose
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number

MOST_LINES = 12
"""So many are named; of the others the mail says how many, and the page behind its link shows them."""

_TITLE = 90
_TEAM_ADDRESSES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment in words."""

    number: str
    title: str
    mesa: str
    why: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """All that the text and its HTML say."""

    subject: str
    greeting: str
    lead: str
    lines: tuple[Line, ...]
    beyond: str
    way: WayIn
    reason: str
    fewer: str
    signed: str


def remind(
    addressee: Addressee, teams: Mapping[UUID, Sequence[Person]], programme: str, now: datetime
) -> Outbox | None:
    """Put the mail into the outbox, its link with it; None where the same was put there before.

    `teams`: who works for each mesa. Words are in the language that is active.
    """
    mesas = {one.commitment.mesa_id: one.commitment.mesa for one in addressee.reminders}
    mesa = next(iter(mesas.values())) if len(mesas) == 1 else None
    team = [person for pk in mesas for person in teams.get(pk, ()) if person.email]
    key = _key(addressee)
    if was_posted(key):
        return None
    with transaction.atomic():
        made = make_link(purpose=LinkPurpose.UPDATE, person=addressee.person, mesa=mesa, now=now)
        sender = signature(team[0].full_name if team else "", mesa.name if mesa else programme)
        letter = _letter(addressee, made, sender, is_of_one_mesa=mesa is not None)
        mail = post(
            key=key,
            purpose=PURPOSE,
            mesa=mesa,
            person=addressee.person,
            to_name=addressee.person.full_name,
            to_address=addressee.person.email,
            from_name=sender,
            reply_to=[person.email for person in team[:_TEAM_ADDRESSES]],
            subject=letter.subject,
            text=_text(letter),
            html=render_to_string("mails/reminder.html", {"letter": letter}),
            now=now,
        )
        if mail is not None:
            _note(mail, addressee.reminders)
    return mail


def _note(mail: Outbox, reminders: Sequence[Reminder]) -> None:
    Nudge.objects.bulk_create(
        Nudge(mail=mail, commitment=one.commitment, cause=one.step.cause.value, step_on=one.step.on)
        for one in reminders
    )


def _key(addressee: Addressee) -> str:
    """The person and exactly what is said: what was dropped because it changed may be said as it is now."""
    said = " ".join(f"{one.commitment.pk}{one.step.cause}{one.step.on}" for one in addressee.reminders)
    return f"{PURPOSE}:{addressee.person.pk}:{sha256(said.encode()).hexdigest()[:32]}"


def _letter(addressee: Addressee, made: Made, sender: str, *, is_of_one_mesa: bool) -> _Letter:
    shown, hidden = addressee.reminders[:MOST_LINES], len(addressee.reminders[MOST_LINES:])
    beyond = ngettext("And one more, behind the same link.", "And %(n)s more, behind the same link.", hidden)
    zone = addressee.reminders[0].commitment.mesa.time_zone
    return _Letter(
        subject=_subject(addressee.reminders),
        greeting=_("Good day, %(name)s:") % {"name": addressee.person.full_name},
        lead=_lead(addressee.reminders),
        lines=tuple(_line(one, made.link.created_at, names_mesa=not is_of_one_mesa) for one in shown),
        beyond=beyond % {"n": hidden} if hidden else "",
        way=way_in(made, zone),
        reason=_("You receive this because you answer for %(organizations)s in the mesa.")
        % {"organizations": ", ".join(addressee.organizations)},
        fewer=_(
            "At most one such message a day. Whatever you answer, "
            "“the same” included, spares you the next; to name somebody else, answer this message."
        ),
        signed=sender,
    )


def _lead(reminders: Sequence[Reminder]) -> str:
    """What can be answered: first whether it is taken on at all."""
    if all(one.step.cause in {Cause.ASKED, Cause.NOT_ACCEPTED} for one in reminders):
        return _("Half a minute is enough: you accept it, you can't, another date, not yours.")
    return _(
        "Half a minute is enough: done, under way, the same, waits for somebody, another date, not yours."
    )


def _line(one: Reminder, now: datetime, *, names_mesa: bool) -> Line:
    commitment = one.commitment
    today = day_in(commitment.mesa.time_zone, now)
    why = _why(one, today)
    if one.step.is_last:
        why = " ".join([why, _("This is the last reminder of it; from now on somebody calls.")])
    mesa = commitment.mesa.name if names_mesa else ""
    return Line(commitment_number(commitment.number), _cut(commitment.title), mesa, why)


def _why(one: Reminder, today: date) -> str:
    """What stands with it, as a sentence."""
    due = one.commitment.due_on
    said = {
        "due": day_short(due, today) if due else "",
        "apart": days_apart((due - today).days) if due else "",
        "asked": day_short(one.commitment.asked_on, today),
        "agreed": day_short(one.commitment.agreed_on or today, today),
    }
    match one.step.cause:
        case Cause.OVERDUE:
            return _("It was due on %(due)s, %(apart)s.") % said
        case Cause.AHEAD | Cause.EVE:
            return _("It is due on %(due)s, %(apart)s.") % said
        case Cause.NOTED:
            return _("Agreed to at the meeting of %(agreed)s.") % said
        case Cause.ASKED:
            return _("It is asked of you; it binds once you accept it.")
        case Cause.NOT_ACCEPTED:
            return _("Asked on %(asked)s; neither accepted nor declined yet.") % said
        case Cause.SILENT:
            return _("Nothing has been heard of it for a while.")


def _subject(reminders: Sequence[Reminder]) -> str:
    """The thing itself, not the system."""
    first = reminders[0]
    said = {
        "number": commitment_number(first.commitment.number),
        "title": _cut(first.commitment.title),
        "due": day(first.commitment.due_on) if first.commitment.due_on else "",
    }
    if len(reminders) > 1:
        said["n"] = str(len(reminders))
        return _("%(n)s commitments wait for a word of yours, first %(number)s: %(title)s") % said
    match first.step.cause:
        case Cause.OVERDUE:
            return _("%(number)s was due on %(due)s: %(title)s") % said
        case Cause.AHEAD | Cause.EVE:
            return _("%(number)s is due on %(due)s: %(title)s") % said
        case Cause.NOTED:
            return _("You agreed to %(number)s: %(title)s") % said
        case Cause.ASKED | Cause.NOT_ACCEPTED:
            return _("%(number)s waits for your acceptance: %(title)s") % said
        case Cause.SILENT:
            return _("How does %(number)s go? %(title)s") % said


def _text(letter: _Letter) -> str:
    lines = [
        "\n".join(filter(None, (f"{line.number}  {line.title}", line.mesa, line.why)))
        for line in letter.lines
    ]
    parts = [
        letter.greeting,
        *lines,
        letter.beyond,
        letter.lead,
        "\n".join([_("Answer here:"), letter.way.address]),
        letter.way.typed,
        letter.signed,
        f"{letter.reason}\n{letter.fewer}",
    ]
    return letter_of(parts)


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1].rstrip()}…"
