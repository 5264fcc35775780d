"""Who sits where: seats, the people in them, organizations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import NAME
from destraba.ledger.labels import choices
from destraba.models import OrganizationKind
from destraba.rules.permissions import Role
from destraba.web.forms.acts import ActForm, ReasonForm
from destraba.web.forms.fields import ChosenKey, Day, OrganizationByName

PEOPLE = "people"
"""The id of the list of people that a page offers."""

SEATS_OF_A_MESA = (
    Role.LIAISON,
    Role.MEMBER,
    Role.TEAM,
    Role.TECHNICAL_LEADER,
    Role.POLITICAL_LEADER,
    Role.HIGH_LEVEL,
)


def _roles() -> list[tuple[str, str]]:
    words = dict(choices(Role))
    return [(role.value, words[role.value]) for role in SEATS_OF_A_MESA]


class PersonFields(forms.Form):
    """A person, known already or new."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class SitForm(ActForm, PersonFields):
    """Somebody sits down in a seat that is there."""

    starts_on = Day(label=_("Since"))


class AnswerForm(ActForm, PersonFields):
    """Somebody answers for an organization that has no seat yet."""

    field_order: Sequence[str] = ("full_name", "email", "phone", "role", "title", "starts_on")
    role = forms.ChoiceField(label=_("As"), choices=_roles, initial=Role.LIAISON.value)
    title = forms.CharField(label=_("Post"), max_length=NAME, required=False)
    starts_on = Day(label=_("Since"))


class SeatForm(AnswerForm):
    """A seat is opened; who sits in it may come later."""

    field_order = (
        "organization",
        "role",
        "title",
        "is_occasional",
        "full_name",
        "email",
        "phone",
        "starts_on",
    )
    organization = OrganizationByName(label=_("Organization"))
    is_occasional = forms.BooleanField(
        label=_("Comes only when asked"), required=False, help_text=_("An occasional participant.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["full_name"].required = False


class LeaveForm(ActForm):
    """The last day in a seat."""

    ends_on = Day(
        label=_("Last day"),
        help_text=_("From the day after, the seat opens nothing to this person any more."),
    )


class PersonForm(ActForm, PersonFields):
    """What a person is called and how to reach them, put right."""


class OrganizationForm(ActForm):
    """An organization with its acronym."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    acronym = forms.CharField(label=_("Acronym or other name"), max_length=NAME, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: choices(OrganizationKind))


class RenameForm(ActForm):
    """What an organization is called now, and what it is."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    keeps_former = forms.BooleanField(
        label=_("Keep the former name as another name: documents go on using it"), required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: choices(OrganizationKind))


class AliasForm(ActForm):
    """One more name."""

    name = forms.CharField(
        label=_("Acronym or other name"),
        max_length=NAME,
        help_text=_("Spreadsheets that call it so will be understood."),
    )


class StrikeForm(ActForm):
    """One name less."""

    name = ChosenKey(label=_("Name"), help_text=_("From now on spreadsheets that call it so mean nobody."))


class CloseSeatForm(ReasonForm):
    """An organization leaves the mesa, or one of its posts does."""
