"""`/files/<uid>/`: what an owner sent with an answer, for the team."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from destraba.queries.files import content_of, evidence
from destraba.values.media import media_type_of, name_to_keep
from destraba.web.files.answers import file_answer
from destraba.web.files.kinds import UNKNOWN, is_picture
from destraba.web.middleware import Request


@require_safe
def evidence_file(request: Request, uid: UUID) -> HttpResponse:
    """A picture is shown, all else is kept; what is in it decides, not what its card says."""
    card = evidence(request.viewer, uid)
    content = content_of(card)
    is_known = media_type_of(content) == card.media_type
    media_type = card.media_type if is_known else UNKNOWN
    name = name_to_keep(card.name, media_type)
    return file_answer(content, name, media_type, in_place=is_picture(media_type))
