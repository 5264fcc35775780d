"""The mail by which minutes go round: each edition once to each reader, with a link to read and object."""

from dataclasses import dataclass
from datetime import datetime

from babel import dates
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from destraba.actions.links import Made, make_link
from destraba.ledger.labels import label
from destraba.ledger.wording import fuzzy, locale
from destraba.methods.schema import MinutesWeight
from destraba.models import Commitment, Meeting, Minutes, Outbox, Person
from destraba.notifications.letters import WayIn, letter_of, listed, signature, way_in
from destraba.notifications.minutes import PURPOSE, stem_of
from destraba.notifications.outbox import keys_posted, post
from destraba.queries import access
from destraba.queries.meetings.circulated import Sender, readers_of, sender_of
from destraba.queries.meetings.things import MeetingThing, circulated_thing
from destraba.rules.meetings import EntryKind
from destraba.rules.operations.links import LinkPurpose
from destraba.values.numbers import commitment_number, meeting_number


@dataclass(frozen=True, slots=True)
class _Round:
    """One edition on its way, whoever it goes to. `until` ends the time for objections."""

    minutes: Minutes
    until: datetime
    sender: Sender | None
    decisions: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    said: dict[str, str]

    @property
    def signed(self) -> str:
        return signature(self.sender.name if self.sender else "", self.minutes.mesa.name)


@dataclass(frozen=True, slots=True)
class _Letter:
    """All that the text and its HTML say."""

    subject: str
    greeting: str
    lead: str
    edition: str
    term: str
    decisions: tuple[str, ...]
    own: tuple[str, ...]
    way: WayIn
    signed: str
    reason: str


def send_round(minutes: Minutes, now: datetime) -> int:
    """Put the mails of this edition into the outbox that are not there yet; how many those are. Words are in
    the language that is active."""
    stem = stem_of(minutes)
    posted = keys_posted(stem)
    left = [one for one in readers_of(minutes, now) if f"{stem}{one.pk}" not in posted]
    if not left or minutes.objections_until is None:
        return 0
    thing = circulated_thing(minutes.mesa, minutes.meeting.number)
    on_its_way = _Round(
        minutes=minutes,
        until=minutes.objections_until,
        sender=sender_of(minutes),
        decisions=_decisions(thing),
        commitments=thing.commitments,
        said=_said(minutes, minutes.objections_until),
    )
    return sum(_send(on_its_way, person, f"{stem}{person.pk}", now) is not None for person in left)


def _send(on_its_way: _Round, person: Person, key: str, now: datetime) -> Outbox | None:
    """The mail and its link, or neither: the secret is written down nowhere but in the mail."""
    minutes, sender = on_its_way.minutes, on_its_way.sender
    with transaction.atomic():
        made = make_link(
            purpose=LinkPurpose.MINUTES,
            person=person,
            mesa=minutes.mesa,
            scope=[str(minutes.pk), str(minutes.edition)],
            holds_until=on_its_way.until,
            now=now,
        )
        letter = _letter(on_its_way, person, made)
        mail = post(
            key=key,
            purpose=PURPOSE,
            mesa=minutes.mesa,
            person=person,
            to_name=person.full_name,
            to_address=person.email,
            from_name=letter.signed,
            reply_to=[sender.email] if sender else [],
            subject=letter.subject,
            text=_text(letter),
            html=render_to_string("mails/minutes.html", {"letter": letter}),
            now=now,
        )
        if mail is None:
            transaction.set_rollback(True)
    return mail


def _letter(on_its_way: _Round, person: Person, made: Made) -> _Letter:
    said, minutes = on_its_way.said, on_its_way.minutes
    edition = _("This is edition %(number)s, after an objection; it takes the place of the one before.")
    return _Letter(
        subject=_("%(sheet)s, %(mesa)s: objections until %(until)s") % said,
        greeting=_("Good day, %(name)s:") % {"name": person.full_name},
        lead=_("These are the minutes of %(meeting)s of %(mesa)s, held on %(day)s: %(sheet)s.") % said,
        edition=edition % {"number": minutes.edition} if minutes.edition > 1 else "",
        term=_(
            "If something is not as it was said, you can object until %(moment)s; one sentence is enough. "
            "Silence approves."
        )
        % said,
        decisions=on_its_way.decisions or (_("No decision was put on record."),),
        own=_own(on_its_way, person, made.link.created_at),
        way=way_in(made, minutes.mesa.time_zone),
        signed=on_its_way.signed,
        reason=_("You receive this because you have a seat in this mesa."),
    )


def _text(letter: _Letter) -> str:
    own = [_("Your organization's new commitments"), listed(letter.own)] if letter.own else []
    parts = [
        letter.greeting,
        letter.lead,
        letter.edition,
        "\n".join([_("What was decided"), listed(letter.decisions)]),
        "\n".join(own),
        letter.term,
        "\n".join([_("Read all of it and object here:"), letter.way.address]),
        letter.way.typed,
        letter.signed,
        letter.reason,
    ]
    return letter_of(parts)


def _said(minutes: Minutes, until: datetime) -> dict[str, str]:
    meeting, zone = minutes.meeting, minutes.mesa.time_zone
    ends = until.astimezone(dates.get_timezone(zone))
    city = zone.rpartition("/")[2].replace("_", " ")
    return {
        "sheet": f"{label(MinutesWeight(minutes.weight))} {minutes.number}-{minutes.year}",
        "mesa": minutes.mesa.name,
        "meeting": meeting_number(meeting.number),
        "day": dates.format_date(meeting.held_on, "full", locale=locale()),
        "until": f"{dates.format_date(ends, 'EEEE d', locale=locale())}, {ends:%H:%M}",
        "moment": f"{dates.format_date(ends, 'full', locale=locale())}, {ends:%H:%M} ({city})",
    }


def _decisions(thing: MeetingThing) -> tuple[str, ...]:
    """In the order of the agenda; what belongs to no item comes last."""
    groups = [thing.under(item) for item in (*thing.items, None)]
    return tuple(one.text for group in groups for one in group if one.kind == EntryKind.DECISION)


def _own(on_its_way: _Round, person: Person, now: datetime) -> tuple[str, ...]:
    """The new commitments that the reader's own seats answer for."""
    seats, _name = access.seats_held(person.pk, access.today(now))
    meeting = on_its_way.minutes.meeting
    return tuple(_line(meeting, one) for one in on_its_way.commitments if access.owing_seat(seats, one))


def _line(meeting: Meeting, commitment: Commitment) -> str:
    due = fuzzy(commitment.due) if commitment.due else _("no day yet")
    standing = _("agreed in the room") if meeting.agreed_there(commitment) else _("asked")
    return f"{commitment_number(commitment.number)} {commitment.title} ({due}; {standing})"
