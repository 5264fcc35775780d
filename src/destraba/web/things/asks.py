"""What the owner of a commitment asks of the team, and what the team enters that it heard by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.replies import give_answer, settle_answer
from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy
from destraba.models import Answer, Commitment, Seat
from destraba.queries.people import organization_named
from destraba.rules.answers import ANSWERABLE, ASKING, AnswerKind
from destraba.rules.commitments import CommitmentState
from destraba.rules.permissions import Deed
from destraba.values.days import day_in
from destraba.web.forms.acts import NoteForm, Options, ReasonForm
from destraba.web.forms.answers import HeardForm, NewOwnerForm
from destraba.web.things.acts import Act, Call, Group, Offer
from destraba.web.things.evidence import Shown, shown
from destraba.web.things.scenes import CommitmentScene

AskAct = Act[CommitmentScene, Answer]
AskCall = Call[CommitmentScene, Answer]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that an owner asks: in words, with the reason, who said it when, and what can be done."""

    words: str
    note: str
    when: str
    offers: tuple[Offer, ...]
    file: Shown | None = None


def asks(scene: CommitmentScene, offered: Iterable[Offer]) -> list[Ask]:
    """What waits for the team, the oldest first; those who may not settle it see that it is asked."""
    settling = [one for one in offered if one.act.group is Group.ASKED]
    return [
        Ask(
            words=_words(answer),
            note=answer.note,
            when=_when(answer, scene.zone),
            offers=tuple(one for one in settling if one.target.pk == answer.pk),
            file=shown(scene, answer),
        )
        for answer in scene.thing.asks
    ]


def _words(answer: Answer) -> str:
    what = label(AnswerKind(answer.kind))
    if answer.kind == AnswerKind.OTHER_DATE:
        return f"{what}: {fuzzy(answer.proposed_due)}" if answer.proposed_due else what
    return f"{what}: {answer.names.name if answer.names else answer.named}"


def _when(answer: Answer, zone: str) -> str:
    said_on = day(day_in(zone, answer.said_at))
    if answer.seat is None:
        return said_on
    return f"{answer.seat.organization.name}, {said_on}"


def _asked(kind: AnswerKind | None = None) -> Any:
    """The open answers of a page: of one kind, or all."""
    return lambda scene: [one for one in scene.thing.asks if kind in (None, one.kind)]


def _settle(call: AskCall, *, grant: bool) -> None:
    settle_answer(
        actor=call.scene.actor,
        answer=call.target,
        grant=grant,
        reason=call.data["reason"],
        owner=call.data.get("organization"),
        now=call.scene.now,
    )


def _kinds(_scene: CommitmentScene, commitment: Commitment) -> Options:
    agreed = commitment.state == CommitmentState.AGREED
    return {"answer": [(kind.value, label(kind)) for kind in AnswerKind if agreed or kind in ASKING]}


def _heard(call: Call[CommitmentScene, Commitment]) -> None:
    data, kind = call.data, AnswerKind(call.data["answer"])
    seat = data.get("behalf")
    give_answer(
        actor=call.scene.actor,
        commitment=call.target,
        kind=kind,
        note=data["note"],
        remedy=data["remedy"],
        proposed_due=data["due"],
        names=organization_named(data["who"]) if data["who"] else None,
        named=data["who"],
        on_behalf_of=Seat.objects.get(pk=seat) if seat else None,
        now=call.scene.now,
    )


SETTLING: tuple[AskAct, ...] = (
    Act(
        code="grant_date",
        words=_("Grant the date"),
        says=_("It counts as a slip, with this reason or the owner's. The first date stays in view."),
        group=Group.ASKED,
        deed=Deed.EDIT_MATRIX,
        form=NoteForm,
        kind="go",
        targets=_asked(AnswerKind.OTHER_DATE),
        about=_words,
        do=lambda call: _settle(call, grant=True),
    ),
    Act(
        code="grant_owner",
        words=_("Pass it on"),
        group=Group.ASKED,
        deed=Deed.EDIT_MATRIX,
        form=NewOwnerForm,
        kind="go",
        targets=_asked(AnswerKind.NOT_MINE),
        about=_words,
        first=lambda _scene, answer: {"organization": answer.names or answer.named},
        do=lambda call: _settle(call, grant=True),
    ),
    Act(
        code="refuse_ask",
        words=_("Refuse"),
        says=_("Whoever asked reads this reason."),
        group=Group.ASKED,
        deed=Deed.EDIT_MATRIX,
        form=ReasonForm,
        targets=_asked(),
        about=_words,
        do=lambda call: _settle(call, grant=False),
    ),
)


def hearing(targets: Any, first: Any, speakers: Any) -> Act[CommitmentScene, Commitment]:
    """What the owner answered by telephone: the same words as behind the mailed link."""
    return Act(
        code="heard",
        words=_("Enter what they said"),
        says=_("By telephone or in person. The ledger keeps both names, yours and theirs."),
        group=Group.NEXT,
        deed=Deed.FOLLOW_UP,
        form=HeardForm,
        targets=targets,
        when=lambda _scene, commitment: commitment.state in ANSWERABLE,
        first=first,
        options=lambda scene, commitment: {**speakers(scene, commitment), **_kinds(scene, commitment)},
        do=_heard,
    )
