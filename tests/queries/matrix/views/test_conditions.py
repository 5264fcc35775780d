"""Every column can be asked for; what is shown is what matches, what it hangs from and what hangs from it."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import set_collaborators
from destraba.actions.matrix.problems import focus_problem
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Record
from destraba.queries import access
from destraba.queries.matrix.rows import ProblemRow
from destraba.queries.matrix.tree import viewed
from destraba.queries.matrix.views.asked import Asker, Condition, Days, Filters, Quick, View
from destraba.queries.matrix.views.columns import SPECS, Asked, Column
from destraba.queries.within import within_one
from destraba.values.fuzzy_dates import read
from destraba.values.quantities import read as read_quantity
from tests import factories
from tests.factories import NOW, TODAY, Cast, command

pytestmark = pytest.mark.django_db


def _set(record: Record, **values: object) -> None:
    with recording(actor=command(), now=NOW, streams=[record.stream_id]) as change:
        change.update(record, kinds.PROBLEM_EDITED, **values)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """P-1 is classified, in focus and has a solution with C-1 and C-2; P-2 has C-3 and nothing else."""
    sorted_one, plain = factories.problem(cast, "La guía tarda"), factories.problem(cast, "Otra cosa")
    focus_problem(actor=cast.ana.actor, problem=sorted_one, now=NOW)
    _set(
        sorted_one,
        axis="Trámites",
        importance="high",
        speed="quick",
        concern="mine",
        public_input="red_tape",
        scope="vertical",
        instrument="public_input",
        coordination="duplicity",
        origin="initial_list",
        is_contentious=True,
    )
    assert cast.lucia.seat
    _set(cast.lucia.seat, title="Enlace de la autoridad")
    solution = factories.solution(sorted_one, "Ventanilla única")
    _set(solution, funding="budget", stage="applied", before=read_quantity("8 meses"))
    first = factories.commitment(
        sorted_one,
        "Aprobar la directiva",
        owner=cast.lucia.seat,
        answer_to=solution,
        due=read("20/06/2017"),
    )
    factories.commitment(
        sorted_one, "Publicarla", owner=cast.osinfor, answer_to=solution, due=read("31/08/2017")
    )
    _set(first, slips=2, situation="Falta la firma", starts_on=TODAY)
    set_collaborators(actor=cast.ana.actor, commitment=first, organizations=[cast.osinfor], now=NOW)
    factories.commitment(plain, "Medir", owner=cast.osinfor, due=None)
    return cast


def _seen(cast: Cast, filters: Filters) -> list[ProblemRow]:
    viewer = access.viewer(cast.ana.account, NOW)
    asker = Asker(TODAY, cast_seats(cast), NOW + timedelta(hours=1))
    return viewed(within_one(viewer, cast.forestal), View(filters=filters), asker)


def cast_seats(cast: Cast) -> tuple[access.SeatHeld, ...]:
    """Lucía's: what the liaison owes is hers."""
    return access.viewer(cast.lucia.account, NOW).standing.seats


def _numbers(rows: Iterable[ProblemRow]) -> tuple[list[int], list[int]]:
    rows = list(rows)
    commitments = sorted(one.number for row in rows for one in row.commitments)
    return [row.number for row in rows], commitments


BOTH = ([1, 2], [1, 2, 3])
FIRST = ([1], [1, 2])
SECOND = ([2], [3])
NOBODY: tuple[list[int], list[int]] = ([], [])
CHOICES = [
    (Column.AXIS, "Trámites", FIRST),
    (Column.AXIS, "", SECOND),
    (Column.IMPORTANCE, "high", FIRST),
    (Column.SPEED, "quick", FIRST),
    (Column.SPEED, "", SECOND),
    (Column.QUADRANT, "important_and_quick", FIRST),
    (Column.QUADRANT, "important", NOBODY),
    (Column.QUADRANT, "quick", NOBODY),
    (Column.QUADRANT, "neither", NOBODY),
    (Column.QUADRANT, "", SECOND),
    (Column.STAGE, "accepted", BOTH),
    (Column.SHELF, "focus", FIRST),
    (Column.SHELF, "open", SECOND),
    (Column.SHELF, "applied", NOBODY),
    (Column.SHELF, "raised", NOBODY),
    (Column.SHELF, "aside", NOBODY),
    (Column.CONCERN, "mine", FIRST),
    (Column.CONCERN, "yours", NOBODY),
    (Column.PUBLIC_INPUT, "red_tape", FIRST),
    (Column.POLICY, "vertical_input", FIRST),
    (Column.POLICY, "horizontal_intervention", NOBODY),
    (Column.POLICY, "", SECOND),
    (Column.COORDINATION, "duplicity", FIRST),
    (Column.ORIGIN, "initial_list", FIRST),
    (Column.CONTENTIOUS, "yes", FIRST),
    (Column.CONTENTIOUS, "no", SECOND),
    (Column.STEP, "applied", FIRST),
    (Column.STEP, "agreed", NOBODY),
    (Column.FUNDING, "budget", FIRST),
    (Column.ENACTED, "yes", FIRST),
    (Column.APPLIED, "yes", FIRST),
    (Column.APPLIED, "no", NOBODY),
    (Column.EFFECTIVE, "no", FIRST),
    (Column.BEFORE, "yes", FIRST),
    (Column.AFTER, "yes", NOBODY),
    (Column.LIGHT, "none", BOTH),
    (Column.LIGHT, "red", NOBODY),
    (Column.STATE, "agreed", NOBODY),
    (Column.STATE, "asked", BOTH),
    (Column.ORIGINAL_DUE, "no", BOTH),
    (Column.VISIBILITY, "mesa", BOTH),
    (Column.VISIBILITY, "team", NOBODY),
]
OTHERS: list[tuple[Column, Condition, tuple[list[int], list[int]]]] = [
    (Column.TITLE, "otra", SECOND),
    (Column.DUE, Days(first=TODAY), FIRST),
    (Column.DUE, Days(last=TODAY + timedelta(days=10)), ([1], [1])),
    (Column.DUE, Days(without=True), SECOND),
    (Column.STARTS, Days(last=TODAY), ([1], [1])),
    (Column.SLIPS, 2, ([1], [1])),
    (Column.SLIPS, 3, NOBODY),
    (Column.MOVED, Days(first=TODAY), BOTH),
    (Column.MOVED, Days(last=TODAY - timedelta(days=1)), NOBODY),
    (Column.SEAT, "enlace", ([1], [1])),
    (Column.HELPERS, "osinfor", ([1], [1])),
    (Column.SITUATION, "firma", ([1], [1])),
]


