"""What is written can be found at once, and all of it could be made anew."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.people import add_alias, rename_organization, withdraw_alias
from destraba.actions.visibility import set_visibility
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.ledger.search import index
from destraba.ledger.search.keeping import forget, is_behind, rebuild
from destraba.ledger.search.marks import Findable
from destraba.models import Entry, Mesa, Minutes, OrganizationKind, Problem, Record, SearchEntry
from destraba.models.operations.search import Newest
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import EnactmentRank
from destraba.values.search.wanted import Term
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.meetings.rounds import DECIDED, PRIVATE, held
from tests.factories import NOW, Cast, command

pytestmark = pytest.mark.django_db


def keys(word: str) -> set[object]:
    """The records that the database's own index knows under a word."""
    found = Q()
    for kind in Findable:
        found |= Q(pk__in=Newest(kind, Term(word), 100))
    return set(SearchEntry.objects.filter(found).values_list("object_id", flat=True))


def entry(record: Record) -> SearchEntry:
    return SearchEntry.objects.get(object_id=record.pk)


def everything() -> set[tuple[object, ...]]:
    return set(
        SearchEntry.objects.values_list("kind", "object_type", "object_id", "page_id", "heading", "words")
    )


def test_what_is_written_can_be_found(cast: Cast) -> None:
    problem = factories.problem(cast, "El flete fluvial sube")
    assert keys("flet") == keys("fluvial") == {problem.pk}


def test_what_is_changed_is_found_by_its_new_words_alone(cast: Cast) -> None:
    problem = factories.problem(cast, "El flete sube")
    edit_problem(actor=cast.ana.actor, problem=problem, title="El peaje sube", now=NOW)
    assert keys("flet") == set()
    assert keys("peaj") == {problem.pk}


def test_an_edit_costs_three_statements_and_none_where_no_word_moves(cast: Cast) -> None:
    problem = factories.problem(cast)

    def cost(**change: object) -> int:
        with (
            CaptureQueriesContext(connection) as asked,
            recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as ledger,
        ):
            ledger.update(problem, kinds.PROBLEM_EDITED, **change)
        made = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        return len(made) - 5  # those of the ledger, and the row's own

    assert cost(title="Otra") == 3
    assert cost(importance="high", resolved_on=NOW.date()) == 0


def test_many_rows_cost_as_much_as_one(cast: Cast) -> None:
    def cost(rows: int) -> int:
        with (
            CaptureQueriesContext(connection) as asked,
            recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as ledger,
        ):
            for number in range(rows):
                problem = Problem(
                    mesa=cast.forestal,
                    number=1000 * rows + number,
                    position=f"{rows}-{number}",
                    title=f"Traba {number}",
                    stage=ProblemStage.ACCEPTED.value,
                )
                ledger.create(problem, kinds.PROBLEM_RAISED)
        return sum("searchentry" in one["sql"] for one in asked)

    assert cost(1) == cost(100) == 1


def test_the_newest_have_the_highest_keys(cast: Cast) -> None:
    first, second = factories.problem(cast, "Flete uno"), factories.problem(cast, "Flete dos")
    edit_problem(actor=cast.ana.actor, problem=first, detail="Cada mes.", now=NOW)
    assert entry(first).pk > entry(second).pk
    newest = SearchEntry.objects.filter(pk__in=Newest(Findable.PROBLEM, Term("flet"), 1))
    assert [one.object_id for one in newest] == [first.pk]


