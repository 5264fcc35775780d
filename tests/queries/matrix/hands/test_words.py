"""Words of any language of the product, read as what they stand for."""

from enum import Enum

import pytest
from django.conf import settings
from django.utils import translation

from destraba.ledger.labels import choices
from destraba.queries.matrix.cells import CHOICES
from destraba.queries.matrix.hands.words import member_called, yes_or_no
from destraba.rules.matrix.classes import Concern, PublicInput
from destraba.rules.priorities import Importance
from destraba.rules.solutions import SolutionStage

ENUMS = sorted(
    {enum for chosen in CHOICES.values() for enum in chosen.values()}, key=lambda one: one.__name__
)


@pytest.mark.parametrize("enum", ENUMS)
@pytest.mark.parametrize("reader", ["es", "en"])
def test_every_word_of_every_language_is_understood(enum: type[Enum], reader: str) -> None:
    with translation.override(reader):
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                named = choices(enum)
            for value, words in named:
                assert member_called(enum, words) == value
                assert member_called(enum, f"  {words.upper()} ") == value
                assert member_called(enum, value) == value


@pytest.mark.parametrize(
    ("enum", "text", "value"),
    [
        (Concern, "Mi problema", "mine"),
        (Concern, "my problem", "mine"),
        (PublicInput, "red tape", "red_tape"),
        (SolutionStage, "EN PROCESO", None),
        (Importance, "altísima", None),
        (Importance, "", None),
        (Importance, "\x00", None),
        (Importance, "x" * 10_000, None),
    ],
)
def test_marks_and_asides_do_not_matter_and_the_rest_does(
    enum: type[Enum], text: str, value: str | None
) -> None:
    with translation.override("en"):
        assert member_called(enum, text) == value


def test_yes_and_no_in_both_languages() -> None:
    assert [yes_or_no(text) for text in ("Sí", "si", "YES", "x")] == [True] * 4
    assert [yes_or_no(text) for text in ("No", "n", "FALSE")] == [False] * 3
    assert [yes_or_no(text) for text in ("quizá", "", "sí sí")] == [None] * 3
