"""Every text on the screen has its words in every language of the installation."""

import ast
from pathlib import Path

from babel.messages.catalog import Catalog
from tools.messages import KEYWORDS, messages_in_use, read, untranslated

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE, Module, modules

LANGUAGES = ["es"]  # English is the language of the source


def gaps(package: Path) -> list[str]:
    """Texts without a translation, or with one that does not fit, and translations of texts long gone."""
    in_use = messages_in_use(package)
    return [line for language in LANGUAGES for line in _gaps(package, language, in_use)]


def _gaps(package: Path, language: str, in_use: Catalog) -> list[str]:
    po = package / "locale" / language / "LC_MESSAGES" / "django.po"
    if not po.exists():
        return [f"{language}: no catalogue, and {len(in_use)} texts"] if len(in_use) else []
    catalogue = read(po)
    unfit = {_name(message) for message in untranslated(catalogue)}
    wanted = {_name(message) for message in in_use if message.id}
    present = {_name(message) for message in catalogue if message.id}
    return [
        *(f"{language}: not translated: {name}" for name in sorted((wanted - present) | (wanted & unfit))),
        *(f"{language}: no longer used: {name}" for name in sorted(present - wanted)),
    ]


def _name(message: object) -> str:
    identity = getattr(message, "id", "")
    return identity if isinstance(identity, str) else identity[0]


def test_every_text_is_translated() -> None:
    assert gaps(SOURCE) == []


PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Problem"
msgstr "Traba"

msgid "%(count)s day"
msgid_plural "%(count)s days"
msgstr[0] "%(count)s día"
msgstr[1] "%(cuenta)s días"

msgid "Yesterday's text"
msgstr "Texto de ayer"
"""


def test_what_is_missing_unfit_or_left_over_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "locale/es/LC_MESSAGES/django.po": PO,
            "templates/matrix.html": "{{ _('Problem') }}{{ ngettext('%(count)s day', '%(count)s days', n) }}",
            "templates_accounts/login.html": "{% load i18n %}\n  <p>{% translate 'Sign in' %}\n <b>",
            "rules/words.py": "LATE = gettext_noop('Late')\n",
        }
    )
    assert gaps(root) == [
        "es: not translated: %(count)s day",
        "es: not translated: Late",
        "es: not translated: Sign in",
        "es: no longer used: Yesterday's text",
    ]


def test_texts_without_any_catalogue_are_caught(plant: Plant) -> None:
    assert gaps(plant({"web/pages.py": "title = _('Matrix')\n"})) == ["es: no catalogue, and 1 texts"]


def texts_in_f_strings(root: Path) -> list[str]:
    """Before Python 3.12 an f-string is one token, so that a text translated inside it is never found."""
    return [line for module in modules(root) for line in _hidden(module)]


def _hidden(module: Module) -> list[str]:
    return [
        module.at(call, "take the text out of the f-string: it would never be translated")
        for string in ast.walk(module.tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]


def test_no_text_hides_in_an_f_string() -> None:
    assert texts_in_f_strings(SOURCE) == []


def test_a_text_hidden_in_an_f_string_is_caught(plant: Plant) -> None:
    root = plant(
        {"mail.py": "first = f\"{_('Answer here:')} {address}\"\nsecond = f\"{_(word)}\" + _('Fine')\n"}
    )
    assert len(texts_in_f_strings(root)) == 2
