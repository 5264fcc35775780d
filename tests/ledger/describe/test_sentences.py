"""Events told to people: one sentence each, with what changed and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from destraba.ledger import kinds
from destraba.ledger.describe import Change, Sentence, describe
from destraba.ledger.names import names_for
from destraba.ledger.record import recording
from destraba.ledger.replay import entries_of, with_previous
from destraba.models import Payload, Record
from destraba.rules.problems import FilterReason
from destraba.values.actors import Actor, Via
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from tests.factories import NOW
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db
ZONE = "America/Lima"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def story(object_type: str, key: UUID) -> list[Sentence]:
    told = list(with_previous(entries_of({object_type: [key]})))
    names = names_for(told, ZONE)
    return [describe(entry, previous, names) for entry, previous in told]


def after(
    on: Stage,
    record: Record,
    kind: kinds.Kind,
    because: str = "",
    /,
    *,
    actor: Actor | None = None,
    **changes: Any,
) -> Sentence:
    """What is told of a change by Ana."""
    with recording(actor=actor or on.cast.ana.actor, now=NOW, streams=[record.stream_id]) as change:
        change.update(record, kind, because, **changes)
    return story(record._meta.model_name or "", record.pk)[-1]


def test_a_problem_is_raised(stage: Stage) -> None:
    (told,) = story("problem", stage.problem.pk)
    assert told.text == (
        "The installation raised P-1: “La guía de transporte tarda 12 días”. "
        "Raised by: Member, Confederación Nacional de la Madera."
    )
    assert told.act == "The installation raised P-1: “La guía de transporte tarda 12 días”"
    assert told.changes == ()


def test_a_commitment_is_asked_for(stage: Stage) -> None:
    (told,) = story("commitment", stage.commitment.pk)
    assert told.text == (
        "The installation asked for C-1: “Aprobar la directiva de la guía electrónica”. "
        "Who answers: Servicio Nacional Forestal y de Fauna Silvestre. Due: Sept 2017."
    )


def test_a_date_is_moved_and_the_old_one_stands_beside_the_new(stage: Stage) -> None:
    told = after(
        stage,
        stage.commitment,
        kinds.COMMITMENT_RESCHEDULED,
        "Falta la opinión del MEF.",
        due=FuzzyDate(date(2017, 11, 15)),
        slips=1,
    )
    assert told.text == (
        "Ana Paredes changed the due date of C-1. Due: Sept 2017 → 15 Nov 2017. "
        "Reason: “Falta la opinión del MEF”."
    )
    assert told.who == "Ana Paredes"
    assert told.because == "Falta la opinión del MEF."
    assert told.changes == (
        Change("due", "Due", "Sept 2017", "15 Nov 2017"),
        Change("slips", "Times it was moved", "0", "1"),
    )


def test_an_edit_tells_every_column_that_changed(stage: Stage) -> None:
    told = after(stage, stage.problem, kinds.PROBLEM_EDITED, axis="", importance="low", title="Demora")
    assert told.text == (
        "Ana Paredes edited P-1. Axis: simplification → —. Importance: High → Low. "
        "Title: La guía de transporte tarda 12 días → Demora."
    )


def test_long_texts_are_cut_in_the_sentence_and_whole_beside_it(stage: Stage) -> None:
    text = "Demora mucho. " * 30
    told = after(stage, stage.problem, kinds.PROBLEM_EDITED, detail=text.strip())
    assert told.text.endswith("…")
    assert len(told.text) < 160
    assert told.changes[0].now == text.strip()


def test_a_decision_names_its_reason_from_the_list(stage: Stage) -> None:
    told = after(
        stage,
        stage.problem,
        kinds.PROBLEM_FILTERED_OUT,
        stage="filtered_out",
        filter_reason=FilterReason.YOUR_PROBLEM.value,
    )
    assert told.text == "Ana Paredes set P-1 aside: “Your problem”."


def test_what_was_heard_by_telephone_says_for_whom(stage: Stage) -> None:
    lucia = stage.cast.lucia.seat
    assert lucia is not None
    ana = Actor(stage.cast.ana.person.pk, Via.WEB, on_behalf_of=lucia.pk)
    told = after(stage, stage.commitment, kinds.COMMITMENT_REPORTED_DONE, actor=ana, state="reported_done")
    assert told.text == (
        "Ana Paredes (for Liaison, Servicio Nacional Forestal y de Fauna Silvestre) reported C-1 done."
    )


def test_somebody_whose_card_is_not_here_is_somebody(stage: Stage) -> None:
    (told,) = with_previous(entries_of({"problem": [stage.problem.pk]}))
    stranger = replace(told[0], actor=UUID(int=7))
    assert describe(stranger, {}, names_for([(stranger, {})])).who == "Somebody"


def test_an_owner_is_named_before_and_after(stage: Stage) -> None:
    told = after(
        stage,
        stage.commitment,
        kinds.COMMITMENT_ASSIGNED,
        owner_organization=stage.cast.osinfor,
        owner_seat=None,
    )
    assert told.text == (
        "Ana Paredes changed who answers for C-1. Who answers: Servicio Nacional Forestal y de Fauna "
        "Silvestre → Organismo de Supervisión de los Recursos Forestales. "
        "Seat that answers: Liaison, Servicio Nacional Forestal y de Fauna Silvestre → —."
    )


def test_values_of_every_kind_are_worded(stage: Stage) -> None:
    told = after(
        stage,
        stage.enactment,
        kinds.ENACTMENT_EDITED,
        awaits_regulations=True,
        comments_until=date(2017, 9, 1),
        signed_on=FuzzyDate(date(2017, 10, 1), Precision.QUARTER),
        rank="law",
        drafter=None,
        withdrawn_at=NOW,
    )
    assert {change.label: (change.was, change.now) for change in told.changes} == {
        "Awaits its regulations": ("", "Yes"),
        "Open for comments until": ("1 Aug 2017", "1 Sept 2017"),
        "Signed on": ("", "quarter 4 of 2017"),
        "Rank of the norm": ("Directorial resolution", "Law"),
        "Drafted by": ("Servicio Nacional Forestal y de Fauna Silvestre", ""),
        "Withdrawn on": ("", "15 Jun 2017, 09:00"),
    }


def test_quantities_are_told_as_they_were_given(stage: Stage) -> None:
    told = after(stage, stage.solution, kinds.SOLUTION_EDITED, goal=None)
    assert told.text == "Ana Paredes edited P-1.1. Goal: hasta 2 días → —."


def test_adjustments_of_a_method_are_told_as_data(stage: Stage) -> None:
    told = after(stage, stage.cast.forestal, kinds.MESA_EDITED, method_override={"focus": {"most": 5}})
    assert told.text == (
        "Ana Paredes edited the mesa “Mesa Ejecutiva Forestal”. "
        'Adjustments to the method: {} → {"focus":{"most":5}}.'
    )


def test_columns_that_only_programs_care_for_are_not_told(stage: Stage) -> None:
    told = after(stage, stage.problem, kinds.PROBLEM_MOVED, position="b0")
    assert (told.text, told.changes) == ("Ana Paredes moved P-1 to another row.", ())


def test_what_was_redacted_says_so(stage: Stage) -> None:
    after(stage, stage.problem, kinds.PROBLEM_EDITED, "Lo pidió Marco", title="Demora de Marco")
    Payload.objects.filter(part__in=["text.title", "because"]).update(salt=None, value=None)
    first, second = story("problem", stage.problem.pk)
    assert first.act == "The installation raised P-1: “(redacted)”"
    assert second.text == "Ana Paredes edited P-1. Title: (redacted). Reason: “(redacted)”."
    assert second.changes == (Change("title", "Title", "", "(redacted)"),)


def test_an_event_without_a_change_is_told_too(stage: Stage) -> None:
    with recording(actor=stage.cast.ana.actor, now=NOW, streams=[stage.forestal]) as change:
        change.note(stage.cast.forestal, kinds.MESA_EXPORTED)
    assert story("mesa", stage.forestal)[-1].text == (
        "Ana Paredes exported the Matrix of “Mesa Ejecutiva Forestal”."
    )


def test_a_value_that_the_event_does_not_carry_leaves_a_dash(stage: Stage) -> None:
    told = after(stage, stage.problem, kinds.PROBLEM_FILTERED_OUT, stage="filtered_out")
    assert told.text == "Ana Paredes set P-1 aside: —."


def test_everything_on_stage_can_be_told(stage: Stage) -> None:
    for object_type, record in stage.every_record().items():
        for told in story(object_type, record.pk):
            assert told.text.endswith(".")
            assert "%(" not in told.text
            assert "None" not in told.text
            assert "  " not in told.text


def test_a_flag_is_told_by_its_name(stage: Stage) -> None:
    told = after(stage, stage.problem, kinds.PROBLEM_EDITED, is_contentious=True)
    assert told.text == "Ana Paredes edited P-1. Contentious."
    told = after(stage, stage.problem, kinds.PROBLEM_EDITED, is_contentious=False)
    assert told.text == "Ana Paredes edited P-1. No longer: contentious."
    assert [(one.was, one.now) for one in told.changes] == [("Yes", "No")]


def test_a_flag_that_was_never_said_is_told_whole(stage: Stage) -> None:
    told = after(stage, stage.problem, kinds.PROBLEM_EDITED, improves_operations=False)
    assert told.text == "Ana Paredes edited P-1. Improves day-to-day operations: No."
