"""What can be done on the page of a commitment: by whoever owes it, and by the team."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.answers import move_commitment, override_light, report_progress
from destraba.actions.followup.commitments import (
    assign_commitment,
    date_commitment,
    edit_commitment,
    set_collaborators,
)
from destraba.ledger.labels import label
from destraba.models import Commitment, Organization, Seat
from destraba.queries import access
from destraba.queries.matrix.things import SeatCard
from destraba.rules.commitments import OPEN, TABLE, CommitmentMove, CommitmentState, DeclineReason, is_slip
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed, Role
from destraba.values.errors import Invalid, NotFound
from destraba.values.numbers import commitment_number
from destraba.values.reasons import Reason
from destraba.web.forms.acts import ActForm, BehalfForm, Options, ReasonForm
from destraba.web.forms.commitments import (
    AssignForm,
    DeclineForm,
    DueForm,
    EditCommitmentForm,
    HelpersForm,
    OverrideForm,
    ProgressForm,
    ReplaceForm,
    WaitsForm,
)
from destraba.web.forms.fields import blank_first
from destraba.web.things.acts import Act, Call, Group, Words
from destraba.web.things.asks import SETTLING, hearing
from destraba.web.things.fanning import FANNING
from destraba.web.things.scenes import CommitmentScene
from destraba.web.things.visibility import visibility_acts

CommitmentAct = Act[CommitmentScene, Commitment]
CommitmentCall = Call[CommitmentScene, Commitment]
_FIELDS = ("title", "situation", "starts_on", "next_checkpoint_on", "declared")


def _thing(scene: CommitmentScene) -> list[Commitment]:
    """The commitment itself, unless it was taken back."""
    return [] if scene.thing.record.withdrawn_at else [scene.thing.record]


def _is_open(_scene: CommitmentScene, commitment: Commitment) -> bool:
    return commitment.state in OPEN


def _move(
    move: CommitmentMove,
    words: Words,
    says: Words = "",
    form: type[ActForm] = ActForm,
    kind: str = "",
) -> CommitmentAct:
    """A move of the table of `rules.commitments`: open wherever that says so."""
    row = TABLE.row(move)
    return Act(
        code=move.value,
        words=words,
        says=says,
        group=Group.NEXT,
        deed=row.deed,
        form=form,
        kind=kind,
        targets=_thing,
        when=lambda _scene, commitment: commitment.state in row.sources,
        first=_speaker,
        options=_speakers,
        do=lambda call: _do_move(call, move),
    )


def _speakers(scene: CommitmentScene, _commitment: Commitment) -> Options:
    """Those for whom the team may enter an answer that it heard."""
    if not scene.may(Deed.FOLLOW_UP):
        return {}
    seats = [(str(seat.id), seat_words(seat)) for seat in scene.thing.owner_seats]
    return {"behalf": blank_first(seats, str(_("nobody")))} if seats else {}


def _speaker(scene: CommitmentScene, _commitment: Commitment) -> dict[str, Any]:
    """Where one seat answers for the owner, it is the one that was on the telephone."""
    seats = scene.thing.owner_seats
    return {"behalf": seats[0].id} if len(seats) == 1 else {}


def seat_words(seat: SeatCard) -> str:
    """A seat as people know it: the organization, the post, who sits there."""
    post = seat.title or label(Role(seat.role))
    who = f" ({seat.holder})" if seat.holder else ""
    return f"{seat.organization}, {post}{who}"


def _do_move(call: CommitmentCall, move: CommitmentMove) -> None:
    data = call.data
    decline_reason, successor = data.get("decline_reason"), data.get("replaced_by")
    move_commitment(
        actor=call.scene.speaking_for(data.get("behalf")),
        commitment=call.target,
        move=move,
        reason=data.get("reason", ""),
        decline_reason=DeclineReason(decline_reason) if decline_reason else None,
        opinion_of=data.get("opinion_of"),
        replaced_by=_numbered(call.scene, successor) if successor else None,
        now=call.scene.now,
    )


def _numbered(scene: CommitmentScene, number: int) -> Commitment:
    try:
        return access.commitment(scene.viewer, scene.mesa.slug, number)
    except NotFound as error:
        raise Invalid(Reason.of("unknown_number", text=commitment_number(number))) from error


def _progress(call: CommitmentCall) -> None:
    report_progress(
        actor=call.scene.speaking_for(call.data.get("behalf")),
        commitment=call.target,
        note=call.data["note"],
        now=call.scene.now,
    )


def _date(call: CommitmentCall) -> None:
    date_commitment(
        actor=call.scene.actor,
        commitment=call.target,
        due=call.data["due"],
        reason=call.data["reason"],
        now=call.scene.now,
    )


def _date_words(_scene: CommitmentScene, commitment: Commitment) -> str:
    if is_slip(CommitmentState(commitment.state), commitment.due_on, None):
        return str(_("It was agreed: another date takes a reason and counts as a slip."))
    return ""


def _assign(call: CommitmentCall) -> None:
    seat: UUID | None = call.data["seat"]
    owner: Organization | Seat | None = call.data["organization"]
    if seat:
        owner = Seat.objects.select_related("organization").get(pk=seat)
    assign_commitment(
        actor=call.scene.actor,
        commitment=call.target,
        owner=owner,
        reason=call.data["reason"],
        now=call.scene.now,
    )


def _seats(scene: CommitmentScene, _commitment: Commitment) -> Options:
    seats = [(str(seat.id), seat_words(seat)) for seat in scene.thing.seats]
    return {"seat": blank_first(seats, str(_("the organization as a whole")))}


def _owner(_scene: CommitmentScene, commitment: Commitment) -> dict[str, Any]:
    return {"organization": commitment.owner_organization, "seat": commitment.owner_seat_id}


def _waits(call: CommitmentCall) -> None:
    number = call.data["commitment"]
    edit_commitment(
        actor=call.scene.actor,
        commitment=call.target,
        waits_for_commitment=_numbered(call.scene, number) if number else None,
        waits_for_organization=None if number else call.data["organization"],
        now=call.scene.now,
    )


def _waited_for(_scene: CommitmentScene, commitment: Commitment) -> dict[str, Any]:
    other = commitment.waits_for_commitment
    return {
        "commitment": commitment_number(other.number) if other else "",
        "organization": commitment.waits_for_organization,
    }


def _edit(call: CommitmentCall) -> None:
    fields = {name: call.data[name] for name in _FIELDS}
    fields["declared"] = Light(fields["declared"]) if fields["declared"] else None
    edit_commitment(actor=call.scene.actor, commitment=call.target, now=call.scene.now, **fields)


def _override(call: CommitmentCall) -> None:
    override_light(
        actor=call.scene.actor,
        commitment=call.target,
        light=Light(call.data["light"]),
        reason=call.data["reason"],
        until=call.data["until"],
        now=call.scene.now,
    )


_EDITING: tuple[CommitmentAct, ...] = (
    Act(
        code="date",
        words=_("Give another date"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=DueForm,
        targets=_thing,
        when=_is_open,
        first=lambda _scene, commitment: {"due": commitment.due},
        warning=_date_words,
        do=_date,
    ),
    Act(
        code="assign",
        words=_("Say who answers"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=AssignForm,
        targets=_thing,
        when=_is_open,
        first=_owner,
        options=_seats,
        do=_assign,
    ),
    Act(
        code="helpers",
        words=_("Say who helps"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=HelpersForm,
        targets=_thing,
        when=_is_open,
        first=lambda scene, _commitment: {"organizations": list(scene.thing.helpers)},
        do=lambda call: set_collaborators(
            actor=call.scene.actor,
            commitment=call.target,
            organizations=call.data["organizations"],
            now=call.scene.now,
        ),
    ),
    Act(
        code="waits",
        words=_("Say what it waits for"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=WaitsForm,
        targets=_thing,
        when=_is_open,
        first=_waited_for,
        do=_waits,
    ),
    Act(
        code="edit",
        words=_("Edit"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=EditCommitmentForm,
        targets=_thing,
        first=lambda _scene, commitment: {name: getattr(commitment, name) for name in _FIELDS},
        do=_edit,
    ),
    Act(
        code="override",
        words=_("Set the light"),
        says=_("Yours is shown, marked as yours, with this reason."),
        group=Group.KEEP,
        deed=Deed.OVERRIDE_LIGHT,
        form=OverrideForm,
        targets=_thing,
        when=_is_open,
        do=_override,
    ),
    Act(
        code="end_override",
        words=_("Let the light be computed"),
        group=Group.KEEP,
        deed=Deed.OVERRIDE_LIGHT,
        targets=_thing,
        when=lambda _scene, commitment: bool(commitment.override_light),
        do=lambda call: override_light(
            actor=call.scene.actor, commitment=call.target, light=None, now=call.scene.now
        ),
    ),
)

ACTS: tuple[Act[CommitmentScene, Any], ...] = (
    *SETTLING,
    *FANNING,
    _move(CommitmentMove.AGREE, _("Agree"), form=BehalfForm, kind="go"),
    _move(CommitmentMove.DECLINE, _("Decline"), form=DeclineForm),
    _move(CommitmentMove.REPORT_DONE, _("Report it done"), form=BehalfForm, kind="go"),
    Act(
        code="progress",
        words=_("Tell how it goes"),
        group=Group.NEXT,
        deed=Deed.ANSWER_COMMITMENT,
        form=ProgressForm,
        targets=_thing,
        when=lambda _scene, commitment: commitment.state == CommitmentState.AGREED,
        first=_speaker,
        options=_speakers,
        do=_progress,
    ),
    hearing(_thing, _speaker, _speakers),
    _move(CommitmentMove.CONFIRM_DONE, _("Confirm: it is done"), kind="go"),
    _move(CommitmentMove.SEND_BACK, _("Send back"), _("Say what is missing."), ReasonForm),
    _move(CommitmentMove.ASK_AGAIN, _("Ask again"), form=ReasonForm, kind="go"),
    _move(CommitmentMove.REOPEN, _("Reopen"), form=ReasonForm),
    *_EDITING,
    *visibility_acts(_thing),
    _move(CommitmentMove.REPLACE, _("Replace by another"), form=ReplaceForm),
    _move(CommitmentMove.CANCEL, _("Cancel the commitment"), form=ReasonForm, kind="danger"),
)
