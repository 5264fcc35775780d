"""What the team writes about an answer of an owner: what it heard, and whose a commitment is instead."""

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.replies import NOTE
from destraba.actions.inputs import NAME
from destraba.web.forms.acts import BehalfForm, NoteForm
from destraba.web.forms.fields import DATE_HINT, ORGANIZATIONS, OrganizationByName, Passage, When


class HeardForm(BehalfForm):
    """One answer, and what that answer asks for."""

    field_order = ("answer", "who", "due", "note", "remedy", "behalf")
    answer = forms.ChoiceField(label=_("What they said"), widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("For whom it waits, or whose it is"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs={"list": ORGANIZATIONS, "autocomplete": "off"}),
    )
    due = When(label=_("The date that they ask for"), required=False, help_text=DATE_HINT)
    note = Passage(label=_("In their words"), max_length=NOTE, required=False, rows=2)
    remedy = Passage(label=_("What would solve it, they say"), max_length=NOTE, required=False, rows=2)


class NewOwnerForm(NoteForm):
    """Who answers from now on."""

    field_order = ("organization", "reason")
    organization = OrganizationByName(label=_("Who answers"))
