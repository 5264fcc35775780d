"""The sentence at the head of the desk: the one thing that needs whoever looks now."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.wording import day
from destraba.queries.desk.desk import Desk
from destraba.queries.desk.owed import OwedLine
from destraba.queries.desk.waiting import Waiting
from destraba.rules.desk.errands import Errand
from destraba.rules.desk.pressing import Pressing
from destraba.rules.meetings import MeetingState
from destraba.values.numbers import commitment_number, meeting_number
from destraba.web.desk.days import away
from destraba.web.desk.errands import errand_line
from destraba.web.grid import within
from destraba.web.things.needs import Need, linked

_OF_A_DAY = frozenset({Errand.CHAIR, Errand.CLOSE_MEETING, Errand.CALL_MEETING})


def need_of_desk(desk: Desk, today: date) -> Need:
    """What has its day first; then what one owes, what waits for one's word, what is to come."""
    if desk.waiting and desk.waiting[0].errand in _OF_A_DAY:
        return _of_waiting(desk.waiting, today)
    pressing = desk.owed[0].pressing if desk.owed else Pressing.LATER
    if pressing <= Pressing.OVERDUE:
        return _of_owed(pressing, desk.owed)
    if desk.waiting:
        return _of_waiting(desk.waiting, today)
    if pressing < Pressing.LATER:
        return _of_owed(pressing, desk.owed)
    return _calm(desk)


def _of_owed(pressing: Pressing, owed: Sequence[OwedLine]) -> Need:
    alike = [one for one in owed if one.pressing is pressing]
    count, first = len(alike), alike[0]
    return linked(
        _said_of(pressing, count),
        commitment_number(first.row.number),
        reverse("commitment", args=[first.mesa.slug, first.row.number]),
        count=count,
        day=day(first.row.due_on) if first.row.due_on else "",
    )


def _said_of(pressing: Pressing, count: int) -> str:
    match pressing:
        case Pressing.ASKED:
            return ngettext(
                "%(count)s commitment waits for your answer: %(link)s.",
                "%(count)s commitments wait for your answer; the first is %(link)s.",
                count,
            )
        case Pressing.OVERDUE:
            return ngettext(
                "%(count)s commitment of yours is overdue: %(link)s, since %(day)s.",
                "%(count)s commitments of yours are overdue; the oldest, %(link)s, since %(day)s.",
                count,
            )
        case Pressing.DUE_SOON:
            return ngettext(
                "%(count)s commitment of yours is due within a week: %(link)s, on %(day)s.",
                "%(count)s commitments of yours are due within a week; the first is %(link)s, on %(day)s.",
                count,
            )
    return ngettext(
        "The mesa has not heard of %(count)s commitment of yours: %(link)s.",
        "The mesa has not heard of %(count)s commitments of yours; the first is %(link)s.",
        count,
    )


def _of_waiting(waiting: Sequence[Waiting], today: date) -> Need:
    """The first thing, and how many more there are."""
    first, others = errand_line(waiting[0], today), len(waiting) - 1
    before, act = (f"{first.folio}: ", within(first.act)) if first.folio else ("", first.act)
    if not others:
        return Need(before, act, first.href, f" ({first.mesa}).")
    more = ngettext("%(num)s more thing waits for you.", "%(num)s more things wait for you.", others)
    return Need(before, act, first.href, f" ({first.mesa}). {more % {'num': others}}")


def _calm(desk: Desk) -> Need:
    if desk.meetings:
        return _of_meeting(desk)
    quiet = [line.mesa for line in desk.mesas if line.mesa.is_quiet]
    if quiet:
        said = _("%(link)s is quiet: nobody is chased yet.")
        return linked(said, quiet[0].name, reverse("mesa", args=[quiet[0].slug]))
    return Need(_("Nothing waits for you now."))


def _of_meeting(desk: Desk) -> Need:
    first = desk.meetings[0]
    number, slug = first.meeting.number, first.mesa.slug
    address = reverse("meeting", args=[slug, number])
    if first.state is MeetingState.IN_PROGRESS:
        return linked(_("%(link)s is being held now."), meeting_number(number), address)
    return linked(
        _("Nothing waits for you now. The next meeting, %(link)s, is %(when)s at %(hour)s."),
        meeting_number(number),
        address,
        when=away((first.meeting.held_on - first.today).days),
        hour=f"{first.meeting.begins:%H:%M}",
    )
