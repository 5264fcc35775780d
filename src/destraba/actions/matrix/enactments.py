"""The way of a norm from draft to gazette, and the opinions that it waits for."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from destraba.actions.inputs import passage
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Enactment, Opinion, Organization, Solution
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.rules.solutions import EnactmentRank, OpinionState
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason


class EnactmentFields(TypedDict, total=False):
    """The stations of a norm on its way."""

    rank: EnactmentRank
    norm: str
    drafter: Organization | None
    drafted_on: FuzzyDate | None
    prepublished_on: FuzzyDate | None
    comments_until: date | None
    signed_on: FuzzyDate | None
    published_on: FuzzyDate | None
    awaits_regulations: bool


def track_enactment(
    *, actor: Actor, solution: Solution, now: datetime, **fields: Unpack[EnactmentFields]
) -> Enactment:
    """Open or amend the track of the norm that a solution needs, or say that it needs none."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    values: dict[str, object] = dict(fields)
    if "rank" in fields:
        values["rank"] = fields["rank"].value
    if "norm" in fields:
        values["norm"] = passage("norm", fields["norm"], 300)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        existing = Enactment.objects.filter(solution=solution).first()
        if existing:
            return change.update(existing, kinds.ENACTMENT_EDITED, **values)
        if "rank" not in fields:
            raise Invalid(Reason.of("required", field="rank"))
        return change.create(
            Enactment(mesa_id=solution.mesa_id, solution=solution, **values), kinds.ENACTMENT_OPENED
        )


def begin_anew(change: Recording, solution: Solution) -> None:
    """As part of a revision that takes another norm: its track is blank again, and what was said of the old
    one stays in the ledger."""
    track = Enactment.objects.filter(solution=solution, withdrawn_at=None).first()
    if track is None:
        return
    for opinion in track.opinions.filter(withdrawn_at=None):
        change.update(opinion, kinds.OPINION_WITHDRAWN, withdrawn_at=change.now)
    blank = dict.fromkeys(("drafted_on", "prepublished_on", "comments_until", "signed_on", "published_on"))
    change.update(track, kinds.ENACTMENT_EDITED, norm="", awaits_regulations=False, **blank)


def ask_opinion(
    *, actor: Actor, enactment: Enactment, organization: Organization, asked_on: date, now: datetime
) -> Opinion:
    """An agency is asked for its opinion on the draft; from now on its silence has a length."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(enactment.solution), now=now)
    with recording(actor=actor, now=now, streams=[enactment.mesa_id]) as change:
        if enactment.opinions.filter(
            organization=organization, state=OpinionState.ASKED.value, withdrawn_at=None
        ).exists():
            raise Conflict(Reason.of("opinion_asked_already", organization=organization.name))
        opinion = Opinion(
            mesa_id=enactment.mesa_id,
            enactment=enactment,
            organization=organization,
            state=OpinionState.ASKED.value,
            asked_on=asked_on,
        )
        return change.create(opinion, kinds.OPINION_ASKED)


def record_opinion(
    *, actor: Actor, opinion: Opinion, state: OpinionState, answered_on: date, note: str = "", now: datetime
) -> Opinion:
    """What the agency said."""
    access.permit(
        actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(opinion.enactment.solution), now=now
    )
    if opinion.state != OpinionState.ASKED or state is OpinionState.ASKED:
        raise Conflict(Reason.of("opinion_already_given"))
    if answered_on < opinion.asked_on:
        raise Invalid(Reason.of("answered_before_asked"))
    with recording(actor=actor, now=now, streams=[opinion.mesa_id]) as change:
        return change.update(
            opinion,
            kinds.OPINION_GIVEN,
            state=state.value,
            answered_on=answered_on,
            note=passage("note", note),
        )
