"""The minutes of a meeting in words, as the mesa reads them, and their two renditions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from babel import dates
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from destraba.actions.meetings.minutes import Rendition
from destraba.documents.minutes.content import (
    AttendanceGroup,
    ItemTaken,
    MadeCommitment,
    Mention,
    MinutesContent,
    SeatAtTable,
)
from destraba.documents.minutes.docx import minutes_docx
from destraba.documents.minutes.pdf import minutes_pdf
from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy, locale, moment
from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models import AgendaItem, Attendance, Commitment, Meeting, Mesa, Minutes
from destraba.queries.meetings.calendar import next_meeting
from destraba.queries.meetings.reasons import agenda_reason
from destraba.queries.meetings.sides import by_side, side_words
from destraba.queries.meetings.things import MeetingThing, circulated_thing
from destraba.rules.meetings import IN_THE_ROOM, EntryKind, ItemState, Presence
from destraba.rules.minutes import FROZEN, MinutesState
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number, meeting_number, problem_number


def rendition_of(mesa: Mesa, meeting: Meeting, now: datetime) -> Rendition:
    """What is circulated: in the installation's own language, as the mesa may read it.

    The very file is approved and published later, so it says of itself nothing that those would make untrue.
    """
    content = _as_circulated(mesa, minutes_content(mesa, meeting.number, now, settings.LANGUAGE_CODE), now)
    name = content.number.lower().replace(" ", "-")
    return Rendition(name=name, pdf=minutes_pdf(content), docx=minutes_docx(content))


def _as_circulated(mesa: Mesa, content: MinutesContent, now: datetime) -> MinutesContent:
    with translation.override(content.language):
        return replace(
            content,
            status=_("As circulated on %(day)s") % {"day": day(day_in(mesa.time_zone, now))},
            status_note=_("it stands approved unless somebody objects in time"),
            is_final=True,
        )


def minutes_content(mesa: Mesa, number: int, now: datetime, language: str) -> MinutesContent:
    """The minutes of `S-<number>`, which has some, as of now."""
    with translation.override(language):
        thing = circulated_thing(mesa, number)
        minutes = thing.minutes
        if minutes is None:
            raise ValueError(f"S-{number} has no minutes")
        return _content(mesa, thing, minutes, now, language)


def sheet_number(minutes: Minutes) -> str:
    """`Acuerdos 3-2026`."""
    return f"{label(MinutesWeight(minutes.weight))} {minutes.number}-{minutes.year}"


def long_day(meeting: Meeting) -> str:
    """ "jueves, 15 de junio de 2017"."""
    return dates.format_date(meeting.held_on, "full", locale=locale())


def zone_words(meeting: Meeting) -> str:
    """The city by which its zone is known: Lima."""
    return meeting.time_zone.rpartition("/")[2].replace("_", " ")


def _content(
    mesa: Mesa, thing: MeetingThing, minutes: Minutes, now: datetime, language: str
) -> MinutesContent:
    meeting = thing.meeting
    state = MinutesState(minutes.state)
    until = minutes.objections_until
    taken, rest = _items(thing)
    return MinutesContent(
        mesa=mesa.name,
        host=mesa.host.name if mesa.host else "",
        title=label(MinutesWeight(minutes.weight)),
        number=sheet_number(minutes),
        meeting_number=meeting_number(meeting.number),
        meeting_kind=label(MeetingKind(meeting.kind)),
        day=long_day(meeting),
        hours=f"{meeting.begins:%H:%M}–{meeting.ends:%H:%M}",
        zone=zone_words(meeting),
        venue=meeting.venue,
        status=label(state),
        status_note=_("objections until %(moment)s") % {"moment": moment(until, mesa.time_zone)}
        if until
        else "",
        is_final=state in FROZEN,
        edition=minutes.edition,
        attendance=tuple(_groups(thing.attendances)),
        items=taken,
        general_notes=tuple(entry.text for entry in thing.under(None)),
        new_problems=tuple(
            Mention(title=one.title, folio=problem_number(one.number)) for one in thing.problems
        ),
        not_reached=rest,
        next_meeting=_next(mesa, now),
        withheld=thing.withheld,
        language=language,
        made_at=meeting.closed_at or now,
    )


def _items(thing: MeetingThing) -> tuple[tuple[ItemTaken, ...], tuple[Mention, ...]]:
    """What was taken up, with the commitments of its problem; and what was not reached."""
    left = {one.pk: one for one in thing.commitments}
    taken: list[ItemTaken] = []
    rest: list[Mention] = []
    for item in thing.items:
        entries = thing.under(item)
        if item.state != ItemState.TAKEN and not entries:
            rest.append(Mention(title=item.title, folio=folio_of(item)))
            continue
        made = [one for one in left.values() if one.problem_id == problem_of(item)]
        for one in made:
            del left[one.pk]
        taken.append(
            ItemTaken(
                number=str(len(taken) + 1),
                title=item.title,
                folio=folio_of(item),
                why=_reason(item),
                decisions=tuple(one.text for one in entries if one.kind == EntryKind.DECISION),
                notes=tuple(one.text for one in entries if one.kind == EntryKind.NOTE),
                commitments=tuple(_made(thing.meeting, made)),
            )
        )
    if left:
        others = ItemTaken(
            number=str(len(taken) + 1),
            title=_("Other commitments"),
            commitments=tuple(_made(thing.meeting, left.values())),
        )
        taken.append(others)
    return tuple(taken), tuple(rest)


def folio_of(item: AgendaItem) -> str:
    """C-12, P-6; nothing for a matter of its own."""
    if item.commitment:
        return commitment_number(item.commitment.number)
    return problem_number(item.problem.number) if item.problem else ""


def problem_of(item: AgendaItem) -> object:
    """The key of the problem that an item is about."""
    return item.commitment.problem_id if item.commitment else item.problem_id


def _reason(item: AgendaItem) -> str:
    return agenda_reason(item.why, item.why_params)


def _made(meeting: Meeting, commitments: Iterable[Commitment]) -> Iterable[MadeCommitment]:
    for one in commitments:
        agreed = meeting.agreed_there(one)
        owner = one.owner_organization.name if one.owner_organization else ""
        yield MadeCommitment(
            folio=commitment_number(one.number),
            what=one.title,
            who=", ".join(filter(None, (owner, one.owner_seat.title if one.owner_seat else ""))),
            due=fuzzy(one.due) if one.due else "",
            standing=_("agreed in the room") if agreed else _("asked"),
            is_agreed=agreed,
        )


def _groups(attendances: Iterable[Attendance]) -> Iterable[AttendanceGroup]:
    for side, those in by_side(attendances):
        yield AttendanceGroup(name=side_words(side), seats=tuple(_seat(one) for one in those))


def _seat(one: Attendance) -> SeatAtTable:
    presence = Presence(one.presence)
    return SeatAtTable(
        organization=one.seat.organization.name,
        title=one.seat.title,
        presence="" if presence is Presence.PRESENT else label(presence),
        in_room=presence in IN_THE_ROOM,
    )


def _next(mesa: Mesa, now: datetime) -> str:
    coming = next_meeting(mesa, day_in(mesa.time_zone, now))
    if coming is None:
        return ""
    parts = (meeting_number(coming.number), long_day(coming), f"{coming.begins:%H:%M}", coming.venue)
    return ", ".join(filter(None, parts))
