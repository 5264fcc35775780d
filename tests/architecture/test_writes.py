"""Who writes: the ledger and nobody else, but for the tables that an installation needs to run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE, Function, Module, dotted_names, modules

EVENT_TABLES = {"Event", "Payload", "Head"}
# Tables without a history of their own: which modules write them, by the start of their dotted name.
OPERATIONAL_TABLES = {
    "Account": ("actions.accounts",),
    "EmailAddress": ("actions.accounts",),
    "ReadLog": ("actions.reading",),
    "ImportSource": ("actions.imports",),
    "ImportedRow": ("actions.imports",),
    "LightInterval": ("actions.lights",),
    "Link": ("actions.links",),
    "MatrixVisit": ("actions.matrix.views",),
    "SavedView": ("actions.matrix.views",),
    "Job": ("actions.jobs", "jobs.queue", "jobs.tidying"),
    "Turn": ("jobs.timetable",),
    "WorkerHeard": ("jobs.presence", "jobs.tidying"),
    "Nudge": ("notifications.reminders",),
    "Outbox": ("notifications.",),
    "SearchEntry": ("ledger.search",),
}
WRITES = {"save", "delete", "create_user", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Dictionaries update and other things are created too: these two count only on what looks like a table.
WRITES_ON_TABLES = {"create", "update"}
ASYNC = {f"a{name}" for name in WRITES | WRITES_ON_TABLES}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
RECORDING = "change"
LOCKS = {"select_for_update", "atomic", "on_commit"}
# The ledger, and the manager of accounts, which `create_account` calls.
WRITERS = ("ledger.", "models.accounts")
# These ask the database how it is, and nothing about what is in it.
ASK_THE_DATABASE = ("management.commands.doctor", "web.views.health")
NEAR_THE_EVENTS = {"ledger", "models", "migrations"}


def event_tables_touched(root: Path) -> list[str]:
    """Every mention of an event table, or of the module that holds them, outside the ledger."""
    return [
        module.at(node, f"{name}: only the ledger touches the event tables")
        for module in modules(root)
        if module.layer not in NEAR_THE_EVENTS
        for node, name in _mentions(module.tree)
    ]


def _mentions(tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="destraba.models.ledger"):
                yield node, "destraba.models.ledger"
            case ast.ImportFrom(module="destraba.models", names=names):
                yield from ((node, name.name) for name in names if name.name in EVENT_TABLES | {"ledger"})
            case ast.Import(names=names):
                yield from ((node, name.name) for name in names if name.name == "destraba.models.ledger")
            case ast.Attribute(value=ast.Name(id="models"), attr=attr) if attr in EVENT_TABLES:
                yield node, f"models.{attr}"
            case ast.Call(func=ast.Attribute(attr="get_model"), args=[*_, ast.Constant(value=str(name))]):
                if name.rpartition(".")[2].title() in EVENT_TABLES:
                    yield node, name


def unrecorded_writes(root: Path) -> list[str]:
    """Every write through Django outside the ledger, except to an operational table by its owner."""
    return [
        module.at(
            call, f".{_method(call)}() on {table or 'a record'}: records are written through a recording"
        )
        for module in modules(root)
        if not module.dotted.startswith(WRITERS)
        for call, table in _writes(module)
        if not (table and module.dotted.startswith(OPERATIONAL_TABLES.get(table, ())))
    ]


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _writes(module: Module) -> Iterator[tuple[ast.Call, str | None]]:
    scopes: list[ast.Module | Function] = [module.tree, *module.functions()]
    tables = {scope: _tables_of_names(scope) for scope in scopes}
    for scope in scopes:
        known = tables[module.tree] | tables[scope]
        for node in _own_nodes(scope):
            if isinstance(node, ast.Call) and _is_write(node, known):
                yield node, _table(node.func, known)


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function or module itself, not in the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, Function):
            yield child
            yield from _own_nodes(child)


def _is_write(call: ast.Call, known: dict[str, str]) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    *receiver, method = dotted_names(call.func)
    if receiver == [RECORDING] or receiver[0] == "super":
        return False
    if method in WRITES | ASYNC:
        return True
    on_table = not MANAGERS.isdisjoint(receiver) or receiver[0] in known
    by_relation = method == "create" and len(receiver) > 1
    return method in WRITES_ON_TABLES and (on_table or by_relation)


def _tables_of_names(scope: ast.Module | Function) -> dict[str, str]:
    """Local names that hold a table's rows: annotated so, or assigned from its manager or its class."""
    known: dict[str, str] = {}
    if isinstance(scope, Function):
        arguments = [*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs]
        for argument in arguments:
            if isinstance(argument.annotation, ast.Name) and argument.annotation.id in OPERATIONAL_TABLES:
                known[argument.arg] = argument.annotation.id
    for node in _own_nodes(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() | ast.Attribute() as value):
                first, *rest = dotted_names(value)
                if not MANAGERS.isdisjoint(rest) or first in OPERATIONAL_TABLES:
                    known[name] = first
    return known


