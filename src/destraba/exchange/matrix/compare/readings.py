"""A reading beside a mesa: what is new, what changed, and who has to choose.

Three sides of every cell: what the source said before, what stands on screen, what the source says now. A
cell that the source has not changed never overwrites an edit on screen; where both changed, or nobody knows
what the source said before, the person chooses, and until then the screen's value stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from destraba.actions.imports.incoming import IncomingMember
from destraba.actions.inputs import NAME
from destraba.exchange.matrix.colours import OwnColours
from destraba.exchange.matrix.compare.bases import bases
from destraba.exchange.matrix.compare.plan import CellChange, Plan, PlannedRow, Status
from destraba.exchange.matrix.compare.rows import Proposal, Proposed, Values
from destraba.exchange.matrix.compare.said import BETWEEN_OWNERS, Names, Said, said
from destraba.exchange.matrix.compare.standing import NO_CELLS, Standing, StandingRow
from destraba.exchange.matrix.headings import Heading, OwnMapping
from destraba.exchange.matrix.readings import Reading
from destraba.models import Mesa
from destraba.rules.commitments import check_due_change
from destraba.rules.lights import Light
from destraba.values.names import split_names


def plan(
    reading: Reading,
    mesa: Mesa | None,
    *,
    members: Iterable[IncomingMember] = (),
    mapping: OwnMapping | None = None,
    colours: OwnColours | None = None,
) -> Plan:
    """The reading against a mesa, or against nothing where the mesa is yet to be opened.

    `mapping` and `colours` are those that it was read with.
    """
    source = (reading.sheets[0] if reading.sheets else "")[:200]
    standing = Standing.of(mesa, source) if mesa else Standing()
    comparison = _Comparison(Proposal(reading), standing)
    rows = comparison.rows()
    return Plan(
        source=source,
        as_of=standing.as_of,
        rows=rows,
        members=tuple(members),
        doubts=tuple(comparison.proposal.doubts),
        skipped=reading.skipped,
        strangers=comparison.strangers(),
        unclaimed=standing.unclaimed,
        columns=tuple(_columns(reading.headings, mapping or {})),
        colours=colours or {},
    )


class _Comparison:
    """The rows of a source, each beside the one that it stands for."""

    def __init__(self, proposal: Proposal, standing: Standing) -> None:
        self.proposal = proposal
        self._standing = standing
        self._found = {row.id: standing.find(row) for row in proposal.rows}
        self._before = self._said_before()
        self._names = Names.of(self._all_names())
        self._rows = tuple(self._with_whole_names(row) for row in proposal.rows)

    def rows(self) -> tuple[PlannedRow, ...]:
        gone: set[str] = set()
        planned = []
        for row in self._rows:
            found = self._found[row.id]
            if found is None and (row.parent in gone or self._is_gone(row)):
                gone.add(row.id)
            else:
                planned.append(self._planned(row, found))
        return tuple(planned)

    def _is_gone(self, row: Proposed) -> bool:
        """Whether the row was withdrawn since it was exported: it does not come back by itself. Notes the
        doubt on the way."""
        mesa_id = self._standing.mesa_id
        was_here = row.number and row.stamp and mesa_id and row.stamp.is_of(mesa_id)
        if not was_here or self._standing.knows(row.kind, row.number):
            return False
        self.proposal.doubt(row, "number", "row_gone", number=row.number)
        return True

    def strangers(self) -> tuple[str, ...]:
        """In the order in which they are named, each once."""
        names = (name for row in self._rows for name in _owners(row) if name)
        known = (self._names.is_known, self._names.is_ambiguous)
        return tuple(dict.fromkeys(name for name in names if not any(knows(name) for knows in known)))

    def _said_before(self) -> Mapping[str, Said]:
        """From the ledger for a row of an export of ours, else from what the source said last time."""
        mesa_id = self._standing.mesa_id
        before: dict[str, Said] = {}
        stamped: dict[UUID, tuple[StandingRow, int]] = {}
        foreign: Proposed | None = None
        for row in self.proposal.rows:
            found, stamp = self._found[row.id], row.stamp
            if stamp and mesa_id and not stamp.is_of(mesa_id):
                foreign = foreign or row
            if found and stamp and mesa_id and stamp.is_of(mesa_id):
                stamped[found.record_id] = (found, stamp.seq)
            elif found:
                before[row.id] = self._standing.remembered(row, found)
        if foreign:
            self.proposal.doubt(foreign, "number", "numbers_of_another_mesa")
        folded = bases(mesa_id, stamped) if mesa_id else {}
        for row in self.proposal.rows:
            found = self._found[row.id]
            if found and found.record_id in folded:
                before[row.id] = folded[found.record_id]
        return before

    def _all_names(self) -> Iterable[str]:
        for row in self.proposal.rows:
            yield from _owners(row)
            yield from (name for cell in row.written for name in cell)
        for cells in self._before.values():
            yield from cells.get("owners", "").split(BETWEEN_OWNERS)

    def _with_whole_names(self, row: Proposed) -> Proposed:
        """What parts names may stand inside one: a cell that is the name of somebody is not taken apart."""
        if not any(self._names.is_known(name) for cell in row.written for name in cell):
            return row
        owners, helpers = (
            [one for name in cell for one in ([name] if self._names.is_known(name) else split_names(name))]
            for cell in row.written
        )
        if len(owners) == 1 and "owners" in row.where:
            self.proposal.settle(row, "owners", "several_owners")
        first = owners or ([""] if helpers else [])
        names = tuple(name[:NAME] for name in dict.fromkeys((*first, *helpers)))
        return replace(row, values={**row.values, "owners": names})

    def _planned(self, row: Proposed, found: StandingRow | None) -> PlannedRow:
        before = self._before.get(row.id, NO_CELLS)
        values = self._values(row, found, before)
        now = self._said(row, values)
        if found is None:
            values = {**values, **self._first(row)}
        cells = tuple(self._changes(row, found, now, before)) if found else ()
        if found and found.parent_id != self._standing.record_of(row.parent):
            self.proposal.doubt(row, "number", "row_moved", number=found.number)
        return PlannedRow(
            kind=row.kind,
            key=row.key,
            parent=row.parent,
            parent_id=self._standing.record_of(row.parent),
            title=row.title,
            number=found.number if found else "",
            where=next(iter(row.where.values()), None),
            record_id=found.record_id if found else None,
            status=_status(found, cells),
            cells=cells,
            values=values,
            said=now,
            before=before,
        )

    def _values(self, row: Proposed, found: StandingRow | None, before: Said) -> Values:
        """As the source has them; but a name of several is nobody's, so nobody owns the new row."""
        if found and row.fill and _is_old_light(row, before, row.values.get("declared")):
            self.proposal.settle(row, "declared", "light_says_two_things")
            return {**row.values, "declared": row.fill}
        if found and row.fill and _is_old_light(row, before, row.fill):
            self.proposal.settle(row, "declared", "light_says_two_things")
        if found or not self._is_ambiguous(row):
            return row.values
        owner, *helpers = _owners(row)
        clear = [name for name in helpers if not self._names.is_ambiguous(name)]
        return {**row.values, "owners": ("" if self._names.is_ambiguous(owner) else owner, *clear)}

    def _first(self, row: Proposed) -> Values:
        """What a new row begins with; notes the doubt where it claims to be further on than it can begin."""
        first = {name: value for name, value in row.first.items() if value is not None}
        if beyond := first.pop("beyond", None):
            self.proposal.doubt(row, "stage", "stage_left_out", text=str(beyond))
        return first

    def _is_ambiguous(self, row: Proposed) -> bool:
        """Notes the doubt on the way."""
        names = [name for name in _owners(row) if self._names.is_ambiguous(name)]
        for name in names:
            self.proposal.doubt(row, "owners", "ambiguous_owner", name=name)
        return bool(names)

    def _said(self, row: Proposed, values: Values) -> Said:
        cells = {name: said(value) for name, value in values.items() if name != "owners"}
        return {**cells, "owners": self._names.owners(_owners(row))} if "owners" in values else cells

    def _changes(self, row: Proposed, found: StandingRow, now: Said, before: Said) -> Iterable[CellChange]:
        for name, theirs in now.items():
            mine, base = found.cells[name], self._base(name, before)
            if name == "owners" and theirs == mine and self.proposal.doubts_at(row, name):
                self.proposal.settle(row, name, "owner_stands_for_many")
            if theirs in (mine, base) or (base is None and not theirs) or _is_shown(row, name, theirs):
                continue
            if not self._is_refused(row, found, name):
                is_conflict = mine != ("" if base is None else base)
                yield CellChange(name, mine, theirs, is_conflict, row.where.get(name))

    def _base(self, name: str, before: Said) -> str | None:
        """What the source said before; None where nobody knows."""
        base = before.get(name)
        return self._names.owners(base.split(BETWEEN_OWNERS)) if base and name == "owners" else base

    def _is_refused(self, row: Proposed, found: StandingRow, name: str) -> bool:
        """Whether the cell can't be written; notes the doubt on the way."""
        if name == "owners":
            return self._is_ambiguous(row)
        if name == "due" and found.state and (refused := check_due_change(found.state, None, None)):
            self.proposal.doubt(row, name, refused.code, **refused.params)
            return True
        return False


def _owners(row: Proposed) -> Sequence[str]:
    owners = row.values.get("owners", ())
    return owners if isinstance(owners, tuple) else ()


def _is_shown(row: Proposed, name: str, theirs: str) -> bool:
    """Whether the cell says the light that the export showed, which need not be the one declared."""
    shown = row.stamp.shown if row.stamp and name == "declared" else None
    return shown is not None and theirs == ("" if shown is Light.NONE else shown.value)


def _is_old_light(row: Proposed, before: Said, value: object) -> bool:
    """Whether a word, or a colour, is what the export wrote: then the other is what somebody changed."""
    light = said(value)
    return _is_shown(row, "declared", light) or light == before.get("declared")


def _status(found: StandingRow | None, cells: Sequence[CellChange]) -> Status:
    if found is None:
        return Status.NEW
    if any(cell.is_conflict for cell in cells):
        return Status.CONFLICT
    return Status.CHANGED if cells else Status.UNCHANGED


def _columns(headings: Iterable[Heading], mapping: OwnMapping) -> Iterator[tuple[str, str]]:
    """Each heading with its field; blank for one that the team leaves out."""
    for heading in headings:
        if heading.field:
            yield heading.text, heading.field.value
        elif heading.text in mapping:
            yield heading.text, ""
