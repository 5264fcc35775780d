"""The words that are printed on every sheet of minutes, in their language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from destraba.documents.minutes.content import AttendanceGroup, MinutesContent


def words_of(content: MinutesContent) -> Mapping[str, str]:
    """Headings and set phrases by name, those with a figure already filled in."""
    with override(content.language):
        return {
            "decisions": _("What was decided"),
            "no_decisions": _("No decision was put on record."),
            "commitments": _("Commitments"),
            "no_commitments": _("No new commitment was made."),
            "folio": _("No."),
            "what": _("What"),
            "who": _("Who"),
            "due": _("By when"),
            "no_day": _("no day yet"),
            "items": _("What was taken up"),
            "item": _("Item"),
            "notes": _("Other notes"),
            "new_problems": _("New problems"),
            "not_reached": _("Not reached: back on the next agenda"),
            "next_meeting": _("Next meeting"),
            "attendance": _("Attendance"),
            "for": _("in place of"),
            "withheld": _withheld(content.withheld),
            "receipt": _("On record in the ledger as"),
            "edition": _("edition %(number)s") % {"number": content.edition},
            "page": _("Page"),
            "of": _("of"),
            "not_final": _("These minutes may still change."),
        }


def present_of(group: AttendanceGroup, language: str) -> str:
    """ "5 of 7 present"."""
    with override(language):
        figures = {"count": group.in_room, "all": len(group.seats)}
        return (
            ngettext("%(count)s of %(all)s present", "%(count)s of %(all)s present", group.in_room) % figures
        )


def _withheld(count: int) -> str:
    if not count:
        return ""
    phrase = ngettext(
        "%(count)s paragraph is withheld from this rendition.",
        "%(count)s paragraphs are withheld from this rendition.",
        count,
    )
    return phrase % {"count": count}
