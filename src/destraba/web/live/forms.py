"""What the chair fills in: one text, which is a note, a decision, a commitment or a new problem."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.actions.inputs import TEXT, TITLE
from destraba.ledger.wording import day_short
from destraba.queries.meetings.room import Room
from destraba.queries.sentences import sentence
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.numbers import Kind
from destraba.values.reasons import Reason
from destraba.web.forms.fields import NumberOf, OrganizationByName, When


class What(StrEnum):
    """What is being written down; its first letter is its key."""

    NOTE = "note"
    DECISION = "decision"
    COMMITMENT = "commitment"
    PROBLEM = "problem"


class Pick(StrEnum):
    """By when: a day that is one touch away, another date, or none yet."""

    NEXT = "next"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    DATE = "date"
    LATER = "later"


_OF_A_COMMITMENT = ("owner", "pick", "due", "problem")
_UNKNOWN_KIND = gettext_lazy("Choose what it is: a note, a decision, a commitment or a new problem.")
_UNKNOWN_PICK = gettext_lazy("Choose by when, or that the date is given later.")


class QuickForm(forms.Form):
    """One line of the record. What belongs to another kind than the chosen one is not looked at."""

    kind = forms.ChoiceField(
        choices=[(what.value, what.value) for what in What],
        initial=What.NOTE.value,
        error_messages={"invalid_choice": _UNKNOWN_KIND, "required": _UNKNOWN_KIND},
    )
    text = forms.CharField(
        max_length=TEXT,
        strip=True,
        error_messages={"required": gettext_lazy("Write down what was said.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "in", "maxlength": TEXT}),
    )
    team_only = forms.BooleanField(required=False)
    owner = OrganizationByName(label=gettext_lazy("Who answers"), required=False)
    pick = forms.ChoiceField(
        choices=[(pick.value, pick.value) for pick in Pick],
        required=False,
        initial=Pick.NEXT.value,
        error_messages={"invalid_choice": _UNKNOWN_PICK},
    )
    due = When(label=gettext_lazy("Another date"), required=False)
    agreed = forms.BooleanField(required=False, initial=True)
    problem = NumberOf(Kind.PROBLEM, label=gettext_lazy("Which problem"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, room: Room) -> None:
        self.room = room
        super().__init__(data, auto_id="quick-%s")

    @property
    def what(self) -> What:
        """The kind that is chosen on the page as it is drawn."""
        given = str(self["kind"].value())
        return What(given) if given in set(What) else What.NOTE

    @property
    def picked(self) -> str:
        """The quick pick that is chosen on the page as it is drawn."""
        return str(self["pick"].value() or Pick.NEXT.value)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        what = cleaned.get("kind")
        if what != What.COMMITMENT:
            for name in _OF_A_COMMITMENT:
                self.errors.pop(name, None)
        else:
            self._clean_commitment(cleaned)
        text = cleaned.get("text", "")
        if what in (What.COMMITMENT, What.PROBLEM) and len(text) > TITLE:
            too_long = Reason.of("too_long", field="title", limit=TITLE, length=len(text))
            self.add_error("text", sentence(too_long))
        return cleaned

    def _clean_commitment(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("pick") != Pick.DATE:
            self.errors.pop("due", None)
        elif "due" not in self.errors and not cleaned.get("due"):
            self.add_error("due", _("Give the date, or choose that it is given later."))
        if self.room.problem:
            self.errors.pop("problem", None)
        elif "problem" not in self.errors and not cleaned.get("problem"):
            self.add_error("problem", _("Say which problem it belongs to, such as P-3."))

    def due_date(self) -> FuzzyDate | None:
        """By when, once the form is clean; None where the date is given at the next session."""
        pick = self.cleaned_data["pick"] or Pick.NEXT.value
        if pick == Pick.DATE:
            given: FuzzyDate = self.cleaned_data["due"]
            return given
        found = dict(days_of(self.room)).get(Pick(pick))
        return FuzzyDate(found) if found else None


class EntryForm(forms.Form):
    """Other words for a paragraph, and the version at which it was read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=TEXT,
        strip=True,
        error_messages={"required": gettext_lazy("Write down what was said.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "in", "maxlength": TEXT}),
    )


def days_of(room: Room) -> list[tuple[Pick, date]]:
    """The days of the quick picks, counted from the day of the meeting."""
    held_on = room.meeting.held_on
    return [
        (Pick.NEXT, room.next_on),
        (Pick.TWO_WEEKS, held_on + timedelta(days=14)),
        (Pick.MONTH, _a_month_after(held_on)),
    ]


def picks_of(room: Room) -> list[tuple[str, str, str]]:
    """The quick picks that are offered: code, words, and the day; the same day once."""
    words = {Pick.NEXT: _("Next session"), Pick.TWO_WEEKS: _("Two weeks"), Pick.MONTH: _("A month")}
    offered: dict[date, tuple[str, str, str]] = {}
    for pick, when in days_of(room):
        shown = day_short(when, room.meeting.held_on)
        offered.setdefault(when, (pick.value, words[pick], shown))
    return [
        *offered.values(),
        (Pick.DATE.value, _("Another date"), ""),
        (Pick.LATER.value, _("Given at the next session"), ""),
    ]


def _a_month_after(day: date) -> date:
    """The same day of the next month, or its last day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = (following + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return following.replace(day=min(day.day, last.day))
