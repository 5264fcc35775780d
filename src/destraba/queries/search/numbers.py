"""Things by the number that people say aloud: "C-45", "forestal C-45", "P-12.1", "S-7"."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from destraba.ledger.search.marks import Findable
from destraba.models import Mesa
from destraba.queries.search.rows import Row, rows_where
from destraba.queries.within import Within
from destraba.values.numbers import Kind, Reference, UnreadableReference, parse
from destraba.values.search.wanted import Asked, asked
from destraba.values.search.words import words_of

# A letter that stands alone, a number, and perhaps another after a dot; words of a mesa before or after it.
_NUMBER = re.compile(
    r"(?<!\w)[pcs]\s?[-\u2010-\u2014\u2212]?\s?[0-9]{1,9}(?:\s?\.\s?[0-9]{1,9})?(?![\w.])", re.I
)
_KINDS = {
    Kind.PROBLEM: Findable.PROBLEM,
    Kind.SOLUTION: Findable.SOLUTION,
    Kind.COMMITMENT: Findable.COMMITMENT,
    Kind.MEETING: Findable.MEETING,
}


def numbered(seen: Within, text: str) -> list[Row]:
    """What has this number, in the mesa that is named beside it or in every mesa; one statement, none where
    there is no number in the text."""
    match = _NUMBER.search(text)
    if match is None:
        return []
    mesas = called(seen.mesas, asked(f"{text[: match.start()]} {text[match.end() :]}"))
    try:
        reference = parse(match[0])
    except UnreadableReference:
        return []
    return rows_where(_KINDS[reference.kind], seen, _having(reference, [mesa.pk for mesa in mesas]))


def called(mesas: Sequence[Mesa], by: Asked) -> Sequence[Mesa]:
    """The mesas that have all of these words in their name or address; without words, all of them."""
    if not by:
        return mesas
    return [
        mesa
        for mesa in mesas
        if all(any(one.is_met_by(word) for word in words_of(f"{mesa.name} {mesa.slug}")) for one in by.words)
    ]


def _having(reference: Reference, mesas: list[UUID]) -> Q:
    *above, number = reference.numbers
    having = Q(mesa__in=mesas, number=number)
    return having & Q(problem__number=above[0]) if above else having
