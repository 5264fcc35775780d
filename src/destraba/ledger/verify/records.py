"""Along every record: whether today's table is what replaying its events gives."""

from collections.abc import Iterator, Mapping
from itertools import chain, groupby

from destraba.ledger.canonical import Plain
from destraba.ledger.columns import column
from destraba.ledger.events import BECAUSE, TEXT
from destraba.ledger.kinds import TEXT_REDACTED
from destraba.ledger.replay import Opening, State, Unreadable, read_parts
from destraba.ledger.verify.chains import Parts, with_parts
from destraba.ledger.verify.failures import Failure, Places, Report
from destraba.ledger.verify.rows import Raw, Row, rows
from destraba.ledger.verify.stored import holds, key, rank
from destraba.models.ledger import Event
from destraba.models.records import Record

NEEDED = ["id", "stream", "seq", "schema", "kind", "object_id", "object_version"]
Told = Iterator[tuple[Row, Parts]]


def verify_records(report: Report, places: Places, object_type: str, model: type[Record]) -> None:
    """Walk the table and the events of its records side by side, both in the order of their keys."""
    table = rows(model, ["id", "version", *model.ledger.recorded], order=["id"])
    events = with_parts(rows(Event, NEEDED, where={"object_type": object_type}, order=["object_id", "seq"]))
    histories = groupby(events, key=lambda pair: pair[0]["object_id"])
    row = next(table, None)
    for object_id, told in histories:
        while row is not None and rank(row["id"]) < rank(object_id):
            report.add(places.record("row_without_events", object_type, key(row["id"]), {}))
            row = next(table, None)
        found = row if row is not None and rank(row["id"]) == rank(object_id) else None
        for failure in _record_failures(places, object_type, model, object_id, found, told):
            report.add(failure)
        row = next(table, None) if found is not None else row
    for left in chain([] if row is None else [row], table):
        report.add(places.record("row_without_events", object_type, key(left["id"]), {}))


class _History:
    """A record's events, folded one by one; what is wrong with them is kept until the record has its name."""

    def __init__(self, object_type: str, model: type[Record]) -> None:
        self.state = State.unborn(object_type)
        self.stream: Raw = None
        self.readable = True
        self.wrong: list[tuple[str, str, str]] = []
        self._columns = frozenset(model.ledger.recorded)
        self._missing: dict[Opening, tuple[Raw, str]] = {}
        self._redacted: set[Opening] = set()

    def take(self, event: Row, parts: Parts) -> None:
        where = f"event {event['seq']}"
        self.stream = event["stream"] if self.stream is None else self.stream
        if event["stream"] != self.stream:
            self.wrong.append(("foreign_stream", "", where))
        try:
            said = read_parts(
                event["schema"], self.state.object_type, {str(part["part"]): part["value"] for part in parts}
            )
        except Unreadable as error:
            self.readable = False
            self.wrong.append(("unreadable_payload", "", f"{where}: {error}"))
            return
        self.wrong += [("unknown_column", name, where) for name in sorted(said.values.keys() - self._columns)]
        # Every change moves the version on by one; an event without a change stays at it.
        version = self.state.version + said.changes_columns
        if event["object_version"] != version or version == 0:
            self.wrong.append(("version_gap", "", f"{where} says {event['object_version']}, not {version}"))
        self.state.apply(said, version)
        if event["kind"] == TEXT_REDACTED.name:
            self._redacted |= said.redacts
        for part in parts:
            if part["salt"] is None and part["value"] is None:
                self._missing[key(event["id"]), str(part["part"])] = event["seq"], str(part["part"])

    def unaccounted(self) -> Iterator[tuple[Raw, str]]:
        """Openings that are gone though nothing redacted them. Facts are never redacted."""
        for opening, (seq, part) in self._missing.items():
            if opening not in self._redacted or not (part.startswith(TEXT) or part == BECAUSE):
                yield seq, part


def _record_failures(
    places: Places, object_type: str, model: type[Record], object_id: Raw, row: Row | None, told: Told
) -> Iterator[Failure]:
    history = _History(object_type, model)
    for event, parts in told:
        history.take(event, parts)
    name, values = key(object_id), history.state.values
    for code, column_name, detail in history.wrong:
        yield places.record(code, object_type, name, values, column=column_name, detail=detail)
    for seq, part in history.unaccounted():
        yield places.event("opening_missing", key(history.stream), seq, part=part)
    if row is None:
        yield places.record("row_missing", object_type, name, values)
    elif history.readable:
        if _stream_of(model, name, values) != key(history.stream):
            detail = f"in {places.chain(key(history.stream))}"
            yield places.record("foreign_stream", object_type, name, values, detail=detail)
        for column_name in _differing(model, row, history.state):
            yield places.record("table_differs", object_type, name, values, column=column_name)


def _stream_of(model: type[Record], object_id: str, values: Mapping[str, Plain]) -> str:
    """The chain that the record says it belongs to."""
    relations = {f"{name}_id": values[name] for name in ("mesa", "programme") if name in values}
    return key(model(id=object_id, **relations).stream_id)


def _differing(model: type[Record], row: Row, state: State) -> Iterator[str]:
    if row["version"] != state.version:
        yield "version"
    for name in model.ledger.recorded:
        if not holds(column(model, name), row[name], state.values[name]):
            yield name
