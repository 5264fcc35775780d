"""What waits, in words: what to do, about what, where, since when or until when, and where it is done."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day_short, fuzzy, moment
from destraba.methods.schema import MeetingKind
from destraba.models import Answer, Commitment, Meeting, Mesa, Minutes, Objection, Problem
from destraba.queries.desk.waiting import Waiting
from destraba.rules.answers import AnswerKind
from destraba.rules.desk.errands import Errand
from destraba.rules.lights import Light
from destraba.values.numbers import commitment_number, meeting_number, problem_number
from destraba.web.meetings.renditions import sheet_number

_SHORT = 120
_Told: TypeAlias = tuple[str, str, str, str]
"""Folio, address, what it is about, who."""


@dataclass(frozen=True, slots=True)
class ErrandLine:
    """`act` says what to do and leads to `href`, where it is done; `what` is what it is about."""

    folio: str
    href: str
    act: str
    what: str
    who: str
    mesa: str
    when: str = ""


def errand_line(one: Waiting, today: date) -> ErrandLine:
    """In the reader's language. Moments are told in the mesa's zone, days of this year without it."""
    folio, href, what, who = _about(one)
    act = _asked(one.about) if isinstance(one.about, Answer) else _act(one)
    return ErrandLine(folio, href, act, _short(what), who, one.mesa.name, _when(one, today))


def _act(one: Waiting) -> str:
    match one.errand:
        case Errand.CHAIR:
            return _("Chair the meeting; it is being held now")
        case Errand.CLOSE_MEETING:
            return _("Close the meeting; its day is over")
        case Errand.CALL_MEETING:
            return _("Call the meeting; nobody is invited yet")
        case Errand.CONFIRM_DONE:
            return _("Confirm that it is done, or send it back")
        case Errand.ANSWER_OBJECTION:
            return _("Answer the objection")
        case Errand.CIRCULATE:
            return _("Circulate the minutes")
        case Errand.APPROVE:
            return _("Approve the minutes")
        case Errand.OBJECTIONS_OVER:
            return _("See that the minutes are approved; nobody can object any more")
        case Errand.LOOK_THROUGH:
            return _("Look through the minutes; silence approves")
        case Errand.UNSTICK:
            said = ngettext("%(count)s commitment is red", "%(count)s commitments are red", one.count)
            return said % {"count": one.count}
    return _("Accept the problem, or say why not")


def _asked(answer: Answer) -> str:
    if answer.kind == AnswerKind.OTHER_DATE and answer.proposed_due:
        return _("Grant another date, %(day)s, or say why not") % {"day": fuzzy(answer.proposed_due)}
    named = answer.names.name if answer.names else answer.named
    return _("Decide whose it is; its owner names %(name)s") % {"name": named}


def _when(one: Waiting, today: date) -> str:
    since = day_short(one.since, today) if one.since else ""
    match one.errand:
        case Errand.CHAIR | Errand.CLOSE_MEETING | Errand.CALL_MEETING:
            return since
        case Errand.LOOK_THROUGH | Errand.APPROVE if one.until:
            return _("until %(moment)s") % {"moment": moment(one.until, one.mesa.time_zone)}
        case Errand.UNSTICK:
            is_late = one.since is not None and one.since < today
            return _("the oldest was due on %(day)s") % {"day": since} if is_late else ""
    return _("since %(day)s") % {"day": since} if since else ""


def _about(one: Waiting) -> _Told:
    match one.about:
        case Problem() as problem:
            return _of_problem(one.mesa, problem)
        case Commitment() as commitment:
            return _of_commitment(one.mesa, commitment)
        case Answer() as answer:
            return _of_commitment(one.mesa, answer.commitment)
        case Meeting() as meeting:
            return _of_meeting(one, meeting)
        case Minutes() as minutes:
            return _of_minutes(one.mesa, minutes, sheet_number(minutes))
        case Objection() as objection:
            who = objection.seat.organization.name if objection.seat else ""
            return _of_minutes(one.mesa, objection.minutes, objection.text, who)
    return "", f"{reverse('matrix', args=[one.mesa.slug])}?light={Light.RED.value}", "", ""


def _of_problem(mesa: Mesa, problem: Problem) -> _Told:
    who = problem.raised_by.organization.name if problem.raised_by else ""
    href = reverse("problem", args=[mesa.slug, problem.number])
    return problem_number(problem.number), href, problem.title, who


def _of_commitment(mesa: Mesa, commitment: Commitment) -> _Told:
    who = commitment.owner_organization.name if commitment.owner_organization else ""
    href = reverse("commitment", args=[mesa.slug, commitment.number])
    return commitment_number(commitment.number), href, commitment.title, who


def _of_meeting(one: Waiting, meeting: Meeting) -> _Told:
    page = "meeting_live" if one.errand is Errand.CHAIR else "meeting"
    href = reverse(page, args=[one.mesa.slug, meeting.number])
    return meeting_number(meeting.number), href, meeting.title or label(MeetingKind(meeting.kind)), ""


def _of_minutes(mesa: Mesa, minutes: Minutes, what: str, who: str = "") -> _Told:
    number = minutes.meeting.number
    href = f"{reverse('meeting', args=[mesa.slug, number])}#minutes"
    return meeting_number(number), href, what, who


def _short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(_SHORT)
