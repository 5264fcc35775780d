"""Bringing a Matrix in: all of it or nothing, once, and what can be taken back."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from destraba.actions.followup.commitments import edit_commitment
from destraba.actions.imports.incoming import Incoming, IncomingFile, IncomingRow
from destraba.actions.imports.matrix import bring_in
from destraba.actions.undo import undo
from destraba.exchange.matrix.compare.plan import Status
from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
from destraba.ledger.verify import verify
from destraba.models import (
    Commitment,
    File,
    ImportedRow,
    ImportSource,
    Organization,
    Problem,
    Seat,
    Solution,
)
from destraba.queries.matrix.cells import Kind
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests.actions.saying import heads, kinds_of, refused
from tests.exchange.forestal import forestal
from tests.exchange.matrix.tables import FIRST, LATER, bring, counts, planned, spreadsheet
from tests.factories import Cast, command


def written() -> tuple[int, ...]:
    """How many rows every table that an import touches has."""
    tables = (Problem, Solution, Commitment, Organization, Seat, File, ImportSource, ImportedRow)
    return tuple(table._default_manager.count() for table in tables)


def test_an_import_leaves_a_line_in_the_mesas_story_and_its_file(cast: Cast) -> None:
    bring(FIRST, cast.forestal, actor=cast.ana.actor)
    assert kinds_of(cast.forestal)[-1] == "mesa.imported"
    card = File.objects.get()
    assert (card.name, card.media_type, card.size) == ("matriz.csv", "text/csv", len(FIRST.encode()))
    assert card.sha256 == hashlib.sha256(FIRST.encode()).hexdigest()
    kept = Path(settings.HOME) / "files" / card.sha256[:2] / card.sha256
    assert kept.read_bytes() == FIRST.encode()
    assert ImportSource.objects.get().file == card
    assert verify().failures == []


def test_what_changes_nothing_leaves_nothing(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    before, reached = written(), heads()
    imported = bring(FIRST, cast.forestal)
    assert not imported.is_undoable
    assert (written(), heads()) == (before, reached)


def test_participants_get_a_seat_once(cast: Cast) -> None:
    sheet = Spreadsheet("forestal.xlsx", forestal())
    for _ in range(2):
        sheet.brought_in(actor=command(), mesa=cast.forestal, choice=Choice(), now=LATER)
    seats = Seat.objects.filter(mesa=cast.forestal).select_related("organization")
    minam = [seat for seat in seats if seat.organization.name == "MINAM"]
    assert [(seat.role, seat.is_occasional) for seat in minam] == [(Role.LIAISON, True)]
    assert [seat.role for seat in seats if seat.organization == cast.serfor] == [Role.LIAISON]
    assert Organization.objects.filter(name="SERFOR").count() == 0  # known by its acronym


def test_only_the_team_may(cast: Cast) -> None:
    for player in (cast.marco, cast.lucia, cast.hilda, cast.admin, cast.vecina, cast.antes):
        before = written()
        with pytest.raises((NotAllowed, NotFound)):
            bring(FIRST, cast.forestal, actor=player.actor)
        assert written() == before


def test_a_row_that_can_not_be_written_takes_all_the_others_with_it(cast: Cast) -> None:
    whole = planned(FIRST, cast.forestal).chosen(file=IncomingFile("a.csv", "text/csv", b"x"))
    nameless = IncomingRow(Kind.PROBLEM, "4", "", None, None, {"title": " "}, {})
    broken = Incoming(whole.source, whole.as_of, [*whole.rows, nameless], whole.members, file=whole.file)
    before = written()
    with refused(Invalid, "required"):
        bring_in(actor=command(), mesa=cast.forestal, incoming=broken, now=LATER)
    assert written() == before


def test_what_was_compared_with_an_older_mesa_is_refused(cast: Cast) -> None:
    incoming = planned(FIRST, cast.forestal).chosen()
    bring(FIRST, cast.forestal)
    before = written()
    with refused(Stale, "stale"):
        bring_in(actor=command(), mesa=cast.forestal, incoming=incoming, now=LATER)
    assert written() == before


def test_it_is_compared_again_when_somebody_was_faster(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two press the button at once: the second finds the rows of the first."""
    sheet, raced = spreadsheet(FIRST), []
    compared = sheet.compared

    def slowly(*args: object) -> object:
        found = compared(*args)  # type: ignore[arg-type]
        if not raced:
            raced.append(bring(FIRST, cast.forestal))
        return found

    monkeypatch.setattr(sheet, "compared", slowly)
    found, _imported = sheet.brought_in(actor=command(), mesa=cast.forestal, choice=Choice(), now=LATER)
    assert counts(found.plan)["commitment"] == (0, 0, 0, 3)
    assert Problem.objects.count() == 3


def test_it_gives_up_where_the_mesa_never_stands_still(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, rounds = spreadsheet(FIRST), []
    compared = sheet.compared

    def restless(*args: object) -> object:
        found = compared(*args)  # type: ignore[arg-type]
        rounds.append(bring(f"Traba;Responsable\nOtra {len(rounds)};SERFOR\n", cast.forestal))
        return found

    monkeypatch.setattr(sheet, "compared", restless)
    with pytest.raises(Stale):
        sheet.brought_in(actor=command(), mesa=cast.forestal, choice=Choice(), now=LATER)
    assert len(rounds) == 3


def test_an_import_can_be_taken_back_by_whoever_did_it(cast: Cast) -> None:
    imported = bring(FIRST, cast.forestal, actor=cast.ana.actor)
    assert imported.is_undoable
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=imported.change_set, now=LATER)
    assert Problem.objects.filter(withdrawn_at=None).count() == 0
    assert Commitment.objects.filter(withdrawn_at=None).count() == 0
    assert counts(planned(FIRST, cast.forestal))["problem"] == (3, 0, 0, 0)
    bring(FIRST, cast.forestal)
    assert [problem.number for problem in Problem.objects.filter(withdrawn_at=None)] == [4, 5, 6]
    assert verify().failures == []


def test_corrections_are_taken_back_too(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("En firma", "Firmada").replace("SERFOR", "PRODUCE").replace("julio 2017", "2018")
    imported = bring(again, cast.forestal, actor=cast.ana.actor)
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=imported.change_set, now=LATER)
    first = Commitment.objects.get(number=1)
    assert (first.situation, first.owner_organization, Commitment.objects.get(number=2).slips) == (
        "En firma",
        cast.serfor,
        0,
    )
    # The screen has the last word: what was taken back is not offered again.
    assert planned(again, cast.forestal).of(Status.CHANGED, Status.CONFLICT) == []


def test_what_somebody_worked_on_since_is_not_taken_back(cast: Cast) -> None:
    imported = bring(FIRST, cast.forestal, actor=cast.ana.actor)
    first = Commitment.objects.select_related("mesa").get(number=1)
    edit_commitment(actor=cast.teo.actor, commitment=first, situation="Ya", now=LATER)
    with refused(Conflict, "moved_on"):
        undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=imported.change_set, now=LATER)
