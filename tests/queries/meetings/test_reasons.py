"""Every reason that the rules give for an item is said in a sentence."""

import ast
from pathlib import Path

from django.utils import translation

import destraba.rules.agenda
from destraba.queries.meetings.reasons import agenda_reason

RULES = Path(destraba.rules.agenda.__file__)


def test_every_code_of_the_rules_has_words() -> None:
    tree = ast.parse(RULES.read_text())
    codes = {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "Reason.of"
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(codes) == 14
    assert {code for code in codes if not agenda_reason(code, {})} == set()


def test_figures_are_said_as_people_say_them() -> None:
    with translation.override("en"):
        assert agenda_reason("overdue", {"days": 1, "times": 0}) == "Overdue by 1 day"
        assert agenda_reason("overdue", {"days": 16, "times": 3}) == (
            "Overdue by 16 days; taken up at 3 sessions without moving"
        )
        assert agenda_reason("due_soon", {"days": 0}) == "Falls due on the day of the session"
        assert agenda_reason("carried", {"times": 1}) == "Not reached at the session before"
        assert agenda_reason("troubled", {"light": "red"}) == "Its light is red"


def test_an_item_of_the_chairs_own_needs_no_reason() -> None:
    assert agenda_reason("", {}) == ""
