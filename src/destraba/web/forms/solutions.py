"""What can be written about a solution: the ladder, the norm and its opinions, the places."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import TITLE
from destraba.ledger.labels import choices
from destraba.rules.matrix.classes import Funding
from destraba.rules.solutions import EnactmentRank, OpinionState
from destraba.values.places import PlaceKind
from destraba.web.forms.acts import ActForm, Options, ReasonForm
from destraba.web.forms.fields import (
    DATE_HINT,
    Chosen,
    ChosenKey,
    Day,
    Figure,
    OrganizationByName,
    OrganizationsByName,
    Passage,
    PlaceByName,
    When,
    blank_first,
)

NORM = 300


class SaidForm(ActForm):
    """What a solution says."""

    title = forms.CharField(label=_("Solution"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 2}))
    detail = Passage(label=_("Detail"), required=False, rows=4)
    before = Figure(label=_("Before"), help_text=_("As people say it: “6 to 12 months”."))
    after = Figure(label=_("Now"))
    goal = Figure(label=_("Goal"))


class EditSolutionForm(SaidForm):
    """Corrections. A change of substance is a revision."""


class ReviseForm(SaidForm, ReasonForm):
    """A new version: what it replaces, and why, stays."""

    field_order = ("title", "detail", "before", "after", "goal", "another_norm", "reason")
    another_norm = forms.BooleanField(
        label=_("It takes another norm: what is written of the old one goes to its version"), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Options, **rest: Any) -> None:
        super().__init__(data, options=options, **rest)
        self.fields["title"].label = _("The solution from now on")
        if not options.get("another_norm"):
            del self.fields["another_norm"]


class FundingForm(ActForm):
    """Who pays for it, as far as that is known."""

    funding = Chosen(label=_("Funding"), required=False, choices=lambda: blank_first(choices(Funding)))
    budget_window_on = Day(
        label=_("A budget must be asked for by"),
        required=False,
        help_text=_("The budget window closes on this day."),
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


class NormForm(ActForm):
    """Which norm it takes, or that it takes none."""

    rank = forms.ChoiceField(label=_("Rank of the norm"), choices=lambda: choices(EnactmentRank))
    norm = forms.CharField(label=_("Norm"), max_length=NORM, required=False)
    drafter = OrganizationByName(label=_("Who drafts it"), required=False)


class DraftForm(ActForm):
    """There is a text that can be shown."""

    drafted_on = When(label=_("Draft ready"), help_text=DATE_HINT)
    drafter = OrganizationByName(label=_("Who drafts it"), required=False)


class PrepublishForm(ActForm):
    """Anybody may say what they think of it, up to a day."""

    prepublished_on = When(label=_("Pre-published"), help_text=DATE_HINT)
    comments_until = Day(label=_("Comments until"), required=False)


class SignForm(ActForm):
    """It is signed, and not yet in force."""

    signed_on = When(label=_("Signed"), help_text=DATE_HINT)


class PublishForm(ActForm):
    """In the gazette, with the number that it was given there."""

    norm = forms.CharField(label=_("Norm"), max_length=NORM, help_text=_("With its number: DS 018-2015."))
    published_on = When(label=_("Published on"), help_text=DATE_HINT)
    awaits_regulations = forms.BooleanField(
        label=_("A law that still waits for its regulations"), required=False
    )


class RegulateForm(ActForm):
    """A law has its regulations: from then on it is in force."""

    norm = forms.CharField(label=_("Norm"), max_length=NORM, help_text=_("With its number: DS 018-2015."))
    published_on = When(label=_("Regulations published on"), help_text=DATE_HINT)


class EnactmentForm(NormForm):
    """All that is written down of a norm, to be corrected."""

    drafted_on = When(label=_("Draft ready"), required=False)
    prepublished_on = When(label=_("Pre-published"), required=False)
    comments_until = Day(label=_("Comments until"), required=False)
    signed_on = When(label=_("Signed"), required=False)
    published_on = When(label=_("Published on"), required=False)
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


class ListPlacesForm(ActForm):
    """Where it must be applied: by name, and all that lies in a place."""

    names = Passage(
        label=_("Places"),
        required=False,
        rows=4,
        help_text=_("One a line. A name that is new is added to the programme's places."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of the new ones"), choices=lambda: choices(PlaceKind), initial=PlaceKind.REGION
    )
    parent = PlaceByName(label=_("The new ones lie in"), required=False)
    within = ChosenKey(label=_("All that lie in"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Options, **rest: Any) -> None:
        super().__init__(data, options=options, **rest)
        if not options.get("within"):
            del self.fields["within"]

    def clean_names(self) -> list[str]:
        """One a line."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class PlacesForm(ActForm):
    """How far it has come at the ticked places; going back, too, says what was seen."""

    apart = ("places",)
    places = forms.MultipleChoiceField(label=_("Places"), required=False)
    move = forms.ChoiceField(label=_("There"), widget=forms.RadioSelect)
    note = Passage(label=_("What was seen, and by whom"))
    observed_on = When(label=_("Seen on"), required=False)