@pytest.mark.parametrize(("column", "code", "shown"), CHOICES)
def test_one_of_the_codes_of_a_column(
    filled: Cast, column: Column, code: str, shown: tuple[list[int], list[int]]
) -> None:
    asked = Filters(where=((column, frozenset({code})),))
    assert _numbers(_seen(filled, asked)) == shown


@pytest.mark.parametrize(("column", "asked", "shown"), OTHERS)
def test_days_counts_and_words_of_a_column(
    filled: Cast, column: Column, asked: Condition, shown: tuple[list[int], list[int]]
) -> None:
    assert _numbers(_seen(filled, Filters(where=((column, asked),)))) == shown


def test_every_column_that_can_be_asked_for_was_asked_for_here() -> None:
    asked = {column for column, *_rest in [*CHOICES, *OTHERS]} | {Column.OWNER, Column.MESA}
    assert asked == {column for column, spec in SPECS.items() if spec.asked is not Asked.NOTHING}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GUIA", FIRST),
        ("ventanilla", FIRST),
        ("directiva", ([1], [1])),
        ("guía directiva", ([1], [1])),
        ("osinfor", ([1, 2], [2, 3])),
        ("c-3", SECOND),
        ("p-2", SECOND),
        ("tramites", FIRST),
        ("100%", NOBODY),
        ("nada de esto", NOBODY),
    ],
)
def test_words_are_looked_for_in_every_row(
    filled: Cast, text: str, shown: tuple[list[int], list[int]]
) -> None:
    assert _numbers(_seen(filled, Filters(text=text))) == shown


def test_a_hundred_words_are_a_question_like_any_other(filled: Cast) -> None:
    many = " ".join("abcdefghijklmnopqrstuvwxyz" * 4)
    asked = Filters(text=many, where=((Column.TITLE, many), (Column.SITUATION, many), (Column.HELPERS, many)))
    assert _numbers(_seen(filled, asked)) == NOBODY
    assert _numbers(_seen(filled, Filters(text="guia " * 40))) == FIRST


def test_who_answers_and_nobody(filled: Cast) -> None:
    owner = frozenset({str(filled.osinfor.pk)})
    assert _numbers(_seen(filled, Filters(where=((Column.OWNER, owner),)))) == ([1, 2], [2, 3])
    assert _numbers(_seen(filled, Filters(where=((Column.OWNER, frozenset({""})),)))) == NOBODY
    together = Filters(text="medir", where=((Column.OWNER, owner),))
    assert _numbers(_seen(filled, together)) == SECOND


def test_every_condition_has_to_hold_of_the_same_row(filled: Cast) -> None:
    late = (Column.SLIPS, 2)
    theirs = (Column.OWNER, frozenset({str(filled.osinfor.pk)}))
    assert _numbers(_seen(filled, Filters(where=(late, theirs)))) == NOBODY
    on_the_ground = (Column.STEP, frozenset({"applied"}))
    assert _numbers(_seen(filled, Filters(where=(on_the_ground, theirs)))) == ([1], [2])


@pytest.mark.parametrize(
    ("quick", "shown"),
    [
        (Quick.MINE, ([1], [1])),
        (Quick.STUCK, ([1], [1])),
        (Quick.DUE, ([1], [1])),
        (Quick.CHANGED, NOBODY),
    ],
)
def test_what_people_ask_for_every_day(
    filled: Cast, quick: Quick, shown: tuple[list[int], list[int]]
) -> None:
    assert _numbers(_seen(filled, Filters(quick=frozenset({quick})))) == shown


def test_who_was_never_here_finds_everything_changed(filled: Cast) -> None:
    viewer = access.viewer(filled.ana.account, NOW)
    view = View(filters=Filters(quick=frozenset({Quick.CHANGED})))
    assert _numbers(viewed(within_one(viewer, filled.forestal), view, Asker(TODAY))) == BOTH


def test_a_view_takes_five_statements(
    filled: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5 + 4):  # and four for who Ana and Lucía are
        _seen(filled, Filters(text="guia", quick=frozenset({Quick.STUCK})))
