"""Who is to be reminded today, and of what: everything that stands, what was told already, what is new."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from destraba.models import (
    Answer,
    Commitment,
    LightInterval,
    Mesa,
    Nudge,
    Outbox,
    Person,
    Programme,
    Tenure,
)
from destraba.queries import access
from destraba.queries.methods import method_of
from destraba.queries.tenures import held_on, seat_held
from destraba.rules.answers import ANSWERABLE, SILENCES, AnswerState
from destraba.rules.commitments import CommitmentState
from destraba.rules.followup.nudges import REMINDED, Cause, Standing, Step, step_of
from destraba.rules.lights import Light
from destraba.rules.operations.mail import MailState
from destraba.rules.permissions import SeatHeld, Subject, owes
from destraba.rules.working_days import working_days_after
from destraba.values.days import day_in

PURPOSE = "nudge"
"""Of the mails that remind."""

_Row = tuple[Commitment, Subject]
_CAUSES = list(Cause)
_STANDING = Q(state__in=[MailState.WAITING, MailState.SENT])


@dataclass(frozen=True, slots=True)
class Reminder:
    """A commitment, and the step for which its owner is reminded of it."""

    commitment: Commitment
    step: Step

    @property
    def key(self) -> tuple[UUID, str, date]:
        return self.commitment.pk, self.step.cause.value, self.step.on


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who answers for something, and all that stands today, the most urgent first."""

    person: Person
    organizations: tuple[str, ...]
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class _Holder:
    """Somebody who can be written to, in a seat."""

    seat: SeatHeld
    person: Person
    organization: str


def to_remind(now: datetime) -> list[Addressee]:
    """Who has something new to be told, with that alone; at most one mail a day to each, but for what a
    meeting that closed since then has brought. Eight statements at most, whatever the number of rows."""
    standing = _standing(now)
    told = _told(standing)
    last = _last_mails([one.person.pk for one in standing], now)
    found = []
    for one in standing:
        fresh = tuple(each for each in one.reminders if (one.person.pk, *each.key) not in told)
        since = last.get(one.person.pk)
        if since is not None and not any(_was_made_since(each.commitment, since) for each in fresh):
            continue
        if fresh:
            found.append(Addressee(one.person, one.organizations, fresh))
    return found


def still_stands(mail: Outbox, now: datetime) -> bool:
    """Whether all that a mail reminds of is still to be said to whom it goes."""
    said = set(Nudge.objects.filter(mail=mail).values_list("commitment_id", "cause", "step_on"))
    named = Q(pk__in=[commitment_id for commitment_id, _cause, _on in said])
    standing = _standing(now, named)
    stands = {each.key for one in standing if one.person.pk == mail.person_id for each in one.reminders}
    return bool(said) and said <= stands


def foreseen_reminders(mesa: Mesa, reasons: Mapping[UUID, str], now: datetime) -> list[Addressee]:
    """Who would get what on the first day if this quiet mesa were followed up now. `reasons`: the code of the
    light's reason that each commitment would show."""
    today = day_in(mesa.time_zone, now)
    rows = access.rows_at_work(Q(mesa=mesa), Q(state__in=ANSWERABLE), Q(owner_organization__isnull=False))
    silent = {row.pk: today for row, _subject in rows if reasons.get(row.pk) in SILENCES}
    return _addressees(rows, silent, now, since=today)


def reminded(commitment: Commitment) -> list[Outbox]:
    """The mails that went out to remind of a commitment, the latest first. One statement."""
    sent = Outbox.objects.filter(nudges__commitment=commitment, state=MailState.SENT)
    return list(sent.select_related("person").order_by("-sent_at"))


def _standing(now: datetime, *conditions: Q) -> list[Addressee]:
    """Of the rows that meet these conditions, all of them where there is none."""
    rows = access.rows_at_work(
        Q(mesa__following_since__isnull=False),
        Q(state__in=ANSWERABLE),
        Q(owner_organization__isnull=False),
        *conditions,
    )
    running = LightInterval.objects.filter(
        commitment__in=[row.pk for row, _subject in rows], ends_on=None, reason__in=SILENCES
    )
    return _addressees(rows, dict(running.values_list("commitment_id", "starts_on")), now)


