"""What happens by itself, and when: one line each. A turn that has come is put into the queue like any job.

So it is tried again when it fails, is found again when its worker dies, and waits while the last one of its
name still runs. Turns that were missed while everything was off run once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from destraba.actions import lights
from destraba.actions.jobs import enqueue
from destraba.actions.meetings.minutes import approve_by_silence
from destraba.jobs import tidying
from destraba.jobs.catalogue import Work
from destraba.jobs.circulation import circulate
from destraba.jobs.invitations import invite
from destraba.jobs.on_demand import ON_DEMAND
from destraba.jobs.reminders import remind_owners
from destraba.models import Programme, Turn
from destraba.notifications.delivery import deliver_due
from destraba.rules.operations.jobs import Daily, Every, Rhythm, is_due, next_turn
from destraba.values.actors import Actor, Via


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    work: Work
    rhythm: Rhythm


TIMETABLE = (
    Entry("lights", lambda run: lights.turn(now=run.now), Every(minutes=60)),
    Entry(
        "minutes",
        lambda run: len(approve_by_silence(actor=Actor(None, Via.JOB), now=run.now)),
        Every(minutes=10),
    ),
    Entry("invitations", invite, Every(minutes=1)),
    Entry("reminders", remind_owners, Every(minutes=15)),
    Entry("circulation", circulate, Every(minutes=1)),
    Entry("mail", lambda run: deliver_due(now=run.now, worker=run.worker), Every(minutes=1)),
    Entry("tidy", tidying.tidy, Daily(hour=3)),
)


def work_of(name: str) -> Work | None:
    """The function behind a name, or None: nothing is imported because a row says so."""
    by_itself = {entry.name: entry.work for entry in TIMETABLE}
    return by_itself.get(name) or ON_DEMAND.get(name)


def announce(*, now: datetime) -> None:
    """Give every entry its row, so that it shows when nobody works: its first turn is due at once."""
    known = set(Turn.objects.values_list("name", flat=True))
    for entry in TIMETABLE:
        if entry.name not in known:
            Turn.objects.get_or_create(name=entry.name, defaults={"next_run": now})


def enqueue_due(*, now: datetime) -> list[str]:
    """Put into the queue what is due and whose turn nobody else has taken; the names of those."""
    turns = {turn.name: turn for turn in Turn.objects.all()}
    if not turns.keys() >= {entry.name for entry in TIMETABLE}:
        announce(now=now)
        turns = {turn.name: turn for turn in Turn.objects.all()}
    due = [entry for entry in TIMETABLE if is_due(entry.rhythm, turns[entry.name].next_run, now)]
    zone = Programme.objects.values_list("time_zone", flat=True).first() if due else None
    return [entry.name for entry in due if _took_turn(entry, turns[entry.name], zone or "UTC", now)]


def _took_turn(entry: Entry, seen: Turn, zone: str, now: datetime) -> bool:
    """Whether the turn was ours: whoever first writes when the next one is has taken this one."""
    mine = Turn.objects.filter(name=entry.name, next_run=seen.next_run)
    with transaction.atomic():
        took = mine.update(last_run=now, next_run=next_turn(entry.rhythm, zone, now))
        if took:
            enqueue(entry.name, now=now, key=entry.name)
    return bool(took)
