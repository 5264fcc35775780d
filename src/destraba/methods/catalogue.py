"""The methods that this installation knows, and how a mesa adjusts one.

A mesa holds the id, the version and the digest of its preset, and a sparse override. Each file in `presets`
is one version of one method; a version that is superseded stays there for the mesas that follow it, so that
a newer one can be offered with its difference and is never applied silently.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import rfc8785

from destraba.methods.reading import Plain, UnreadableMethod, plain_of, read
from destraba.methods.schema import Method

USUAL = "peru-me"
"""What a new mesa follows unless somebody chooses another: the one that the product grew from."""

_IDENTITY = ("id", "version")


class UnknownMethod(LookupError):
    """No preset has this id, or none in this version."""


def available() -> tuple[str, ...]:
    """The ids of the presets, in the order of the alphabet."""
    return tuple(sorted({preset_id for preset_id, _ in _presets()}))


def load(preset_id: str, version: int | None = None) -> Method:
    """The preset of this id, newest version unless told; `UnknownMethod` if there is none."""
    versions = {number: method for (known, number), method in _presets().items() if known == preset_id}
    number = version if version is not None else max(versions, default=0)
    if number not in versions:
        raise UnknownMethod(preset_id if version is None else f"{preset_id} {version}")
    return versions[number]


def digest(method: Method) -> str:
    """SHA-256 of the method's content in canonical JSON (RFC 8785), as 64 hexadecimal digits."""
    return hashlib.sha256(rfc8785.dumps(to_plain(method))).hexdigest()


def to_plain(method: Method) -> Plain:
    """The method as plain data, fit for JSON; `from_plain` reads it back."""
    return plain_of(method)


def from_plain(plain: object) -> Method:
    """Read a whole method; `UnreadableMethod` names the first path that is wrong."""
    return read(Method, plain)


def apply_override(method: Method, override: Mapping[str, object]) -> Method:
    """The method with a sparse override laid over it, as a JSON merge patch (RFC 7396): null takes away.

    An unknown path, a value of another type, or a piece that the method can't be without: `UnreadableMethod`.
    Identity can't be overridden: the mesa still follows this preset.
    """
    for key in _IDENTITY:
        if key in override:
            raise UnreadableMethod("unknown_key", key)
    return from_plain(_merge(to_plain(method), override))


def _merge(base: object, patch: Mapping[str, object]) -> dict[str, object]:
    merged = dict(base) if isinstance(base, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            merged[key] = _merge(merged.get(key), value)
        else:
            merged[key] = value
    return merged


@cache
def _presets() -> Mapping[tuple[str, int], Method]:
    folder = resources.files("destraba.methods") / "presets"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    methods = [from_plain(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {(method.id, method.version): method for method in methods}
