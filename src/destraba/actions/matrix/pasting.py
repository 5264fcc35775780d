"""A pasted block carried out: all of what was shown, in one change."""

from datetime import datetime
from uuid import UUID

from destraba.actions.matrix.cells import enter_row, fetch_parent
from destraba.actions.matrix.setting import Setter
from destraba.ledger.record import recording
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.matrix.cells import Row, cell_text
from destraba.queries.matrix.hands.found import fetch_rows
from destraba.queries.matrix.pasting import PastePlan
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Stale
from destraba.values.reasons import Reason


def paste_rows(
    *, actor: Actor, mesa: Mesa, plan: PastePlan, reason: str = "", now: datetime
) -> tuple[list[Row], UUID]:
    """Carry out a plan of pasting, all of it or nothing; one change set, so one undo. What the plan leaves
    out stays out; `reason` is why agreed dates move. Raises Stale where a cell no longer says what it said
    when the plan was made."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        rows: list[Row] = []
        hand = Setter(change, mesa)
        parent = fetch_parent(mesa, plan.kind, plan.parent_id)
        standing = fetch_rows(mesa, plan.kind, [line.row_id for line in plan.lines if line.row_id])
        after: Row | None = None
        for line in plan.lines:
            if line.is_left_out:
                continue
            if line.row_id:
                row = standing[line.row_id]
            else:
                row = enter_row(change, mesa, plan.kind, line.title, parent, after)
            for cell in line.cells:
                if line.row_id and cell_text(row, cell.field) != cell.was:
                    raise Stale(Reason.of("stale"))
                if cell.refusal is None:
                    hand.set(row, cell.field, cell.value, reason)
            after = row
            rows.append(row)
        hand.finish()
        return rows, change.change_set
