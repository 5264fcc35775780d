"""The words that are printed on every sheet of a Matrix, in its language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from destraba.documents.matrix.content import MatrixContent


def words_of(content: MatrixContent) -> Mapping[str, str]:
    """Headings and set phrases by name."""
    with override(content.language):
        return {
            "matrix": _("Matrix"),
            "as_of": _("As of"),
            "taken_by": _("Taken by"),
            "asked_for": _("Shows only"),
            "in_focus": _("In focus"),
            "number": pgettext("column", "No."),
            "what": _("Problem, solution, commitment"),
            "who": _("Who answers"),
            "due": _("By when"),
            "light": _("Light and reason"),
            "situation": _("Situation"),
            "with": _("with"),
            "first_due": _("first"),
            "no_day": _("no day yet"),
            "nobody": _("nobody yet"),
            "empty": _("There is no row to print."),
            "page": _("Page"),
            "of": _("of"),
            "record": _("state of the record"),
        }