def _table(receiver: ast.expr, known: dict[str, str]) -> str | None:
    first = dotted_names(receiver)[0]
    return known.get(first, first if first in OPERATIONAL_TABLES else None)


def writing_queries(root: Path) -> list[str]:
    """Queries read: no write, not even of an operational table, no lock, no transaction."""
    found = []
    for module in modules(root):
        if module.layer == "queries":
            found += [
                module.at(call, f".{_method(call)}(): a query never writes") for call, _ in _writes(module)
            ]
            found += [
                module.at(node, f"{node.attr}: a query takes no lock")
                for node in ast.walk(module.tree)
                if isinstance(node, ast.Attribute) and node.attr in LOCKS
            ]
    return found


def raw_statements(root: Path) -> list[str]:
    """A cursor of one's own could write anything, so none is opened outside the ledger."""
    return [
        module.at(node, "a raw cursor: only the ledger opens one")
        for module in modules(root)
        if not module.dotted.startswith(WRITERS + ASK_THE_DATABASE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"cursor", "raw"}
        if dotted_names(node)[0] in {"connection", "connections"} or node.attr == "raw"
    ]


def test_only_the_ledger_touches_the_event_tables() -> None:
    assert event_tables_touched(SOURCE) == []


def test_records_are_written_only_through_a_recording() -> None:
    assert unrecorded_writes(SOURCE) == []


def test_queries_never_write() -> None:
    assert writing_queries(SOURCE) == []


def test_no_statement_goes_around_the_models() -> None:
    assert raw_statements(SOURCE) == []


def test_touching_an_event_table_is_caught_by_whatever_door(plant: Plant) -> None:
    root = plant(
        {
            "queries/stories.py": """
                from destraba import models
                from destraba.models import Event, Mesa
                from destraba.models.ledger import Head
                import destraba.models.ledger

                def story():
                    return models.Payload.objects.all(), apps.get_model("destraba", "event")
                """,
            "ledger/replay.py": "from destraba.models.ledger import Event\n",
        }
    )
    assert [line.split(":")[1] for line in sorted(event_tables_touched(root))] == ["3", "4", "5", "8", "8"]


def test_a_write_behind_the_ledgers_back_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "actions/matrix.py": """
                def rename(*, problem, now):
                    problem.save()
                    Problem.objects.filter(pk=1).update(title="")
                    rows = Problem.objects.all()
                    rows.update(title="")
                    mesa.problems.create(title="")
                    Problem.objects.bulk_create([])
                    problem.adelete()
                """
        }
    )
    assert [line.split(":")[1] for line in unrecorded_writes(root)] == ["3", "4", "6", "7", "8", "9"]


def test_a_recording_dictionaries_and_the_ledger_itself_are_not_writes_behind_its_back(plant: Plant) -> None:
    root = plant(
        {
            "actions/matrix.py": """
                def rename(*, problem, now):
                    change.update(problem, title="")
                    change.create(problem)
                    options = {}
                    options.update(a=1)
                    hashlib.sha256().update(b"")
                """,
            "ledger/record.py": "def write(head):\n    head.save()\n",
        }
    )
    assert unrecorded_writes(root) == []


def test_an_operational_table_is_written_by_its_owner_alone(plant: Plant) -> None:
    write = "def note(row: ReadLog):\n    ReadLog.objects.create()\n    row.save()\n"
    owner = OPERATIONAL_TABLES["ReadLog"][0].replace(".", "/")
    root = plant({f"{owner}.py": write, "web/pages.py": write})
    assert [line.split(": ")[0] for line in unrecorded_writes(root)] == ["web/pages.py:2", "web/pages.py:3"]


def test_a_query_that_writes_or_locks_is_caught(plant: Plant) -> None:
    read = "def mesas():\n    ReadLog.objects.create()\n    return Mesa.objects.select_for_update()\n"
    root = plant({"queries/mesas.py": read})
    assert [line.split(": ")[0] for line in writing_queries(root)] == [
        "queries/mesas.py:2",
        "queries/mesas.py:3",
    ]


def test_a_raw_cursor_is_caught(plant: Plant) -> None:
    root = plant({"web/fast.py": "connection.cursor()\nMesa.objects.raw('')\npath.cursor\n"})
    assert [line.split(": ")[0] for line in raw_statements(root)] == ["web/fast.py:1", "web/fast.py:2"]
