"""The mails by which minutes go round: one for each reader of each edition, true for as long as it does."""

from datetime import datetime
from uuid import UUID

from destraba.models import Minutes, Outbox
from destraba.queries.meetings.circulated import goes_round

PURPOSE = "minutes"


def stem_of(minutes: Minutes) -> str:
    """What the keys of all mails of this edition begin with; the key of the reader follows."""
    return f"{PURPOSE}:{minutes.pk}:{minutes.edition}:"


def still_goes_round(mail: Outbox, now: datetime) -> bool:
    """Not where an objection took the edition back, the time is over, it is approved, or the reader left."""
    _purpose, minutes_id, edition, person_id = mail.key.split(":")
    return goes_round(UUID(minutes_id), int(edition), UUID(person_id), now)
