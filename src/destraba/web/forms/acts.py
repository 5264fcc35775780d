"""What every form of an act on a record shares: which act, on what, and at which version it was read."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from destraba.web.forms.fields import ChosenKey, Passage

Options = Mapping[str, Sequence[tuple[str, str | Promise]]]


class ActForm(forms.Form):
    """A form with nothing to fill in; others add to it. `options` are the choices of its closed lists."""

    apart: ClassVar[tuple[str, ...]] = ()
    """Fields that the page draws where they belong, tied to the form by its id."""

    act = forms.CharField(widget=forms.HiddenInput, max_length=40)
    target = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Options, **rest: Any) -> None:
        super().__init__(data, **rest)
        for name, choices in options.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
                field.choices = list(choices)

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.visible_fields())


class ReasonForm(ActForm):
    """An act that takes its reason."""

    reason = Passage(label=_("Reason"), max_length=2000, help_text=_("One sentence. It stays on record."))


class NoteForm(ActForm):
    """An act that may take a word of explanation."""

    reason = Passage(label=_("Reason"), max_length=2000, required=False)


class BehalfForm(ActForm):
    """Whatever the owner answers, the team may enter as heard by telephone; the seat is on record then."""

    behalf = ChosenKey(
        label=_("On behalf of"),
        required=False,
        help_text=_("Who told you, by telephone or in person. The ledger keeps both names."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Options, **rest: Any) -> None:
        super().__init__(data, options=options, **rest)
        if not options.get("behalf"):
            del self.fields["behalf"]


class VisibilityForm(ReasonForm):
    """Who may see a record from now on."""

    field_order = ("visibility", "reason")
    visibility = forms.ChoiceField(label=_("Who may see it"))
