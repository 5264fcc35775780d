"""Words of any language of the product, read as the member of an enumeration that they stand for."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

from django.conf import settings
from django.utils import translation

from destraba.ledger.labels import choices
from destraba.values.texts import fold

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]*\)")
_YES = frozenset({"yes", "y", "si", "s", "x", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def member_called(enum: type[Enum], text: str) -> str | None:
    """The value of the member of that code or word; case, accents, marks and what stands in brackets aside.

    Where two languages call different members alike, the reader's own counts.
    """
    said = _key(text)
    languages = dict.fromkeys(
        [translation.get_language() or "", *(code for code, _name in settings.LANGUAGES)]
    )
    for language in filter(None, languages):
        if value := _members(enum, language).get(said):
            return value
    return None


def yes_or_no(text: str) -> bool | None:
    """None for what is neither."""
    said = _key(text)
    return True if said in _YES else False if said in _NO else None


@cache
def _members(enum: type[Enum], language: str) -> Mapping[str, str]:
    """The values by their words in a language, and by their codes."""
    with translation.override(language):
        named = choices(enum)
    by_word = {_key(words): value for value, words in named}
    by_short = {_key(_ASIDE.sub("", words)): value for value, words in named}
    return {**by_short, **by_word, **{_key(value): value for value, _words in named}}


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text).replace("_", " ")))
