"""Fetch or refuse: nobody gets a record from here without having been let in.

Anonymous on a private path: sign in first, whether it exists or not. Signed in and may not see: NotFound.
Sees but may not act: NotAllowed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from destraba.models import Account, Commitment, Mesa, Minutes, Problem, Programme, Seat, Solution, Tenure
from destraba.queries.tenures import held_on, seat_held
from destraba.rules.accounts import Holder, KeyDeed, card_refusal, key_refusal
from destraba.rules.answers import ANSWERABLE
from destraba.rules.commitments import CommitmentState
from destraba.rules.mesas import MesaState, works
from destraba.rules.permissions import PROGRAMME, Deed, Role, SeatHeld, Standing, Subject, owes, refusal
from destraba.rules.permissions import may_read as standing_may_read
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.actors import Actor, Via
from destraba.values.days import day_in
from destraba.values.errors import DomainError, NotAllowed, NotFound
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility, strictest

_HIDDEN = Reason.of("hidden")


class SignInNeeded(DomainError):
    """Nobody is signed in, and this is not public."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone who looks: a door's account and what its person is today."""

    standing: Standing
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    email: str = ""


ANONYMOUS = Viewer(Standing(account=False))


def viewer(account: Account | None, now: datetime) -> Viewer:
    """What an account's person is today: one statement, or none for nobody."""
    if account is None or not account.is_active:
        return ANONYMOUS
    seats, name = seats_held(account.person_id, today(now)) if account.person_id else ((), "")
    return Viewer(
        standing=Standing(account=True, administrator=account.is_administrator, seats=seats),
        account_id=account.pk,
        person_id=account.person_id,
        name=name or account.email,
        email=account.email,
    )


def linked(person_id: UUID, now: datetime, names: frozenset[UUID] = frozenset()) -> Viewer:
    """Somebody behind a mailed link: the open rows that their seats owe today, and nothing else, whatever
    account or seats they have besides. A link that `names` records is for those alone, and what may be done
    to them depends on the seats of today. At most three statements."""
    seats, name = seats_held(person_id, today(now))
    if names:
        return Viewer(
            standing=Standing(account=False, seats=seats, linked=names), person_id=person_id, name=name
        )
    rows = frozenset(row.pk for row in rows_owed(seats))
    return Viewer(standing=Standing(account=False, linked=rows), person_id=person_id, name=name)


def permit(*, actor: Actor, deed: Deed, subject: Subject, now: datetime) -> None:
    """Raise unless this actor may do this, today, to this. Every action asks here first.

    The command line and the jobs act for the installation: whoever holds the machine holds the data, and
    the ledger names the door they came in by.
    """
    if _is_installation(actor):
        return
    refused = refusal(_standing_of(actor, now), deed, subject)
    if refused and actor.via is Via.LINK:
        raise NotFound(_HIDDEN)  # whoever has a link and no account has nowhere to sign in
    _raise(refused)


def permit_reading(*, actor: Actor, mesa: Mesa, now: datetime) -> None:
    """Raise unless this actor reads anything of a mesa, be it the rows of one axis alone."""
    if not _is_installation(actor):
        signed_in(reader := Viewer(_standing_of(actor, now)))
        if not reach_of(reader, mesa.pk).visibilities:
            raise NotFound(_HIDDEN)


def permit_key(*, actor: Actor, deed: KeyDeed, holder: Holder, now: datetime) -> None:
    """The same for somebody's account: raise unless this actor may do this to it, today."""
    if not _is_installation(actor):
        _raise(key_refusal(_standing_of(actor, now), deed, holder))


def permit_card(*, actor: Actor, holder: Holder, now: datetime) -> None:
    """The same for somebody's card: raise unless this actor may put it right, today."""
    if not _is_installation(actor):
        _raise(card_refusal(_standing_of(actor, now), holder))


def mesa(viewer: Viewer, slug: str, deed: Deed = Deed.READ_MESA) -> Mesa:
    """The mesa of that address, for one who may do `deed` in it."""
    signed_in(viewer)
    found = Mesa.objects.select_related("host").filter(slug=slug, withdrawn_at=None).first()
    if found is None:
        raise NotFound(_HIDDEN)
    reach = reach_of(viewer, found.pk)
    if not reach.visibilities:
        raise NotFound(_HIDDEN)
    if deed is Deed.READ_MESA:
        return found
    if reach.axes is not None:
        # Whoever leads an axis acts on its rows, which are asked for one by one, never on the mesa.
        raise NotAllowed(Reason.of("not_your_role"))
    _raise(refusal(viewer.standing, deed, Subject(found.pk)))
    return found


def programme(viewer: Viewer, deed: Deed) -> Programme:
    """The programme, for one who may do `deed` in it."""
    signed_in(viewer)
    _raise(refusal(viewer.standing, deed, PROGRAMME))
    return Programme.objects.get()


