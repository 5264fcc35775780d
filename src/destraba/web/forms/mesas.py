"""A new mesa."""

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from destraba.actions.mesas import NAME_LIMIT
from destraba.methods.catalogue import available, load
from destraba.methods.schema import Label
from destraba.web.forms.fields import OrganizationByName, When

SECTOR, FACTOR = "sector", "factor"


def in_language(words: Label) -> str:
    """A method's text in the reader's language, or in the first that it has."""
    return words.get(translation.get_language() or "es") or next(iter(words.values()))


def _methods() -> list[tuple[str, str]]:
    return [(method_id, in_language(load(method_id).title)) for method_id in available()]


class MesaForm(forms.Form):
    """What a mesa is called, where it is found, and the method that it follows."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LIMIT,
        help_text=_("As people will say it: “Mesa Ejecutiva Forestal”."),
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The end of its address here, for life: “forestal”. Blank: made from the name."),
    )
    works_on = forms.ChoiceField(
        label=_("It works on"),
        widget=forms.RadioSelect,
        choices=[
            (SECTOR, _("a sector, such as forestry")),
            (FACTOR, _("a factor that many share, such as logistics")),
        ],
        initial=SECTOR,
    )
    host = OrganizationByName(
        label=_("Host"), required=False, help_text=_("The organization that convenes it.")
    )
    installed_on = When(label=_("Installed"), required=False, help_text=_("If it already ran before."))
    method_id = forms.ChoiceField(label=_("Method"), widget=forms.RadioSelect, choices=_methods)
