"""How much a commitment presses on whoever owes it, and since when somebody is told what changed."""

from datetime import date, datetime, timedelta
from enum import IntEnum

from destraba.rules.answers import SILENCES
from destraba.rules.commitments import CommitmentState


class Pressing(IntEnum):
    """Why an open commitment wants its owner now, the worst first; `LATER` is folded away."""

    ASKED = 1
    OVERDUE = 2
    DUE_SOON = 3
    SILENT = 4
    LATER = 5


SOON = timedelta(days=7)
LOOKED_BACK = timedelta(days=7)


def pressing(
    state: CommitmentState, due: date | None, light_reason: str, today: date, *, quiet: bool = False
) -> Pressing:
    """What an open commitment wants of its owner today.

    `due` is its last day, `light_reason` the code of its light's reason. Nobody is chased in a quiet mesa,
    and what was reported done waits for the team.
    """
    if quiet or state is CommitmentState.REPORTED_DONE:
        return Pressing.LATER
    if state is CommitmentState.ASKED:
        return Pressing.ASKED
    if due is not None and due < today:
        return Pressing.OVERDUE
    if due is not None and due <= today + SOON:
        return Pressing.DUE_SOON
    return Pressing.SILENT if light_reason in SILENCES else Pressing.LATER


def told_since(seen_at: datetime | None, now: datetime) -> datetime:
    """From when on somebody is told what changed: from where they said to have read, or for some days."""
    return now - LOOKED_BACK if seen_at is None else min(seen_at, now)


def seen_until(shown_at: datetime, seen_at: datetime | None, now: datetime) -> datetime:
    """Up to when somebody has read who marks a page that was drawn at `shown_at` as seen.

    Never past now, since nobody has read what is still to come; and never before where the list begins,
    whatever old page is sent.
    """
    return max(min(shown_at, now), told_since(seen_at, now))
