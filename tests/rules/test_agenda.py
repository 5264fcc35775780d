"""Which rows a meeting takes up, why, and in which order."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from destraba.rules.agenda import (
    LeftOver,
    OpenCommitment,
    OpenProblem,
    Proposal,
    propose,
    propose_without_history,
)
from destraba.rules.commitments import CommitmentState as State
from destraba.rules.lights import Light

ON, UNTIL = date(2017, 6, 15), date(2017, 6, 29)


def row(number: int, **known: object) -> OpenCommitment:
    facts = {
        "agency": "SERFOR",
        "state": State.AGREED,
        "light": Light.GREEN,
        "due_on": date(2017, 9, 30),
    } | known
    return OpenCommitment(id=UUID(int=number), number=number, **facts)  # type: ignore[arg-type]


def agenda(
    *commitments: OpenCommitment, problems: tuple[OpenProblem, ...] = (), left: tuple[LeftOver, ...] = ()
) -> list[Proposal]:
    return propose(commitments=commitments, problems=problems, left_over=left, on=ON, until=UNTIL)


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"due_on": date(2017, 6, 14)}, "overdue"),
        ({"due_on": date(2017, 6, 14), "state": State.REPORTED_DONE}, "to_confirm"),
        ({"due_on": ON}, "due_soon"),
        ({"due_on": date(2017, 6, 28)}, "due_soon"),
        ({"due_on": None}, "undated"),
        ({"state": State.DECLINED}, "declined"),
        ({"state": State.ASKED}, "not_agreed_yet"),
        ({"taken_up": 3}, "stuck"),
        ({"light": Light.AMBER}, "troubled"),
        ({"moved": True}, "moved"),
    ],
)
def test_each_row_has_one_reason(known: dict[str, object], code: str) -> None:
    (proposal,) = agenda(row(1, **known))
    assert proposal.reason.code == code


def test_what_goes_well_and_stood_still_takes_nobodys_time() -> None:
    assert agenda(row(1), row(2, due_on=UNTIL, taken_up=2)) == []


def test_the_most_pressing_comes_first() -> None:
    pressing = agenda(
        row(1, moved=True),
        row(2, due_on=None),
        row(3, due_on=date(2017, 6, 20)),
        row(4, due_on=date(2017, 6, 10)),
        row(5, due_on=date(2017, 6, 1)),
        row(6, due_on=date(2017, 6, 12), in_focus=True),
        row(7, taken_up=4),
    )
    assert [one.subject and one.subject.int for one in pressing] == [6, 5, 4, 7, 3, 2, 1]


def test_a_late_row_says_for_how_long_and_how_often_it_was_looked_at() -> None:
    (late,) = agenda(row(1, due_on=date(2017, 5, 30), taken_up=3))
    assert dict(late.reason.params) == {"days": 16, "times": 3}


def test_a_new_problem_is_taken_up_and_one_in_focus_that_nothing_is_done_about() -> None:
    new, asleep, busy = (uuid4() for _ in range(3))
    proposals = agenda(
        problems=(
            OpenProblem(id=busy, number=1, in_focus=True, has_commitments=True),
            OpenProblem(id=asleep, number=2, in_focus=True),
            OpenProblem(id=new, number=3, is_new=True),
        )
    )
    assert [(one.subject, one.reason.code) for one in proposals] == [
        (new, "new_problem"),
        (asleep, "in_focus"),
    ]


def test_what_was_not_reached_returns_first_and_only_once() -> None:
    left = LeftOver(item=uuid4(), subject=UUID(int=4), title="", minutes=25, carried=2)
    own = LeftOver(item=uuid4(), subject=None, title="Próxima fecha", minutes=5, carried=1)
    first, second, third = agenda(
        row(5, due_on=date(2017, 6, 1)), row(4, due_on=date(2017, 6, 1)), left=(own, left)
    )
    assert (first.subject, first.reason.code, first.minutes, first.carried) == (
        UUID(int=4),
        "carried",
        25,
        2,
    )
    assert (second.subject, second.title) == (None, "Próxima fecha")
    assert third.subject == UUID(int=5)


def test_after_an_import_each_agency_in_turn_then_the_undated_then_the_doubtful() -> None:
    at_first = propose_without_history(
        commitments=[
            row(1, agency="", due_on=None),
            row(2, agency="SERFOR", due_on=date(2015, 12, 1)),
            row(3, agency="OSINFOR", due_on=None),
            row(4, agency="Osinfor", due_on=date(2015, 10, 1)),
            row(5, agency="SERFOR", due_on=date(2015, 9, 1)),
            row(6, agency="MEF", state=State.DECLINED),
            row(7, agency="", due_on=date(2015, 9, 1)),
        ],
        problems=[OpenProblem(id=UUID(int=8), number=8, is_new=True), OpenProblem(id=UUID(int=9), number=9)],
    )
    assert [(one.subject and one.subject.int, one.reason.code) for one in at_first] == [
        (4, "open_with"),
        (5, "open_with"),
        (2, "open_with"),
        (3, "undated"),
        (7, "ownerless"),
        (1, "ownerless"),
        (8, "new_problem"),
    ]
