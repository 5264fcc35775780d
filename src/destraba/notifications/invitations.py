"""The mails that invite to a meeting: one for each version of it and each of those who sit in the mesa."""

from datetime import datetime
from uuid import UUID

from destraba.models import Meeting, Outbox, Person
from destraba.queries.meetings.invited import is_to_be_told

PURPOSE = "invitation"


def stem_of(meeting: Meeting, person: Person) -> str:
    """What the keys of all mails to one person about one meeting begin with; the number of its version
    follows."""
    return f"{PURPOSE}:{meeting.pk}:{person.pk}:"


def still_to_come(mail: Outbox, now: datetime) -> bool:
    """Not where the meeting has begun or is another by now, or where whom it goes to has left."""
    _purpose, meeting_id, person_id, sequence = mail.key.split(":")
    return is_to_be_told(UUID(meeting_id), int(sequence), UUID(person_id), now)
