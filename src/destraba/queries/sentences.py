"""A reason as a sentence: what a rule answered in code, said in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.values.reasons import Reason

_SENTENCES: dict[str, "str | Promise"] = {}


def sentence(reason: Reason) -> str:
    """One sentence that says what happened and what to do. Raises KeyError for a code without words."""
    return str(_SENTENCES[reason.code]) % dict(reason.params)


def has_words(code: str) -> bool:
    return code in _SENTENCES
