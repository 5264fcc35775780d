"""What the page of the rows reads: each row in words, with its form."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, days_apart, fuzzy, iso, moment
from destraba.models import Answer, Link
from destraba.queries.followup.owed import Owed, OwedRow, Receipt
from destraba.queries.sentences import sentence
from destraba.rules.answers import AnswerKind, Want
from destraba.rules.commitments import CommitmentState
from destraba.values.days import day_in
from destraba.values.errors import DomainError
from destraba.values.keys import new_key
from destraba.values.numbers import commitment_number, problem_number
from destraba.web.links.forms import EVIDENCE, HINTS, RowForm

Context = dict[str, Any]
_OPEN_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that came back: on which row, and why."""

    commitment_id: UUID
    form: RowForm
    error: DomainError


@dataclass(frozen=True, slots=True)
class Said:
    """What an owner said last: the words, when, and what the team made of what it asked."""

    words: str
    when: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One row of the page. `is_open`: its questions are in view; `slips` says how often its date moved."""

    id: UUID
    number: str
    title: str
    mesa: str
    problem: str
    due: str
    due_iso: str
    due_note: str
    is_late: bool
    slips: str
    first_due: str
    asked: str
    said: Said | None
    form: RowForm | None
    version: int
    once: UUID | str
    is_open: bool = False
    receipt: str = ""
    receipt_hash: str = ""
    state: str = ""


def rows_context(
    mine: Owed, link: Link, *, has_sent: bool = False, refused: Refused | None = None
) -> Context:
    """For `links/rows.html`."""
    mesas = {row.record.mesa.name for row in mine.rows}
    asked = [_card(row, refused, is_open=at < _OPEN_AT_ONCE) for at, row in enumerate(mine.asked)]
    rest = [_card(row, refused) for row in mine.rest]
    answered = [_card(row, refused) for row in mine.answered]
    on_page = {card.id for card in (*asked, *rest, *answered) if card.form}
    return {
        "heading": _heading(mine, has_sent=has_sent),
        "name": mine.name or link.person.full_name,
        "organizations": ", ".join(mine.organizations),
        "mesa": mesas.pop() if len(mesas) == 1 else "",
        "asked": asked,
        "rest": rest,
        "answered": answered,
        "refusal": sentence(refused.error.reason) if refused else "",
        "is_lost": refused is not None and refused.commitment_id not in on_page,
        "hints": HINTS,
        "accept": EVIDENCE,
        "until": day(day_in(mine.rows[0].record.mesa.time_zone, link.expires_at)) if mine.rows else "",
    }


def _heading(mine: Owed, *, has_sent: bool) -> str:
    left = len(mine.asked)
    if has_sent and mine.answered:
        if not left:
            return _("Received, thank you. That is all.")
        return ngettext(
            "Received, thank you. One is left.", "Received, thank you. %(num)s are left.", left
        ) % {"num": left}
    if not left:
        return _("Nothing needs an answer from you today")
    return ngettext("One question, half a minute", "%(num)s questions, a sentence is enough", left) % {
        "num": left
    }


def _card(row: OwedRow, refused: Refused | None, *, is_open: bool = False) -> Card:
    record = row.record
    back = refused if refused and refused.commitment_id == record.pk else None
    due = record.due
    is_slipped = record.slips > 0 and record.original_due is not None
    return Card(
        id=record.pk,
        number=commitment_number(record.number),
        title=record.title,
        mesa=record.mesa.name,
        problem=f"{problem_number(record.problem.number)} {record.problem.title}",
        due=fuzzy(due) if due else "",
        due_iso=iso(due) if due else "",
        due_note=_due_note(due.last_day, row.today) if due else "",
        is_late=row.want is Want.OVERDUE,
        slips=_slips(record.slips) if record.slips else "",
        first_due=fuzzy(record.original_due) if is_slipped else "",
        asked=day(record.asked_on) if row.state is CommitmentState.ASKED else "",
        said=_said(row),
        form=_form(row, back),
        version=record.version,
        once=back.form.data.get("once", "") if back else new_key(),
        is_open=is_open or back is not None,
        receipt=_receipt(row.receipt, record.mesa.time_zone) if row.receipt else "",
        receipt_hash=row.receipt.hash if row.receipt else "",
        state=_outcome(row),
    )


def _form(row: OwedRow, back: Refused | None) -> RowForm | None:
    if not row.is_answerable:
        return None
    auto_id = f"{row.record.pk.hex[-8:]}-%s"
    if back is None:
        return RowForm(state=row.state, auto_id=auto_id)
    form = back.form
    form.auto_id = auto_id
    form.show_for(row.state)
    return form


def _due_note(due: date, today: date) -> str:
    return days_apart((due - today).days)


def _slips(count: int) -> str:
    return ngettext("moved once", "moved %(num)s times", count) % {"num": count}


def _said(row: OwedRow) -> Said | None:
    last, record = row.last, row.record
    if last is None:
        if not record.situation:
            return None
        return Said(record.situation, day(record.last_word_on) if record.last_word_on else "")
    when = day(day_in(record.mesa.time_zone, last.said_at))
    return Said(_words(last), when, _settled(last))


def _words(answer: Answer) -> str:
    """The note where there is one; else the answer that was chosen."""
    words = label(AnswerKind(answer.kind))
    who = answer.names.name if answer.names else answer.named
    if answer.kind in {AnswerKind.WAITS, AnswerKind.NOT_MINE} and who:
        words = f"{words}: {who}"
    if answer.proposed_due:
        words = f"{words}: {fuzzy(answer.proposed_due)}"
    return f"{words}. {answer.note}" if answer.note else f"{words}."


def _settled(answer: Answer) -> str:
    if answer.kind not in {AnswerKind.OTHER_DATE, AnswerKind.NOT_MINE}:
        return ""
    return {
        "open": _("The team has not answered yet."),
        "granted": _("The team granted it."),
        "refused": _("The team did not grant it."),
    }.get(answer.state, "")


def _receipt(receipt: Receipt, zone: str) -> str:
    return moment(receipt.at, zone)


def _outcome(row: OwedRow) -> str:
    """What a row that was answered stands at now, where its last words do not say so."""
    return {
        CommitmentState.AGREED: "" if row.last else _("It is agreed."),
        CommitmentState.REPORTED_DONE: _("You reported it done; the team looks at it."),
        CommitmentState.DECLINED: _("You declined it; the team has your reason."),
    }.get(row.state, "")
