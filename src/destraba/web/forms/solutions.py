"""What can be written about a solution: the ladder, the norm and its opinions, the places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import NAME, TITLE
from destraba.ledger.labels import choices
from destraba.rules.solutions import EnactmentRank, OpinionState
from destraba.values.places import PlaceKind
from destraba.web.forms.acts import ActForm, ReasonForm
from destraba.web.forms.fields import (
    Day,
    Figure,
    OrganizationByName,
    OrganizationsByName,
    Passage,
    When,
)

PLACES = "places"
"""The id of the list of places that a page offers."""


class EditSolutionForm(ActForm):
    """Corrections. A change of substance is a revision."""

    title = forms.CharField(label=_("Solution"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 2}))
    detail = Passage(label=_("Detail"), required=False, rows=4)
    before = Figure(label=_("Before"), help_text=_("As people say it: “6 to 12 months”."))
    after = Figure(label=_("Now"))
    goal = Figure(label=_("Goal"))


class ReviseForm(ReasonForm):
    """A new version: what it replaces, and why, stays."""

    field_order = ("title", "reason")
    title = forms.CharField(
        label=_("The solution from now on"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 2})
    )


class ObservedForm(ActForm):
    """Somebody saw it on the ground."""

    observed_on = When(label=_("Seen on"), help_text=_("A day, or a month if no day is known."))
    observation = Passage(
        label=_("What was seen, and by whom"),
        help_text=_("For instance: the office in Pucallpa no longer asks for it."),
    )


class EffectForm(ActForm):
    """It works: two private organizations say so."""

    confirmed_by = OrganizationsByName(
        label=_("Who says that it works"), help_text=_("Firms, associations or unions, one a line.")
    )
    observed_on = When(label=_("Seen on"), required=False)
    observation = Passage(label=_("What was seen, and by whom"), required=False)


class EnactmentForm(ActForm):
    """The stations of a norm on its way from draft to gazette."""

    rank = forms.ChoiceField(label=_("Rank of the norm"), choices=lambda: choices(EnactmentRank))
    norm = forms.CharField(label=_("Norm"), max_length=300, required=False)
    drafter = OrganizationByName(label=_("Who drafts it"), required=False)
    drafted_on = When(label=_("Draft ready"), required=False)
    prepublished_on = When(label=_("Pre-published"), required=False)
    comments_until = Day(label=_("Comments until"), required=False)
    signed_on = When(label=_("Signed"), required=False)
    published_on = When(label=_("In the gazette"), required=False)
    awaits_regulations = forms.BooleanField(
        label=_("A law that still waits for its regulations"), required=False
    )


class AskOpinionForm(ActForm):
    """An agency is asked what it thinks of the draft."""

    organization = OrganizationByName(label=_("Agency"))
    asked_on = Day(label=_("Asked on"))


class OpinionForm(ActForm):
    """What the agency said."""

    state = forms.ChoiceField(
        label=_("Opinion"),
        widget=forms.RadioSelect,
        choices=lambda: [pair for pair in choices(OpinionState) if pair[0] != OpinionState.ASKED],
    )
    answered_on = Day(label=_("Answered on"))
    note = Passage(label=_("In words"), required=False)


class ListPlaceForm(ActForm):
    """Where it must be applied."""

    name = forms.CharField(
        label=_("Place"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"list": PLACES, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of place"), choices=lambda: choices(PlaceKind), initial=PlaceKind.REGION
    )


class PlaceForm(ActForm):
    """How far it has come at one place; going back, too, says what was seen."""

    move = forms.ChoiceField(label=_("Here"), widget=forms.RadioSelect)
    note = Passage(label=_("What was seen, and by whom"))
    observed_on = When(label=_("Seen on"), required=False)
