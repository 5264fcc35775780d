"""What owners sent with their answers, as the page of a commitment shows it to those who may open it."""

from dataclasses import dataclass

from django.urls import reverse

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.models import Answer
from destraba.queries.files import may_open
from destraba.rules.answers import AnswerKind
from destraba.values.days import day_in
from destraba.web.files.kinds import is_picture, kind_words
from destraba.web.things.scenes import CommitmentScene


@dataclass(frozen=True, slots=True)
class Shown:
    """A file: where it lies, its name, what it is ("PDF, 1.2 MB"), and whether the page shows it."""

    href: str
    name: str
    what: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A file with the answer that brought it: what was said, by whom, when."""

    file: Shown
    words: str
    note: str
    when: str


def shown(scene: CommitmentScene, answer: Answer) -> Shown | None:
    """The file of one answer; None where there is none, or none for this viewer."""
    card = answer.evidence
    if card is None or not may_open(scene.viewer, answer):
        return None
    return Shown(
        href=reverse("file", args=[card.pk]),
        name=card.name,
        what=kind_words(card),
        is_picture=is_picture(card.media_type),
    )


def sent(scene: CommitmentScene) -> list[Sent]:
    """The newest first, without what stands with an open ask above."""
    asked = {answer.pk for answer in scene.thing.asks}
    every = [(one, shown(scene, one)) for one in reversed(scene.thing.answers) if one.pk not in asked]
    return [_sent(scene, answer, file) for answer, file in every if file]


def _sent(scene: CommitmentScene, answer: Answer, file: Shown) -> Sent:
    said_on = day(day_in(scene.zone, answer.said_at))
    who = answer.seat.organization.name if answer.seat else ""
    return Sent(
        file=file,
        words=label(AnswerKind(answer.kind)),
        note=answer.note,
        when=", ".join(filter(None, (who, said_on))),
    )
