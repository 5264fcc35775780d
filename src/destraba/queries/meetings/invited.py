"""Who is to come to a meeting, and which meetings there are to tell of."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from destraba.models import AgendaItem, Meeting, Person, Tenure
from destraba.queries.meetings.seen import FOR_ALL, items_seen
from destraba.rules.meetings import MeetingState
from destraba.values.days import day_in

_A_DAY = timedelta(days=1)


def to_tell_of(now: datetime) -> list[Meeting]:
    """Called meetings that are to come, and those that were called and then cancelled, of mesas not quiet."""
    of_interest = Q(state=MeetingState.CALLED) | Q(state=MeetingState.CANCELLED, called_at__isnull=False)
    found = Meeting.objects.select_related("mesa__host", "mesa__programme").filter(
        of_interest,
        withdrawn_at=None,
        visibility__in=FOR_ALL,
        mesa__following_since__isnull=False,
        held_on__gte=now.date() - _A_DAY,  # somewhere it is still yesterday
    )
    return [meeting for meeting in found if meeting.begins > now]


def invited(meeting: Meeting, now: datetime) -> list[Person]:
    """Everybody who sits in the mesa on the day and can be written to, once each, with their account."""
    today = day_in(meeting.time_zone, now)
    sitting = Tenure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        seat__mesa=meeting.mesa_id,
        seat__withdrawn_at=None,
        seat__is_occasional=False,
        starts_on__lte=meeting.held_on,
        withdrawn_at=None,
    ).values("person")
    people = Person.objects.select_related("account")
    return list(people.filter(pk__in=sitting, withdrawn_at=None).exclude(email=""))


def is_to_be_told(meeting_id: UUID, sequence: int, person_id: UUID, now: datetime) -> bool:
    """Whether this version of a meeting still stands, and this person still sits where it is held."""
    standing = [one for one in to_tell_of(now) if (one.pk, one.calendar_sequence) == (meeting_id, sequence)]
    return any(person.pk == person_id for one in standing for person in invited(one, now))


def agenda_for_all(meeting: Meeting) -> Iterable[AgendaItem]:
    """What is on the agenda, without what is the team's alone."""
    return AgendaItem.objects.filter(items_seen(FOR_ALL), meeting=meeting)
