"""Fields for what people write: dates of any precision, figures, names of organizations, numbers (C-12)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.actions.inputs import NAME, TEXT
from destraba.ledger.wording import fuzzy
from destraba.models import Organization, Place
from destraba.queries.matrix.solutions.places import place_named
from destraba.queries.people import organization_named, organizations_named
from destraba.queries.sentences import sentence
from destraba.values import fuzzy_dates, quantities
from destraba.values.fuzzy_dates import FIRST_YEAR, LAST_YEAR, FuzzyDate, UnreadableDate
from destraba.values.names import name_key
from destraba.values.numbers import Kind, UnreadableReference, parse
from destraba.values.quantities import Quantity
from destraba.values.reasons import Reason
from destraba.values.texts import slug

DATE_HINT = gettext_lazy("A day (30/06/2017), a month (June 2017) or a quarter (Q3 2017)")
PLACES = "places"
ORGANIZATIONS = "organizations"
"""The ids of the lists of names that a page offers, once, to all its fields."""

_ELSEWHERE = re.compile(r"(?:(?P<mesa>.*?)[\s,:]+)?(?P<number>P[^,:a-z]{1,14})", re.IGNORECASE | re.DOTALL)


class Passage(forms.CharField):
    """Text of several lines."""

    def __init__(self, *, rows: int = 3, max_length: int = TEXT, **options: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}), max_length=max_length, strip=True, **options
        )


class When(forms.CharField):
    """A date as exactly as it is known: a day, a month, a quarter or a year."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def prepare_value(self, value: object) -> object:
        return value.text or fuzzy(value) if isinstance(value, FuzzyDate) else value

    def clean(self, value: object) -> FuzzyDate | None:
        text = super().clean(value)
        try:
            return fuzzy_dates.read(text)
        except UnreadableDate as error:
            raise ValidationError(sentence(Reason.of(error.code, text=text))) from error


class Day(forms.DateField):
    """One day, between the years that the product knows."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"], **options)

    def clean(self, value: object) -> date | None:
        try:
            day: date | None = super().clean(value)
        except ValidationError as error:
            if error.code == "required":
                raise
            raise ValidationError(sentence(Reason.of("not_a_date", text=str(value)))) from error
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(sentence(Reason.of("year_out_of_range", text=str(value))))
        return day


class Figure(forms.CharField):
    """An amount as people give it: "6 a 12 meses", "3 días", "varios"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=120, required=False, **options)

    def prepare_value(self, value: object) -> object:
        return value.text if isinstance(value, Quantity) else value

    def clean(self, value: object) -> Quantity | None:
        text = super().clean(value)
        return quantities.read(text) if text else None


class OrganizationByName(forms.CharField):
    """One organization, by its name, another name or its acronym."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": ORGANIZATIONS, "autocomplete": "off"})
        super().__init__(max_length=200, widget=widget, **options)

    def prepare_value(self, value: object) -> object:
        return value.name if isinstance(value, Organization) else value

    def clean(self, value: object) -> Organization | None:
        text = super().clean(value)
        return _named(text) if text else None


class OrganizationsByName(Passage):
    """Several organizations, one a line."""

    def prepare_value(self, value: object) -> object:
        return "\n".join(one.name for one in value) if isinstance(value, list | tuple) else value

    def clean(self, value: object) -> list[Organization]:
        names = [name.strip() for name in super().clean(value).splitlines() if name.strip()]
        found = organizations_named(names)
        for name in names:
            if name_key(name)[:200] not in found:
                raise ValidationError(sentence(Reason.of("unknown_owner", text=name)))
        return list({one.pk: one for one in (found[name_key(name)[:200]] for name in names)}.values())


class PlaceByName(forms.CharField):
    """One place of the programme's tree, by its name."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": PLACES, "autocomplete": "off"})
        super().__init__(max_length=NAME, widget=widget, **options)

    def clean(self, value: object) -> Place | None:
        text = super().clean(value)
        found = place_named(text) if text else None
        if text and found is None:
            raise ValidationError(sentence(Reason.of("unknown_place", text=text)))
        return found


class NumberOf(forms.CharField):
    """The number that people say: P-3, C-12. Cleaned, it is the number within its mesa."""

    def __init__(self, kind: Kind, **options: Any) -> None:
        self.kind = kind
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
        super().__init__(max_length=20, widget=widget, **options)

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            reference = parse(text)
        except UnreadableReference as error:
            raise ValidationError(sentence(Reason.of("unknown_number", text=text))) from error
        if reference.kind is not self.kind:
            raise ValidationError(sentence(Reason.of("unknown_number", text=text)))
        return reference.numbers[0]


@dataclass(frozen=True, slots=True)
class ProblemNamed:
    """A problem as people name it: by its number, with its mesa where that is another one."""

    number: int
    mesa: str = ""


class AnyProblem(forms.CharField):
    """`P-3`, or `acuicola P-3` for a problem of another mesa. Cleaned, it is a ProblemNamed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "short"})
        super().__init__(max_length=100, required=False, widget=widget, **options)

    def clean(self, value: object) -> ProblemNamed | None:
        text = super().clean(value)
        if not text:
            return None
        found = _ELSEWHERE.fullmatch(text)
        try:
            reference = parse(found["number"] if found else text)
        except UnreadableReference as error:
            raise ValidationError(sentence(Reason.of("unknown_number", text=text))) from error
        if reference.kind is not Kind.PROBLEM:
            raise ValidationError(sentence(Reason.of("unknown_number", text=text)))
        return ProblemNamed(reference.numbers[0], slug(found["mesa"] or "") if found else "")


class Chosen(forms.ChoiceField):
    """One of a closed list, given when the form is made; blank is None."""

    def clean(self, value: object) -> str | None:
        return super().clean(value) or None


class ChosenKey(Chosen):
    """One record of a closed list, by its key."""

    def clean(self, value: object) -> UUID | None:  # type: ignore[override]
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


def _named(text: str) -> Organization:
    found = organization_named(text)
    if found is None:
        raise ValidationError(sentence(Reason.of("unknown_owner", text=text)))
    return found


def blank_first(choices: list[tuple[str, str]], words: str = "") -> list[tuple[str, str]]:
    """The same choices after one that chooses none of them."""
    return [("", words or _("not said")), *choices]
