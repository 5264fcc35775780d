"""What is in a stored file, and who may open what came with an answer."""

import hashlib
from dataclasses import replace
from uuid import UUID

from destraba.models import Answer, File
from destraba.models.files import place_of
from destraba.queries import access
from destraba.queries.access import SignInNeeded, Viewer
from destraba.rules.permissions import Deed, may_read
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility


def content_of(card: File) -> bytes:
    """The bytes, which are what the card says. Raises NotFound where they are gone or are others."""
    try:
        content = place_of(card.sha256).read_bytes()
    except OSError as error:
        raise NotFound(Reason.of("file_lost")) from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise NotFound(Reason.of("file_lost"))
    return content


def evidence(viewer: Viewer, file_id: UUID) -> File:
    """The card of a file that came with an answer: for those who read what is the team's in that mesa, and
    for whoever holds the seat that sent it. Two statements. Raises NotFound or SignInNeeded."""
    if not viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    answers = Answer.objects.filter(evidence=file_id, withdrawn_at=None)
    near = ("evidence", "commitment__problem", "commitment__solution")
    answer = answers.select_related(*near).first()
    if answer is None or answer.evidence is None or not may_open(viewer, answer):
        raise NotFound(Reason.of("hidden"))
    return answer.evidence


def may_open(viewer: Viewer, answer: Answer) -> bool:
    """Whether the file of this answer is for this viewer."""
    subject = access.subject_of(answer.commitment)
    if access.may(viewer, Deed.READ_TEAM_ONLY, replace(subject, visibility=Visibility.TEAM)):
        return True
    is_own = any(seat.seat_id == answer.seat_id for seat in viewer.standing.seats)
    return is_own and may_read(viewer.standing, subject)