def problem(viewer: Viewer, slug: str, number: int) -> Problem:
    """`P-<number>` of a mesa that the viewer may read."""
    within = mesa(viewer, slug)
    found = (
        Problem.objects.select_related("mesa", "raised_by__organization")
        .filter(mesa=within, number=number)
        .first()
    )
    if found is None or not may_see(viewer, found):
        raise NotFound(_HIDDEN)
    return found


def solution(viewer: Viewer, slug: str, problem_number: int, number: int) -> Solution:
    """`P-<problem>.<number>` of a mesa that the viewer may read."""
    within = mesa(viewer, slug)
    found = (
        Solution.objects.select_related("mesa", "problem")
        .filter(mesa=within, problem__number=problem_number, number=number)
        .first()
    )
    if found is None or not may_see(viewer, found, found.problem):
        raise NotFound(_HIDDEN)
    return found


def commitment(viewer: Viewer, slug: str, number: int) -> Commitment:
    """`C-<number>` of a mesa that the viewer may read."""
    within = mesa(viewer, slug)
    found = (
        Commitment.objects.select_related(
            "mesa",
            "problem",
            "solution",
            "owner_organization",
            "owner_seat__organization",
            "waits_for_commitment__problem",
            "waits_for_commitment__solution",
            "waits_for_organization",
            "replaced_by",
            "part_of__problem",
            "part_of__solution",
        )
        .filter(mesa=within, number=number)
        .first()
    )
    if found is None or not may_see(viewer, found, found.problem, found.solution):
        raise NotFound(_HIDDEN)
    return found


def may(viewer: Viewer, deed: Deed, subject: Subject) -> bool:
    """Whether a page should offer this deed; the action asks again."""
    return refusal(viewer.standing, deed, subject) is None


def require(viewer: Viewer, deed: Deed, subject: Subject) -> None:
    """Raise unless this viewer may do this: for a page that must refuse before it reads what was typed."""
    _raise(refusal(viewer.standing, deed, subject))


def may_see(
    viewer: Viewer, record: Problem | Solution | Commitment, *parents: Problem | Solution | None
) -> bool:
    """Whether a record of the Matrix is for this viewer: the strictest of itself and its parents counts."""
    counted = strictest(
        Visibility(record.visibility), *(Visibility(parent.visibility) for parent in parents if parent)
    )
    axis = _problem_of(record).axis
    return standing_may_read(viewer.standing, Subject(record.mesa_id, counted, axis))


@dataclass(frozen=True, slots=True)
class Reach:
    """What a list of a mesa's records may hold for a viewer. `axes` is None where all of them are open."""

    visibilities: tuple[str, ...]
    axes: tuple[str, ...] | None = None

    def problems(self) -> Q:
        """The problems within reach; their solutions and commitments follow them."""
        within = Q(visibility__in=self.visibilities)
        return within if self.axes is None else within & Q(axis__in=self.axes)

    def records(self) -> Q:
        """Solutions and commitments within reach, apart from what their problem decides."""
        return Q(visibility__in=self.visibilities)

    def commitments(self) -> Q:
        """Commitments within reach, with what their problem and their solution decide."""
        seen = self.visibilities
        within = Q(solution=None) | Q(solution__visibility__in=seen)
        within &= Q(visibility__in=seen) & Q(problem__visibility__in=seen)
        return within if self.axes is None else within & Q(problem__axis__in=self.axes)


def reach_of(viewer: Viewer, mesa_id: UUID) -> Reach:
    """How far a viewer sees into a mesa: all of it, one axis, or nothing."""
    whole = tuple(v.value for v in Visibility if standing_may_read(viewer.standing, Subject(mesa_id, v)))
    if Visibility.MESA.value in whole:
        return Reach(whole)
    axes = tuple(
        sorted({seat.axis for seat in viewer.standing.seats if seat.role is Role.AXIS_LEAD and seat.axis})
    )
    seen = {
        v.value: None
        for axis in axes
        for v in Visibility
        if standing_may_read(viewer.standing, Subject(mesa_id, v, axis))
    }
    if Visibility.MESA.value in seen:
        return Reach(tuple(seen), axes)
    return Reach(())


def subject_of(record: Problem | Solution | Commitment) -> Subject:
    """What `rules.permissions` needs to know of a record of the Matrix: its own and its parents' facts."""
    owner_seat = getattr(record, "owner_seat_id", None) or getattr(record, "raised_by_id", None)
    parents: list[Problem | Solution] = [] if isinstance(record, Problem) else [record.problem]
    if isinstance(record, Commitment) and record.solution:
        parents.append(record.solution)
    return Subject(
        mesa_id=record.mesa_id,
        visibility=strictest(
            Visibility(record.visibility), *(Visibility(parent.visibility) for parent in parents)
        ),
        axis=_problem_of(record).axis,
        record_id=record.pk,
        owner_seat_id=owner_seat,
        owner_organization_id=getattr(record, "owner_organization_id", None),
    )


def subject_of_minutes(minutes: Minutes) -> Subject:
    """The same of minutes, which nobody sees who may not see their meeting."""
    counted = strictest(Visibility(minutes.visibility), Visibility(minutes.meeting.visibility))
    return Subject(minutes.mesa_id, counted, record_id=minutes.pk)