def test_visibility_goes_down_to_all_that_hangs_from_a_problem(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    measure = factories.solution(problem)
    promise = factories.commitment(problem, answer_to=measure)
    assert keys("=vteam") == set()
    for visibility, hidden in (
        (Visibility.TEAM, {problem.pk, measure.pk, promise.pk}),
        (Visibility.MESA, set()),
    ):
        set_visibility(
            actor=cast.ana.actor, record=problem, visibility=visibility, reason="En trato.", now=NOW
        )
        assert keys("=vteam") == hidden


def test_the_axis_goes_down_too(cast: Cast) -> None:
    problem = factories.problem(cast)
    promise = factories.commitment(problem)
    edit_problem(actor=cast.ana.actor, problem=problem, axis="simplification", now=NOW)
    assert "=x" in entry(problem).words
    assert "=x" in entry(promise).words


@pytest.mark.parametrize("how", [{"withdrawn_at": NOW}, {"stage": ProblemStage.WITHDRAWN.value}])
def test_what_is_withdrawn_is_not_found_nor_what_hangs_from_it(cast: Cast, how: dict[str, object]) -> None:
    problem = factories.problem(cast, "El flete sube")
    measure = factories.solution(problem, "Flete fijo")
    factories.commitment(problem, "Fijar el flete", answer_to=measure)
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        change.update(problem, kinds.PROBLEM_EDITED, **how)
    assert keys("flet") == set()


def test_the_norm_is_found_with_its_solution(cast: Cast) -> None:
    measure = factories.solution(factories.problem(cast))
    track_enactment(
        actor=cast.ana.actor,
        solution=measure,
        rank=EnactmentRank.SUPREME_DECREE,
        norm="D.S. 016-2017-MINAGRI",
        now=NOW,
    )
    assert keys("minagri") == {measure.pk}


def test_an_organization_is_found_by_every_name_that_it_has(cast: Cast) -> None:
    known = add_alias(actor=cast.ana.actor, organization=cast.serfor, name="Forestal Nacional FN", now=NOW)
    assert keys("fn") == {cast.serfor.pk}
    withdraw_alias(actor=cast.ana.actor, alias=known, now=NOW)
    rename_organization(
        actor=cast.ana.actor,
        organization=cast.serfor,
        name="Servicio del Bosque",
        kind=OrganizationKind.AGENCY,
        now=NOW,
    )
    assert keys("fn") == set()
    assert cast.serfor.pk in keys("bosqu")


def test_what_was_decided_is_found_and_a_private_note_by_nobody(cast: Cast) -> None:
    meeting = held(cast)
    decided, private = (Entry.objects.get(text=text) for text in (DECIDED, PRIVATE))
    assert entry(decided).page_id == meeting.pk
    assert not SearchEntry.objects.filter(object_id=private.pk).exists()
    assert keys("presupuest") == set()
    assert "acuerdos" in entry(Minutes.objects.get()).words


def test_a_struck_paragraph_is_found_no_more(cast: Cast) -> None:
    meeting = held(cast)
    decided = Entry.objects.get(text=DECIDED)
    with recording(actor=command(), now=NOW, streams=[meeting.mesa_id]) as change:
        change.update(decided, kinds.ENTRY_WITHDRAWN, withdrawn_at=NOW)
    assert decided.pk not in keys("electron")


def test_rebuilt_it_is_what_it_was(cast: Cast) -> None:
    meeting = held(cast)
    problem = Problem.objects.get()
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    kept = everything()
    assert rebuild() == len(kept)
    assert everything() == kept
    assert meeting.pk in keys("=kmeeting")


def test_forgotten_it_is_found_no_more(cast: Cast) -> None:
    problem = factories.problem(cast, "El flete sube")
    forget([problem.pk])
    assert keys("flet") == set()


def test_it_says_when_it_is_behind(cast: Cast) -> None:
    assert not is_behind()
    SearchEntry.objects.filter(object_id=cast.serfor.pk).update(edition=0)
    assert is_behind()
    SearchEntry.objects.all().delete()
    assert is_behind()
    rebuild()
    assert not is_behind()


def test_without_records_there_is_nothing_to_be_behind_of(db: None) -> None:
    assert not Mesa.objects.exists()
    assert not is_behind()


def test_put_in_place_twice_it_stands_once(cast: Cast) -> None:
    index.put_in_place()
    assert keys("serfor") == {cast.serfor.pk}
