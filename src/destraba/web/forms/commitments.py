"""What can be written about a commitment: by whoever owes it, and by the team."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import TITLE
from destraba.ledger.labels import choices, label
from destraba.rules.commitments import DeclineReason
from destraba.rules.lights import DECLARABLE, OVERRIDABLE, Light
from destraba.values.numbers import Kind
from destraba.web.forms.acts import ActForm, BehalfForm, NoteForm, Options, ReasonForm
from destraba.web.forms.fields import (
    DATE_HINT,
    Chosen,
    ChosenKey,
    Day,
    NumberOf,
    OrganizationByName,
    OrganizationsByName,
    Passage,
    When,
    blank_first,
)


def _lights(among: frozenset[Light]) -> list[tuple[str, str]]:
    return [(light.value, label(light)) for light in Light if light in among]


class DeclineForm(BehalfForm):
    """A refusal says what stands in the way; it is the first step of an escalation."""

    field_order = ("decline_reason", "opinion_of", "reason", "behalf")
    decline_reason = forms.ChoiceField(
        label=_("What stands in the way"), widget=forms.RadioSelect, choices=lambda: choices(DeclineReason)
    )
    opinion_of = OrganizationByName(
        label=_("Whose opinion"), required=False, help_text=_("If another agency has to speak first.")
    )
    reason = Passage(label=_("In words"), max_length=2000, required=False)


class ProgressForm(BehalfForm):
    """How it goes. Saying that nothing moved is news too."""

    field_order = ("note", "behalf")
    note = Passage(
        label=_("How it stands"),
        required=False,
        help_text=_("Blank: it goes on as written. It ends the silence all the same."),
    )


class ReplaceForm(NoteForm):
    """Another commitment takes its place."""

    field_order = ("replaced_by", "reason")
    replaced_by = NumberOf(Kind.COMMITMENT, label=_("Replaced by"), help_text=_("Its number, such as C-14."))


class FanOutForm(ActForm):
    """Who answers for a part of what a group owes: ticked, or named."""

    chosen = forms.MultipleChoiceField(
        label=_("Who answers for its part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = OrganizationsByName(
        label=_("Others"),
        required=False,
        help_text=_("One a line, by name or acronym."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Options, **rest: Any) -> None:
        super().__init__(data, options=options, **rest)
        if not options.get("chosen"):
            del self.fields["chosen"]


class DueForm(NoteForm):
    """A first date, or another one; once agreed, a move takes its reason and counts as a slip."""

    field_order = ("due", "reason")
    due = When(
        label=_("Due"),
        required=False,
        help_text=DATE_HINT,
    )


class AssignForm(NoteForm):
    """One organization answers, or one of its seats."""

    field_order = ("organization", "seat", "reason")
    organization = OrganizationByName(label=_("Organization"), required=False)
    seat = ChosenKey(
        label=_("Seat"),
        required=False,
        help_text=_("If one seat answers and not the organization as a whole."),
    )


class HelpersForm(ActForm):
    """Those who help the owner; they do not answer for it."""

    organizations = OrganizationsByName(
        label=_("Who helps"), required=False, help_text=_("Organizations, one a line.")
    )


class WaitsForm(ActForm):
    """What it can't go on without; the red goes there, not to whoever waits."""

    commitment = NumberOf(
        Kind.COMMITMENT,
        label=_("Waits for a commitment"),
        required=False,
        help_text=_("Its number, such as C-14."),
    )
    organization = OrganizationByName(
        label=_("or for an agency"), required=False, help_text=_("Both blank: it waits for nothing.")
    )


class OverrideForm(ReasonForm):
    """The team's own light, marked as such, until a day."""

    field_order = ("light", "until", "reason")
    light = forms.ChoiceField(
        label=_("Light"), widget=forms.RadioSelect, choices=lambda: _lights(OVERRIDABLE)
    )
    until = Day(label=_("Until"), help_text=_("At most until the next session."))


class EditCommitmentForm(ActForm):
    """Corrections; owner, date and state have acts of their own."""

    title = forms.CharField(label=_("Action"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 2}))
    situation = Passage(label=_("Current situation"), required=False, rows=4)
    starts_on = Day(label=_("Starts on"), required=False)
    next_checkpoint_on = Day(
        label=_("Next checkpoint"), required=False, help_text=_("A long task is not silent before it.")
    )
    declared = Chosen(label=_("Declared light"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["declared"].choices = blank_first(_lights(DECLARABLE))  # type: ignore[attr-defined]
