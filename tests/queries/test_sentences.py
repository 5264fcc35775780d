"""Whatever is refused or doubted has its words, in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from destraba.queries.meetings.reasons import agenda_reason
from destraba.queries.sentences import has_words, sentence
from destraba.rules.lights import Light
from destraba.values.reasons import Reason
from tests.architecture.tree import SOURCE, dotted_names, modules

# Codes by which the rules propose something rather than refuse it: no sentence shows them.
SILENT = {"speed_by_bodies", "speed_by_both", "speed_by_rank"}
# Codes that reach their reason through a table or an error of another kind.
PASSED_ON = {
    "password_protected", "old_xls", "macro_workbook", "binary_workbook", "apple_numbers", "open_document",
    "not_a_date", "impossible_date", "year_out_of_range",
}  # fmt: skip
CODE = re.compile(r"[a-z]+(_[a-z]+)*")


def codes_in_use(root: Path) -> set[str]:
    """The first text that is a code in every call that makes a reason."""
    return {code for module in modules(root) for code in _codes(module.tree)}


def _codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_a_reason(node):
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str) and CODE.fullmatch(text))


def _makes_a_reason(call: ast.Call) -> bool:
    match dotted_names(call.func):
        case ["Reason" | "Refused", "of"]:
            return True
        case [*_, "doubt" | "_doubt" | "skip"]:
            return True
    return False


def test_every_code_has_words() -> None:
    cells = {"owners", "number", "declared", "due", "stage"}  # the cell that a doubt is about, not its code
    codes = (codes_in_use(SOURCE) | PASSED_ON) - SILENT - cells
    # Why something stands on an agenda is said there.
    missing = {code for code in codes if not (has_words(code) or agenda_reason(code, {}))}
    assert missing == set()


def test_the_search_for_codes_finds_some() -> None:
    found = codes_in_use(SOURCE)
    assert {"no_heading", "ambiguous_owner", "bomb", "several_owners", "total", "seat_taken"} <= found


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.of("choose_mesa", count=2), "There are 2 mesas in this spreadsheet: choose one."),
        (
            Reason.of("light_says_two_things", word=Light.RED, colour=Light.GREEN),
            "The word says Red and the colour Green; the word counts.",
        ),
        (
            Reason.of("unknown_colour", colour="7030A0"),
            "The colour #7030A0 is no light that is known; it is read as none.",
        ),
        (Reason.of("past_due", due="2017-06-30"), "Was due on 30 Jun 2017"),
        (
            Reason.of("column_left_out", text="100%(x)s"),
            "The column “100%(x)s” is not understood and is left out.",
        ),
    ],
)
def test_parameters_are_said_in_words(reason: Reason, words: str) -> None:
    with translation.override("en"):
        assert sentence(reason) == words
