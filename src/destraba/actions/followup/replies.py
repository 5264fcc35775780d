"""What an owner answers, in the six words of the liaison's page, and what the team makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from destraba.actions.files import enter_file
from destraba.actions.followup.answers import enter_move
from destraba.actions.followup.commitments import reassign, redate, refresh_one
from destraba.actions.inputs import NAME, because, line, passage
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Answer, Commitment, File, Organization, Seat
from destraba.queries import access
from destraba.rules.answers import (
    AnswerKind,
    AnswerState,
    answer_refusal,
    overtakes,
    settle_refusal,
    state_of,
)
from destraba.rules.commitments import CommitmentMove, CommitmentState, DeclineReason, check
from destraba.rules.permissions import Deed
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.media import media_type_of
from destraba.values.reasons import Reason

NOTE = 2000


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photograph or a document that shows it, as it was handed over."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer, cleaned."""

    kind: AnswerKind
    note: str
    remedy: str
    named: str
    names: Organization | None
    proposed_due: FuzzyDate | None
    head_consulted: bool | None
    media_type: str = ""


def give_answer(
    *,
    actor: Actor,
    commitment: Commitment,
    kind: AnswerKind,
    note: str = "",
    remedy: str = "",
    head_consulted: bool | None = None,
    proposed_due: FuzzyDate | None = None,
    names: Organization | None = None,
    named: str = "",
    evidence: Evidence | None = None,
    key: UUID | None = None,
    on_behalf_of: Seat | None = None,
    now: datetime,
) -> Answer:
    """What the owner says of a commitment, with what follows from it, as one change.

    `names` is the organization that is waited for or that answers instead; `named` its name where the
    installation knows none such. With a `key`, the same answer sent again finds itself on record and changes
    nothing. `on_behalf_of`: the seat that the team heard by telephone.
    """
    access.permit(actor=actor, deed=Deed.ANSWER_COMMITMENT, subject=access.subject_of(commitment), now=now)
    said = _Said(
        kind=kind,
        note=passage("note", note, NOTE),
        remedy=passage("remedy", remedy, NOTE),
        named=line("named", named, NAME),
        names=names,
        proposed_due=proposed_due,
        head_consulted=head_consulted,
        media_type=_media_type(evidence),
    )
    _check_answerable(commitment, said, now)
    seat_id = _speaker(actor, commitment, on_behalf_of, now)
    if on_behalf_of:
        actor = replace(actor, on_behalf_of=on_behalf_of.pk)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        earlier = Answer.objects.filter(pk=key, commitment=commitment).first() if key else None
        if earlier:
            return earlier
        answer = Answer(**_values(said), mesa_id=commitment.mesa_id, commitment=commitment, seat_id=seat_id)
        answer.visibility, answer.said_at = commitment.visibility, now
        answer.evidence = _filed(change, commitment, evidence, said)
        if key:
            answer.id = key
        _overtake(change, commitment, kind)
        change.create(answer, kinds.ANSWER_GIVEN)
        _follow(change, commitment, said)
        return answer


def decline_by_name(
    *,
    actor: Actor,
    commitment: Commitment,
    decline_reason: DeclineReason,
    opinion_of: Organization | None = None,
    opinion_named: str = "",
    reason: str = "",
    now: datetime,
) -> Commitment:
    """Decline what was asked. An agency whose opinion is needed may be named even where nobody has entered
    it yet: whoever declines has no list to choose from."""
    access.permit(actor=actor, deed=Deed.ANSWER_COMMITMENT, subject=access.subject_of(commitment), now=now)
    needs_opinion = decline_reason is DeclineReason.NEEDS_OPINION
    named = line("named", opinion_named, NAME) if needs_opinion else ""
    state, has_name = CommitmentState(commitment.state), bool(opinion_of or named)
    if refused := check(state, CommitmentMove.DECLINE, reason=decline_reason.value, other_named=has_name):
        raise (Invalid if refused.code == "opinion_of_missing" else Conflict)(refused)
    unknown = [named] if named and not opinion_of else []
    said = "\n".join(filter(None, [*unknown, passage("because", reason, NOTE)]))
    changes: dict[str, object] = {"decline_reason": decline_reason.value}
    if opinion_of and needs_opinion:
        changes["waits_for_organization"] = opinion_of
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        return enter_move(change, commitment, CommitmentMove.DECLINE, said, **changes)


def settle_answer(
    *,
    actor: Actor,
    answer: Answer,
    grant: bool,
    reason: str = "",
    owner: Organization | Seat | None = None,
    now: datetime,
) -> Answer:
    """Grant or refuse what an owner asked. Another date that is granted counts as a slip, with the owner's
    reason where the team gives none; whose it is may be said with `owner`, where the owner's word was no
    name that is known here. A refusal says why."""
    commitment = answer.commitment
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    if refused := settle_refusal(AnswerState(answer.state)):
        raise Conflict(refused)
    said = passage("because", reason, NOTE) if grant else because(reason)
    with recording(actor=actor, now=now, streams=[answer.mesa_id]) as change:
        state = AnswerState.GRANTED if grant else AnswerState.REFUSED
        change.update(answer, kinds.ANSWER_SETTLED, said, state=state.value)
        if grant:
            _grant(change, answer, owner, said or answer.note)
        return answer


