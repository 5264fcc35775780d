"""The catalogue of events. Kinds are `noun.past_participle`; a name, once used, is for ever."""

from dataclasses import dataclass
from enum import Enum


class Undo(Enum):
    """What taking it back means."""

    NEVER = "never"
    RESTORE = "restore"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    undo: Undo = Undo.NEVER


_catalogue: dict[str, Kind] = {}


def _kind(name: str, undo: Undo = Undo.NEVER) -> Kind:
    kind = Kind(name, undo)
    if name in _catalogue:
        raise ValueError(f"{name} is in the catalogue twice")
    _catalogue[name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """Raises KeyError for a kind that is not in the catalogue."""
    return _catalogue[name]


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_catalogue.values())


PROGRAMME_FOUNDED = _kind("programme.founded")
PROGRAMME_EDITED = _kind("programme.edited", Undo.RESTORE)
FIGURE_NOTED = _kind("figure.noted")
FIGURE_WITHDRAWN = _kind("figure.withdrawn")

PLACE_ADDED = _kind("place.added")
ORGANIZATION_ADDED = _kind("organization.added")
ORGANIZATION_EDITED = _kind("organization.edited", Undo.RESTORE)
ALIAS_ADDED = _kind("alias.added")
ALIAS_WITHDRAWN = _kind("alias.withdrawn")
PERSON_ADDED = _kind("person.added")
PERSON_EDITED = _kind("person.edited", Undo.RESTORE)
ACCOUNT_GIVEN = _kind("account.given")
ACCOUNT_RENEWED = _kind("account.renewed")
ACCOUNT_CLOSED = _kind("account.closed")
ACCOUNT_REOPENED = _kind("account.reopened")
SEAT_OPENED = _kind("seat.opened")
SEAT_EDITED = _kind("seat.edited", Undo.RESTORE)
SEAT_CLOSED = _kind("seat.closed")
SEAT_REOPENED = _kind("seat.reopened")
TENURE_STARTED = _kind("tenure.started")
TENURE_ENDED = _kind("tenure.ended")
TENURE_WITHDRAWN = _kind("tenure.withdrawn")

FILE_STORED = _kind("file.stored")

MESA_OPENED = _kind("mesa.opened")
MESA_EDITED = _kind("mesa.edited", Undo.RESTORE)
MESA_FOLLOWED = _kind("mesa.followed")
MESA_EXPORTED = _kind("mesa.exported")
MESA_IMPORTED = _kind("mesa.imported")

PROBLEM_RAISED = _kind("problem.raised", Undo.WITHDRAW)
PROBLEM_EDITED = _kind("problem.edited", Undo.RESTORE)
PROBLEM_CLASSIFIED = _kind("problem.classified", Undo.RESTORE)
PROBLEM_MOVED = _kind("problem.moved", Undo.RESTORE)
PROBLEM_ACCEPTED = _kind("problem.accepted")
PROBLEM_FILTERED_OUT = _kind("problem.filtered_out")
PROBLEM_PARKED = _kind("problem.parked")
PROBLEM_REOPENED = _kind("problem.reopened")
PROBLEM_RESOLVED = _kind("problem.resolved")
PROBLEM_UNRESOLVED = _kind("problem.unresolved")
PROBLEM_WITHDRAWN = _kind("problem.withdrawn")
FOCUS_STARTED = _kind("focus.started")
FOCUS_ENDED = _kind("focus.ended")

SOLUTION_PROPOSED = _kind("solution.proposed", Undo.WITHDRAW)
SOLUTION_EDITED = _kind("solution.edited", Undo.RESTORE)
SOLUTION_MOVED = _kind("solution.moved", Undo.RESTORE)
SOLUTION_ADVANCED = _kind("solution.advanced")
SOLUTION_CONFIRMED = _kind("confirmation.given")
CONFIRMATION_WITHDRAWN = _kind("confirmation.withdrawn")
SOLUTION_REVISED = _kind("solution.revised")
SOLUTION_DROPPED = _kind("solution.dropped")
SOLUTION_WITHDRAWN = _kind("solution.withdrawn")
PLACE_LISTED = _kind("solution_place.listed")
PLACE_ADVANCED = _kind("solution_place.advanced")
ENACTMENT_OPENED = _kind("enactment.opened")
ENACTMENT_EDITED = _kind("enactment.edited", Undo.RESTORE)
OPINION_ASKED = _kind("opinion.asked")
OPINION_GIVEN = _kind("opinion.given")
OPINION_WITHDRAWN = _kind("opinion.withdrawn")

