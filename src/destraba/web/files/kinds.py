"""What a stored file is called on a page, and whether a page can show it."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.models import File

UNKNOWN = "application/octet-stream"
# Those that every browser shows; a photograph as Apple keeps it is one that most do not.
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_WORDS: Mapping[str, str | Promise] = {
    "application/pdf": "PDF",
    f"{_OFFICE}wordprocessingml.document": gettext_lazy("Word document"),
    f"{_OFFICE}spreadsheetml.sheet": gettext_lazy("Excel spreadsheet"),
    f"{_OFFICE}presentationml.presentation": gettext_lazy("PowerPoint presentation"),
    f"{_OPEN}text": gettext_lazy("OpenDocument text"),
    f"{_OPEN}spreadsheet": gettext_lazy("OpenDocument spreadsheet"),
}


def is_picture(media_type: str) -> bool:
    """Whether any browser shows it within a page."""
    return media_type in _PICTURES


def kind_words(card: File) -> str:
    """ "Photograph (JPEG), 1.2 MB"."""
    family, _slash, kind = card.media_type.partition("/")
    words = _WORDS.get(card.media_type) or _("File")
    if family == "image":
        words = _("Photograph (%(kind)s)") % {"kind": kind.upper()}
    return f"{words}, {filesizeformat(card.size)}"
