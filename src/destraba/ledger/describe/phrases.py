"""What each kind of event says happened, with places for who, what, and the values that it names.

`%(who)s` acted on `%(what)s`; any other name is a column as it is now, or with `_was` as it was before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from destraba.ledger import kinds
from destraba.ledger.kinds import Kind


@dataclass(frozen=True, slots=True)
class Phrase:
    """The sentence of a kind. `tells` are the columns told after it; None stands for all that changed."""

    text: "str | Promise"
    tells: tuple[str, ...] | None = ()


def _edit(text: "str | Promise") -> Phrase:
    return Phrase(text, tells=None)


PHRASES: Mapping[Kind, Phrase] = {
    kinds.PROGRAMME_FOUNDED: Phrase(_("%(who)s founded %(name)s")),
    kinds.PROGRAMME_EDITED: _edit(_("%(who)s edited the programme")),
    kinds.FIGURE_NOTED: Phrase(
        _("%(who)s noted the declared figure “%(label)s”: %(value)s"),
        tells=("out_of", "unit", "as_of", "source", "note"),
    ),
    kinds.FIGURE_WITHDRAWN: Phrase(_("%(who)s withdrew the declared figure “%(what)s”")),
    kinds.PLACE_ADDED: Phrase(_("%(who)s added the place %(name)s")),
    kinds.ORGANIZATION_ADDED: Phrase(_("%(who)s added %(name)s"), tells=("kind", "parent")),
    kinds.ORGANIZATION_EDITED: _edit(_("%(who)s edited %(what)s")),
    kinds.ALIAS_ADDED: Phrase(_("%(who)s added “%(name)s” as another name of %(organization)s")),
    kinds.ALIAS_WITHDRAWN: Phrase(_("%(who)s struck “%(what)s” from the names of its organization")),
    kinds.PERSON_ADDED: Phrase(_("%(who)s added %(full_name)s")),
    kinds.PERSON_EDITED: _edit(_("%(who)s edited the card of %(what)s")),
    kinds.ACCOUNT_GIVEN: Phrase(_("%(who)s gave %(what)s an account")),
    kinds.ACCOUNT_RENEWED: Phrase(_("%(who)s made a new link to the account of %(what)s")),
    kinds.ACCOUNT_CLOSED: Phrase(_("%(who)s closed the account of %(what)s")),
    kinds.ACCOUNT_REOPENED: Phrase(_("%(who)s opened the account of %(what)s again")),
    kinds.SEAT_OPENED: Phrase(
        _("%(who)s opened a seat for %(organization)s: %(role)s"), tells=("title", "axis")
    ),
    kinds.SEAT_EDITED: _edit(_("%(who)s edited the seat “%(what)s”")),
    kinds.SEAT_CLOSED: Phrase(_("%(who)s closed the seat “%(what)s”")),
    kinds.SEAT_REOPENED: Phrase(_("%(who)s opened the seat “%(what)s” again")),
    kinds.TENURE_STARTED: Phrase(
        _("%(who)s gave %(person)s the seat “%(seat)s” from %(starts_on)s on"), tells=("ends_on",)
    ),
    kinds.TENURE_ENDED: Phrase(_("%(who)s ended on %(ends_on)s the time of %(what)s")),
    kinds.TENURE_WITHDRAWN: Phrase(_("%(who)s took back what was to begin: %(what)s")),
    kinds.FILE_STORED: Phrase(_("%(who)s stored the file %(name)s")),
    kinds.MESA_OPENED: Phrase(_("%(who)s opened the mesa “%(name)s”"), tells=("state", "host")),
    kinds.MESA_EDITED: _edit(_("%(who)s edited the mesa “%(what)s”")),
    kinds.MESA_FOLLOWED: Phrase(_("%(who)s started following up the mesa “%(what)s”")),
    kinds.MESA_EXPORTED: Phrase(_("%(who)s exported the Matrix of “%(what)s”")),
    kinds.MESA_IMPORTED: Phrase(_("%(who)s imported a spreadsheet into the Matrix of “%(what)s”")),
    kinds.PROBLEM_RAISED: Phrase(_("%(who)s raised %(what)s: “%(title)s”"), tells=("raised_by",)),
    kinds.PROBLEM_EDITED: _edit(_("%(who)s edited %(what)s")),
    kinds.PROBLEM_CLASSIFIED: _edit(_("%(who)s classified %(what)s")),
    kinds.PROBLEM_MOVED: Phrase(_("%(who)s moved %(what)s to another row")),
    kinds.PROBLEM_ACCEPTED: Phrase(_("%(who)s accepted %(what)s")),
    kinds.PROBLEM_FILTERED_OUT: Phrase(
        _("%(who)s set %(what)s aside: %(filter_reason)s"), tells=("duplicate_of", "underlying")
    ),
    kinds.PROBLEM_PARKED: Phrase(_("%(who)s parked %(what)s")),
    kinds.PROBLEM_REOPENED: Phrase(_("%(who)s reopened %(what)s")),
    kinds.PROBLEM_RESOLVED: Phrase(_("%(who)s confirmed that %(what)s is resolved")),
    kinds.PROBLEM_UNRESOLVED: Phrase(_("%(who)s says that %(what)s is not resolved after all")),
    kinds.PROBLEM_WITHDRAWN: Phrase(_("%(who)s withdrew %(what)s")),
    kinds.FOCUS_STARTED: Phrase(_("%(who)s put %(what)s in focus")),
    kinds.FOCUS_ENDED: Phrase(_("%(who)s took %(what)s out of focus")),
    kinds.SOLUTION_PROPOSED: Phrase(_("%(who)s proposed %(what)s: “%(title)s”")),
    kinds.SOLUTION_EDITED: _edit(_("%(who)s edited %(what)s")),
    kinds.SOLUTION_MOVED: Phrase(_("%(who)s moved %(what)s to another row")),
    kinds.SOLUTION_ADVANCED: Phrase(
        _("%(who)s moved %(what)s from “%(stage_was)s” to “%(stage)s”"), tells=("observed_on", "observation")
    ),
    kinds.SOLUTION_CONFIRMED: Phrase(
        _("%(who)s noted that %(what)s works for %(organization)s"), tells=("note",)
    ),
    kinds.CONFIRMATION_WITHDRAWN: Phrase(
        _("%(who)s revised %(what)s: that it works was said of the version before")
    ),
    kinds.SOLUTION_REVISED: Phrase(
        _("%(who)s revised %(what)s"), tells=("title", "detail", "before", "after", "goal")
    ),
    kinds.SOLUTION_DROPPED: Phrase(_("%(who)s dropped %(what)s")),
    kinds.SOLUTION_WITHDRAWN: Phrase(_("%(who)s withdrew %(what)s")),
    kinds.PLACE_LISTED: Phrase(
        _("%(who)s listed %(place)s among the places of the solution: %(what)s"), tells=("stage",)
    ),
    kinds.PLACE_ADVANCED: _edit(_("%(who)s told how far %(what)s has come")),
    kinds.ENACTMENT_OPENED: Phrase(
        _("%(who)s opened the track of the norm of %(what)s: %(rank)s"), tells=("norm", "drafter")
    ),
    kinds.ENACTMENT_EDITED: _edit(_("%(who)s brought the track of the norm of %(what)s up to date")),
    kinds.OPINION_ASKED: Phrase(_("%(who)s asked for the opinion of %(what)s")),
    kinds.OPINION_GIVEN: Phrase(_("%(who)s entered the opinion of %(what)s: %(state)s"), tells=("note",)),
    kinds.OPINION_WITHDRAWN: Phrase(
        _("%(who)s began the norm anew: the opinion of %(what)s was of the old one")
    ),
    kinds.COMMITMENT_ASKED: Phrase(
        _("%(who)s asked for %(what)s: “%(title)s”"), tells=("owner_organization", "due")
    ),
    kinds.COMMITMENT_EDITED: _edit(_("%(who)s edited %(what)s")),
    kinds.COMMITMENT_MOVED: Phrase(_("%(who)s moved %(what)s to another row")),
    kinds.COMMITMENT_ASSIGNED: _edit(_("%(who)s changed who answers for %(what)s")),
    kinds.COMMITMENT_DATED: Phrase(_("%(who)s set the due date of %(what)s"), tells=("due",)),
    kinds.COMMITMENT_RESCHEDULED: Phrase(_("%(who)s changed the due date of %(what)s"), tells=("due",)),
    kinds.COMMITMENT_AGREED: Phrase(_("%(who)s agreed to %(what)s")),
    kinds.COMMITMENT_DECLINED: Phrase(
        _("%(who)s declined %(what)s: %(decline_reason)s"), tells=("waits_for_organization",)
    ),
    kinds.COMMITMENT_REPORTED_DONE: Phrase(_("%(who)s reported %(what)s done")),
    kinds.COMMITMENT_CONFIRMED: Phrase(_("%(who)s confirmed that %(what)s is done")),
    kinds.COMMITMENT_SENT_BACK: Phrase(_("%(who)s sent %(what)s back")),
    kinds.COMMITMENT_PROGRESSED: Phrase(
        _("%(who)s told how %(what)s goes"), tells=("situation", "next_checkpoint_on")
    ),
    kinds.COMMITMENT_ASKED_AGAIN: Phrase(_("%(who)s asked again for %(what)s")),
    kinds.COMMITMENT_REOPENED: Phrase(_("%(who)s reopened %(what)s")),
    kinds.COMMITMENT_CANCELLED: Phrase(_("%(who)s cancelled %(what)s")),
    kinds.COMMITMENT_REPLACED: Phrase(_("%(who)s replaced %(what)s by %(replaced_by)s")),
    kinds.COMMITMENT_FANNED_OUT: Phrase(_("%(who)s shared out %(what)s: each one answers for its part")),
    kinds.COMMITMENT_WITHDRAWN: Phrase(_("%(who)s withdrew %(what)s")),
    kinds.COMMITMENT_OVERRIDDEN: _edit(_("%(who)s set the light of %(what)s by hand")),
    kinds.COLLABORATION_ADDED: Phrase(_("%(who)s added a collaborator: %(what)s")),
    kinds.COLLABORATION_WITHDRAWN: Phrase(_("%(who)s removed a collaborator: %(what)s")),
    kinds.ANSWER_GIVEN: Phrase(
        _("%(who)s answered for %(commitment)s: %(kind)s"),
        tells=("note", "remedy", "names", "named", "proposed_due"),
    ),
    kinds.ANSWER_SETTLED: Phrase(_("%(who)s settled what was asked about %(what)s: %(state)s")),
    kinds.MEETING_PREPARED: Phrase(
        _("%(who)s began to prepare %(what)s: %(kind)s, %(held_on)s"), tells=("title", "venue")
    ),
    kinds.MEETING_EDITED: _edit(_("%(who)s edited %(what)s")),
    kinds.MEETING_CALLED: Phrase(_("%(who)s called %(what)s")),
    kinds.MEETING_CHANGED: Phrase(
        _("%(who)s changed %(what)s after it was called"),
        tells=("held_on", "begins_at", "lasts_minutes", "venue"),
    ),
    kinds.MEETING_OPENED: Phrase(_("%(who)s opened %(what)s")),
    kinds.MEETING_CLOSED: Phrase(_("%(who)s closed %(what)s")),
    kinds.MEETING_CANCELLED: Phrase(_("%(who)s cancelled %(what)s")),
    kinds.ITEM_ADDED: Phrase(_("%(who)s put on the agenda of %(meeting)s: “%(title)s”")),
    kinds.ITEM_EDITED: _edit(_("%(who)s edited an item of the agenda: “%(what)s”")),
    kinds.ITEM_MOVED: Phrase(_("%(who)s moved an item of the agenda: “%(what)s”")),
    kinds.ITEM_TAKEN: Phrase(_("%(who)s marked “%(what)s” on the agenda: %(state)s")),
    kinds.ITEM_WITHDRAWN: Phrase(_("%(who)s took off the agenda: “%(what)s”")),
    kinds.ATTENDANCE_NOTED: Phrase(_("%(who)s noted for %(what)s: %(presence)s")),
    kinds.ENTRY_WRITTEN: Phrase(_("%(who)s wrote in %(meeting)s: “%(text)s”")),
    kinds.ENTRY_EDITED: _edit(_("%(who)s edited what was written in %(what)s")),
    kinds.ENTRY_WITHDRAWN: Phrase(_("%(who)s struck what was written in %(what)s")),
    kinds.MINUTES_DRAFTED: Phrase(_("%(who)s drafted the minutes of %(meeting)s")),
    kinds.MINUTES_CIRCULATED: Phrase(
        _("%(who)s circulated the minutes of %(what)s"), tells=("edition", "objections_until")
    ),
    kinds.MINUTES_RETURNED: Phrase(_("%(who)s objected; the minutes of %(what)s are a draft again")),
    kinds.MINUTES_APPROVED: Phrase(
        _("%(who)s approved the minutes of %(what)s"), tells=("approved_by_silence",)
    ),
    kinds.MINUTES_PUBLISHED: Phrase(_("%(who)s published the minutes of %(what)s")),
    kinds.OBJECTION_MADE: Phrase(_("%(who)s objected to the minutes of %(what)s: “%(text)s”")),
    kinds.OBJECTION_ANSWERED: Phrase(
        _("%(who)s answered the objection to the minutes of %(what)s: %(state)s"), tells=("answer",)
    ),
    kinds.TEXT_REDACTED: Phrase(_("%(who)s redacted personal data of %(what)s")),
    kinds.VISIBILITY_CHANGED: Phrase(
        _("%(who)s changed who may see %(what)s: %(visibility_was)s → %(visibility)s")
    ),
    kinds.CHANGE_UNDONE: _edit(_("%(who)s took back a change of %(what)s")),
}
