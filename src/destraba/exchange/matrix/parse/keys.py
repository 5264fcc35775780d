"""The identity of a row within its source, so that the same row is found again when the file comes back.

A number wins: Destraba's own ("P-12", "C-45"), else the team's ("#12"). Otherwise it is the text, so the key
survives other letters, accents and a moved row, but not another wording. Equal keys are told apart by order.
"""

import hashlib
from collections import Counter

from destraba.values.names import name_key
from destraba.values.numbers import Kind, UnreadableReference, parse

LONGEST = 48
_DIGEST = 4  # bytes


def own_number(text: str, kind: Kind) -> str:
    """ "p 12" -> "P-12" when the text is a number of that kind as Destraba gives them; otherwise ""."""
    try:
        reference = parse(text)
    except UnreadableReference:
        return ""
    return str(reference) if reference.kind is kind else ""


def text_key(text: str) -> str:
    """At most `LONGEST` characters; a longer text keeps its beginning and a digest of the whole."""
    key = name_key(text)
    if len(key) <= LONGEST:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=_DIGEST).hexdigest()
    return f"{key[: LONGEST - len(digest) - 1]}~{digest}"


class Ordinals:
    """Makes keys unique in the order in which they come: "a", "a~2", "a~3"."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def unique(self, key: str) -> str:
        self._counts[key] += 1
        count = self._counts[key]
        return key if count == 1 else f"{key}~{count}"
