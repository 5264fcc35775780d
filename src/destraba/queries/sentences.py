"""A reason as a sentence: what a rule answered in code, said in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from destraba.ledger.labels import label_of
from destraba.ledger.wording import fuzzy
from destraba.queries.matrix.advice import ADVICE
from destraba.queries.matrix.solutions.enactments import STANDINGS
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Param, Reason

Words = str | Promise

_LIGHTS: Mapping[str, Words] = {
    "done": _("Done"),
    "done_late": _("Done on %(on)s; it was due on %(due)s"),
    "cancelled": _("Cancelled"),
    "replaced": _("Replaced"),
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

_RHYTHM: Mapping[str, Words] = {
    "closed": _("Closed: no meeting is due"),
    "suspended": _("Suspended: no meeting is due"),
    "not_launched": _("Not launched yet"),
    "first_meeting_set": _("Meets for the first time on %(on)s"),
    "no_meeting_yet": _("No meeting yet; followed up since %(since)s"),
    "never_met": _("Never met; followed up since %(since)s"),
    "met": _("Last met on %(on)s"),
    "met_long_ago": _("Last met on %(on)s, %(days)s days ago"),
    "nothing_moved": _("Nothing has moved in the Matrix since %(since)s"),
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
    "role_of_the_programme": _("This role is the programme's: a mesa has no such seat."),
    "ambiguous_person": _("More than one person is called %(name)s: give the e-mail address as well."),
    "seat_elsewhere": _("This seat belongs to another mesa."),
    "seat_taken": _("%(person)s sits there: end that tenure first."),
    "person_exists": _("%(person)s has this address already: choose that person from the list."),
    "organization_exists": _("This is a name of %(name)s, which is on record already."),
    "not_an_address": _("“%(text)s” is not an e-mail address."),
    "nobody_at": _("Nobody has the address %(text)s."),
    "name_withdrawn": _("“%(name)s” is struck from the names already."),
    "seat_closed": _("This seat is closed: open it again first."),
    "seat_open": _("This seat is open."),
    "own_seat": _("You sit there yourself: let somebody else close it."),
    "account_exists": _("There is already an account with this address."),
    "has_account": _("%(person)s has an account already."),
    "no_account": _("%(person)s has no account yet."),
    "account_closed": _("The account of %(person)s is closed."),
    "key_turned": _("%(person)s has just used the account: look again."),
    "account_open": _("The account of %(person)s is open."),
    "no_address": _("%(person)s has no e-mail address, and one signs in with it: correct the card first."),
    "own_account": _("This is your own account: its password is changed under “Password and sign-in”."),
    "not_your_card": _("This person sits elsewhere too, or higher: who gives those seats keeps the card."),
    "not_your_account": _(
        "Whoever sits elsewhere too, or higher, gets the key from those who give seats there, or from the "
        "administrator."
    ),
    "administrator_only": _("This account is in use: only the administrator can do this."),
    "focus_needs_accepted": _("Only an accepted problem can be in focus."),
    "already_in_focus": _("It is in focus already."),
    "resolved_already": _("It is confirmed already that it is resolved."),
    "not_applied_yet": _("Its solutions are not all applied yet: paper alone resolves nothing."),
    "not_resolved": _("Nobody has confirmed that it is resolved."),
    "not_in_focus": _("It is not in focus."),
    "too_many_in_focus": _("%(in_focus)s problems are in focus; the method advises at most %(most)s."),
    "opinion_already_given": _("This opinion has already been given."),
    "opinion_asked_already": _("%(organization)s has been asked already and has not answered yet."),
    "answered_before_asked": _("The answer lies before the day on which it was asked."),
    "place_listed": _("%(place)s is listed already."),
    "places_missing": _("Name the places, or choose where they lie."),
    "places_unticked": _("Tick the places that this is about."),
    "place_can_not": _("%(place)s can't do that from where it stands now: %(stage)s."),
    "window_without_budget": _(
        "The date of a budget window goes with a budget, or with what nobody pays for yet."
    ),
    "stands_for_one": _("Its owner is one body: there is nobody to share it out among."),
    "nobody_chosen": _("Choose at least one that shall answer for its part."),
    "part_stands": _("%(organization)s answers for a part of it already."),
    "group_itself": _("%(organization)s stands for many itself: name each of them."),
    "places_first": _("First it has to be applied in every place that is listed."),
    "told_by_place": _("It is applied place by place: tell it at each place below."),
    "focus_too_wide": _("%(in_focus)s problems are in focus; the method advises at most %(most)s."),
    "focus_too_narrow": _("In focus: %(in_focus)s; the method advises at least %(least)s."),
    "solution_of_another_problem": _("This solution belongs to another problem."),
    "not_declarable": _("Nobody can declare this light."),
    "override_too_long": _("It can hold for %(days)s days at most, until a session looks at it again."),
    "not_overridable": _("Choose green, amber, red or grey, and the day until which it holds."),
    "waits_for_itself": _("It can't wait for itself."),
    "due_is_settled": _("Its date can't be changed any more: %(state)s."),
    "decline_reason_unknown": _("Say why it is declined: mandate, budget, or another agency's opinion."),
    "opinion_of_missing": _("Name the agency whose opinion is needed."),
    "nothing_asked": _("Nothing is asked of you here any more."),
    "not_agreed_yet": _("Say first whether you accept it."),
    "date_missing": _("Give the date that you ask for."),
    "date_past": _("%(day)s has passed: give a day that is still to come."),
    "whose_missing": _("Say whose it is: an agency or an office."),
    "waits_for_missing": _("Say for whom it waits: an agency or an office."),
    "settled_already": _("This was settled already."),
    "new_owner_missing": _(
        "Nobody here is called “%(text)s”: add the organization first, or say who answers."
    ),
    "row_changed": _("It was changed while you were reading. Nothing was sent: look again."),
    "evidence_too_large": _("The file is larger than %(limit)s MB. Send a smaller one, or a photograph."),
    "evidence_unknown": _("Send a photograph, a PDF, or a document of Word or Excel without macros."),
    "successor_missing": _("Name the commitment that replaces it."),
    "filter_reason_unknown": _("Say why it is set aside."),
    "duplicate_of_missing": _("Name the problem that it repeats."),
    "duplicate_of_itself": _("It can't repeat itself."),
    "duplicate_of_a_duplicate": _("%(number)s repeats another problem itself: name that one."),
    "named_is_gone": _("%(number)s has been withdrawn: name another."),
    "underlying_itself": _(
        "It can't lie underneath itself: name another problem, or write one in a sentence."
    ),
    "underlying_elsewhere": _("The inefficiency underneath has to be a problem of this mesa."),
    "underlying_of_a_request": _(
        "%(number)s is a request itself: name the inefficiency underneath that one."
    ),
    "underlying_twice": _("Name the problem underneath or write it in a sentence, not both."),
    "concern_unclear": _("Say whose problem it is: two kinds are chosen."),
    "outcome_missing": _("Nothing was written yet: look at what follows, and say what becomes of it."),
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
    "unknown_place": _("There is no place called “%(text)s” yet: list it first, or leave this blank."),
    "unlikely_year": _("“%(text)s” lies in the year %(year)s, which can't be meant."),
    "unknown_choice": _("“%(text)s” is not one of the choices."),
    "unknown_owner": _(
        "Nobody is called “%(text)s” here. Choose from the list, or add the organization first."
    ),
    "see_fields": _("Nothing was written yet: look at what is marked below."),
    "unknown_number": _("There is no %(text)s in this mesa."),
    "unknown_number_there": _("There is no %(text)s that you may see."),
    "placed_since": _("Somebody changed %(number)s meanwhile. Nothing was overwritten: look again."),
    "unknown_field": _("This can't be edited here."),
    "version_missing": _("The page is too old for this change. Reload it and try again."),
    "link_expired": _("This link opens nothing now"),
    "link_revoked": _("This link opens nothing now"),
    "kind_not_held": _("This mesa's method has no meetings of this kind."),
    "meeting_past": _("It lies in the past: change its day first."),
    "meeting_over": _("This meeting is over: %(state)s."),
    "meeting_not_open": _("Open the meeting first: %(state)s."),
    "lasts_out_of_bounds": _("It lasts between %(least)s and %(most)s minutes."),
    "record_shut": _("The record is shut: %(state)s."),
    "objections_over": _("The time for objections is over."),
    "minutes_returned": _("An objection has taken these minutes back: the team looks at it."),
    "minutes_replaced": _("A later edition of these minutes goes round now."),
    "minutes_approved": _("These minutes are approved: not a letter changes any more."),
    "objections_open": _("%(count)s objections wait for an answer."),
    "objection_answered": _("This objection has its answer already."),
    "total_out_of_bounds": _("A total lies between 1 and %(most)s."),
    "figure_not_whole": _("Out of a total, only a whole number can be told: “%(text)s” is none."),
    "figure_beyond_total": _("%(text)s is more than the total of %(total)s."),
    "mesa_quiet": _("Nothing of a quiet mesa is public: start following up first."),
    "disk_full": _("The disk of this installation is full: nothing of this was kept."),
    "disk_filled_up": _("The disk of this installation is full: look first whether what you sent is there."),
    "file_lost": _("The file is not where it was kept. Tell whoever runs this installation."),
    "unknown_row": _("This row is not in this mesa."),
    "unknown_view": _("There is no such view of yours."),
    "too_many_views": _("At most %(limit)s views can be kept; drop one first."),
    "nothing_to_undo": _("There is nothing of yours to undo here."),
    "not_undoable": _("This can't be undone: a decision is taken back by another decision."),
    "moved_already": _("Nothing was left to do: this is how it stands now."),
    "moved_on": _("It can't be undone: somebody has changed it since."),
    "nothing_pasted": _("There is nothing to paste."),
    "moment_unknown": _("“%(text)s” is no day, and no meeting that was held here."),
    "moment_ahead": _("%(day)s has not come yet."),
    "moments_reversed": _("The first moment has to lie before the second."),
    "no_such_cell": _("This cell has no history of its own."),
    "too_many_rows_pasted": _("At most %(limit)s rows can be pasted at a time; use an import for more."),
}

_HANDS: Mapping[str, Words] = {
    "no_rows_chosen": _("Choose at least one row first."),
    "too_many_rows_chosen": _("At most %(limit)s rows can be changed at a time."),
    "no_such_column": _("Nothing was changed: the column “%(field)s” is not for %(numbers)s."),
    "stale_rows": _("Nothing was changed: somebody has changed %(numbers)s meanwhile. Look again."),
    "takes_its_page": _("This takes more than a word: do it on the page of %(number)s."),
    "filter_reason_wanted": _(
        "Write why it is set aside: merely declaratory, compensates an inefficiency, “your problem”, or out "
        "of scope."
    ),
    "not_a_sibling": _("A row moves among its own: what it hangs from stays."),
    "unknown_seat": _("Whoever answers has no seat called “%(text)s” here."),
    "ambiguous_seat": _("More than one seat is called “%(text)s”: write who sits there."),
    "not_a_day": _("“%(text)s” is no day. Write one such as 30/09/2017."),
}

_EXCHANGE: Mapping[str, Words] = {
    # What is refused as a whole.
    "not_a_spreadsheet": _("This is no spreadsheet. Save it as Excel (.xlsx) or CSV and try again."),
    "empty_workbook": _("This spreadsheet is empty."),
    "password_protected": _("It is locked with a password. Save a copy without one and try again."),
    "old_xls": _("This is the old Excel format. Save it as .xlsx and try again."),
    "macro_workbook": _("It holds macros, which are never run here. Save it as .xlsx and try again."),
    "binary_workbook": _("This is Excel's binary format. Save it as .xlsx and try again."),
    "apple_numbers": _("This is a Numbers file. Export it as Excel (.xlsx) or CSV and try again."),
    "open_document": _("This is an OpenDocument file. Save it as Excel (.xlsx) or CSV and try again."),
    "bomb": _("It unpacks to far more than it should, so it was not opened. Save it anew and try again."),
    "doctype": _("It holds instructions that no spreadsheet needs, so it was not opened. Save it anew."),
    "too_large_unpacked": _("It is larger than %(limit)s MB. Keep only the sheets of the Matrix."),
    "too_many_rows": _(
        "Sheet %(sheet)s reaches down to %(cell)s; at most %(limit)s rows are read. Delete the rest."
    ),
    "too_many_columns": _(
        "Sheet %(sheet)s reaches out to %(cell)s; at most %(limit)s columns are read. Delete the rest."
    ),
    "too_many_cells": _("Sheet %(sheet)s holds more than %(limit)s cells. Keep only the Matrix."),
    "too_many_sheets": _(
        "It has %(count)s sheets; at most %(limit)s are read. Keep only those of the Matrix."
    ),
    "too_much_text": _("Sheet %(sheet)s holds more text than %(limit)s characters. Keep only the Matrix."),
    "cell_too_long": _("Sheet %(sheet)s, cell %(cell)s: at most %(limit)s characters are read. Shorten it."),
    "took_too_long": _("Reading took longer than %(limit)s seconds. Keep only the sheets of the Matrix."),
    "too_much_memory": _(
        "Reading took more than %(limit)s MB of memory. Keep only the sheets of the Matrix."
    ),
    "unreadable": _(
        "It is damaged and can't be read. Open it in your spreadsheet program, save it and try again."
    ),
    "unreadable_row": _("Sheet %(sheet)s, row %(row)s: a quotation mark opens and never closes. Mend it."),
    "no_heading": _(
        "No heading was found: it takes a row with a column of problems and one more, such as who "
        "answers or by when."
    ),
    "unknown_sheet": _("There is no sheet “%(sheet)s” with a Matrix. There are: %(sheets)s."),
    "unknown_mesa_name": _("There is no mesa “%(mesa)s” in this spreadsheet. There are: %(mesas)s."),
    "choose_mesa": _("There are %(count)s mesas in this spreadsheet: choose one."),
    "choose_among": _(
        "There are several mesas in this spreadsheet (%(mesas)s): choose one with --sheet or --mesa-name."
    ),
    "no_rows": _("Sheet %(sheet)s has a heading and nothing below it."),
    "no_such_mesa": _("There is no mesa at the address %(slug)s."),
    "file_unwritable": _("%(path)s can't be written (%(cause)s)."),
    "file_missing": _("%(path)s can't be read (%(cause)s)."),
    "upload_too_large": _("The file is larger than %(limit)s MB. Keep only the sheets of the Matrix."),
    "nothing_to_bring_in": _("There is nothing to bring in: choose at least one row."),
    "no_programme": _(
        "This installation has no programme yet. Found it first: "
        'destraba setup --name "Name of the programme" --admin you@example.org'
    ),
    # A cell that a person had better look at.
    "cell_error": _("The cell holds an error of its formula; it is read as blank."),
    "formula_without_value": _("The formula has no stored value; it is read as blank."),
    "column_left_out": _("The column “%(text)s” is not understood and is left out."),
    "comment_left_out": _("The comment pinned to the cell is not read: “%(text)s”."),
    "text_cut": _("The text has %(length)s characters; only the first %(limit)s are kept."),
    "title_cut": _("The title has %(length)s characters; only the first %(limit)s are kept."),
    "no_problem_column": _("There is no column of problems; the next level is taken for them."),
    "no_problem": _("The row names no problem; its solution or commitment stands for it."),
    "problem_repeated": _("Another problem says the same: “%(text)s”."),
    "commitment_repeated": _("The same commitment of the same owner stands above: “%(text)s”."),
    "no_number": _("The problem has no number in its column."),
    "number_repeated": _("The number %(number)s stands above already; this row counts as another."),
    "number_without_problem": _("The number %(number)s has no problem beside it; the problem above goes on."),
    "two_axes": _("The column says “%(axis)s” and the section above “%(section)s”; the section counts."),
    "no_mesa": _("The row names no mesa."),
    "first_row_counts": _("A row above says “%(text)s” of the same problem, and that one counts."),
    "stage_left_out": _("“%(text)s” is reached by an act of its own: the new row begins before it."),
    "several_mesas": _("The cell names %(count)s mesas; the row counts for each of them."),
    "second_heading": _("Another heading begins here; what is below it is left out."),
    "several_figures": _(
        "Another figure for the same solution stands above; this one is left out: “%(text)s”."
    ),
    "figure_without_solution": _("The figure belongs to no solution and is left out: “%(text)s”."),
    "no_owner": _("Nobody answers for this commitment."),
    "several_owners": _("The cell names %(count)s bodies: %(owner)s answers, the others help."),
    "owner_stands_for_many": _(
        "“%(owner)s” stands for many: say which one answers, or divide the commitment."
    ),
    "ambiguous_owner": _(
        "More than one organization is called “%(name)s”: the commitment stays without owner."
    ),
    "no_action": _("The row names somebody or a date but no action; the level above stands for it."),
    "light_without_action": _("There is a light but no action; it is left out."),
    "light_says_two_things": _("The word says %(word)s and the colour %(colour)s; the word counts."),
    "unknown_light": _("“%(text)s” is no light. Write one such as green, amber or red; it is read as none."),
    "unknown_colour": _("The colour #%(colour)s is no light that is known; it is read as none."),
    "unknown_priority": _("“%(text)s” is no priority. Write high, medium or low; it is read as none."),
    "unreadable_percent": _("“%(text)s” is no percentage; it is left out."),
    "percent_left_out": _("Percentages are not kept: say how far it is in the current situation."),
    "row_gone": _("%(number)s has been withdrawn here since; the row is left out."),
    "row_moved": _("%(number)s hangs below another row here, and stays there."),
    "numbers_of_another_mesa": _(
        "The row was exported from another mesa: its numbers count for nothing here."
    ),
    # A row that is no part of the Matrix.
    "blank": _("Blank row"),
    "total": _("A total: “%(text)s”"),
    "section": _("A section: “%(text)s”, which becomes the axis of what is below it"),
    "repeated_heading": _("The heading again"),
    "second_table": _("A second table begins"),
    "outside_table": _("Outside the columns of the Matrix: “%(text)s”"),
    "no_title": _("No problem, solution or commitment: “%(text)s”"),
    "no_organization": _("A participant without organization"),
    "hidden_sheet": _("A hidden sheet"),
}

_JOBS: Mapping[str, Words] = {
    "import_reading": _("The spreadsheet is being read and compared."),
    "import_writing": _("The rows are being written."),
    "printing": _("The pages are being set."),
    "print_gone": _("What was to be printed is no longer kept. Ask for it again."),
    "not_printed": _("The PDF could not be made. Filter the Matrix to fewer rows, or take Excel."),
    "too_long_to_print": _(
        "This has %(count)s lines, and at most %(limit)s are printed. Filter the Matrix to fewer rows, or"
        " take Excel."
    ),
    "job_unknown": _("There is no work called “%(name)s” in this version."),
    "job_misread": _("“%(name)s” takes something else in this version than it was given: %(arguments)s."),
    "job_broke": _("It broke: %(kind)s: %(words)s"),
    "job_lost": _("The worker %(worker)s fell silent in the middle of it."),
    "job_moved_on": _("It has moved on meanwhile: look again."),
}

_SENTENCES: dict[str, Words] = {
    **_LIGHTS,
    **STANDINGS,
    **_RHYTHM,
    **_REFUSALS,
    **_HANDS,
    **_EXCHANGE,
    **_JOBS,
    **ADVICE,
}

_DAYS = frozenset({"on", "day", "due", "start", "since", "checkpoint", "until", "asked", "answer_by"})
_CODES = frozenset(
    {"declared", "computed", "light", "stage", "state", "field", "because", "move", "word", "colour"}
)


def sentence(reason: Reason) -> str:
    """One sentence that says what happened and what to do, after the number of the row where one of many is
    meant. Raises KeyError for a code without words."""
    params = {name: _readable(name, value) for name, value in reason.params.items()}
    said = str(_SENTENCES[reason.code]) % params
    return f"{params['at_row']}: {said}" if "at_row" in params else said


def has_words(code: str) -> bool:
    """Whether `sentence` knows this code."""
    return code in _SENTENCES


def _readable(name: str, value: Param) -> Param:
    if name in _DAYS and isinstance(value, str):
        return fuzzy(FuzzyDate.from_code(value))
    if name in _CODES and isinstance(value, str):
        return label_of(value)
    if name == "rank" and isinstance(value, str):
        return label_of(value).lower()
    return value
