"""What the page of the minutes reads: how they stand, what they say, what can be said against them."""

from dataclasses import dataclass
from typing import Any

from babel import dates
from django.utils.translation import gettext as _

from destraba.ledger.wording import day, locale, moment
from destraba.models import Link
from destraba.queries.meetings.by_link import LinkedMinutes, OwnObjection, own_numbers
from destraba.queries.sentences import sentence
from destraba.rules.minutes import Mailed, ObjectionState, mailed_refusal
from destraba.values.days import day_in
from destraba.values.errors import DomainError
from destraba.values.keys import new_key
from destraba.values.numbers import commitment_number, meeting_number
from destraba.web.links.forms import ObjectionForm
from destraba.web.meetings.renditions import long_day, minutes_content, sheet_number
from destraba.web.middleware import Request

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What came back: why, and the form where it was an objection."""

    error: DomainError
    form: ObjectionForm | None = None


def minutes_context(request: Request, found: LinkedMinutes, link: Link, unsent: Unsent | None) -> Context:
    """For `links/minutes.html`."""
    minutes = found.minutes
    mesa, zone = minutes.mesa, minutes.mesa.time_zone
    form = unsent.form if unsent else None
    has_sent = "sent" in request.GET and bool(found.own or found.approved_here)
    content = None
    if found.is_shown:
        content = minutes_content(mesa, minutes.meeting.number, request.now, request.LANGUAGE_CODE)
    return {
        "heading": _("Received, thank you") if has_sent else sheet_number(minutes),
        "sheet": sheet_number(minutes),
        "mesa": mesa.name,
        "name": found.viewer.name,
        "meeting": meeting_number(minutes.meeting.number),
        "day": long_day(minutes.meeting),
        "edition": found.edition,
        "says": _says(found),
        "is_open": found.standing is Mailed.OPEN,
        "received": [_received(one, zone) for one in found.own],
        "content": content,
        "decisions": any(item.decisions for item in content.items) if content else False,
        "own": {commitment_number(number) for number in own_numbers(found)} if content else set(),
        "has_pdf": found.is_shown and minutes.pdf_id is not None,
        "form": (form or ObjectionForm(initial={"once": new_key()})) if found.may_object else None,
        "leads": found.leads,
        "not_yet": _("An objection waits for the team's answer first.") if found.approval_refused else "",
        "refusal": _refusal(found, unsent) if unsent else "",
        "lost": form.data.get("text", "").strip() if form and not found.may_object else "",
        "until": day(day_in(zone, link.expires_at)),
    }


def _says(found: LinkedMinutes) -> str:
    """How they stand, and what follows from it for the reader."""
    minutes, zone = found.minutes, found.minutes.mesa.time_zone
    match found.standing:
        case Mailed.OPEN if minutes.objections_until:
            ends = minutes.objections_until.astimezone(dates.get_timezone(zone))
            until = f"{dates.format_skeleton('MMMMEEEEd', ends, locale=locale())}, {ends:%H:%M}"
            return _("You can object until %(moment)s. Silence approves.") % {"moment": until}
        case Mailed.OVER:
            return _("The time for objections is over: they wait to be approved.")
        case Mailed.RETURNED if found.own:
            return _("They are a draft again. The team answers you, and the next edition comes by mail.")
        case Mailed.RETURNED:
            return _("An objection has taken this edition back. The next one comes to you by mail.")
        case Mailed.REPLACED:
            return _("A later edition goes round now: open it with the latest message that you have.")
    if minutes.approved_at is None:
        return ""
    when = {"moment": moment(minutes.approved_at, zone)}
    if minutes.approved_by_silence:
        return _("Approved by silence on %(moment)s.") % when
    return _("Approved on %(moment)s.") % when


def _refusal(found: LinkedMinutes, unsent: Unsent) -> str:
    """Why nothing was written: how the minutes stand now says more than what the two had of each other."""
    stands = mailed_refusal(found.standing)
    is_of_form = unsent.form is not None and bool(unsent.form.errors)
    return sentence(stands if stands and not is_of_form else unsent.error.reason)


def _received(one: OwnObjection, zone: str) -> Context:
    record = one.record
    becomes = {
        ObjectionState.TAKEN_UP.value: _("The team wrote it in."),
        ObjectionState.REFUSED.value: _("The team left it as it was."),
    }
    return {
        "when": moment(one.receipt.at, zone),
        "text": record.text,
        "receipt": one.receipt.short,
        "becomes": becomes.get(record.state, ""),
        "answer": record.answer,
    }
