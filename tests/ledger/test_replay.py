"""What the events say a record was, at any time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.ledger import kinds
from destraba.ledger.columns import current_plain
from destraba.ledger.record import recording
from destraba.ledger.replay import (
    Unreadable,
    before,
    entries_of,
    entries_of_change_set,
    fold,
    read_parts,
    with_previous,
)
from destraba.models import Payload, Problem
from tests.factories import NOW, command
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(stage: Stage) -> Stage:
    """The problem is retitled and then accepted anew, with a reason."""
    for hours, changes in enumerate([{"title": "Demora"}, {"title": "Demora la guía", "axis": "labour"}], 1):
        now = NOW + timedelta(hours=hours)
        with recording(actor=stage.cast.ana.actor, now=now, streams=[stage.forestal]) as change:
            change.update(stage.problem, kinds.PROBLEM_EDITED, f"Vez {hours}", **changes)
    return stage


def test_the_fold_of_all_entries_is_the_record_of_today(stage: Stage) -> None:
    for object_type, record in stage.every_record().items():
        record.refresh_from_db()
        state = fold(object_type, entries_of({object_type: [record.pk]}))
        assert (state.values, state.version) == (current_plain(record), record.version)


def test_every_entry_comes_with_what_it_replaced(edited: Stage) -> None:
    told = [
        (entry.kind, previous.get("title"), entry.values.get("title"), entry.because)
        for entry, previous in with_previous(entries_of({"problem": [edited.problem.pk]}))
    ]
    assert told == [
        ("problem.raised", "", "La guía de transporte tarda 12 días", ""),
        ("problem.edited", "La guía de transporte tarda 12 días", "Demora", "Vez 1"),
        ("problem.edited", "Demora", "Demora la guía", "Vez 2"),
    ]


def test_the_stories_of_several_records_can_be_told_together(edited: Stage) -> None:
    entries = entries_of({"problem": [edited.problem.pk], "commitment": [edited.commitment.pk]})
    titles = [(entry.object_type, previous.get("title")) for entry, previous in with_previous(entries)]
    assert titles == [
        ("problem", ""),
        ("commitment", ""),
        ("problem", "La guía de transporte tarda 12 días"),
        ("problem", "Demora"),
    ]


def test_the_state_before_an_entry_is_what_undo_goes_back_to(edited: Stage) -> None:
    last = entries_of({"problem": [edited.problem.pk]})[-1]
    state = before(last)
    assert (state.values["title"], state.values["axis"], state.version) == ("Demora", "simplification", 2)


def test_what_was_done_together_is_found_together(stage: Stage) -> None:
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.problem, kinds.PROBLEM_EDITED, axis="labour")
        change.update(stage.commitment, kinds.COMMITMENT_EDITED, situation="En firma")
    entries = entries_of_change_set(change.change_set)
    assert [(entry.object_type, dict(entry.values)) for entry in entries] == [
        ("problem", {"axis": "labour"}),
        ("commitment", {"situation": "En firma"}),
    ]


def test_a_chain_keeps_its_own_order_when_clocks_go_back(stage: Stage) -> None:
    yesterday = NOW - timedelta(days=1)
    with recording(actor=command(), now=yesterday, streams=[stage.forestal]) as change:
        change.update(stage.problem, kinds.PROBLEM_EDITED, axis="labour")
    entries = entries_of({"problem": [stage.problem.pk]})
    assert [entry.object_version for entry in entries] == [1, 2]


def test_chains_are_merged_by_the_time_at_which_things_happened(edited: Stage) -> None:
    with recording(
        actor=command(), now=NOW + timedelta(minutes=90), streams=[edited.cast.programme.pk]
    ) as change:
        change.update(edited.cast.serfor, kinds.ORGANIZATION_EDITED, name="SERFOR")
    entries = entries_of({"problem": [edited.problem.pk], "organization": [edited.cast.serfor.pk]})
    assert [entry.kind for entry in entries] == [
        "organization.added",
        "problem.raised",
        "problem.edited",
        "organization.edited",
        "problem.edited",
    ]


def test_reading_a_story_takes_two_statements_a_kind_of_record_however_long_it_is(edited: Stage) -> None:
    for length in (3, 20):
        while Problem.objects.get(pk=edited.problem.pk).version < length:
            with recording(actor=command(), now=NOW, streams=[edited.forestal]) as change:
                change.update(edited.problem, kinds.PROBLEM_EDITED, axis=f"axis {edited.problem.version}")
        with CaptureQueriesContext(connection) as asked:
            entries = entries_of({"problem": [edited.problem.pk], "commitment": [edited.commitment.pk]})
        assert (len(entries), len(asked)) == (length + 1, 4)


def test_what_was_redacted_reads_as_blank_and_says_so(edited: Stage) -> None:
    gone = Payload.objects.filter(event__kind="problem.edited", part__in=["text.title", "because"])
    gone.update(salt=None, value=None)
    entries = entries_of({"problem": [edited.problem.pk]})
    assert [entry.redacted for entry in entries] == [set(), {"title", "because"}, {"title", "because"}]
    assert (entries[1].because, entries[1].values) == ("", {})
    state = fold("problem", entries)
    assert (state.values["title"], state.values["axis"]) == ("", "labour")


def test_a_text_written_after_a_redaction_stands(edited: Stage) -> None:
    first = Payload.objects.filter(event__kind="problem.raised", part="text.title")
    first.update(salt=None, value=None)
    assert fold("problem", entries_of({"problem": [edited.problem.pk]})).values["title"] == "Demora la guía"


def test_facts_without_their_opening_are_missing_and_not_blank() -> None:
    told = read_parts(1, "problem", {"facts": None, "text.title": '"Demora"'})
    assert (told.values, told.redacted) == ({"title": "Demora"}, {"facts"})
    assert told.changes_columns


@pytest.mark.parametrize(
    "parts",
    [
        {"facts": "{"},
        {"facts": "[1]"},
        {"facts": "{}", "because": "1"},
        {"facts": "{}", "colour": '"red"'},
        {"facts": '{"title":"a"}', "text.title": '"b"'},
        {"facts": "{}", "redaction": "[]"},
        {"facts": "[" * 100_000},
    ],
    ids=["cut off", "a list", "a number for a reason", "an unknown part", "said twice", "a list", "a pit"],
)
def test_parts_that_the_ledger_never_wrote_are_refused(parts: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        read_parts(1, "problem", parts)
