"""What was said while a record was the team's own stays the team's, even once the record is opened."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from destraba.ledger import kinds
from destraba.ledger.replay import Entry, entries_of_kind
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.values.visibility import Visibility

Span: TypeAlias = tuple[int, int | None]
"""From the entry that closed a record up to the one that opened it again, by their numbers in the chain."""


def teller(
    viewer: Viewer, mesa_id: UUID, above: Callable[[UUID], Collection[UUID]]
) -> Callable[[Entry], bool]:
    """Whether an entry of this mesa's chain may be told to this viewer; one statement, none for the team.

    `above` gives a record's id with those of all that it hangs from: the strictest of them counts.
    """
    return teller_across(viewer, [mesa_id], above)


def teller_across(
    viewer: Viewer, mesa_ids: Collection[UUID], above: Callable[[UUID], Collection[UUID]]
) -> Callable[[Entry], bool]:
    """The same for the chains of several mesas at once."""
    told_less = [
        mesa_id
        for mesa_id in mesa_ids
        if Visibility.TEAM.value not in access.reach_of(viewer, mesa_id).visibilities
    ]
    if not told_less:
        return lambda _entry: True
    shut = Shut(_spans_of(told_less))
    return lambda entry: not shut.covers(above(entry.object_id), entry.seq)


@dataclass(frozen=True, slots=True)
class Shut:
    """When each record was kept from a viewer, as the team's own."""

    spans: Mapping[UUID, Sequence[Span]]

    def at(self, seq: int) -> frozenset[UUID]:
        """The records that were kept from them at a place in the chain; what hangs from those is too."""
        return frozenset(key for key, spans in self.spans.items() if any(_lies_in(seq, one) for one in spans))

    def covers(self, records: Collection[UUID], seq: int) -> bool:
        """Whether any of these was."""
        return any(_lies_in(seq, span) for key in records for span in self.spans.get(key, ()))


def shut_for(viewer: Viewer, mesa_id: UUID) -> Shut:
    """What was kept from this viewer in a mesa's chain, and when; one statement, none for the team."""
    if Visibility.TEAM.value in access.reach_of(viewer, mesa_id).visibilities:
        return Shut({})
    return Shut(_spans_of([mesa_id]))


def _lies_in(seq: int, span: Span) -> bool:
    start, end = span
    return start <= seq and (end is None or seq < end)


def _spans_of(mesa_ids: Collection[UUID]) -> Mapping[UUID, list[Span]]:
    """When each record of these mesas was for the team alone."""
    spans: dict[UUID, list[Span]] = defaultdict(list)
    for entry in entries_of_kind(mesa_ids, kinds.VISIBILITY_CHANGED.name):
        of_record = spans[entry.object_id]
        is_closed = bool(of_record) and of_record[-1][1] is None
        closes = entry.values.get("visibility") == Visibility.TEAM.value
        if closes and not is_closed:
            of_record.append((entry.seq, None))
        elif is_closed and not closes:
            of_record[-1] = (of_record[-1][0], entry.seq)
    return spans
