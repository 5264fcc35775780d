"""Minutes that go round: which, among whom, and who sent them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from destraba.ledger import kinds
from destraba.ledger.replay import entries_of
from destraba.models import Minutes, Person, Tenure
from destraba.queries import access
from destraba.queries.meetings.seen import FOR_ALL
from destraba.queries.tenures import held_on
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import MAY, Deed


@dataclass(frozen=True, slots=True)
class Sender:
    """Who circulated minutes: a name, and the address of their account."""

    name: str
    email: str


def in_circulation(now: datetime) -> list[Minutes]:
    """Minutes that still take objections, of mesas that are followed up; never those of the team alone. One
    statement."""
    going = seen_minutes().filter(
        state=MinutesState.CIRCULATED, objections_until__gt=now, mesa__following_since__isnull=False
    )
    return list(going.order_by("circulated_at", "pk"))


def seen_minutes() -> QuerySet[Minutes]:
    """All that are not the team's alone, with their meeting and its mesa."""
    return Minutes.objects.select_related("meeting", "mesa__host", "pdf").filter(
        withdrawn_at=None,
        visibility__in=FOR_ALL,
        meeting__withdrawn_at=None,
        meeting__visibility__in=FOR_ALL,
        mesa__withdrawn_at=None,
    )


def readers_of(minutes: Minutes, now: datetime) -> list[Person]:
    """Everybody who sits in the mesa today with a seat that may object, and can be written to, once each."""
    found = Person.objects.filter(pk__in=_sitting(minutes, now).values("person"), withdrawn_at=None)
    return list(found.exclude(email="").order_by("sort_key", "pk"))


def goes_round(minutes_id: UUID, edition: int, person_id: UUID, now: datetime) -> bool:
    """Whether this edition still goes round, and this person still sits among those whom it is for."""
    going = [one for one in in_circulation(now) if (one.pk, one.edition) == (minutes_id, edition)]
    return any(_sitting(one, now).filter(person=person_id).exists() for one in going)


def sender_of(minutes: Minutes) -> Sender | None:
    """Who sent this edition round, where that was a person with an account that is open."""
    told = entries_of({"minutes": [minutes.pk]})
    actors = [entry.actor for entry in told if entry.kind == kinds.MINUTES_CIRCULATED.name]
    last = [actor for actor in actors[-1:] if actor]
    person = Person.objects.select_related("account").filter(pk__in=last, withdrawn_at=None).first()
    account = getattr(person, "account", None)
    if person is None or account is None or not account.is_active:
        return None
    return Sender(person.full_name, account.email)


def _sitting(minutes: Minutes, now: datetime) -> QuerySet[Tenure]:
    today = access.today(now)
    return Tenure.objects.filter(
        held_on(today),
        seat__mesa=minutes.mesa_id,
        seat__is_occasional=False,
        seat__role__in=MAY[Deed.OBJECT_MINUTES],
    )
