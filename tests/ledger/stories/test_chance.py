"""Two mesas through anything that can be recorded: the ledger holds, and replay gives the tables."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from destraba.ledger import kinds
from destraba.ledger.columns import column, current_plain, python_value
from destraba.ledger.record import Recording, recording
from destraba.ledger.registry import object_type
from destraba.ledger.replay import before, entries_of, entries_of_change_set, fold
from destraba.ledger.verify import verify
from destraba.models import Commitment, Mesa, Problem, Record, Solution
from destraba.values.errors import Stale
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.keys import positions
from destraba.values.quantities import read as quantity
from tests.factories import NOW, Cast, cast, command

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
FUZZY = st.builds(FuzzyDate, DAYS, st.sampled_from(Precision), TEXT, TEXT)
QUANTITIES = st.sampled_from(["12 días", "hasta 2 años", "6-12 meses", "varios", "40%"]).map(quantity)
CHANGES: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    Problem: {"title": TEXT, "detail": TEXT, "axis": TEXT, "stage": st.sampled_from(["raised", "parked"])},
    Solution: {"title": TEXT, "before": st.none() | QUANTITIES, "observed_on": st.none() | FUZZY},
    Commitment: {
        "title": TEXT,
        "due": st.none() | FUZZY,
        "starts_on": st.none() | DAYS,
        "stands_for_many": st.booleans(),
        "slips": st.integers(0, 2**31 - 1),
    },
}
POSITIONS = positions(400)


class TwoMesas(RuleBasedStateMachine):
    """`records` are instances as somebody once read them, so an older one may be stale."""

    records = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.made = 0
        # What a test case does around each test; here it is done around each story.
        self.around = transaction.atomic()
        self.around._from_testcase = True  # type: ignore[attr-defined]
        self.around.__enter__()

    @initialize()
    def raise_the_curtain(self) -> None:
        self.cast: Cast = cast()

    def teardown(self) -> None:
        assert verify().failures == []
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @contextmanager
    def change(self, mesa_id: uuid.UUID) -> Iterator[Recording]:
        self.now += timedelta(minutes=7)
        with recording(actor=command(), now=self.now, streams=[mesa_id]) as change:
            yield change

    @rule(target=records, near=st.booleans(), title=TEXT)
    def raise_problem(self, near: bool, title: str) -> Record:
        mesa = self.cast.forestal if near else self.cast.acuicola
        self.made += 1
        with self.change(mesa.pk) as change:
            return change.create(
                Problem(
                    mesa=mesa,
                    number=change.take_number(mesa, "last_problem"),
                    position=POSITIONS[self.made],
                    title=title,
                    stage="raised",
                ),
                kinds.PROBLEM_RAISED,
            )

    @rule(target=records, record=records, title=TEXT, kind=st.sampled_from([Solution, Commitment]))
    def answer(self, record: Record, title: str, kind: type[Record]) -> Any:
        if not isinstance(record, Problem):
            return multiple()
        self.made += 1
        common = {
            "mesa_id": record.mesa_id,
            "problem": record,
            "title": title,
            "position": POSITIONS[self.made],
            "number": self.made,
        }
        with self.change(record.mesa_id) as change:
            if kind is Solution:
                return change.create(Solution(stage="proposed", **common), kinds.SOLUTION_PROPOSED)
            return change.create(
                Commitment(state="asked", asked_on=self.now.date(), **common), kinds.COMMITMENT_ASKED
            )

    @rule(target=records, record=records, data=st.data(), because=TEXT)
    def edit(self, record: Record, data: st.DataObject, because: str) -> Any:
        changes = data.draw(st.fixed_dictionaries({}, optional=CHANGES[type(record)]))
        fresh = type(record)._default_manager.get(pk=record.pk)
        self._edit(fresh, because, changes)
        return fresh

    @rule(record=records, title=TEXT)
    def edit_what_was_read_long_ago(self, record: Record, title: str) -> None:
        current = type(record)._default_manager.get(pk=record.pk)
        before_it = current_plain(record)
        try:
            self._edit(record, "", {"title": title})
        except Stale:
            assert current.version > record.version
            assert current_plain(record) == before_it

    @rule(record=consumes(records))
    def withdraw(self, record: Record) -> None:
        fresh = type(record)._default_manager.get(pk=record.pk)
        self._edit(fresh, "Se repite", {"withdrawn_at": self.now})

    @rule(record=records)
    def undo_the_last_change(self, record: Record) -> None:
        """Back to what it was, as a change like any other."""
        last = entries_of({object_type(record): [record.pk]})[-1]
        assert last in entries_of_change_set(last.change_set)
        if last.object_version == 1:
            return
        earlier = before(last).values
        fresh = type(record)._default_manager.get(pk=record.pk)
        from_plain = {name: _python(fresh, name, earlier[name]) for name in last.values}
        self._edit(fresh, "", from_plain)
        assert {name: current_plain(fresh)[name] for name in from_plain} == {
            name: earlier[name] for name in from_plain
        }

    @rule(near=st.booleans())
    def export(self, near: bool) -> None:
        mesa = self.cast.forestal if near else self.cast.acuicola
        with self.change(mesa.pk) as change:
            change.note(mesa, kinds.MESA_EXPORTED)

    @rule(near=st.booleans(), title=TEXT)
    def give_up_half_way(self, near: bool, title: str) -> None:
        mesa = self.cast.forestal if near else self.cast.acuicola
        numbers = Mesa.objects.values_list("last_problem", flat=True)
        had = list(numbers)
        with pytest.raises(ZeroDivisionError):
            self._fail(mesa, title)
        assert list(numbers.all()) == had
        mesa.refresh_from_db()

    @invariant()
    def no_number_is_used_twice(self) -> None:
        for mesa in Mesa.objects.all() if self.made else ():
            numbers = list(
                Problem.objects.filter(mesa=mesa).order_by("number").values_list("number", flat=True)
            )
            assert numbers == list(range(1, mesa.last_problem + 1))

    @rule(record=records)
    def fold_is_the_row(self, record: Record) -> None:
        row = type(record)._default_manager.get(pk=record.pk)
        state = fold(object_type(row), entries_of({object_type(row): [row.pk]}))
        assert (state.values, state.version) == (current_plain(row), row.version)

    def _edit(self, record: Any, because: str, changes: dict[str, Any]) -> None:
        with self.change(record.mesa_id) as change:
            change.update(record, kinds.PROBLEM_EDITED, because, **changes)

    def _fail(self, mesa: Mesa, title: str) -> None:
        with self.change(mesa.pk) as change:
            number = change.take_number(mesa, "last_problem")
            problem = Problem(mesa=mesa, number=number, position="z0", title=title, stage="raised")
            change.create(problem, kinds.PROBLEM_RAISED)
            raise ZeroDivisionError


def _python(record: Record, name: str, plain: Any) -> Any:
    return python_value(column(type(record), name), plain)


@pytest.mark.django_db(transaction=True)
def test_whatever_is_recorded_the_ledger_holds() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        TwoMesas,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
