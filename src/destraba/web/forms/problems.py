"""What can be written about a problem."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import TITLE
from destraba.ledger.labels import choices
from destraba.rules.problems import FilterReason
from destraba.web.forms.acts import ActForm
from destraba.web.forms.fields import (
    DATE_HINT,
    AnyProblem,
    Chosen,
    ChosenKey,
    OrganizationByName,
    Passage,
    When,
)

AXES = "axes"
"""The id of the list of axes that a page offers."""


class RaiseForm(forms.Form):
    """One sentence is enough."""

    title = forms.CharField(
        label=_("What holds the sector back"),
        max_length=TITLE,
        help_text=_(
            "One sentence, with what happens and to whom: “Registering a plantation takes 6 to 12 months”."
        ),
    )
    detail = Passage(label=_("Where and since when"), required=False)
    raised_by = ChosenKey(label=_("Who raised it"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, seats: Sequence[tuple[str, str]] = (), **rest: Any
    ) -> None:
        """`seats` are those that the team may name; whoever raises for themselves names none."""
        super().__init__(data, **rest)
        field = self.fields["raised_by"]
        if seats and isinstance(field, ChosenKey):
            field.choices = list(seats)
        else:
            del self.fields["raised_by"]


class EditProblemForm(ActForm):
    """What a problem says; every classification is optional."""

    title = forms.CharField(label=_("Problem"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 2}))
    detail = Passage(label=_("Detail"), required=False, rows=4)
    axis = forms.CharField(
        label=_("Axis"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": AXES, "autocomplete": "off"}),
    )
    importance = Chosen(label=_("Importance"), required=False)
    speed = Chosen(label=_("Speed"), required=False)
    origin = Chosen(label=_("Origin"), required=False)


class FilterOutForm(ActForm):
    """Set aside, with the reason that the method asks for."""

    filter_reason = forms.ChoiceField(
        label=_("Why it is set aside"), widget=forms.RadioSelect, choices=lambda: choices(FilterReason)
    )
    duplicate_of = AnyProblem(
        label=_("Repeats"),
        help_text=_("Its number, such as P-3, if it repeats another; for another mesa, acuicola P-3."),
    )
    reason = Passage(
        label=_("In words"), max_length=2000, required=False, help_text=_("For whoever raised it.")
    )


class ProposeSolutionForm(ActForm):
    """A first version of an answer."""

    title = forms.CharField(
        label=_("Solution"), max_length=TITLE, help_text=_("What would change, in one sentence.")
    )
    detail = Passage(label=_("Detail"), required=False)


class AskCommitmentForm(ActForm):
    """Who does what by when."""

    title = forms.CharField(
        label=_("Action"),
        max_length=TITLE,
        help_text=_("One thing that one body can do, and be seen to have done."),
    )
    owner = OrganizationByName(label=_("Who answers"), required=False)
    due = When(
        label=_("Due"),
        required=False,
        help_text=DATE_HINT,
    )