def _addressees(
    rows: Sequence[_Row], silent: Mapping[UUID, date], now: datetime, since: date | None = None
) -> list[Addressee]:
    """By person, those with the most urgent first."""
    held = _held_by_the_team(rows)
    holders = _holders(rows, access.today(now))
    people: dict[UUID, Person] = {}
    organizations: dict[UUID, dict[str, None]] = defaultdict(dict)
    found: dict[UUID, list[Reminder]] = defaultdict(list)
    for row, subject in rows:
        begins = since or row.mesa.following_since
        facts = _facts(row, silent.get(row.pk), begins, is_held=row.pk in held) if begins else None
        step = step_of(facts, day_in(row.mesa.time_zone, now)) if facts else None
        if step is None:
            continue
        for holder in _who_answers(row, subject, holders[subject.owner_organization_id]):
            people[holder.person.pk] = holder.person
            organizations[holder.person.pk][holder.organization] = None
            found[holder.person.pk].append(Reminder(row, step))
    return [
        Addressee(person, tuple(organizations[pk]), tuple(sorted(found[pk], key=_urgency)))
        for pk, person in sorted(people.items(), key=lambda one: one[1].sort_key)
    ]


def _facts(row: Commitment, silent_on: date | None, since: date, *, is_held: bool) -> Standing:
    answer_days = method_of(row.mesa).lights.answer_working_days
    return Standing(
        state=CommitmentState(row.state),
        since=since,
        asked_on=row.asked_on,
        answer_by=working_days_after(row.asked_on, answer_days, frozenset()),
        due_on=row.due_on,
        heard_on=max(filter(None, (row.last_word_on, row.agreed_on)), default=None),
        silent_on=silent_on,
        noted_on=_noted_on(row),
        is_held=is_held
        or row.light == Light.WAITING
        or (row.meeting is not None and not row.meeting.closed_at),
    )


def _noted_on(row: Commitment) -> date | None:
    """The day on which the meeting closed at which it was agreed to."""
    meeting = row.meeting
    if meeting is None or meeting.closed_at is None or not meeting.agreed_there(row):
        return None
    return day_in(meeting.time_zone, meeting.closed_at)


def _held_by_the_team(rows: Iterable[_Row]) -> frozenset[UUID]:
    """What its owner has asked the team about, and has no answer to yet."""
    waiting = Answer.objects.filter(
        commitment__in=[row.pk for row, _subject in rows], state=AnswerState.OPEN, withdrawn_at=None
    )
    return frozenset(waiting.values_list("commitment_id", flat=True))


def _holders(rows: Iterable[_Row], today: date) -> Mapping[UUID | None, list[_Holder]]:
    """Who sits for the owners of these rows, by organization."""
    owners = {row.owner_organization_id for row, _subject in rows}
    tenures = Tenure.objects.filter(
        held_on(today), seat__organization__in=owners, person__withdrawn_at=None
    ).exclude(person__email="")
    found: dict[UUID | None, list[_Holder]] = defaultdict(list)
    for one in tenures.select_related("seat__organization", "person").order_by("pk"):
        organization = one.seat.organization
        found[organization.pk].append(_Holder(seat_held(one.seat), one.person, organization.name))
    return found


def _who_answers(row: Commitment, subject: Subject, holders: Iterable[_Holder]) -> list[_Holder]:
    """The seat that was named, or else the liaisons of the organization, or else its members in the mesa."""
    owing = [holder for holder in holders if owes(holder.seat, subject)]
    chosen = [holder for holder in owing if holder.seat.seat_id == row.owner_seat_id]
    for role in REMINDED:
        chosen = chosen or [holder for holder in owing if holder.seat.role is role]
    return list({holder.person.pk: holder for holder in chosen}.values())


def _told(standing: Collection[Addressee]) -> set[tuple[UUID | None, UUID, str, date]]:
    """Who was told what already, or is about to be."""
    rows = {each.commitment.pk for one in standing for each in one.reminders}
    said = Nudge.objects.filter(commitment__in=rows, mail__state__in=[MailState.WAITING, MailState.SENT])
    return set(said.values_list("mail__person_id", "commitment_id", "cause", "step_on"))


def _last_mails(people: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """When a reminder was last written to each of these today."""
    zone = Programme.objects.values_list("time_zone", flat=True).first() or "UTC"
    mails = Outbox.objects.filter(_STANDING, purpose=PURPOSE, person__in=people).order_by()
    last = mails.values("person").annotate(last=Max("created_at")).values_list("person", "last")
    return {pk: at for pk, at in last if day_in(zone, at) == day_in(zone, now)}


def _was_made_since(commitment: Commitment, moment: datetime) -> bool:
    meeting = commitment.meeting
    return meeting is not None and meeting.closed_at is not None and meeting.closed_at > moment


def _urgency(one: Reminder) -> tuple[int, date, UUID]:
    return -_CAUSES.index(one.step.cause), one.commitment.due_on or date.max, one.commitment.pk
