"""Minutes as they stand for somebody whom one edition of them was mailed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from destraba.ledger import kinds
from destraba.ledger.replay import Entry, entries_of
from destraba.models import Commitment, Link, Minutes, Objection
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.followup.owed import Receipt
from destraba.queries.meetings.circulated import seen_minutes
from destraba.rules.minutes import Mailed, MinutesState, ObjectionState, approval_refusal, mailed_standing
from destraba.rules.permissions import Deed
from destraba.values.reasons import Reason

_OVER = frozenset({Mailed.OPEN, Mailed.OVER})


@dataclass(frozen=True, slots=True)
class OwnObjection:
    """What the reader holds against the edition that was mailed, with the event that says so."""

    record: Objection
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class LinkedMinutes:
    """`edition` is the one that was mailed; `unanswered` counts the objections that the team has still to
    answer. `approved_here`: it was the reader who approved them."""

    minutes: Minutes
    edition: int
    standing: Mailed
    viewer: Viewer
    own: tuple[OwnObjection, ...]
    unanswered: int
    approved_here: bool

    @property
    def is_shown(self) -> bool:
        """Whether what they say is for this link: not once another edition is about to take their place."""
        return self.standing in _OVER or self.standing is Mailed.APPROVED

    @property
    def may_object(self) -> bool:
        return self.standing is Mailed.OPEN and self._may(Deed.OBJECT_MINUTES)

    @property
    def leads(self) -> bool:
        """Whether the reader is one who approves minutes, as far as these still wait for it."""
        return self.standing in _OVER and self._may(Deed.APPROVE_MINUTES)

    @property
    def approval_refused(self) -> Reason | None:
        """Why nobody can approve them now, or None."""
        return approval_refusal(MinutesState(self.minutes.state), open_objections=self.unanswered)

    def _may(self, deed: Deed) -> bool:
        return access.may(self.viewer, deed, access.subject_of_minutes(self.minutes))


def minutes_by(link: Link, now: datetime) -> LinkedMinutes | None:
    """The minutes that a link names; None where its person does not sit in their mesa today, or where they
    are none of the mesa's any more. At most nine statements."""
    named = _named(link)
    minutes = seen_minutes().filter(pk=named[0]).first() if named else None
    if named is None or minutes is None:
        return None
    viewer = access.linked(link.person_id, now, frozenset({minutes.pk}))
    if not access.may(viewer, Deed.OBJECT_MINUTES, access.subject_of_minutes(minutes)):
        return None
    objections = list(Objection.objects.filter(minutes=minutes, withdrawn_at=None))
    told = entries_of({"minutes": [minutes.pk], "objection": [one.pk for one in objections]})
    own = [entry for entry in told if entry.actor == link.person_id]
    return LinkedMinutes(
        minutes=minutes,
        edition=named[1],
        standing=mailed_standing(
            MinutesState(minutes.state),
            minutes.edition,
            mailed=named[1],
            until=minutes.objections_until,
            now=now,
        ),
        viewer=viewer,
        own=tuple(_own(objections, own, named[1])),
        unanswered=sum(one.state == ObjectionState.OPEN for one in objections),
        approved_here=any(entry.kind == kinds.MINUTES_APPROVED.name for entry in own),
    )


def own_numbers(found: LinkedMinutes) -> frozenset[int]:
    """The numbers of the commitments of that meeting that the reader's seats answer for; one statement."""
    made = Commitment.objects.filter(meeting=found.minutes.meeting_id, withdrawn_at=None)
    seats = found.viewer.standing.seats
    near = made.select_related("problem", "solution")
    return frozenset(one.number for one in near if access.owing_seat(seats, one))


def was_made(objection_id: UUID, minutes: Minutes) -> bool:
    """Whether this very objection is on record already."""
    return Objection.objects.filter(pk=objection_id, minutes=minutes).exists()


def _named(link: Link) -> tuple[UUID, int] | None:
    """The minutes and the edition of them that were mailed."""
    try:
        minutes_id, edition = link.scope
        return UUID(minutes_id), int(edition)
    except (ValueError, TypeError, AttributeError):
        return None


def _own(objections: Iterable[Objection], told: Iterable[Entry], edition: int) -> Iterable[OwnObjection]:
    of_edition = {one.pk: one for one in objections if one.edition == edition}
    for entry in told:
        if entry.object_id in of_edition and entry.kind == kinds.OBJECTION_MADE.name:
            receipt = Receipt(entry.occurred_at, entry.seq, entry.hash.hex())
            yield OwnObjection(of_edition[entry.object_id], receipt)
