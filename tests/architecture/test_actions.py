"""An action takes everything by keyword, and always who acts and when."""

import ast
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE, Function, dotted_names, modules

ALWAYS = {"actor", "now"}
# Who is named, asks for permission or opens a recording, acts. What does none of this can't write.
ACTS = {"recording", "permit"}
# Where the clock may be read: the doors, and the ledger's second time stamp.
CLOCK_READERS = {"web", "api", "jobs", "management", "ledger"}
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def malformed_actions(root: Path) -> list[str]:
    """Actions that take an argument by position, or no actor, or no clock. A name with _ is no door."""
    return [
        module.at(function, f"{function.name}: {problem}")
        for module in modules(root)
        if module.layer == "actions"
        for function in module.tree.body
        if isinstance(function, Function) and not function.name.startswith("_") and _acts(function)
        if (problem := _what_is_wrong(function.args))
    ]


def _acts(function: Function) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    called = {
        dotted_names(node)[-1]
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    return not ACTS.isdisjoint(called) or any(argument.arg == "actor" for argument in arguments)


def _what_is_wrong(arguments: ast.arguments) -> str:
    if arguments.args or arguments.posonlyargs or arguments.vararg:
        return "takes arguments by position; begin them with *"
    missing = ALWAYS - {argument.arg for argument in arguments.kwonlyargs}
    return f"does not take {', '.join(sorted(missing))}" if missing else ""


def unwatched_recordings(root: Path) -> list[str]:
    """Recordings opened elsewhere than in an action: permission would not have been asked."""
    return [
        module.at(node, "recording(): only actions open one")
        for module in modules(root)
        if module.layer not in {"actions", "ledger"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and dotted_names(node)[-1] == "recording"
    ]


def ambient_clocks(root: Path) -> list[str]:
    """Reads of the clock in layers that are told the time."""
    return [
        module.at(node, f"{'.'.join(names)}(): take `now` as an argument")
        for module in modules(root)
        if module.layer not in CLOCK_READERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and tuple((names := _callee(node))[-2:]) in CLOCKS
    ]


def _callee(call: ast.Call) -> list[str]:
    names, node = [], call.func
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def test_every_action_is_told_who_and_when() -> None:
    assert malformed_actions(SOURCE) == []


def test_only_actions_open_a_recording() -> None:
    assert unwatched_recordings(SOURCE) == []


def test_nobody_below_the_doors_reads_the_clock() -> None:
    assert ambient_clocks(SOURCE) == []


def test_an_action_with_an_ambient_actor_or_positional_arguments_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "actions/followup.py": """
                def report_done(*, actor, commitment, now): ...
                def cancel(commitment, *, actor, now): ...
                def agree(*, commitment, now):
                    with recording(actor=ambient(), now=now, streams=[]) as change: ...
                def slip(actor, commitment):
                    access.permit(actor=actor)
                def _may(actor): ...
                def enter_row(change: Recording, row): ...
                def line(text): ...
                """,
            "queries/followup.py": "def overdue(actor): ...\n",
        }
    )
    assert malformed_actions(root) == [
        "actions/followup.py:3: cancel: takes arguments by position; begin them with *",
        "actions/followup.py:4: agree: does not take actor",
        "actions/followup.py:6: slip: takes arguments by position; begin them with *",
    ]


def test_a_recording_opened_in_a_view_is_caught(plant: Plant) -> None:
    opened = "with recording(actor=actor, now=now, streams=[]) as change: ...\n"
    root = plant({"web/views/mesas.py": opened, "actions/mesas.py": opened})
    assert unwatched_recordings(root) == ["web/views/mesas.py:1: recording(): only actions open one"]


def test_reading_the_clock_in_a_rule_is_caught(plant: Plant) -> None:
    read = "def f():\n    return timezone.now(), dt.date.today(), event.now()\n"
    root = plant({"rules/lights.py": read, "web/views/mesas.py": read})
    assert [line.split(" ")[1] for line in ambient_clocks(root)] == ["timezone.now():", "dt.date.today():"]
