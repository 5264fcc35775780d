"""A reason as a sentence: what a rule answered in code, said in the reader's language."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from destraba.ledger.wording import day
from destraba.queries.labels import label_of
from destraba.values.reasons import Param, Reason

Words = str | Promise

_LIGHTS: Mapping[str, Words] = {
    "done": _("Done"),
    "done_late": _("Done on %(on)s; it was due on %(due)s"),
    "cancelled": _("Cancelled"),
    "replaced": _("Replaced by another"),
    "declined": _("Declined by its owner"),
    "declared": _("As declared"),
    "quiet": _("Not followed up yet"),
    "reported_done": _("Reported done on %(on)s; waits for the team"),
    "asked": _("Asked; an answer is due by %(answer_by)s"),
    "not_agreed": _("Not accepted since %(asked)s"),
    "not_started": _("Starts on %(start)s"),
    "waits_for": _("Waits for %(label)s"),
    "past_due": _("Was due on %(due)s"),
    "undated": _("Has no date"),
    "undated_too_long": _("No date after %(meetings)s sessions"),
    "silent_since_checkpoint": _("No news since the checkpoint of %(checkpoint)s"),
    "silent": _("No news since %(since)s"),
    "never_heard": _("No news at all"),
    "rescheduled": _("Moved %(slips)s times"),
    "no_progress": _("Due on %(due)s and no progress told"),
    "amber_too_long": _("Amber at %(meetings)s sessions running"),
    "on_track": _("On track for %(due)s"),
    "overridden": _("Set by the team until %(until)s: %(reason)s"),
    "declared_worse": _("Its owner declared it; computed: %(computed)s"),
}

_REFUSALS: Mapping[str, Words] = {
    "hidden": _("There is no such page, or it is not for you."),
    "not_signed_in": _("Sign in first."),
    "no_seat": _("You have no seat here. Ask the mesa's team for one."),
    "not_your_role": _("Your seat does not allow this. Ask the mesa's team."),
    "not_your_row": _("Only whoever answers for this may do it."),
    "two_approvers_needed": _(
        "This takes two people: the head of the programme and a leader, or two leaders."
    ),
    "stale": _("Somebody changed this while you were writing. Nothing was overwritten: look at both values."),
    "required": _("%(field)s can't be blank."),
    "too_long": _("%(field)s takes at most %(limit)s characters; this has %(length)s."),
    "needs_reason": _("Say why, in one sentence."),
    "reason_missing": _("Say why, in one sentence."),
    "no_such_move": _("It can't do that from where it stands now: %(state)s."),
    "programme_exists": _("This installation already has its programme."),
    "mesa_exists": _("There is already a mesa at the address %(slug)s. Choose another."),
    "unknown_mesa": _("There is no mesa at the address %(slug)s. Use --create to open it."),
    "unknown_method": _("There is no method called %(method)s."),
    "already_followed": _("This mesa is already followed up."),
    "ends_before_start": _("The last day lies before the first."),
    "tenure_ended": _("This person has already left the seat."),
    "seat_taken": _("%(person)s sits there: end that tenure first."),
    "person_exists": _("%(person)s has this address already: choose that person from the list."),
    "organization_exists": _("This is a name of %(name)s, which is on record already."),
    "not_an_address": _("“%(text)s” is not an e-mail address."),
    "account_exists": _("There is already an account with this address."),
    "focus_needs_accepted": _("Only an accepted problem can be in focus."),
    "already_in_focus": _("It is in focus already."),
    "not_in_focus": _("It is not in focus."),
    "too_many_in_focus": _("%(in_focus)s problems are in focus; the method advises at most %(most)s."),
    "opinion_already_given": _("This opinion has already been given."),
    "opinion_asked_already": _("%(organization)s has been asked already and has not answered yet."),
    "answered_before_asked": _("The answer lies before the day on which it was asked."),
    "place_listed": _("%(place)s is listed already."),
    "told_by_place": _("It is applied place by place: tell it at each place below."),
    "focus_too_wide": _("%(in_focus)s problems are in focus; the method advises at most %(most)s."),
    "focus_too_narrow": _("%(in_focus)s problems are in focus; the method advises at least %(least)s."),
    "solution_of_another_problem": _("This solution belongs to another problem."),
    "not_declarable": _("Nobody can declare this light."),
    "not_overridable": _("Choose green, amber, red or grey, and the day until which it holds."),
    "waits_for_itself": _("It can't wait for itself."),
    "due_is_settled": _("Its date can't be changed any more: %(state)s."),
    "decline_reason_unknown": _("Say why it is declined: mandate, budget, or another agency's opinion."),
    "opinion_of_missing": _("Name the agency whose opinion is needed."),
    "successor_missing": _("Name the commitment that replaces it."),
    "filter_reason_unknown": _("Say why it is set aside."),
    "duplicate_of_missing": _("Name the problem that it repeats."),
    "destination_missing": _("Name the mesa that it goes to."),
    "waits_for_regulations": _("A law that waits for its regulations is not enacted."),
    "norm_missing": _("Name the norm, or say that none is needed."),
    "enactment_date_missing": _("Give the date on which the norm was published."),
    "observation_missing": _("Say who saw it applied, and when."),
    "effect_unconfirmed": _(
        "It takes a confirmed measure, or the word of %(organizations)s private organizations."
    ),
    "not_a_date": _(
        "“%(text)s” is not a date. Write a day, a month or a year, such as 30/09/2017 or mayo 2017."
    ),
    "impossible_date": _("“%(text)s” is a day that does not exist."),
    "year_out_of_range": _("“%(text)s” lies too far away: use a year between 1900 and 2199."),
    "unknown_choice": _("“%(text)s” is not one of the choices."),
    "unknown_owner": _(
        "Nobody is called “%(text)s” here. Choose from the list, or add the organization first."
    ),
    "unknown_field": _("This can't be edited here."),
    "version_missing": _("The page is too old for this change. Reload it and try again."),
    "unknown_row": _("This row is not in this mesa."),
    "nothing_to_undo": _("There is nothing of yours to undo here."),
    "not_undoable": _("This can't be undone: a decision is taken back by another decision."),
    "moved_on": _("It can't be undone: somebody has changed it since."),
    "nothing_pasted": _("There is nothing to paste."),
    "too_many_rows_pasted": _("At most %(limit)s rows can be pasted at a time; use an import for more."),
}

_SENTENCES: dict[str, Words] = {**_LIGHTS, **_REFUSALS}

_DAYS = frozenset({"on", "due", "start", "since", "checkpoint", "until", "asked", "answer_by"})
_CODES = frozenset({"declared", "computed", "light", "state", "field", "because", "move"})


def sentence(reason: Reason) -> str:
    """One sentence that says what happened and what to do. Raises KeyError for a code without words."""
    params = {name: _readable(name, value) for name, value in reason.params.items()}
    return str(_SENTENCES[reason.code]) % params


def has_words(code: str) -> bool:
    """Whether `sentence` knows this code."""
    return code in _SENTENCES


def _readable(name: str, value: Param) -> Param:
    if name in _DAYS and isinstance(value, str):
        return day(date.fromisoformat(value))
    if name in _CODES and isinstance(value, str):
        return label_of(value)
    return value
