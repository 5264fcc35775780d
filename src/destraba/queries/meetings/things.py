"""One meeting with all that its page shows, as far as the viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from destraba.models import (
    AgendaItem,
    Attendance,
    Commitment,
    Entry,
    Meeting,
    Mesa,
    Minutes,
    Objection,
    Problem,
    Record,
    Solution,
)
from destraba.queries.access import Viewer, reach_of
from destraba.rules.meetings import MeetingState
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility

_FOR_THE_MESA = (Visibility.MESA.value, Visibility.PUBLIC.value)


@dataclass(frozen=True, slots=True)
class MeetingThing:
    """What a reader may not see is not in it. `withheld` counts the paragraphs that are the team's."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    entries: tuple[Entry, ...]
    attendances: tuple[Attendance, ...]
    commitments: tuple[Commitment, ...]
    problems: tuple[Problem, ...]
    minutes: Minutes | None
    objections: tuple[Objection, ...]
    withheld: int

    @property
    def the_records(self) -> tuple[Record, ...]:
        """All of them but the meeting itself, for its story."""
        sheet = (self.minutes,) if self.minutes else ()
        return (*self.items, *self.entries, *self.attendances, *sheet, *self.objections)

    def under(self, item: AgendaItem | None) -> tuple[Entry, ...]:
        """What was written under an item; under None, what belongs to none."""
        key = item.pk if item else None
        return tuple(entry for entry in self.entries if entry.item_id == key)


def meeting_thing(viewer: Viewer, mesa: Mesa, number: int) -> MeetingThing:
    """`S-<number>`; eight statements. Raises NotFound where the viewer may not know of it."""
    return _read(mesa, number, meetings_within(viewer, mesa))


def circulated_thing(mesa: Mesa, number: int) -> MeetingThing:
    """The same as the mesa reads it: what its minutes say, whoever renders them."""
    return _read(mesa, number, _FOR_THE_MESA)


def meetings_within(viewer: Viewer, mesa: Mesa) -> Sequence[str]:
    """What a viewer may see of a mesa's meetings. Raises NotFound: an axis has rows, and no meetings."""
    reach = reach_of(viewer, mesa.pk)
    if reach.axes is not None or not reach.visibilities:
        raise NotFound(Reason.of("hidden"))
    return reach.visibilities


def _read(mesa: Mesa, number: int, visible: Sequence[str]) -> MeetingThing:
    meeting = _meeting(mesa, number, visible)
    entries = list(Entry.objects.filter(meeting=meeting, withdrawn_at=None))
    minutes = getattr(meeting, "minutes", None)
    return MeetingThing(
        meeting=meeting,
        items=tuple(_items(meeting, visible)),
        entries=tuple(entry for entry in entries if entry.visibility in visible),
        attendances=tuple(_attendances(meeting)),
        commitments=tuple(_commitments(meeting, visible)),
        problems=tuple(_problems(meeting, visible)),
        minutes=minutes,
        objections=tuple(_objections(minutes)) if minutes else (),
        withheld=sum(entry.visibility == Visibility.TEAM for entry in entries),
    )


def _meeting(mesa: Mesa, number: int, visible: Sequence[str]) -> Meeting:
    found = (
        Meeting.objects.select_related("minutes__pdf", "minutes__docx")
        .filter(mesa=mesa, number=number, withdrawn_at=None, visibility__in=visible)
        .first()
    )
    is_draft = found is not None and found.state == MeetingState.DRAFT
    if found is None or (is_draft and Visibility.TEAM not in visible):
        raise NotFound(Reason.of("hidden"))
    found.mesa = mesa
    return found


def _items(meeting: Meeting, visible: Sequence[str]) -> list[AgendaItem]:
    """Without those whose row the viewer may not see."""
    items = AgendaItem.objects.filter(
        meeting=meeting, withdrawn_at=None, visibility__in=visible
    ).select_related(
        "commitment__owner_organization", "commitment__problem", "commitment__solution", "problem"
    )
    return [item for item in items if all(row.visibility in visible for row in _above(item))]


def _above(item: AgendaItem) -> list[Commitment | Problem | Solution]:
    """The row that an item is about, and all that it hangs from: the strictest of them counts."""
    row = item.commitment
    lineage = (row, row and row.problem, row and row.solution, item.problem)
    return [one for one in lineage if one is not None]


def _attendances(meeting: Meeting) -> list[Attendance]:
    found = Attendance.objects.filter(meeting=meeting, withdrawn_at=None)
    return list(
        found.select_related("seat__organization").order_by("seat__organization__sort_key", "seat__id")
    )


def _commitments(meeting: Meeting, visible: Sequence[str]) -> list[Commitment]:
    found = Commitment.objects.filter(
        Q(solution=None) | Q(solution__visibility__in=visible),
        meeting=meeting,
        withdrawn_at=None,
        visibility__in=visible,
        problem__visibility__in=visible,
    )
    near = ("owner_organization", "owner_seat", "problem", "solution")
    return list(found.select_related(*near).order_by("number"))


def _problems(meeting: Meeting, visible: Sequence[str]) -> list[Problem]:
    found = Problem.objects.filter(meeting=meeting, withdrawn_at=None, visibility__in=visible)
    return list(found.order_by("number"))


def _objections(minutes: Minutes) -> list[Objection]:
    found = Objection.objects.filter(minutes=minutes, withdrawn_at=None)
    return list(found.select_related("seat__organization"))
