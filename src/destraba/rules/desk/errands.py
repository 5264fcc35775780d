"""What waits for somebody's word, and whose deed it is: the rest of the desk beside what one owes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from types import MappingProxyType

from destraba.rules.meetings import MeetingState
from destraba.rules.minutes import MinutesState, silence_approves
from destraba.rules.permissions import Deed

May = Callable[[Deed], bool]
"""Whether somebody may do a deed in the mesa that is looked at."""


class Errand(IntEnum):
    """What there is to do, the most pressing first."""

    CHAIR = 1
    CLOSE_MEETING = 2
    CALL_MEETING = 3
    SETTLE_ANSWER = 4
    CONFIRM_DONE = 5
    ANSWER_OBJECTION = 6
    CIRCULATE = 7
    APPROVE = 8
    OBJECTIONS_OVER = 9
    ACCEPT_PROBLEM = 10
    LOOK_THROUGH = 11
    UNSTICK = 12


DEED_OF: Mapping[Errand, Deed] = MappingProxyType(
    {
        Errand.CHAIR: Deed.RUN_MEETINGS,
        Errand.CLOSE_MEETING: Deed.RUN_MEETINGS,
        Errand.CALL_MEETING: Deed.RUN_MEETINGS,
        Errand.SETTLE_ANSWER: Deed.EDIT_MATRIX,
        Errand.CONFIRM_DONE: Deed.ACCEPT,
        Errand.ANSWER_OBJECTION: Deed.CIRCULATE,
        Errand.CIRCULATE: Deed.CIRCULATE,
        Errand.APPROVE: Deed.APPROVE_MINUTES,
        Errand.OBJECTIONS_OVER: Deed.CIRCULATE,
        Errand.ACCEPT_PROBLEM: Deed.ACCEPT,
        Errand.LOOK_THROUGH: Deed.OBJECT_MINUTES,
        Errand.UNSTICK: Deed.READ_PROGRAMME,
    }
)

_TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of the minutes of one meeting. `until` ends the time for objections."""

    state: MinutesState
    until: datetime | None
    open_objections: int = 0


def errand_of_meeting(state: MeetingState, held_on: date, today: date, may: May) -> Errand | None:
    """What a meeting that is not over wants: to be chaired, closed, or called while there is time.

    `today` is the day in the meeting's zone. A draft of a day that has passed wants nothing: it may never
    have been held.
    """
    errand = None
    if state is MeetingState.IN_PROGRESS:
        errand = Errand.CHAIR if held_on >= today else Errand.CLOSE_MEETING
    elif state is MeetingState.CALLED and held_on < today:
        errand = Errand.CLOSE_MEETING
    elif state is MeetingState.DRAFT and today <= held_on <= today + _TOMORROW:
        errand = Errand.CALL_MEETING
    return errand if errand and may(DEED_OF[errand]) else None


def errand_of_minutes(facts: SheetFacts, now: datetime, may: May) -> Errand | None:
    """What the minutes of a meeting want of somebody.

    The team circulates a draft, and a leader approves what went round, both once no objection is open:
    answering it is an errand of its own. Whoever else holds a seat looks them through while there is time.
    """
    circulates = may(DEED_OF[Errand.CIRCULATE])
    settled = not facts.open_objections
    if facts.state is MinutesState.DRAFT:
        return Errand.CIRCULATE if circulates and settled else None
    if facts.state is not MinutesState.CIRCULATED:
        return None
    if may(DEED_OF[Errand.APPROVE]) and settled:
        return Errand.APPROVE
    if silence_approves(facts.state, facts.until, now):
        return Errand.OBJECTIONS_OVER if circulates and settled else None
    # Who sent them round knows what they say.
    return Errand.LOOK_THROUGH if may(DEED_OF[Errand.LOOK_THROUGH]) and not circulates else None
