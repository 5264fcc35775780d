"""Two mesas through a random life: whatever people do, invariants hold and the ledger gives the tables."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from destraba.actions.followup.answers import move_commitment, report_progress
from destraba.actions.followup.commitments import ask_commitment, assign_commitment, date_commitment
from destraba.actions.matrix.cells import change_cell
from destraba.actions.matrix.problems import focus_problem, move_problem, raise_problem
from destraba.actions.matrix.solutions import move_solution, propose_solution
from destraba.actions.mesas import start_following_up
from destraba.actions.undo import undo
from destraba.ledger.search.keeping import rebuild
from destraba.ledger.verify import verify
from destraba.models import Commitment, Mesa, Problem, SearchEntry, Solution
from destraba.queries.matrix.cells import Kind
from destraba.rules.commitments import CommitmentMove, DeclineReason
from destraba.rules.problems import FilterReason, ProblemMove
from destraba.rules.solutions import SolutionMove
from destraba.values.errors import DomainError
from destraba.values.fuzzy_dates import FuzzyDate
from tests.factories import NOW, TODAY, Cast, cast

T = TypeVar("T")
titles = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40)
days = st.integers(min_value=-30, max_value=400).map(lambda n: FuzzyDate(TODAY + timedelta(days=n)))
chance = st.integers(min_value=0, max_value=10_000)


class Life(RuleBasedStateMachine):
    """What the people of two mesas may try, in any order; a refusal is a fine answer."""

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.cast: Cast = cast()
        self.now = NOW
        self.undoable: list[tuple[Mesa, object]] = []
        self.highest: dict[tuple[str, str], int] = {}
        self.first: dict[UUID, FuzzyDate | None] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def _tried(self, act: Callable[[], T]) -> T | None:
        """Each act in its own transaction, as in life; a refusal leaves nothing behind."""
        self.now += timedelta(minutes=7)
        try:
            with transaction.atomic():
                return act()
        except DomainError:
            return None

    def _mesa(self, n: int) -> Mesa:
        return Mesa.objects.get(pk=(self.cast.forestal if n % 3 else self.cast.acuicola).pk)

    def _actor(self, n: int):  # type: ignore[no-untyped-def]
        players = list(self.cast.roles.values())
        return self.cast.ana.actor if n % 2 else players[n % len(players)].actor

    @staticmethod
    def _one(model: type, n: int):  # type: ignore[no-untyped-def]
        rows = model.objects.filter(withdrawn_at=None).order_by("pk")
        count = rows.count()
        return rows.select_related("mesa")[n % count] if count else None

    @rule(n=chance, title=titles)
    def somebody_raises_a_problem(self, n: int, title: str) -> None:
        self._tried(
            lambda: raise_problem(actor=self._actor(n), mesa=self._mesa(n), title=title, now=self.now)
        )

    @rule(n=chance, move=st.sampled_from(ProblemMove), why=st.sampled_from([None, *FilterReason]))
    def a_problem_moves(self, n: int, move: ProblemMove, why: FilterReason | None) -> None:
        if problem := self._one(Problem, n):
            self._tried(
                lambda: move_problem(
                    actor=self._actor(n),
                    problem=problem,
                    move=move,
                    reason="se habló",
                    filter_reason=why,
                    now=self.now,
                )
            )

    @rule(n=chance)
    def a_problem_comes_into_focus(self, n: int) -> None:
        if problem := self._one(Problem, n):
            self._tried(lambda: focus_problem(actor=self._actor(n), problem=problem, now=self.now))

    @rule(n=chance, title=titles)
    def somebody_proposes_a_solution(self, n: int, title: str) -> None:
        if problem := self._one(Problem, n):
            self._tried(
                lambda: propose_solution(actor=self._actor(n), problem=problem, title=title, now=self.now)
            )

    @rule(n=chance, move=st.sampled_from(SolutionMove))
    def a_solution_moves(self, n: int, move: SolutionMove) -> None:
        if solution := self._one(Solution, n):
            self._tried(
                lambda: move_solution(
                    actor=self._actor(n),
                    solution=solution,
                    move=move,
                    reason="lo vio un socio",
                    observation="visto en la oficina",
                    now=self.now,
                )
            )

    @rule(n=chance, title=titles, due=st.none() | days)
    def the_team_asks_for_something(self, n: int, title: str, due: FuzzyDate | None) -> None:
        if problem := self._one(Problem, n):
            self._tried(
                lambda: ask_commitment(
                    actor=self._actor(n),
                    problem=problem,
                    title=title,
                    owner=self.cast.serfor,
                    due=due,
                    now=self.now,
                )
            )

    @rule(n=chance, move=st.sampled_from(CommitmentMove), why=st.none() | st.sampled_from(DeclineReason))
    def a_commitment_moves(self, n: int, move: CommitmentMove, why: DeclineReason | None) -> None:
        if commitment := self._one(Commitment, n):
            self._tried(
                lambda: move_commitment(
                    actor=self._actor(n),
                    commitment=commitment,
                    move=move,
                    reason="así quedó",
                    decline_reason=why,
                    opinion_of=self.cast.osinfor,
                    now=self.now,
                )
            )

    @rule(n=chance, due=st.none() | days)
    def a_date_moves(self, n: int, due: FuzzyDate | None) -> None:
        if commitment := self._one(Commitment, n):
            self._tried(
                lambda: date_commitment(
                    actor=self._actor(n), commitment=commitment, due=due, reason="faltó firma", now=self.now
                )
            )

    @rule(n=chance, note=titles)
    def there_is_news(self, n: int, note: str) -> None:
        if commitment := self._one(Commitment, n):
            self._tried(
                lambda: report_progress(actor=self._actor(n), commitment=commitment, note=note, now=self.now)
            )

    @rule(n=chance)
    def somebody_else_answers(self, n: int) -> None:
        if commitment := self._one(Commitment, n):
            owner = self.cast.osinfor if n % 2 else self.cast.ucayali
            self._tried(
                lambda: assign_commitment(
                    actor=self._actor(n), commitment=commitment, owner=owner, now=self.now
                )
            )

    @rule(n=chance, title=titles)
    def a_cell_is_edited(self, n: int, title: str) -> None:
        problem = self._one(Problem, n)
        if problem is None:
            return
        edited = self._tried(
            lambda: change_cell(
                actor=self.cast.ana.actor,
                mesa=problem.mesa,
                kind=Kind.PROBLEM,
                row_id=problem.pk,
                version=problem.version,
                field="title",
                text=title,
                now=self.now,
            )
        )
        if edited:
            self.undoable.append((problem.mesa, edited[1]))

    @rule(n=chance)
    def the_last_edit_is_taken_back(self, n: int) -> None:
        if self.undoable:
            mesa, change_set = self.undoable.pop()
            self._tried(
                lambda: undo(actor=self.cast.ana.actor, mesa=mesa, change_set=change_set, now=self.now)  # type: ignore[arg-type]
            )

    @rule(n=chance)
    def a_mesa_is_followed_up(self, n: int) -> None:
        self._tried(lambda: start_following_up(actor=self._actor(n), mesa=self._mesa(n), now=self.now))

    @invariant()
    def numbers_only_grow(self) -> None:
        for mesa in Mesa.objects.all():
            for counter in ("last_problem", "last_commitment"):
                now = getattr(mesa, counter)
                assert now >= self.highest.get((mesa.slug, counter), 0)
                self.highest[mesa.slug, counter] = now

    @invariant()
    def what_was_first_agreed_stays(self) -> None:
        for commitment in Commitment.objects.exclude(original_due=None):
            assert commitment.original_due == self.first.setdefault(commitment.pk, commitment.original_due)

    def check_the_search(self) -> None:
        """What was kept up, change by change, is what is made anew."""
        columns = ("object_type", "object_id", "page_id", "heading", "words")
        kept = set(SearchEntry.objects.values_list(*columns))
        rebuild()
        assert set(SearchEntry.objects.values_list(*columns)) == kept

    def check_the_ledger(self) -> None:
        report = verify()
        assert report.ok, report.failures
        assert report.events > 0


@pytest.mark.django_db
def test_replay_gives_the_tables_after_any_life() -> None:
    class Verified(Life):
        def teardown(self) -> None:
            try:
                self.check_the_ledger()
                self.check_the_search()
            finally:
                super().teardown()

    run_state_machine_as_test(
        Verified,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
