"""What a row shows that lies in records of its own: focus, places, the norm, who helps, who says it works."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.ledger.describe import Change
from destraba.ledger.describe.values import value_words
from destraba.ledger.names import Names, keys_in
from destraba.ledger.registry import ledgered_models
from destraba.models import Record
from destraba.queries.matrix.compare.tracks import SIDES, Snapshot, Track, Tracks

PARTS: Mapping[str, "str | Promise"] = {
    "focusinterval": gettext_lazy("In focus"),
    "enactment": gettext_lazy("Norm"),
    "solutionplace": gettext_lazy("Places"),
    "confirmation": gettext_lazy("Who says that it works"),
    "collaboration": gettext_lazy("Who helps"),
}
_NORM = ("rank", "norm", "drafter", "prepublished_on", "signed_on", "published_on")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one kind that a row had at the start, and those that it has at the end."""

    object_type: str
    was: tuple[Snapshot, ...]
    now: tuple[Snapshot, ...]

    def keys(self) -> Iterator[tuple[type[Record], UUID]]:
        """The records that they name."""
        for snapshot in (*self.was, *self.now):
            yield from keys_in(ledgered_models()[self.object_type], snapshot.values)

    def change(self, names: Names) -> Change:
        """As one cell of the row."""
        was, now = self._words(self.was, names), self._words(self.now, names)
        return Change(self.object_type, str(PARTS[self.object_type]), was, now)

    def _words(self, parts: Sequence[Snapshot], names: Names) -> str:
        match self.object_type:
            case "focusinterval":
                return _("Yes") if any(one.values["ends_on"] is None for one in parts) else ""
            case "enactment":
                return ", ".join(self._value(one, name, names) for one in parts for name in _told(one))
            case "solutionplace":
                return "; ".join(
                    sorted(
                        f"{self._value(one, 'place', names)}: {self._value(one, 'stage', names)}"
                        for one in parts
                    )
                )
        return ", ".join(sorted(self._value(one, "organization", names) for one in parts))

    def _value(self, part: Snapshot, name: str, names: Names) -> str:
        return value_words(self.object_type, name, part.values[name], names)


def parts_by_row(found: Tracks, visible: Sequence[str]) -> Mapping[UUID, list[Parts]]:
    """What each row has and had, of the kinds that were touched."""
    grouped: dict[tuple[UUID, str], list[Track]] = {}
    for track in found.values():
        if track.object_type in SIDES:
            for owner in track.owners:
                grouped.setdefault((owner, track.object_type), []).append(track)
    rows: dict[UUID, list[Parts]] = {}
    for (owner, name), those in grouped.items():
        was = [one.start for one in those if one.start and _is_there(one.start, visible)]
        now = [one.end for one in those if one.end and _is_there(one.end, visible)]
        rows.setdefault(owner, []).append(Parts(name, tuple(was), tuple(now)))
    return rows


def _is_there(part: Snapshot, visible: Sequence[str]) -> bool:
    return part.values["withdrawn_at"] is None and str(part.values["visibility"]) in visible


def _told(norm: Snapshot) -> Iterator[str]:
    return (name for name in _NORM if norm.values[name])
