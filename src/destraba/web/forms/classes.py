"""The five short questions of the method. Every answer is optional, and may come later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import TITLE
from destraba.ledger.labels import choices
from destraba.rules.matrix.classes import Concern, CoordinationFailure, PrivateMatter, PublicInput, Scope
from destraba.rules.problems import FilterReason, Origin
from destraba.values.numbers import Kind
from destraba.web.forms.acts import ActForm
from destraba.web.forms.fields import AnyProblem, Chosen, ChosenKey, NumberOf, Passage, blank_first
from destraba.web.forms.problems import AXES

YES, NO, KEEP = "yes", "no", "keep"


def _radios(label: Any, words: list[tuple[str, Any]]) -> Chosen:
    return Chosen(label=label, required=False, widget=forms.RadioSelect, choices=words)


class ClassifyForm(ActForm):
    """What becomes of the problem (`outcome`) is asked only where the method would set it aside."""

    improves_operations = _radios(
        _("Would it improve the sector's day-to-day work?"),
        [("", _("not said")), (YES, _("Yes")), (NO, _("No"))],
    )
    concern = _radios(_("Whose problem is it?"), [])
    public_input = Chosen(label=_("What the state would provide"), required=False)
    private_matter = Chosen(label=_("What the firms would have to solve"), required=False)
    concern_because = Passage(label=_("Why, in one sentence"), rows=1, max_length=2000, required=False)
    request = _radios(
        _("Does it ask for a subsidy, an exemption or protection?"),
        [("", _("not said")), (YES, _("Yes")), (NO, _("No"))],
    )
    scope = _radios(
        _("For whom"),
        [
            ("", _("not said")),
            (Scope.HORIZONTAL, _("Many sectors (horizontal)")),
            (Scope.VERTICAL, _("This one alone (vertical)")),
        ],
    )
    underlying = NumberOf(
        Kind.PROBLEM,
        label=_("The inefficiency underneath, if it is on the list"),
        required=False,
        help_text=_("Its number, such as P-3."),
    )
    underlying_title = forms.CharField(
        label=_("Or in one sentence"),
        max_length=TITLE,
        required=False,
        help_text=_("It becomes a problem of its own, raised by the same seat."),
    )
    coordination = Chosen(label=_("Who fails to act together"), required=False)
    origin = Chosen(label=_("Where it came from"), required=False)
    raised_by = ChosenKey(label=_("Who raised it"), required=False)
    axis = forms.CharField(
        label=_("Axis"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": AXES, "autocomplete": "off"}),
    )
    is_contentious = forms.BooleanField(
        label=_("Contentious: some who sit here are against it"), required=False
    )
    repeats = AnyProblem(label=_("One of these"))
    repeats_other = AnyProblem(
        label=_("Or another, by its number"),
        help_text=_("P-3; for another mesa with its name before it, such as acuicola P-3."),
    )
    outcome = Chosen(label=_("What becomes of it"), required=False)
    reason = Passage(label=_("In words, for whoever raised it"), rows=1, max_length=2000, required=False)

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        said = {
            "concern": _with_blank(choices(Concern)),
            "public_input": blank_first(choices(PublicInput)),
            "private_matter": blank_first(choices(PrivateMatter)),
            "coordination": blank_first(choices(CoordinationFailure)),
            "origin": blank_first(choices(Origin)),
            "outcome": [("", ""), (KEEP, ""), *choices(FilterReason)],
        }
        for name, words in said.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = words


def _with_blank(words: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", _("not said")), *words]
