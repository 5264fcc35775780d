"""What can be written about a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import NAME, TITLE
from destraba.actions.meetings.agenda import MOST_MINUTES
from destraba.actions.meetings.meetings import LONGEST, SHORTEST, VENUE
from destraba.rules.agenda import MINUTES
from destraba.values.numbers import Kind
from destraba.web.forms.acts import ActForm
from destraba.web.forms.durations import UnreadableDuration, read, written
from destraba.web.forms.fields import Chosen, Day, NumberOf, Passage


class Hour(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, **options: object) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **options)  # type: ignore[arg-type]


class Duration(forms.CharField):
    """How long something takes: `15`, `90m`, `1.5h`, `1:30`. Cleaned, it is a number of minutes."""

    def __init__(self, *, least: int, most: int, **options: object) -> None:
        self.least, self.most = least, most
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
        super().__init__(max_length=20, widget=widget, **options)  # type: ignore[arg-type]

    def prepare_value(self, value: object) -> object:
        return written(value) if isinstance(value, int) else value

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = read(text)
        except UnreadableDuration as error:
            raise forms.ValidationError(_("Write it as 15, 90m, 1.5h or 1:30.")) from error
        if not self.least <= minutes <= self.most:
            raise forms.ValidationError(
                _("Between %(least)s and %(most)s minutes.") % {"least": self.least, "most": self.most}
            )
        return minutes


class PrepareForm(ActForm):
    """When, where, of which kind."""

    kind = forms.ChoiceField(label=_("Kind of meeting"))
    held_on = Day(label=_("Day"))
    begins_at = Hour(label=_("Begins at"))
    lasts = Duration(
        label=_("Lasts"), least=SHORTEST, most=LONGEST, help_text=_("For instance 90m, 1.5h or 1:30.")
    )
    venue = forms.CharField(label=_("Venue"), max_length=VENUE, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=NAME, required=False, help_text=_("Only where it has one of its own.")
    )


class EditMeetingForm(PrepareForm):
    """The same of a meeting that is there; its kind stays."""

    kind = None  # type: ignore[assignment]


class ItemForm(ActForm):
    """One item more: a row of the Matrix by its number, or a matter of its own."""

    title = forms.CharField(label=_("What it is about"), max_length=TITLE, required=False)
    commitment = NumberOf(Kind.COMMITMENT, label=_("or a commitment"), required=False)
    problem = NumberOf(Kind.PROBLEM, label=_("or a problem"), required=False)
    minutes = Duration(label=_("Time"), least=1, most=MOST_MINUTES, initial=MINUTES)


class EditItemForm(ActForm):
    """Its title, its time and its place."""

    title = forms.CharField(label=_("What it is about"), max_length=TITLE)
    minutes = Duration(label=_("Time"), least=1, most=MOST_MINUTES)
    after = Chosen(label=_("Comes after"), required=False)


class ObjectForm(ActForm):
    """What is wrong in the minutes."""

    text = Passage(label=_("What is wrong, and what should stand there"), max_length=2000)


class AnswerObjectionForm(ActForm):
    """What becomes of an objection."""

    is_taken_up = forms.ChoiceField(
        label=_("What becomes of it"),
        widget=forms.RadioSelect,
        choices=[("yes", _("It is written in")), ("no", _("It stays as it is"))],
    )
    answer = Passage(label=_("Answer"), max_length=2000, required=False)
