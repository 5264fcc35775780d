"""Who gets through which door: every address of the product against every role, in three kinds of mesa.

An address that is not in this table fails the build. What a door answers to whom is said once, per door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

ANONYMOUS = "anonymous"
RUNNERS = frozenset({"team", "technical_leader"})
READERS = RUNNERS | {"political_leader", "member", "liaison", "head", "high_level", "axis_lead"}
OUTSIDERS = frozenset({"administrator", "member_of_another_mesa", "former_member"})
ROLES = (ANONYMOUS, *sorted(READERS), *sorted(OUTSIDERS))
SEATLESS = frozenset({"administrator", "former_member"})
# Their seat belongs to the programme, so every mesa is theirs.
EVERYWHERE = frozenset({"head", "high_level", "axis_lead"})


# Whoever reads the mesa may also do this; the member of another mesa is a member there.
SEAT_HOLDERS = RUNNERS | {"political_leader", "member", "liaison", "member_of_another_mesa"}


class Answer(Enum):
    """What somebody gets."""

    THROUGH = "through"
    SIGN_IN = "sign in first"
    FORBIDDEN = "403"
    NOTHING_THERE = "404"


class Door(Enum):
    """Who gets through; see `expected`."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    READ = "reads the mesa"
    EDIT = "edits the Matrix"
    RAISE = "raises a problem"
    DOWNLOAD = "downloads the record"
    HEAD = "runs the programme"


MAY = {
    Door.EDIT: RUNNERS,
    Door.RAISE: SEAT_HOLDERS,
    Door.DOWNLOAD: SEAT_HOLDERS | {"head"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One address: its door, the method that is tried, what fills the address, what is posted."""

    door: Door
    method: str = "get"
    filled: Mapping[str, str] = field(default_factory=dict)
    posted: Mapping[str, str] = field(default_factory=dict)


def expected(door: Door, role: str, *, own_mesa: bool) -> Answer:
    """What this role gets at this door, in its own mesa or in another."""
    if door is Door.EVERYBODY:
        return Answer.THROUGH
    if role == ANONYMOUS:
        return Answer.SIGN_IN
    if door is Door.SIGNED_IN:
        return Answer.THROUGH
    if door is Door.HEAD:
        # Whoever has a seat knows of the programme; to all others there is none to see.
        refused = Answer.NOTHING_THERE if role in SEATLESS else Answer.FORBIDDEN
        return Answer.THROUGH if role == "head" else refused
    if not _reads(role, own_mesa=own_mesa):
        return Answer.NOTHING_THERE
    if door is Door.READ:
        return Answer.THROUGH
    if role not in MAY[door] or not (own_mesa or role in EVERYWHERE or role == "member_of_another_mesa"):
        return Answer.FORBIDDEN
    return Answer.THROUGH


def _reads(role: str, *, own_mesa: bool) -> bool:
    if role == "member_of_another_mesa":
        return not own_mesa
    return role in (READERS if own_mesa else EVERYWHERE)


TABLE: Mapping[str, Row] = {
    "home": Row(Door.SIGNED_IN),
    "health": Row(Door.EVERYBODY),
    "preferences": Row(Door.EVERYBODY, "post"),
    "set_language": Row(Door.EVERYBODY, "post"),
    "style": Row(Door.EVERYBODY),
    "mesa": Row(Door.READ),
    "mesa_new": Row(Door.HEAD),
    "people": Row(Door.READ),
    "raise": Row(Door.RAISE, "post"),
    "problem": Row(Door.READ),
    "solution": Row(Door.READ),
    "commitment": Row(Door.READ),
    "import": Row(Door.EDIT),
    "import_preview": Row(Door.EDIT, filled={"token": "01890000-0000-7000-8000-000000000000"}),
    "import_undo": Row(Door.EDIT, "post"),
    "import_template": Row(Door.EDIT),
    "matrix_xlsx": Row(Door.DOWNLOAD),
    "matrix_csv": Row(Door.DOWNLOAD),
    "follow": Row(Door.EDIT),
    "matrix": Row(Door.READ),
    "matrix_branch": Row(Door.READ),
    "matrix_rows": Row(Door.EDIT, "post", posted={"object": "problem", "title": "Una traba"}),
    "matrix_cells": Row(Door.EDIT, "post"),
    "matrix_paste": Row(Door.EDIT, "post"),
    "matrix_undo": Row(Door.EDIT, "post"),
}