def _check_answerable(commitment: Commitment, said: _Said, now: datetime) -> None:
    refused = answer_refusal(
        CommitmentState(commitment.state),
        said.kind,
        proposed=said.proposed_due.last_day if said.proposed_due else None,
        named=bool(said.names or said.named),
        reason=said.note,
        today=day_in(commitment.mesa.time_zone, now),
    )
    if refused:
        of_state = refused.code in {"nothing_asked", "not_agreed_yet"}
        raise (Conflict if of_state else Invalid)(refused)


def _speaker(actor: Actor, commitment: Commitment, on_behalf_of: Seat | None, now: datetime) -> UUID | None:
    """The seat whose word it is."""
    if on_behalf_of:
        if on_behalf_of.mesa_id not in (commitment.mesa_id, None):
            raise Invalid(Reason.of("seat_elsewhere"))
        return on_behalf_of.pk
    if actor.person_id is None:
        return None
    seats, _name = access.seats_held(actor.person_id, access.today(now))
    owing = access.owing_seat(seats, commitment)
    return owing.seat_id if owing else None


def _media_type(evidence: Evidence | None) -> str:
    """Known by what is in it; refused before anything is written."""
    if evidence is None:
        return ""
    if len(evidence.content) > settings.UPLOAD_LIMIT:
        raise Invalid(Reason.of("evidence_too_large", limit=settings.UPLOAD_LIMIT // 1024**2))
    media_type = media_type_of(evidence.content)
    if media_type is None:
        raise Invalid(Reason.of("evidence_unknown"))
    return media_type


def _values(said: _Said) -> Mapping[str, object]:
    """What is kept of an answer: only what its kind asks for."""
    names_somebody = said.kind in {AnswerKind.WAITS, AnswerKind.NOT_MINE}
    return {
        "kind": said.kind.value,
        "note": said.note,
        "remedy": said.remedy,
        "named": said.named if names_somebody and said.names is None else "",
        "names": said.names if names_somebody else None,
        "proposed_due": said.proposed_due if said.kind is AnswerKind.OTHER_DATE else None,
        "head_consulted": said.head_consulted,
        "state": state_of(said.kind).value,
    }


def _filed(change: Recording, commitment: Commitment, evidence: Evidence | None, said: _Said) -> File | None:
    if evidence is None:
        return None
    return enter_file(
        change,
        commitment.mesa,
        content=evidence.content,
        name=evidence.name[-NAME:],
        media_type=said.media_type,
    )


def _follow(change: Recording, commitment: Commitment, said: _Said) -> None:
    """What an answer does to its commitment."""
    if said.kind is AnswerKind.DONE:
        enter_move(change, commitment, CommitmentMove.REPORT_DONE, said.note)
        return
    today = day_in(commitment.mesa.time_zone, change.now)
    changes: dict[str, object] = {"last_word_on": today}
    if said.kind is AnswerKind.PROGRESS:
        declared = commitment.declared if commitment.mesa.is_quiet else ""
        situation = said.note or commitment.situation
        changes |= {"progress_on": today, "situation": situation, "declared": declared}
        if _told_to_wait(commitment):
            changes["waits_for_organization"] = None  # it moves, so it waits no longer
    if said.kind is AnswerKind.WAITS and said.names:
        changes["waits_for_organization"] = said.names
    change.update(commitment, kinds.COMMITMENT_PROGRESSED, **changes)
    refresh_one(change, commitment)


def _overtake(change: Recording, commitment: Commitment, kind: AnswerKind) -> None:
    """What this makes moot waits for the team no longer."""
    for earlier in Answer.objects.filter(commitment=commitment, state=AnswerState.OPEN, withdrawn_at=None):
        if overtakes(kind, AnswerKind(earlier.kind)):
            change.update(earlier, kinds.ANSWER_SETTLED, state=AnswerState.OVERTAKEN.value)


def _told_to_wait(commitment: Commitment) -> bool:
    """Whether what it waits for is what its owner said earlier; what the team wrote down stays."""
    if commitment.waits_for_organization_id is None:
        return False
    waits = Answer.objects.filter(
        commitment=commitment, kind=AnswerKind.WAITS.value, names=commitment.waits_for_organization_id
    )
    return waits.exists()


def _grant(change: Recording, answer: Answer, owner: Organization | Seat | None, reason: str) -> None:
    if answer.kind == AnswerKind.OTHER_DATE:
        redate(change, answer.commitment, answer.proposed_due, reason)
        return
    takes_over = owner or answer.names
    if takes_over is None:
        raise Invalid(Reason.of("new_owner_missing", text=answer.named))
    reassign(change, answer.commitment, takes_over, reason)
    if answer.commitment.state == CommitmentState.AGREED:
        enter_move(change, answer.commitment, CommitmentMove.HAND_OVER, reason)
