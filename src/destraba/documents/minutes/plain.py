"""Content made safe to print: nothing unseen in any text, whatever the page is made of afterwards."""

import dataclasses
import sys
from typing import Any, TypeVar, cast

from destraba.values.texts import clean_text

T = TypeVar("T")


def cleaned(content: T) -> T:
    """The same dataclass, with every text in it cleaned, at whatever depth."""
    return cast("T", _cleaned(content))


def lines(text: str) -> list[str]:
    """The lines of a cleaned text that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value, sys.maxsize)
    if isinstance(value, tuple):
        return tuple(_cleaned(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return type(value)(**{name: _cleaned(each) for name, each in fields.items()})
    return value
