import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.numbers import (
    Kind,
    Reference,
    UnreadableReference,
    commitment_number,
    escalation_number,
    meeting_number,
    parse,
    problem_number,
    solution_number,
)
from tests.values.naughty import NAUGHTY

COUNTERS = st.integers(1, 999_999_999)


def test_numbers_as_they_are_said() -> None:
    assert problem_number(12) == "P-12"
    assert solution_number(12, 1) == "P-12.1"
    assert commitment_number(45) == "C-45"
    assert meeting_number(7) == "S-7"
    assert escalation_number(3) == "E-3"


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("P-12", Kind.PROBLEM, (12,)),
        ("p12", Kind.PROBLEM, (12,)),
        (" p - 12 ", Kind.PROBLEM, (12,)),
        ("P–012", Kind.PROBLEM, (12,)),
        ("p 12.1", Kind.SOLUTION, (12, 1)),
        ("P-12 . 1", Kind.SOLUTION, (12, 1)),
        ("c45", Kind.COMMITMENT, (45,)),
        ("s-7", Kind.MEETING, (7,)),
        ("E 3", Kind.ESCALATION, (3,)),
    ],
)
def test_numbers_as_they_are_typed(text: str, kind: Kind, numbers: tuple[int, ...]) -> None:
    assert parse(text) == Reference(kind, numbers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "P",
        "P-",
        "P-0",
        "P-12.0",
        "C-45.1",
        "X-1",
        "P-1.2.3",
        "PP-1",
        "P--1",
        "P-1x",
        "P-1234567890",
        "P-٣",
    ],
)
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(UnreadableReference) as refused:
        parse(text)

    assert refused.value.text == text


def test_naughty_text_names_nothing() -> None:
    for text in NAUGHTY:
        with pytest.raises(UnreadableReference):
            parse(text)


@given(st.sampled_from([kind for kind in Kind if kind is not Kind.SOLUTION]), COUNTERS, COUNTERS)
def test_every_number_can_be_read_back(kind: Kind, number: int, other: int) -> None:
    for reference in (Reference(kind, (number,)), Reference(Kind.SOLUTION, (number, other))):
        assert parse(str(reference)) == reference
        assert parse(str(reference).lower().replace("-", " ")) == reference


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [(Kind.PROBLEM, (0,)), (Kind.PROBLEM, (1, 2)), (Kind.SOLUTION, (1,)), (Kind.MEETING, ())],
)
def test_a_reference_has_the_numbers_of_its_kind(kind: Kind, numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=kind.value):
        Reference(kind, numbers)
