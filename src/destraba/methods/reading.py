"""From plain data to typed dataclasses and back: nothing missing, nothing unknown, faults with their path."""

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

Plain: typing.TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool"
"""What a method is made of outside: fit for JSON, and without floats."""


class UnreadableMethod(ValueError):
    """A method that can't be read. `path` is dotted; `code` is one of `unknown_key`, `missing_key`,
    `wrong_type`, `unknown_value`, `out_of_bounds`."""

    def __init__(self, code: str, path: str) -> None:
        super().__init__(f"{code}: {path or '(top)'}")
        self.code = code
        self.path = path


def read(kind: type[T], plain: object, path: str = "") -> T:
    """Read `plain` as the dataclass `kind`, strictly: no conversion, no default, no key too many."""
    value = _read(kind, plain, path)
    return typing.cast("T", value)


def plain_of(value: object) -> Plain:
    """The inverse of `read`."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain_of(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_of(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain_of(item) for item in value]
    if isinstance(value, int):
        return value
    return str(value)


def _read(kind: object, plain: object, path: str) -> object:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Mapping:
        return _read_mapping(arguments, plain, path)
    if origin is tuple:
        return _read_list(arguments[0], plain, path)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _read_fields(kind, plain, path)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _read_word(kind, plain, path)
    if type(plain) is not kind:
        raise UnreadableMethod("wrong_type", path)
    return plain


def _read_fields(kind: type, plain: object, path: str) -> object:
    table = _table(plain, path)
    hints = typing.get_type_hints(kind)
    for key in table:
        if key not in hints:
            raise UnreadableMethod("unknown_key", _under(path, key))
    for key in hints:
        if key not in table:
            raise UnreadableMethod("missing_key", _under(path, key))
    values = {key: _read(hint, table[key], _under(path, key)) for key, hint in hints.items()}
    try:
        return kind(**values)
    except ValueError as fault:
        raise UnreadableMethod("out_of_bounds", path) from fault


def _read_mapping(arguments: tuple[object, ...], plain: object, path: str) -> Mapping[object, object]:
    key_kind, item_kind = arguments
    return types.MappingProxyType(
        {
            _read(key_kind, key, _under(path, key)): _read(item_kind, item, _under(path, key))
            for key, item in _table(plain, path).items()
        }
    )


def _read_list(item_kind: object, plain: object, path: str) -> tuple[object, ...]:
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        raise UnreadableMethod("wrong_type", path)
    return tuple(_read(item_kind, item, _under(path, str(place))) for place, item in enumerate(plain))


def _read_word(kind: type[StrEnum], plain: object, path: str) -> StrEnum:
    if not isinstance(plain, str) or plain not in set(kind):
        raise UnreadableMethod("unknown_value", path)
    return kind(plain)


def _table(plain: object, path: str) -> Mapping[str, object]:
    if not isinstance(plain, Mapping):
        raise UnreadableMethod("wrong_type", path)
    return plain


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
