"""How a commitment stands: what its owner answers, and what the team makes of it."""

from datetime import date, datetime, timedelta

from destraba.actions.followup.commitments import refresh_one
from destraba.actions.inputs import because, passage
from destraba.ledger import kinds
from destraba.ledger.kinds import Kind
from destraba.ledger.record import Recording, recording
from destraba.models import Commitment, Organization
from destraba.queries import access
from destraba.queries.methods import method_of
from destraba.rules.commitments import OPEN, TABLE, CommitmentMove, CommitmentState, DeclineReason, check
from destraba.rules.lights import OVERRIDABLE, Light
from destraba.rules.permissions import Deed
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid
from destraba.values.reasons import Reason

_KIND_OF_MOVE: dict[CommitmentMove, Kind] = {
    CommitmentMove.AGREE: kinds.COMMITMENT_AGREED,
    CommitmentMove.DECLINE: kinds.COMMITMENT_DECLINED,
    CommitmentMove.ASK_AGAIN: kinds.COMMITMENT_ASKED_AGAIN,
    CommitmentMove.HAND_OVER: kinds.COMMITMENT_ASKED_AGAIN,
    CommitmentMove.REPORT_DONE: kinds.COMMITMENT_REPORTED_DONE,
    CommitmentMove.CONFIRM_DONE: kinds.COMMITMENT_CONFIRMED,
    CommitmentMove.SEND_BACK: kinds.COMMITMENT_SENT_BACK,
    CommitmentMove.REOPEN: kinds.COMMITMENT_REOPENED,
    CommitmentMove.CANCEL: kinds.COMMITMENT_CANCELLED,
    CommitmentMove.REPLACE: kinds.COMMITMENT_REPLACED,
    CommitmentMove.FAN_OUT: kinds.COMMITMENT_FANNED_OUT,
}


def move_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    move: CommitmentMove,
    reason: str = "",
    decline_reason: DeclineReason | None = None,
    opinion_of: Organization | None = None,
    replaced_by: Commitment | None = None,
    now: datetime,
) -> Commitment:
    """Agree, decline, report done, confirm, send back ... as the table of `rules.commitments` allows."""
    row = TABLE.row(move)
    access.permit(actor=actor, deed=row.deed, subject=access.subject_of(commitment), now=now)
    given = decline_reason.value if decline_reason else reason
    named = (replaced_by if move is CommitmentMove.REPLACE else opinion_of) is not None
    if refused := check(CommitmentState(commitment.state), move, reason=given, other_named=named):
        raise Conflict(refused)
    if replaced_by and (replaced_by.mesa_id != commitment.mesa_id or replaced_by.pk == commitment.pk):
        raise Invalid(Reason.of("successor_missing"))
    said = because(reason) if reason else ""
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        changes: dict[str, object] = {"decline_reason": decline_reason.value if decline_reason else ""}
        if opinion_of:
            changes["waits_for_organization"] = opinion_of
        if replaced_by:
            changes["replaced_by"] = replaced_by
        return enter_move(change, commitment, move, said, **changes)


def enter_move(
    change: Recording, commitment: Commitment, move: CommitmentMove, said: str, /, **changes: object
) -> Commitment:
    """Write a move that was allowed, with the days that it sets and the light that follows from it."""
    if move is CommitmentMove.REPORT_DONE:
        refresh_one(change, commitment)  # the light of today is what the report freezes
    settle_move(change, commitment, move, said, **changes)
    refresh_one(change, commitment)
    return commitment


def settle_move(
    change: Recording, commitment: Commitment, move: CommitmentMove, said: str, /, **changes: object
) -> None:
    """The same without the light: whoever moves many refreshes them all at once."""
    change.update(
        commitment,
        _KIND_OF_MOVE[move],
        said,
        state=TABLE.row(move).target.value,
        state_because=said,
        **_days_of(commitment, move, day_in(commitment.mesa.time_zone, change.now)),
        **changes,
    )


def report_progress(*, actor: Actor, commitment: Commitment, note: str, now: datetime) -> Commitment:
    """Word from the owner: how it goes. It ends the silence and counts as progress."""
    access.permit(actor=actor, deed=Deed.ANSWER_COMMITMENT, subject=access.subject_of(commitment), now=now)
    if commitment.state != CommitmentState.AGREED:
        raise Conflict(Reason.of("no_such_move", state=commitment.state, move="report_progress"))
    today = day_in(commitment.mesa.time_zone, now)
    said = passage("situation", note)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        change.update(
            commitment,
            kinds.COMMITMENT_PROGRESSED,
            situation=said or commitment.situation,
            last_word_on=today,
            progress_on=today,
            declared=_still_declared(commitment),
        )
        refresh_one(change, commitment)
        return commitment


def override_light(
    *,
    actor: Actor,
    commitment: Commitment,
    light: Light | None,
    reason: str = "",
    until: date | None = None,
    now: datetime,
) -> Commitment:
    """The team's own light with its reason, marked, up to a day no further off than the next session would
    be at the mesa's pace; None ends it."""
    access.permit(actor=actor, deed=Deed.OVERRIDE_LIGHT, subject=access.subject_of(commitment), now=now)
    if light is not None and commitment.state not in OPEN:
        raise Conflict(Reason.of("no_such_move", state=commitment.state, move="override_light"))
    today = day_in(commitment.mesa.time_zone, now)
    if light is not None and (light not in OVERRIDABLE or until is None or until < today):
        raise Invalid(Reason.of("not_overridable"))
    longest = method_of(commitment.mesa).cadence.interval_days
    if light is not None and until is not None and until > today + timedelta(days=longest):
        raise Invalid(Reason.of("override_too_long", days=longest))
    said = because(reason) if light else passage("because", reason, 2000)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        change.update(
            commitment,
            kinds.COMMITMENT_OVERRIDDEN,
            override_light=light.value if light else "",
            override_because=said,
            override_until=until if light else None,
        )
        refresh_one(change, commitment)
        return commitment


def _still_declared(commitment: Commitment) -> str:
    """A word from the owner overtakes what was declared, but in a quiet mesa, which shows nothing else."""
    return commitment.declared if commitment.mesa.is_quiet else ""


def _days_of(commitment: Commitment, move: CommitmentMove, today: date) -> dict[str, object]:
    """The days that a move sets; any answer of the owner is word from them."""
    match move:
        case CommitmentMove.AGREE:
            first = commitment.original_due or commitment.due
            return {"agreed_on": today, "last_word_on": today, "original_due": first}
        case CommitmentMove.DECLINE:
            return {"last_word_on": today}
        case CommitmentMove.ASK_AGAIN | CommitmentMove.HAND_OVER:
            return {"asked_on": today, "agreed_on": None, "reported_on": None, "reported_light": ""}
        case CommitmentMove.REPORT_DONE:
            return {
                "reported_on": today,
                "reported_light": commitment.light,
                "last_word_on": today,
                "declared": _still_declared(commitment),
            }
        case CommitmentMove.CONFIRM_DONE:
            return {"done_on": today}
        case CommitmentMove.SEND_BACK | CommitmentMove.REOPEN:
            return {"reported_on": None, "reported_light": "", "done_on": None}
        case _:
            return {}
