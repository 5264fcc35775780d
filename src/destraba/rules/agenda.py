"""The agenda writes itself: which rows a meeting should take up, why, and in which order (product.md, A34).

Pure: what is known of each open row goes in, proposals come out, the most pressing first. What was not
reached returns before anything else; then what is late, what is stuck, what falls due, what is to be
confirmed, what moved, what is new, and what the mesa wants in focus although nothing moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.values.reasons import Reason

MINUTES = 10
"""How long an item takes where nobody said otherwise."""
STUCK_AFTER = 3
"""Taken up at so many meetings running without having moved, it is stuck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCommitment:
    """An open commitment on the eve of a meeting.

    `agency` is who answers for it, blank for nobody.
    `due_on` is the last day of its date; `moved`: something happened to it since the meeting before;
    `taken_up`: at how many closed meetings running it was taken up without having moved since.
    """

    id: UUID
    number: int
    agency: str
    state: CommitmentState
    light: Light
    due_on: date | None = None
    moved: bool = False
    taken_up: int = 0
    in_focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProblem:
    """A problem on the eve of a meeting. `is_new`: raised since the meeting before."""

    id: UUID
    number: int
    is_new: bool = False
    in_focus: bool = False
    has_commitments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """An item that the meeting before did not reach; `carried` counts the meetings that did not."""

    item: UUID
    subject: UUID | None
    title: str
    minutes: int
    carried: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One item for the agenda, with the reason that is shown beside it.

    `subject` is the key of a commitment or a problem; None for a matter of its own, which has a `title`.
    Reason codes: `carried`, `overdue`, `stuck`, `declined`, `undated`, `due_soon`, `to_confirm`,
    `not_agreed_yet`, `troubled`, `moved`, `new_problem`, `in_focus`; without history `open_with` (an agency)
    and `ownerless` too.
    """

    subject: UUID | None
    reason: Reason
    minutes: int = MINUTES
    title: str = ""
    carried: int = 0


def propose(
    *,
    commitments: Iterable[OpenCommitment],
    problems: Iterable[OpenProblem],
    left_over: Iterable[LeftOver],
    on: date,
    until: date,
) -> list[Proposal]:
    """What the meeting of the day `on` should take up; `until` is the day of the one after it.

    Nothing is proposed twice: a row that was left over keeps its place at the top.
    """
    ranked = [_Ranked(0, (False, -one.carried, 0), _carried(one)) for one in left_over]
    for commitment in commitments:
        if reason := _why_commitment(commitment, on, until):
            late = (on - commitment.due_on).days if commitment.due_on else 0
            order = (not commitment.in_focus, -late, commitment.number)
            ranked.append(_Ranked(_RANK[reason.code], order, Proposal(commitment.id, reason)))
    for problem in problems:
        if reason := _why_problem(problem):
            order = (not problem.in_focus, 0, problem.number)
            ranked.append(_Ranked(_RANK[reason.code], order, Proposal(problem.id, reason)))
    ranked.sort(key=lambda one: (one.rank, one.order))
    seen: set[UUID] = set()
    return [one.proposal for one in ranked if _is_first(one.proposal, seen)]


class _Ranked(NamedTuple):
    """By the rank of its reason, then within it: what is in focus, what is latest, the number."""

    rank: int
    order: tuple[bool, int, int]
    proposal: Proposal


_ORDER = (
    "overdue",
    "stuck",
    "declined",
    "due_soon",
    "to_confirm",
    "not_agreed_yet",
    "undated",
    "troubled",
    "moved",
    "new_problem",
    "in_focus",
)
_RANK = {code: rank for rank, code in enumerate(_ORDER, start=1)}


def propose_without_history(
    *, commitments: Iterable[OpenCommitment], problems: Iterable[OpenProblem]
) -> list[Proposal]:
    """What the first meeting after an import should take up: nobody knows yet what is late in earnest, so
    each agency goes through what is open with it, then what has no date, then what nobody answers for."""
    standing = [one for one in commitments if one.state is not CommitmentState.DECLINED]
    found = [Proposal(one.id, _why_at_first(one)) for one in sorted(standing, key=_at_first)]
    raised = sorted((one for one in problems if one.is_new), key=lambda one: one.number)
    return [*found, *(Proposal(one.id, Reason.of("new_problem")) for one in raised)]


def _at_first(one: OpenCommitment) -> tuple[bool, bool, str, date, int]:
    return not one.agency, one.due_on is None, one.agency.casefold(), one.due_on or date.max, one.number


def _why_at_first(one: OpenCommitment) -> Reason:
    if not one.agency:
        return Reason.of("ownerless")
    return Reason.of("open_with", agency=one.agency) if one.due_on else Reason.of("undated")


def _why_commitment(one: OpenCommitment, on: date, until: date) -> Reason | None:
    if one.state is CommitmentState.DECLINED:
        return Reason.of("declined")
    if one.state is CommitmentState.REPORTED_DONE:
        return Reason.of("to_confirm")
    if one.due_on is not None and one.due_on < on:
        return Reason.of("overdue", days=(on - one.due_on).days, times=one.taken_up)
    if one.taken_up >= STUCK_AFTER:
        return Reason.of("stuck", times=one.taken_up)
    if one.due_on is not None and one.due_on < until:
        return Reason.of("due_soon", days=(one.due_on - on).days)
    if one.state is CommitmentState.ASKED:
        return Reason.of("not_agreed_yet")
    if one.due_on is None:
        return Reason.of("undated")
    if one.light in {Light.RED, Light.AMBER}:
        return Reason.of("troubled", light=one.light)
    return Reason.of("moved") if one.moved else None


def _why_problem(one: OpenProblem) -> Reason | None:
    if one.is_new:
        return Reason.of("new_problem")
    return Reason.of("in_focus") if one.in_focus and not one.has_commitments else None


def _carried(one: LeftOver) -> Proposal:
    reason = Reason.of("carried", times=one.carried)
    return Proposal(one.subject, reason, minutes=one.minutes, title=one.title, carried=one.carried)


def _is_first(one: Proposal, seen: set[UUID]) -> bool:
    if one.subject is None:
        return True
    if one.subject in seen:
        return False
    seen.add(one.subject)
    return True
