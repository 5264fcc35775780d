"""What changed in a mesa's Matrix between two moments, for one reader: from the ledger alone."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from destraba.ledger.describe import Change, changed_value, redacted
from destraba.ledger.describe.values import value_words
from destraba.ledger.field_names import FIELDS
from destraba.ledger.names import Names, keys_in, names_of
from destraba.ledger.registry import ledgered_models
from destraba.ledger.replay import last_seq, touched_between
from destraba.models import Mesa, Record
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.disclosure import Shut, shut_for
from destraba.queries.matrix.compare.differences import STATE, Cell, Found, differing
from destraba.queries.matrix.compare.lights import lights
from destraba.queries.matrix.compare.moments import Stretch
from destraba.queries.matrix.compare.parts import parts_by_row
from destraba.queries.matrix.compare.rows import (
    Branch,
    ComparedRow,
    Comparison,
    Difference,
    tallies_of,
)
from destraba.queries.matrix.compare.tracks import ROWS, SIDES, Cuts, tracks
from destraba.rules.commitments import CommitmentState
from destraba.values.numbers import commitment_number, problem_number, solution_number


def comparison(viewer: Viewer, mesa: Mesa, stretch: Stretch) -> Comparison:
    """Six statements, seven for whoever is not of the team; three at most for the rows that differ, and one
    for each kind of record that those name: whatever the size of the Matrix and of the stretch."""
    reach = access.reach_of(viewer, mesa.pk)
    cuts = Cuts(last_seq(mesa.pk, stretch.start.at), last_seq(mesa.pk, stretch.end.at))
    shut = shut_for(viewer, mesa.pk)
    shown = lights(mesa, reach, stretch, cuts, shut)
    wanted = {**touched_between(mesa.pk, cuts.start, cuts.end, (*ROWS, *SIDES))}
    wanted["commitment"] = wanted.get("commitment", set()) | shown.turned
    found = tracks(wanted, cuts)
    rows = differing(found, parts_by_row(found, reach.visibilities), shown.turns, reach)
    branches = _Words(rows, mesa, shut).branches()
    return Comparison(
        stretch=stretch,
        branches=branches,
        tallies=tallies_of(branches),
        done=sum(_came_to(one, CommitmentState.DONE) for one in rows.values()),
        slips=sum(_slips(one) for one in rows.values()),
        lights=shown.counts(),
    )


def _came_to(one: Found, state: CommitmentState) -> bool:
    """Whether a commitment came to stand there in between."""
    if one.track.object_type != "commitment" or one.difference is None or one.track.end is None:
        return False
    was = one.track.start.values["state"] if one.track.start else None
    return one.track.end.values["state"] == state and was != state


def _slips(one: Found) -> int:
    track = one.track
    if track.object_type != "commitment" or track.end is None:
        return 0
    before, after = (int(str(s.values["slips"])) if s else 0 for s in (track.start, track.end))
    return max(after - before, 0)


class _Words:
    """The rows that were found in words, as a tree."""

    def __init__(self, rows: Mapping[UUID, Found], mesa: Mesa, shut: Shut) -> None:
        self._rows, self._shut = rows, shut
        self._names = names_of(self._keys(), {mesa.pk}, mesa.time_zone)

    def branches(self) -> tuple[Branch, ...]:
        """In the order of the Matrix; without what only differs in a way that no words show."""
        below: dict[UUID, list[Found]] = {}
        tops = []
        for one in self._rows.values():
            if one.above:
                below.setdefault(one.above[-1], []).append(one)
            else:
                tops.append(one)
        drawn = [
            Branch(tuple(self._row(one, level) for one, level in _downwards(top, below, 1)))
            for top in sorted(tops, key=_place)
        ]
        return tuple(kept for branch in drawn if (kept := branch.keeping(*Difference)))

    def _keys(self) -> Iterator[tuple[type[Record], UUID]]:
        for one in self._rows.values():
            model = ledgered_models()[one.track.object_type]
            for cell in one.cells:
                yield from keys_in(model, {cell.column: cell.was})
                yield from keys_in(model, {cell.column: cell.now})
            for part in one.parts:
                yield from part.keys()
            if one.track.object_type == "commitment":
                named = {name: one.latest.values[name] for name in ("owner_organization", "replaced_by")}
                yield from keys_in(model, named)

    def _row(self, one: Found, level: int) -> ComparedRow:
        track, latest = one.track, one.latest
        number, numbers = self._number(one)
        changes, difference = tuple(self._changes(one)), one.difference
        if difference is Difference.MODIFIED and not changes:
            difference = Difference.TURNED if one.turn and one.turn.is_turned else None
        return ComparedRow(
            object_type=track.object_type,
            key=track.key,
            level=level,
            number=number,
            numbers=numbers,
            title=redacted() if "title" in latest.gone else str(latest.values["title"]),
            difference=difference,
            changes=changes,
            ended=self._ended(one) if difference is Difference.REMOVED else "",
            because=self._because(one) if difference else "",
            owner=self._value(one, "owner_organization") if track.object_type == "commitment" else "",
            turn=one.turn,
        )

    def _number(self, one: Found) -> tuple[str, tuple[int, ...]]:
        number = int(str(one.latest.values["number"]))
        match one.track.object_type:
            case "problem":
                return problem_number(number), (number,)
            case "solution":
                problem = int(str(self._rows[one.above[0]].latest.values["number"]))
                return solution_number(problem, number), (problem, number)
        return commitment_number(number), (number,)

    def _changes(self, one: Found) -> Iterator[Change]:
        for cell in one.cells:
            change = _in_words(one.track.object_type, cell, self._names)
            if change.was != change.now:
                yield change
        for part in one.parts:
            change = part.change(self._names)
            if change.was != change.now:
                yield change

    def _ended(self, one: Found) -> str:
        """Where it stands now; what was taken back stands nowhere."""
        if one.latest.values["withdrawn_at"] is not None:
            return ""
        stands = self._value(one, STATE[one.track.object_type])
        successor = self._value(one, "replaced_by") if "replaced_by" in one.latest.values else ""
        return f"{stands}: {successor}" if successor else stands

    def _because(self, one: Found) -> str:
        """The last reason that was given while the row was open to the reader."""
        line = (*one.above, one.track.key)
        told = [because for seq, because in one.track.reasons if not self._shut.covers(line, seq)]
        return told[-1] if told else ""

    def _value(self, one: Found, name: str) -> str:
        return value_words(one.track.object_type, name, one.latest.values[name], self._names)


def _in_words(object_type: str, cell: Cell, names: Names) -> Change:
    if cell.was_gone or cell.now_gone:
        was = redacted() if cell.was_gone else value_words(object_type, cell.column, cell.was, names)
        now = redacted() if cell.now_gone else value_words(object_type, cell.column, cell.now, names)
        return Change(cell.column, str(FIELDS[cell.column]), was, now)
    return changed_value(object_type, cell.column, cell.was, cell.now, names)


def _downwards(top: Found, below: Mapping[UUID, list[Found]], level: int) -> Iterator[tuple[Found, int]]:
    """A row and what hangs below it: solutions with theirs, then commitments without one."""
    yield top, level
    children = below.get(top.track.key, ())
    for one in sorted(children, key=lambda one: (one.track.object_type == "commitment", _place(one))):
        yield from _downwards(one, below, level + 1)


def _place(one: Found) -> tuple[str, int]:
    return str(one.latest.values["position"]), int(str(one.latest.values["number"]))
