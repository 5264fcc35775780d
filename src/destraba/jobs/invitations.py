"""Tells those who sit in a mesa of its meetings: called, moved, cancelled; each version once to each."""

from dataclasses import dataclass
from email.utils import parseaddr

from babel import dates
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from destraba.documents.invitations import Address, Invitation, Method, invitation
from destraba.jobs.catalogue import Run
from destraba.ledger.labels import label
from destraba.ledger.wording import locale
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Meeting, Person
from destraba.notifications.addresses import address_of
from destraba.notifications.invitations import PURPOSE, stem_of
from destraba.notifications.letters import letter_of, listed
from destraba.notifications.outbox import post, was_posted
from destraba.queries.meetings.invited import agenda_for_all, invited, to_tell_of
from destraba.queries.meetings.reasons import agenda_reason
from destraba.rules.meetings import MeetingState
from destraba.values.numbers import meeting_number


@dataclass(frozen=True, slots=True)
class _Words:
    """What one meeting's mail says, whoever it goes to; `entry` stands in calendars, which know the day."""

    entry: str
    subject: str
    text: str
    agenda: tuple[str, ...]
    url: str


def invite(run: Run) -> int:
    """Put into the outbox what nobody was told yet; how many mails that is."""
    with translation.override(settings.LANGUAGE_CODE):
        return sum(_tell_of(meeting, run) for meeting in to_tell_of(run.now))


def _tell_of(meeting: Meeting, run: Run) -> int:
    words = {signs_in: _words(meeting, signs_in=signs_in) for signs_in in (True, False)}
    told = [_tell(meeting, one, words[hasattr(one, "account")], run) for one in invited(meeting, run.now)]
    return sum(told)


def _tell(meeting: Meeting, person: Person, words: _Words, run: Run) -> bool:
    """Whoever was never invited is not told of a cancelled meeting either."""
    is_off = meeting.state == MeetingState.CANCELLED
    stem = stem_of(meeting, person)
    if is_off and not was_posted(stem):
        return False
    method = Method.CANCEL if is_off else Method.REQUEST
    mail = post(
        key=f"{stem}{meeting.calendar_sequence}",
        purpose=PURPOSE,
        mesa=meeting.mesa,
        person=person,
        to_name=person.full_name,
        to_address=person.email,
        from_name=meeting.mesa.name,
        reply_to=[],
        subject=words.subject,
        text=words.text,
        calendar=_calendar(meeting, person, words, run, method),
        calendar_method=method.value,
        now=run.now,
    )
    return mail is not None


def _calendar(meeting: Meeting, person: Person, words: _Words, run: Run, method: Method) -> str:
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return invitation(
        Invitation(
            uid=f"{meeting.pk}@{own.rpartition('@')[2]}",
            sequence=meeting.calendar_sequence,
            begins=meeting.begins,
            ends=meeting.ends,
            made_at=run.now,
            organizer=Address(name=meeting.mesa.name, email=own),
            attendee=Address(name=person.full_name, email=person.email),
            summary=words.entry,
            location=meeting.venue,
            agenda=words.agenda,
            url=words.url,
        ),
        method,
    )


def _words(meeting: Meeting, *, signs_in: bool) -> _Words:
    """For those with an account, who can open the meeting's page, and for those without."""
    number = meeting_number(meeting.number)
    title = meeting.title or label(MeetingKind(meeting.kind))
    day = dates.format_date(meeting.held_on, "full", locale=locale())
    said = {"meeting": f"{title} {number}", "mesa": meeting.mesa.name, "day": day}
    entry = f"{meeting.mesa.name}: {said['meeting']}"
    said["hour"] = f"{meeting.begins:%H:%M}"
    if meeting.state == MeetingState.CANCELLED:
        subject = _("Cancelled: %(meeting)s, %(day)s") % said
        why = meeting.state_because
        text = _("%(meeting)s of %(mesa)s on %(day)s will not be held.") % said
        return _Words(entry, subject, f"{text}\n\n{why}\n", (), "")
    subject = _("%(meeting)s, %(day)s, %(hour)s") % said
    agenda = tuple(_line(item) for item in agenda_for_all(meeting))
    address = address_of("meeting", meeting.mesa.slug, meeting.number) if signs_in else ""
    return _Words(entry, subject, _letter(meeting, said, agenda, address), agenda, address)


def _letter(meeting: Meeting, said: dict[str, str], agenda: tuple[str, ...], address: str) -> str:
    parts = [_("%(mesa)s meets on %(day)s at %(hour)s.") % said, meeting.venue]
    if agenda:
        parts.append("\n".join([_("Agenda"), listed(agenda)]))
    parts.append(address)
    parts.append(_("You receive this because you have a seat in this mesa."))
    return letter_of(parts)


def _line(item: AgendaItem) -> str:
    why = agenda_reason(item.why, item.why_params)
    return f"{item.title} ({why})" if why else item.title
