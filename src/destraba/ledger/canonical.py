"""One byte form for everything that is hashed: RFC 8785, restricted (trust.md, "The ledger").

No floats (decimals travel as strings), integers below 2^53, one form of timestamp, no lone surrogates, and
no key with a character beyond the first plane. Within these limits Python's own `json` writes RFC 8785 byte
for byte, so that whoever checks a ledger needs nothing else.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]

HASH_BYTES = 32
GENESIS = bytes(HASH_BYTES)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_LARGEST_INTEGER = 2**53
_LAST_OF_FIRST_PLANE = "\uffff"


class NotCanonical(ValueError):
    """A value has no canonical form here: a float, too large an integer, a lone surrogate."""


def canonical(value: Plain) -> bytes:
    """The canonical bytes of a plain value. Raises NotCanonical."""
    try:
        _refuse_what_has_no_form(value)
        return _ENCODER.encode(value).encode()
    except (TypeError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _refuse_what_has_no_form(value: object) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= _LARGEST_INTEGER:
            raise NotCanonical("integers must stay below 2^53")
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_unsortable(key)
            _refuse_what_has_no_form(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_what_has_no_form(item)
    else:
        raise NotCanonical(f"{type(value).__name__} has no place in the ledger")


def _refuse_unsortable(key: object) -> None:
    """Up to the first plane, the order of code points is that of UTF-16, which RFC 8785 sorts by."""
    if not isinstance(key, str) or not (key.isascii() or max(key) <= _LAST_OF_FIRST_PLANE):
        raise NotCanonical("keys are text of the first plane")


def timestamp(moment: datetime) -> str:
    """The one form of a moment: UTC with microseconds, `2017-06-15T14:00:00.000000Z`. Raises NotCanonical."""
    if moment.tzinfo is None:
        raise NotCanonical("a moment without a zone is no moment")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def leaf_hash(header: bytes) -> bytes:
    """SHA-256(0x00 || header): the leaf hash of RFC 9162, so that the same hash can enter a Merkle tree."""
    return hashlib.sha256(b"\x00" + header).digest()


def part_digest(salt: bytes, value: bytes) -> bytes:
    """SHA-256(salt || canonical value): hides the value once the salt is gone."""
    return hashlib.sha256(salt + value).digest()


def payload_digest(parts: Mapping[str, bytes]) -> bytes:
    """SHA-256 of the canonical map from each part's name to its digest."""
    return hashlib.sha256(canonical({name: digest.hex() for name, digest in parts.items()})).digest()
