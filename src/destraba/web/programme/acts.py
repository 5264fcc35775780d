"""What the head of the programme can do on its page: note a figure that others declare, withdraw one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from destraba.actions.inputs import NAME
from destraba.actions.programme import NOTE, SOURCE, UNIT, VALUE, note_figure, withdraw_figure
from destraba.models import Figure, Programme
from destraba.rules.permissions import Deed
from destraba.rules.programme.figures import MOST
from destraba.web.forms.acts import ActForm, ReasonForm
from destraba.web.forms.fields import DATE_HINT, Passage, When
from destraba.web.programme.scenes import ProgrammeScene
from destraba.web.things.acts import Act, Call, Group


class FigureForm(ActForm):
    """A figure with its source."""

    label = forms.CharField(
        label=_("What it counts"), max_length=NAME, help_text=_("Such as: problems resolved, 2016 to 2019.")
    )
    value = forms.CharField(
        label=_("Figure"),
        max_length=VALUE,
        help_text=_("As it was declared: 77, or in words."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    out_of = forms.IntegerField(
        label=_("Out of"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("The total, where there is one: 204."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=UNIT, required=False)
    as_of = When(label=_("As of"), required=False, help_text=DATE_HINT)
    source = forms.CharField(
        label=_("Source"), max_length=SOURCE, help_text=_("Who says so, and where it can be read.")
    )
    note = Passage(label=_("Note"), rows=2, max_length=NOTE, required=False)


def _programme(scene: ProgrammeScene) -> list[Programme]:
    return [scene.programme]


def _figures(scene: ProgrammeScene) -> list[Figure]:
    return scene.figures


def _note(call: Call[ProgrammeScene, Programme]) -> None:
    data = call.data
    note_figure(
        actor=call.scene.actor,
        programme=call.target,
        label=data["label"],
        value=data["value"],
        out_of=data["out_of"],
        unit=data["unit"],
        as_of=data["as_of"],
        source=data["source"],
        note=data["note"],
        now=call.scene.now,
    )


def _withdraw(call: Call[ProgrammeScene, Figure]) -> None:
    withdraw_figure(
        actor=call.scene.actor, figure=call.target, reason=call.data["reason"], now=call.scene.now
    )


ACTS: tuple[Act[ProgrammeScene, Any], ...] = (
    Act(
        code="figure",
        words=_("Note a declared figure"),
        group=Group.BELOW,
        deed=Deed.NOTE_FIGURES,
        form=FigureForm,
        targets=_programme,
        says=_("It is shown with its source, and counted in no sum."),
        do=_note,
    ),
    Act(
        code="withdraw-figure",
        words=_("Withdraw it"),
        group=Group.NEXT,
        deed=Deed.NOTE_FIGURES,
        form=ReasonForm,
        targets=_figures,
        about=lambda figure: figure.label,
        kind="quiet",
        do=_withdraw,
    ),
)
