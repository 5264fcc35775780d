"""What waits for somebody's word in their mesas, the most pressing first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from django.db.models import Count, Min

from destraba.ledger.replay import begun_at
from destraba.models import Answer, Commitment, Meeting, Mesa, Minutes, Objection, Problem
from destraba.queries import access
from destraba.queries.within import Within
from destraba.rules.answers import AnswerState
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.desk.errands import DEED_OF, Errand, SheetFacts, errand_of_meeting, errand_of_minutes
from destraba.rules.lights import Light
from destraba.rules.meetings import LIVE, MeetingState
from destraba.rules.mesas import MesaState, works
from destraba.rules.minutes import MinutesState, ObjectionState
from destraba.rules.permissions import PROGRAMME
from destraba.rules.problems import ProblemStage
from destraba.values.days import day_in

About = Problem | Commitment | Answer | Meeting | Minutes | Objection | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do in a mesa. `about` is what it is done to, with what it hangs from; None for the mesa.

    `since` is the day from which it waits, `until` the moment up to which it can be done; `count` says of how
    many commitments, where it is about several.
    """

    errand: Errand
    mesa: Mesa
    about: About
    since: date | None = None
    until: datetime | None = None
    count: int = 1


def waiting(seen: Within, meetings: Sequence[Meeting], now: datetime) -> list[Waiting]:
    """At most six statements; `meetings` are those of `desk.meetings.unsettled`."""
    found = [
        *_asks(seen),
        *_reported(seen),
        *_of_meetings(seen, meetings, now),
        *_raised(seen),
        *_stuck(seen),
    ]
    return sorted(found, key=_most_pressing_first)


def _most_pressing_first(one: Waiting) -> tuple[Errand, float, date, str, int]:
    ends = one.until.timestamp() if one.until else inf
    return one.errand, ends, one.since or date.min, one.mesa.slug, getattr(one.about, "number", 0)


def _asks(seen: Within) -> Iterator[Waiting]:
    """What owners asked of the team, another date or another owner, and nobody settled."""
    if not (ids := seen.where(DEED_OF[Errand.SETTLE_ANSWER])):
        return
    mesas = seen.by_key
    answers = Answer.objects.filter(
        mesa__in=ids, state=AnswerState.OPEN, withdrawn_at=None, commitment__withdrawn_at=None
    )
    for one in answers.select_related("commitment__owner_organization", "names"):
        mesa = mesas[one.mesa_id]
        yield Waiting(Errand.SETTLE_ANSWER, mesa, one, day_in(mesa.time_zone, one.said_at))


def _reported(seen: Within) -> Iterator[Waiting]:
    if not (ids := seen.where(DEED_OF[Errand.CONFIRM_DONE])):
        return
    mesas = seen.by_key
    commitments = Commitment.objects.filter(
        mesa__in=ids,
        state=CommitmentState.REPORTED_DONE,
        withdrawn_at=None,
        problem__withdrawn_at=None,
    )
    for one in commitments.select_related("owner_organization"):
        yield Waiting(Errand.CONFIRM_DONE, mesas[one.mesa_id], one, one.reported_on)


def _raised(seen: Within) -> Iterator[Waiting]:
    if not (ids := seen.where(DEED_OF[Errand.ACCEPT_PROBLEM])):
        return
    mesas = seen.by_key
    found = Problem.objects.filter(mesa__in=ids, stage=ProblemStage.RAISED, withdrawn_at=None)
    problems = list(found.select_related("raised_by__organization"))
    begun = begun_at("problem", [one.pk for one in problems])
    for one in problems:
        mesa = mesas[one.mesa_id]
        yield Waiting(Errand.ACCEPT_PROBLEM, mesa, one, day_in(mesa.time_zone, begun[one.pk]))


def _of_meetings(seen: Within, meetings: Sequence[Meeting], now: datetime) -> Iterator[Waiting]:
    objections = _objections(seen, meetings)
    mesas = seen.by_key
    open_ones = Counter(one.minutes_id for one in objections)
    for objection in objections:
        mesa = mesas[objection.mesa_id]
        if seen.may(mesa, DEED_OF[Errand.ANSWER_OBJECTION]):
            since = day_in(mesa.time_zone, objection.made_at)
            yield Waiting(Errand.ANSWER_OBJECTION, mesa, objection, since)
    for meeting in meetings:
        mesa = mesas[meeting.mesa_id]
        if meeting.state in LIVE:
            yield from _of_meeting(seen, mesa, meeting, now)
        else:
            yield from _of_minutes(seen, mesa, meeting.minutes, open_ones[meeting.minutes.pk], now)


def _of_meeting(seen: Within, mesa: Mesa, meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    errand = errand_of_meeting(
        MeetingState(meeting.state),
        meeting.held_on,
        day_in(meeting.time_zone, now),
        lambda deed: seen.may(mesa, deed),
    )
    if errand:
        yield Waiting(errand, mesa, meeting, meeting.held_on)


def _of_minutes(
    seen: Within, mesa: Mesa, minutes: Minutes, objections: int, now: datetime
) -> Iterator[Waiting]:
    facts = SheetFacts(MinutesState(minutes.state), minutes.objections_until, objections)
    errand = errand_of_minutes(facts, now, lambda deed: seen.may(mesa, deed))
    if errand:
        begun = minutes.circulated_at or minutes.meeting.closed_at
        since = day_in(mesa.time_zone, begun) if begun else None
        yield Waiting(errand, mesa, minutes, since, minutes.objections_until)


def _objections(seen: Within, meetings: Sequence[Meeting]) -> list[Objection]:
    """Those that wait for an answer; none is asked for where no minutes are open."""
    sheets = [one.minutes.pk for one in meetings if one.state not in LIVE]
    if not sheets:
        return []
    found = Objection.objects.filter(minutes__in=sheets, state=ObjectionState.OPEN, withdrawn_at=None)
    return list(found.select_related("minutes__meeting", "seat__organization"))


def _stuck(seen: Within) -> Iterator[Waiting]:
    """For whoever looks after the programme: the mesas in which something is red that they may see."""
    if not access.may(seen.viewer, DEED_OF[Errand.UNSTICK], PROGRAMME):
        return
    red = Commitment.objects.filter(
        seen.commitments(),
        mesa__in=[one.pk for one in seen.mesas if not one.is_quiet and works(MesaState(one.state))],
        withdrawn_at=None,
        problem__withdrawn_at=None,
        light=Light.RED,
        state__in=OPEN,
    ).order_by()
    mesas = seen.by_key
    counted = red.values_list("mesa").annotate(count=Count("pk"), oldest=Min("due_on"))
    for mesa_id, count, oldest in counted:
        yield Waiting(Errand.UNSTICK, mesas[mesa_id], None, oldest, count=count)
