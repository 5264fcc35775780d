"""Numbers that people say aloud: P-12, P-12.1, C-45, S-7, E-3 (product.md, "Words")."""

import re
from dataclasses import dataclass
from enum import StrEnum

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# Nine digits fit the integer column of every database.
_REFERENCE = re.compile(
    rf"\s*([PCSE])\s*[{_DASHES}]?\s*([0-9]{{1,9}})(?:\s*\.\s*([0-9]{{1,9}}))?\s*", re.IGNORECASE | re.ASCII
)


class Kind(StrEnum):
    """What a number names."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    COMMITMENT = "commitment"
    MEETING = "meeting"
    ESCALATION = "escalation"


_LETTERS = {
    Kind.PROBLEM: "P",
    Kind.SOLUTION: "P",
    Kind.COMMITMENT: "C",
    Kind.MEETING: "S",
    Kind.ESCALATION: "E",
}
_KINDS = {"P": Kind.PROBLEM, "C": Kind.COMMITMENT, "S": Kind.MEETING, "E": Kind.ESCALATION}


class UnreadableReference(ValueError):
    """The text names no problem, solution, commitment, meeting or escalation."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Reference:
    """A number within its mesa. `numbers` is one number, or two for a solution: its problem's and its own."""

    kind: Kind
    numbers: tuple[int, ...]

    def __post_init__(self) -> None:
        expected = 2 if self.kind is Kind.SOLUTION else 1
        if len(self.numbers) != expected or min(self.numbers) < 1:
            raise ValueError(f"{self.kind} with numbers {self.numbers}")

    def __str__(self) -> str:
        return f"{_LETTERS[self.kind]}-{'.'.join(map(str, self.numbers))}"


def problem_number(number: int) -> str:
    return str(Reference(Kind.PROBLEM, (number,)))


def solution_number(problem: int, number: int) -> str:
    return str(Reference(Kind.SOLUTION, (problem, number)))


def commitment_number(number: int) -> str:
    return str(Reference(Kind.COMMITMENT, (number,)))


def meeting_number(number: int) -> str:
    return str(Reference(Kind.MEETING, (number,)))


def escalation_number(number: int) -> str:
    return str(Reference(Kind.ESCALATION, (number,)))


def parse(text: str) -> Reference:
    """What somebody typed: any case, blanks, no dash ("p 12.1"). Raises `UnreadableReference`."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise UnreadableReference(text)
    letter, *digits = match.groups()
    numbers = tuple(int(number) for number in digits if number is not None)
    kind = _KINDS[letter.upper()]
    if kind is Kind.PROBLEM and len(numbers) == 2:
        kind = Kind.SOLUTION
    try:
        return Reference(kind, numbers)
    except ValueError:
        raise UnreadableReference(text) from None
