"""Bring the catalogues under `src/destraba/locale/` up to date with the source.

Run `./run words` after writing or changing a text: new messages arrive without a translation,
those that nobody uses any more leave. It says what is left to translate.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "destraba"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# Translations of Destraba."


def catalogues(package: Path = PACKAGE) -> list[Path]:
    return sorted(package.glob("locale/*/LC_MESSAGES/django.po"))


def messages_in_use(package: Path = PACKAGE) -> Catalog:
    """Every text that the source and the templates of a package pass through translation."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(package, methods, options, KEYWORDS):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def django_templates(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterable[Any]:
    """Babel's extractor for Django's template language: Django turns it into Python, which Babel reads."""
    as_python = templatize(file.read().decode("utf-8"))
    # What is no message has become rows of X, whose indentation would not be Python's.
    lines = "\n".join(line.lstrip() for line in as_python.splitlines())
    return extract_python(BytesIO(lines.encode("utf-8")), keywords, tags, options)


def read(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parts[-3])


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Messages without words, with words that somebody has to look at, or with other placeholders."""
    for message in catalogue:
        words = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and (not all(words) or message.fuzzy or any(message.check(catalogue))):
            yield message


def main() -> int:
    in_use = messages_in_use()
    missing = 0
    for po in catalogues():
        catalogue = read(po)
        catalogue.header_comment = HEADER
        catalogue.update(in_use, no_fuzzy_matching=True, update_creation_date=False)
        with po.open("wb") as file:
            write_po(file, catalogue, width=110, sort_by_file=True, ignore_obsolete=True, no_location=True)
        for message in untranslated(catalogue):
            missing += 1
            sys.stderr.write(f"{po.parts[-3]}: {message.id!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
