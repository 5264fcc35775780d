"""What can be filled in behind a mailed link: a code, and one plain form for each row."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.replies import NOTE, Evidence
from destraba.actions.inputs import NAME
from destraba.ledger.labels import choices
from destraba.queries.people import organization_named
from destraba.queries.sentences import sentence
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.values.errors import DomainError
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.web.forms.fields import Day, Passage

ACCEPT, DECLINE = "accept", "decline"
EVIDENCE = "image/*,.pdf,.docx,.xlsx,.pptx,.odt,.ods"

_ASKED = [
    (ACCEPT, _("I accept")),
    (DECLINE, _("I can't accept")),
    (AnswerKind.OTHER_DATE.value, _("Another date")),
    (AnswerKind.NOT_MINE.value, _("It is not mine")),
]
_AGREED = [
    (AnswerKind.DONE.value, _("It is done")),
    (AnswerKind.PROGRESS.value, _("It is moving")),
    (AnswerKind.SAME.value, _("It is as it was")),
    (AnswerKind.WAITS.value, _("It waits for…")),
    (AnswerKind.OTHER_DATE.value, _("Another date")),
    (AnswerKind.NOT_MINE.value, _("It is not mine")),
]
HINTS = {
    ACCEPT: _("for the date above"),
    DECLINE: _("and I say why"),
    AnswerKind.DONE.value: _("and it can be shown"),
    AnswerKind.PROGRESS.value: _("there is something new"),
    AnswerKind.SAME.value: _("nothing new"),
    AnswerKind.WAITS.value: _("somebody else goes first"),
    AnswerKind.OTHER_DATE.value: _("I ask for it"),
    AnswerKind.NOT_MINE.value: _("it belongs to…"),
}
_FIELD_OF = {
    "date_missing": "proposed",
    "date_past": "proposed",
    "reason_missing": "why",
    "whose_missing": "whose",
    "waits_for_missing": "waits_for",
    "opinion_of_missing": "opinion_of",
    "decline_reason_unknown": "decline_reason",
    "evidence_too_large": "evidence",
    "evidence_unknown": "evidence",
}


class SecretForm(forms.Form):
    """What the mail carries: the script fills in the secret, a hand the code."""

    secret = forms.CharField(max_length=200, required=False, strip=True)
    code = forms.CharField(max_length=40, required=False, strip=True)


class AgainForm(forms.Form):
    """To which address another link is to go."""

    address = forms.EmailField(label=_("Your mail address"), max_length=254)

    @property
    def key(self) -> str:
        """While one is being written for this address, none is added."""
        return sha256(self.cleaned_data["address"].casefold().encode()).hexdigest()[:32]


class ObjectionForm(forms.Form):
    """What somebody holds against minutes; `once` as with the rows."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    text = Passage(
        label=_("What is wrong, and what should stand there"),
        max_length=NOTE,
        rows=3,
        error_messages={"required": _("Say in one sentence what is wrong.")},
    )


class RowForm(forms.Form):
    """One answer to one row. Only the first question has to be answered; what the other fields ask follows
    from it. `once` is drawn with the page: the same form sent twice is the same answer."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    answer = forms.ChoiceField(
        label=_("How does it stand?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these first.")},
    )
    waits_for = forms.CharField(label=_("For whom does it wait?"), max_length=NAME, required=False)
    proposed = Day(label=_("Which date?"), required=False)
    whose = forms.CharField(label=_("Whose is it?"), max_length=NAME, required=False)
    decline_reason = forms.ChoiceField(
        label=_("What stands in the way?"),
        widget=forms.RadioSelect,
        choices=lambda: choices(DeclineReason),
        required=False,
    )
    opinion_of = forms.CharField(label=_("Whose opinion?"), max_length=NAME, required=False)
    why = Passage(label=_("Why, in one sentence"), max_length=NOTE, required=False, rows=2)
    note = Passage(label=_("In one sentence"), max_length=NOTE, required=False, rows=2)
    remedy = Passage(label=_("What would solve it?"), max_length=NOTE, required=False, rows=2)
    evidence = forms.FileField(label=_("Photo or file"), required=False, max_length=None)
    head = forms.ChoiceField(
        label=_("Have you consulted your head of office?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("not_yet", _("Not yet"))],
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, state: CommitmentState, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.show_for(state)

    def show_for(self, state: CommitmentState) -> None:
        """What can be said of a row in this state."""
        is_asked = state is CommitmentState.ASKED
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101  (declared so above)
        answer.choices = _ASKED if is_asked else _AGREED
        if is_asked:
            answer.label = _("Do you accept it?")

    @property
    def chosen(self) -> str:
        """The answer itself."""
        return str(self.cleaned_data["answer"])

    def as_answer(self) -> dict[str, Any]:
        """What `give_answer` takes."""
        data = self.cleaned_data
        kind = AnswerKind(self.chosen)
        named = data["waits_for"] if kind is AnswerKind.WAITS else data["whose"]
        return {
            "kind": kind,
            "note": data["why"] if kind is AnswerKind.OTHER_DATE else data["note"],
            "remedy": data["remedy"],
            "head_consulted": {"yes": True, "not_yet": False}.get(data["head"]),
            "proposed_due": FuzzyDate(data["proposed"]) if data["proposed"] else None,
            "names": organization_named(named) if named else None,
            "named": named,
            "evidence": _evidence(data["evidence"]),
        }

    def as_refusal(self) -> dict[str, Any]:
        """What `decline_by_name` takes. Raises Invalid, by way of the form, where no reason was chosen."""
        data = self.cleaned_data
        named = data["opinion_of"]
        return {
            "decline_reason": DeclineReason(data["decline_reason"]),
            "opinion_of": organization_named(named) if named else None,
            "opinion_named": named,
            "reason": data["why"],
        }

    def refuse(self, error: DomainError) -> None:
        """Say beside the field what the domain refused."""
        self.add_error(_FIELD_OF.get(error.reason.code), sentence(error.reason))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == DECLINE and not data.get("decline_reason"):
            self.add_error("decline_reason", _("Choose what stands in the way."))
        return data


def _evidence(file: "UploadedFile[bytes] | None") -> Evidence | None:
    return Evidence(file.name or "", file.read()) if file else None
