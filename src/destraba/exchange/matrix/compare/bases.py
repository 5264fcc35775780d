"""What the rows of an export said when it was made, folded from the ledger up to their stamps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from destraba.exchange.matrix.compare.said import Said, said
from destraba.exchange.matrix.compare.standing import StandingRow, owners_cell
from destraba.ledger.columns import column, python_value
from destraba.ledger.heads import moved_since
from destraba.ledger.registry import ledgered_models
from destraba.ledger.replay import Entry, State, entries_of, fold
from destraba.models import Collaboration, Organization
from destraba.queries.matrix.cells import Kind

_COLLABORATION = "collaboration"


def bases(mesa_id: UUID, stamped: Mapping[UUID, tuple[StandingRow, int]]) -> Mapping[UUID, Said]:
    """The cells of each row, by its record, as they were at its event; seven statements at most.

    A row that has not moved since says what it said. One that was not there yet has no cells.
    """
    if not stamped:
        return {}
    moved = moved_since(mesa_id, min(seq for _row, seq in stamped.values()))
    helping = _helping(moved.get(_COLLABORATION, {}))
    touched: dict[Kind, list[UUID]] = defaultdict(list)
    for record_id, (row, seq) in stamped.items():
        last = max(moved.get(row.kind.value, {}).get(record_id, 0), helping.get(record_id, 0))
        if last > seq:
            touched[row.kind].append(record_id)
    history = _History(touched)
    return {
        record_id: history.cells(row, seq) if record_id in touched[row.kind] else row.cells
        for record_id, (row, seq) in stamped.items()
    }


def _helping(moved: Mapping[UUID, int]) -> Mapping[UUID, int]:
    """By commitment, the last event of any of its collaborations."""
    last: dict[UUID, int] = {}
    for pk, commitment_id in Collaboration.objects.filter(pk__in=moved).values_list("pk", "commitment_id"):
        last[commitment_id] = max(last.get(commitment_id, 0), moved[pk])
    return last


class _History:
    """The entries of some rows, and of those who help with them."""

    def __init__(self, touched: Mapping[Kind, Iterable[UUID]]) -> None:
        of_commitments = Collaboration.objects.filter(commitment_id__in=touched.get(Kind.COMMITMENT, ()))
        self._helpers: dict[UUID, list[UUID]] = defaultdict(list)
        for pk, commitment_id in of_commitments.order_by("pk").values_list("pk", "commitment_id"):
            self._helpers[commitment_id].append(pk)
        ids = {kind.value: records for kind, records in touched.items()}
        ids[_COLLABORATION] = [pk for helpers in self._helpers.values() for pk in helpers]
        self._entries: dict[UUID, list[Entry]] = defaultdict(list)
        for entry in entries_of(ids):
            self._entries[entry.object_id].append(entry)
        self._organizations = {str(one.pk): one.name for one in Organization.objects.all()}

    def cells(self, row: StandingRow, seq: int) -> Said:
        state = self._state(row.kind.value, row.record_id, seq)
        if not state.version:
            return {}
        names = [name for name in row.cells if name != "owners"]
        cells = {name: _cell(state, name) for name in names}
        if row.kind is Kind.COMMITMENT:
            owner = self._organizations.get(str(state.values["owner_organization"]), "")
            cells["owners"] = owners_cell(owner, self._helped(row.record_id, seq))
        return cells

    def _helped(self, commitment_id: UUID, seq: int) -> Iterable[str]:
        for pk in self._helpers[commitment_id]:
            state = self._state(_COLLABORATION, pk, seq)
            if state.version and state.values["withdrawn_at"] is None:
                yield self._organizations.get(str(state.values["organization"]), "")

    def _state(self, object_type: str, record_id: UUID, seq: int) -> State:
        return fold(object_type, (entry for entry in self._entries[record_id] if entry.seq <= seq))


def _cell(state: State, name: str) -> str:
    field = column(ledgered_models()[state.object_type], name)
    return said(python_value(field, state.values[name]))
