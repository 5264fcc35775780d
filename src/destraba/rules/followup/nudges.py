"""When whoever answers for a commitment is reminded of it, and when no more.

One step at a time, each tied to a day: a week before the due date, the day before, the day after, then every
week. What falls on a weekend comes forward if it warns and waits if it tells. Word from the owner makes every
step up to that day pass. After the last step nobody is mailed any more: from there on a person calls.
Source: experience.md, "The liaison's email"; product.md, A36.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from destraba.rules.commitments import CommitmentState
from destraba.rules.permissions import Role
from destraba.rules.working_days import is_working_day

AHEAD = timedelta(days=7)
AGAIN = timedelta(days=7)
LATE_STEPS = 3
"""How often somebody is told of what is late, silent or not accepted; the third says that it is the last."""

FIRST_HOUR, LAST_HOUR = 8, 19
"""Reminders are written from the first of these hours on and before the last, in the programme's zone."""

REMINDED = (Role.LIAISON, Role.MEMBER)
"""Whose seats are written to for an organization: its liaisons, or else its members. Never whoever sits there
as a leader, for the programme or on the high level: to those a person writes."""

_DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why somebody is reminded, the most urgent last. `NOTED`: agreed to at a meeting that has closed."""

    NOTED = "noted"
    ASKED = "asked"
    SILENT = "silent"
    AHEAD = "ahead"
    EVE = "eve"
    NOT_ACCEPTED = "not_accepted"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder whose day has come. `time` counts those for the same cause, from one."""

    cause: Cause
    on: date
    time: int = 1

    @property
    def is_last(self) -> bool:
        return self.time == LATE_STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What reminders of a commitment depend on.

    `since`: the first day on which its mesa was followed up; nothing is counted from before it. `answer_by`:
    the last day for accepting what was asked. `due_on`: the last day of the due date.
    `heard_on`: when its owner last said anything, agreeing included. `silent_on`: since when its light says
    that nothing is heard. `noted_on`: when the meeting at which it was agreed to closed. `is_held`: it waits
    for somebody else, for the team's answer to the owner, or for the end of the meeting that makes it.
    """

    state: CommitmentState
    since: date
    asked_on: date
    answer_by: date
    due_on: date | None = None
    heard_on: date | None = None
    silent_on: date | None = None
    noted_on: date | None = None
    is_held: bool = False


def step_of(standing: Standing, today: date) -> Step | None:
    """The latest reminder whose day has come and to which nothing was said since, or None."""
    if standing.is_held or standing.state not in (CommitmentState.ASKED, CommitmentState.AGREED):
        return None
    steps = _asked(standing) if standing.state is CommitmentState.ASKED else _agreed(standing)
    come = [step for step in steps if step.on <= today and not _is_answered(step, standing)]
    return max(come, key=lambda step: (step.on, list(Cause).index(step.cause)), default=None)


def _is_answered(step: Step, standing: Standing) -> bool:
    """Whether the owner has spoken since. What one says in the room answers nothing that is noted there."""
    heard = standing.heard_on
    if heard is None or standing.state is CommitmentState.ASKED:
        return False
    return heard > step.on if step.cause is Cause.NOTED else heard >= step.on


def is_office_hour(local: datetime) -> bool:
    """Whether a reminder may be written at this moment of the programme's clock."""
    return is_working_day(local.date(), frozenset()) and FIRST_HOUR <= local.hour < LAST_HOUR


def _asked(standing: Standing) -> Iterable[Step]:
    yield Step(Cause.ASKED, max(standing.asked_on, standing.since))
    yield from _again(Cause.NOT_ACCEPTED, standing.answer_by + _DAY, standing.since)


def _agreed(standing: Standing) -> Iterable[Step]:
    due, since = standing.due_on, standing.since
    if standing.noted_on is not None and standing.noted_on >= since:
        yield Step(Cause.NOTED, standing.noted_on)
    if due is not None:
        yield Step(Cause.AHEAD, max(_back_to_work(due - AHEAD), since))
        yield Step(Cause.EVE, max(_back_to_work(due - _DAY), since))
        yield from _again(Cause.OVERDUE, due + _DAY, since)
    if standing.silent_on is not None:
        yield from _again(Cause.SILENT, standing.silent_on, since)


def _again(cause: Cause, first: date, since: date) -> Iterable[Step]:
    begins = max(first, since)
    return (Step(cause, begins + AGAIN * time, time + 1) for time in range(LATE_STEPS))


def _back_to_work(day: date) -> date:
    """The day itself, or the Friday before it."""
    while not is_working_day(day, frozenset()):
        day -= _DAY
    return day
