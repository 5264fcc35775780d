"""What somebody owes in all their mesas, the worst first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from destraba.models import Commitment, Mesa
from destraba.queries.matrix.rows import CommitmentRow
from destraba.queries.matrix.tree import commitment_row
from destraba.queries.within import Within, joined
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.desk.pressing import Pressing, pressing
from destraba.rules.mesas import MesaState, works
from destraba.rules.permissions import SEAT_HOLDERS, Role, SeatHeld
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.days import day_in


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A commitment that the viewer's seat or organization owes. `today` is the day in its mesa."""

    mesa: Mesa
    row: CommitmentRow
    pressing: Pressing
    today: date


def owed(seen: Within, now: datetime) -> list[OwedLine]:
    """Open commitments of the viewer's seats, in mesas at work; one statement, or none for nobody.

    What hangs from something that was set aside is expected of nobody.
    """
    mine = [_of_seat(seat) for seat in seen.viewer.standing.seats if seat.role in SEAT_HOLDERS]
    if not mine:
        return []
    found = (
        Commitment.objects.filter(
            joined(mine),
            seen.commitments(),
            Q(solution=None) | Q(solution__withdrawn_at=None),
            withdrawn_at=None,
            state__in=OPEN,
            mesa__state__in=[state for state in MesaState if works(state)],
            problem__withdrawn_at=None,
            problem__stage__in=(ProblemStage.RAISED, ProblemStage.ACCEPTED),
        )
        .exclude(solution__stage=SolutionStage.DROPPED)
        .select_related("owner_organization", "owner_seat")
    )
    mesas = seen.by_key
    return sorted((_line(mesas[one.mesa_id], one, now) for one in found), key=_worst_first)


def _line(mesa: Mesa, one: Commitment, now: datetime) -> OwedLine:
    today = day_in(mesa.time_zone, now)
    presses = pressing(CommitmentState(one.state), one.due_on, one.light_reason, today, quiet=mesa.is_quiet)
    return OwedLine(mesa, commitment_row(one, ()), presses, today)


def _worst_first(line: OwedLine) -> tuple[Pressing, date, str, int]:
    return line.pressing, line.row.due_on or date.max, line.mesa.slug, line.row.number


def _of_seat(seat: SeatHeld) -> Q:
    """What a seat owes: its own, its organization's; for a liaison, any of its agency."""
    own = Q(owner_organization=seat.organization_id)
    if seat.role is not Role.LIAISON:
        own &= Q(owner_seat=None) | Q(owner_seat=seat.seat_id)
    return own if seat.mesa_id is None else own & Q(mesa=seat.mesa_id)