def visibility_deed(was: Visibility, becomes: Visibility) -> Deed:
    """What one must be allowed to change who sees a record: to the public and back it takes publishing."""
    return Deed.PUBLISH if Visibility.PUBLIC in (was, becomes) else Deed.EDIT_MATRIX


def rows_owed(
    seats: Collection[SeatHeld], states: Collection[CommitmentState] = ANSWERABLE
) -> list[Commitment]:
    """The commitments that these seats owe, in mesas that are at work and not quiet; never what is for the
    team alone, nor what hangs from something that was set aside. One statement."""
    if not seats:
        return []
    owners = Q(owner_organization__in={seat.organization_id for seat in seats})
    found = rows_at_work(owners, Q(mesa__following_since__isnull=False), Q(state__in=states))
    return [row for row, subject in found if any(owes(seat, subject) for seat in seats)]


def rows_at_work(*conditions: Q) -> list[tuple[Commitment, Subject]]:
    """Commitments that an owner may be asked about, quiet mesas included unless a condition leaves them out:
    of mesas at work, for others than the team, hanging from nothing that was set aside. One statement."""
    found = Commitment.objects.filter(
        Q(solution=None) | Q(solution__withdrawn_at=None),
        *conditions,
        withdrawn_at=None,
        mesa__withdrawn_at=None,
        mesa__state__in=[state for state in MesaState if works(state)],
        problem__withdrawn_at=None,
        problem__stage__in=(ProblemStage.RAISED, ProblemStage.ACCEPTED),
    ).exclude(solution__stage=SolutionStage.DROPPED)
    every = found.select_related("mesa", "problem", "solution", "waits_for_organization", "meeting").order_by(
        "pk"
    )
    subjects = [(row, subject_of(row)) for row in every]
    return [(row, subject) for row, subject in subjects if subject.visibility is not Visibility.TEAM]


def owing_seat(seats: Collection[SeatHeld], commitment: Commitment) -> SeatHeld | None:
    """Which of these seats answers for a commitment: the one that owes it, or else one of the owner's."""
    subject = subject_of(commitment)
    owing = [seat for seat in seats if owes(seat, subject)]
    return min(owing, key=lambda seat: seat.seat_id != commitment.owner_seat_id, default=None)


def seat_in(viewer: Viewer, mesa: Mesa) -> Seat | None:
    """The viewer's own seat in a mesa, for what they say there; of several, the first that was opened."""
    held = [seat.seat_id for seat in viewer.standing.seats if seat.mesa_id == mesa.pk]
    return Seat.objects.filter(pk__in=held).order_by("pk").first() if held else None


def mesas_of(viewer: Viewer) -> list[Mesa]:
    """The mesas that a viewer may read, by name of address."""
    return [
        found
        for found in Mesa.objects.select_related("host").filter(withdrawn_at=None)
        if reach_of(viewer, found.pk).visibilities
    ]


def seats_held(person_id: UUID, on: date) -> tuple[tuple[SeatHeld, ...], str]:
    """The seats that somebody holds on a day, and their name; without a seat, no name. One statement."""
    tenures = Tenure.objects.filter(held_on(on), person_id=person_id).select_related("seat", "person")
    held = tuple(seat_held(tenure.seat) for tenure in tenures)
    return held, tenures[0].person.full_name if tenures else ""


def holds(actor: Actor, seat_id: UUID, now: datetime) -> bool:
    """Whether this person sits there today."""
    if actor.person_id is None:
        return False
    held, _name = seats_held(actor.person_id, today(now))
    return any(seat.seat_id == seat_id for seat in held)


def today(now: datetime) -> date:
    """The day in the programme's zone, by which tenures go."""
    zone = Programme.objects.values_list("time_zone", flat=True).first()
    return day_in(zone or "UTC", now)


def _problem_of(record: Problem | Solution | Commitment) -> Problem:
    return record if isinstance(record, Problem) else record.problem


def _is_installation(actor: Actor) -> bool:
    return actor.person_id is None and actor.via in {Via.COMMAND, Via.JOB}


def _standing_of(actor: Actor, now: datetime) -> Standing:
    if actor.person_id is None:
        return Standing(account=False)
    if actor.via is Via.LINK:
        return linked(actor.person_id, now, actor.link_names).standing
    account = Account.objects.filter(person_id=actor.person_id, is_active=True).first()
    seats, _name = seats_held(actor.person_id, today(now))
    return Standing(
        account=account is not None, administrator=bool(account and account.is_administrator), seats=seats
    )


def signed_in(viewer: Viewer) -> None:
    """Raise unless somebody has signed in: for a page that is of no mesa."""
    if not viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))


def _raise(reason: Reason | None) -> None:
    if reason is None:
        return
    if reason.code == "not_signed_in":
        raise SignInNeeded(reason)
    if reason.code == "hidden":
        raise NotFound(reason)
    raise NotAllowed(reason)
