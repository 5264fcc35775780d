"""As much of JSON Schema as our own schemas use: a keyword that is not known here breaks the test."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
_SAID_ASIDE = ("$schema", "$defs", "title", "description")


@dataclass(frozen=True)
class Checker:
    """Says each place where a value is not as its schema says; a key that is told nowhere is one as well."""

    root: Mapping[str, Any]

    def faults(self, value: Any, schema: Mapping[str, Any] | None = None, at: str = "$") -> Iterator[str]:
        for keyword, rule in (self.root if schema is None else schema).items():
            if keyword not in _SAID_ASIDE:
                yield from _CHECKS[keyword](self, value, rule, at)

    def ref(self, value: Any, rule: str, at: str) -> Iterator[str]:
        yield from self.faults(value, self.root["$defs"][rule.rpartition("/")[2]], at)

    def one_of(self, value: Any, rule: list[Any], at: str) -> Iterator[str]:
        fitting = sum(not list(self.faults(value, one, at)) for one in rule)
        if fitting != 1:
            yield f"{at}: fits {fitting} of {len(rule)}"

    def type(self, value: Any, rule: str | list[str], at: str) -> Iterator[str]:
        if not any(_is(value, name) for name in ([rule] if isinstance(rule, str) else rule)):
            yield f"{at}: {value!r} is no {rule}"

    def enum(self, value: Any, rule: list[Any], at: str) -> Iterator[str]:
        if value not in rule:
            yield f"{at}: {value!r} is none of {rule}"

    def const(self, value: Any, rule: Any, at: str) -> Iterator[str]:
        yield from self.enum(value, [rule], at)

    def pattern(self, value: Any, rule: str, at: str) -> Iterator[str]:
        if isinstance(value, str) and not re.search(rule, value):
            yield f"{at}: {value!r} is not {rule}"

    def minimum(self, value: Any, rule: int, at: str) -> Iterator[str]:
        if isinstance(value, int) and value < rule:
            yield f"{at}: {value} < {rule}"

    def required(self, value: Any, rule: list[str], at: str) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (f"{at}: {name} is missing" for name in rule if name not in value)

    def properties(self, value: Any, rule: Mapping[str, Any], at: str) -> Iterator[str]:
        for name, one in value.items() if isinstance(value, dict) else ():
            if name in rule:
                yield from self.faults(one, rule[name], f"{at}.{name}")
            else:
                yield f"{at}: {name} is told nowhere"

    def items(self, value: Any, rule: Mapping[str, Any], at: str) -> Iterator[str]:
        for index, each in enumerate(value if isinstance(value, list) else ()):
            yield from self.faults(each, rule, f"{at}[{index}]")


_CHECKS: Mapping[str, Callable[[Checker, Any, Any, str], Iterator[str]]] = {
    "$ref": Checker.ref,
    "oneOf": Checker.one_of,
    "type": Checker.type,
    "enum": Checker.enum,
    "const": Checker.const,
    "pattern": Checker.pattern,
    "minimum": Checker.minimum,
    "required": Checker.required,
    "properties": Checker.properties,
    "items": Checker.items,
}


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool) or name == "boolean":
        return isinstance(value, bool) and name == "boolean"
    return isinstance(value, _TYPES[name])
