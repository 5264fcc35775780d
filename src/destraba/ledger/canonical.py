"""One byte form for everything that is hashed: RFC 8785, restricted (trust.md, "The ledger").

No floats (decimals travel as strings), integers below 2^53, one form of timestamp, no lone surrogates.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import rfc8785

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]

HASH_BYTES = 32
GENESIS = bytes(HASH_BYTES)
_LARGEST_INTEGER = 2**53


class NotCanonical(ValueError):
    """A value has no canonical form here: a float, too large an integer, a lone surrogate."""


def canonical(value: Plain) -> bytes:
    """The canonical bytes of a plain value. Raises NotCanonical."""
    _refuse_what_has_no_form(value)
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonical(str(error)) from error


def _refuse_what_has_no_form(value: Plain) -> None:
    if isinstance(value, float):
        raise NotCanonical("floats have no place in the ledger")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _LARGEST_INTEGER:
        raise NotCanonical("integers must stay below 2^53")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical("keys are text")
            _refuse_what_has_no_form(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_what_has_no_form(item)


def timestamp(moment: datetime) -> str:
    """The one form of a moment: UTC with microseconds, `2017-06-15T14:00:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf_hash(header: bytes) -> bytes:
    """SHA-256(0x00 || header): the leaf hash of RFC 9162, so that the same hash can enter a Merkle tree."""
    return hashlib.sha256(b"\x00" + header).digest()


def part_digest(salt: bytes, value: bytes) -> bytes:
    """SHA-256(salt || canonical value): hides the value once the salt is gone."""
    return hashlib.sha256(salt + value).digest()


def payload_digest(parts: Mapping[str, bytes]) -> bytes:
    """SHA-256 of the canonical map from each part's name to its digest."""
    return hashlib.sha256(canonical({name: digest.hex() for name, digest in parts.items()})).digest()