COMMITMENT_ASKED = _kind("commitment.asked", Undo.WITHDRAW)
COMMITMENT_EDITED = _kind("commitment.edited", Undo.RESTORE)
COMMITMENT_MOVED = _kind("commitment.moved", Undo.RESTORE)
COMMITMENT_ASSIGNED = _kind("commitment.assigned", Undo.RESTORE)
COMMITMENT_DATED = _kind("commitment.dated", Undo.RESTORE)
COMMITMENT_RESCHEDULED = _kind("commitment.rescheduled", Undo.RESTORE)
COMMITMENT_AGREED = _kind("commitment.agreed")
COMMITMENT_DECLINED = _kind("commitment.declined")
COMMITMENT_REPORTED_DONE = _kind("commitment.reported_done")
COMMITMENT_CONFIRMED = _kind("commitment.confirmed")
COMMITMENT_SENT_BACK = _kind("commitment.sent_back")
COMMITMENT_PROGRESSED = _kind("commitment.progressed")
COMMITMENT_ASKED_AGAIN = _kind("commitment.asked_again")
COMMITMENT_REOPENED = _kind("commitment.reopened")
COMMITMENT_CANCELLED = _kind("commitment.cancelled")
COMMITMENT_REPLACED = _kind("commitment.replaced")
COMMITMENT_FANNED_OUT = _kind("commitment.fanned_out")
COMMITMENT_WITHDRAWN = _kind("commitment.withdrawn")
COMMITMENT_OVERRIDDEN = _kind("commitment.overridden")
COLLABORATION_ADDED = _kind("collaboration.added", Undo.WITHDRAW)
COLLABORATION_WITHDRAWN = _kind("collaboration.withdrawn", Undo.RESTORE)

ANSWER_GIVEN = _kind("answer.given")
ANSWER_SETTLED = _kind("answer.settled")

MEETING_PREPARED = _kind("meeting.prepared", Undo.WITHDRAW)
MEETING_EDITED = _kind("meeting.edited", Undo.RESTORE)
MEETING_CALLED = _kind("meeting.called")
MEETING_CHANGED = _kind("meeting.changed")
MEETING_OPENED = _kind("meeting.opened")
MEETING_CLOSED = _kind("meeting.closed")
MEETING_CANCELLED = _kind("meeting.cancelled")
ITEM_ADDED = _kind("agenda_item.added", Undo.WITHDRAW)
ITEM_EDITED = _kind("agenda_item.edited", Undo.RESTORE)
ITEM_MOVED = _kind("agenda_item.moved", Undo.RESTORE)
ITEM_TAKEN = _kind("agenda_item.taken", Undo.RESTORE)
ITEM_WITHDRAWN = _kind("agenda_item.withdrawn")
ATTENDANCE_NOTED = _kind("attendance.noted", Undo.RESTORE)
ENTRY_WRITTEN = _kind("entry.written", Undo.WITHDRAW)
ENTRY_EDITED = _kind("entry.edited", Undo.RESTORE)
ENTRY_WITHDRAWN = _kind("entry.withdrawn")
MINUTES_DRAFTED = _kind("minutes.drafted")
MINUTES_CIRCULATED = _kind("minutes.circulated")
MINUTES_RETURNED = _kind("minutes.returned")
MINUTES_APPROVED = _kind("minutes.approved")
MINUTES_PUBLISHED = _kind("minutes.published")
OBJECTION_MADE = _kind("objection.made")
OBJECTION_ANSWERED = _kind("objection.answered")

TEXT_REDACTED = _kind("text.redacted")
VISIBILITY_CHANGED = _kind("visibility.changed")
CHANGE_UNDONE = _kind("change.undone", Undo.RESTORE)
