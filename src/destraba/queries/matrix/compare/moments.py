"""The two moments that a Matrix is compared at: a meeting's close, a day, or now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from destraba.models import Meeting, Mesa
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.methods import method_of
from destraba.rules.meetings import MeetingState
from destraba.values.days import day_in
from destraba.values.errors import Invalid
from destraba.values.numbers import Kind, UnreadableReference, meeting_number, parse
from destraba.values.reasons import Reason

NOW = "now"
_USUALLY = timedelta(days=30)
_YEARS = range(1900, 2200)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """`text` is how an address writes it: "S-3", "2017-06-15", "now". `lights_on` is the day whose lights it
    shows; what a meeting kept of them at its close counts more."""

    text: str
    at: datetime
    lights_on: date
    meeting: Meeting | None = None
    day: date | None = None

    @property
    def is_now(self) -> bool:
        return self.meeting is None and self.day is None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one moment to a later one."""

    start: Moment
    end: Moment


def meetings_held(viewer: Viewer, mesa: Mesa) -> list[Meeting]:
    """The closed meetings of a mesa that a viewer may know of, the latest first; an axis lead knows of none.
    One statement."""
    reach = access.reach_of(viewer, mesa.pk)
    if reach.axes is not None:
        return []
    closed = Meeting.objects.filter(
        mesa=mesa, state=MeetingState.CLOSED, withdrawn_at=None, visibility__in=reach.visibilities
    )
    return list(closed.exclude(closed_at=None).order_by("-closed_at"))


def stretch(mesa: Mesa, held: Sequence[Meeting], start: str, end: str, now: datetime) -> Stretch:
    """What an address asks for; blank is since the last session, until now. Raises Invalid."""
    until = moment(mesa, held, end or NOW, now, opens=False)
    since = moment(mesa, held, start or usual_start(mesa, held, now), now, opens=True)
    if since.at >= until.at:
        raise Invalid(Reason.of("moments_reversed"))
    return Stretch(since, until)


def usual_start(mesa: Mesa, held: Sequence[Meeting], now: datetime) -> str:
    """The close of the last session, or of the last meeting of any kind; of a mesa that never met, a month
    ago."""
    rhythm = method_of(mesa).cadences
    last = next((one for one in held if one.kind in rhythm), held[0] if held else None)
    if last:
        return meeting_number(last.number)
    return (day_in(mesa.time_zone, now) - _USUALLY).isoformat()


def moment(mesa: Mesa, held: Sequence[Meeting], text: str, now: datetime, *, opens: bool) -> Moment:
    """One end of a stretch. A day that `opens` it begins at midnight, one that ends it goes on to the next.
    Raises Invalid."""
    today = day_in(mesa.time_zone, now)
    if text == NOW:
        return Moment(NOW, now, today)
    if meeting := _meeting(held, text):
        return meeting
    day = _day(text)
    if day > today:
        raise Invalid(Reason.of("moment_ahead", day=day.isoformat()))
    midnight = datetime.combine(day if opens else day + timedelta(days=1), time(), ZoneInfo(mesa.time_zone))
    lights_on = day - timedelta(days=1) if opens else day
    return Moment(day.isoformat(), midnight - _TICK, lights_on, day=day)


def _meeting(held: Sequence[Meeting], text: str) -> Moment | None:
    try:
        reference = parse(text)
    except UnreadableReference:
        return None
    if reference.kind is Kind.MEETING:
        for one in held:
            if (one.number,) == reference.numbers and one.closed_at:
                on = day_in(one.time_zone, one.closed_at)
                return Moment(meeting_number(one.number), one.closed_at, on, meeting=one)
    raise Invalid(Reason.of("moment_unknown", text=text[:40]))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(Reason.of("moment_unknown", text=text[:40])) from error
    if day.year not in _YEARS:
        raise Invalid(Reason.of("moment_unknown", text=text[:40]))
    return day
