"""Who gets through which door: every address of the product against every role, in three kinds of mesa.

An address that is not in this table fails the build. What a door answers to whom is said once, per door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

ANONYMOUS = "anonymous"
RUNNERS = frozenset({"team", "technical_leader"})
READERS = RUNNERS | {"political_leader", "member", "liaison", "head", "high_level", "axis_lead"}
INSIDERS = RUNNERS | {"political_leader", "head"}
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
    NOWHERE_AT_ALL = "nobody, and nobody is asked to sign in"
    READ = "reads the mesa"
    MEETINGS = "reads the mesa's meetings"
    RUN = "runs the mesa's meetings"
    EDIT = "edits the Matrix"
    RAISE = "raises a problem"
    DOWNLOAD = "downloads the record"
    HEAD = "runs the programme"
    PROGRAMME = "reads all mesas on one page"
    ADMINISTRATOR = "keeps the accounts"
    LINK = "came by a mailed link"
    TEAM = "reads what is the team's"
    NOWHERE = "signed in, to something that is not there"


MAY = {
    Door.EDIT: RUNNERS,
    Door.RUN: RUNNERS,
    Door.RAISE: SEAT_HOLDERS,
    Door.TEAM: INSIDERS,
    Door.DOWNLOAD: SEAT_HOLDERS | {"head"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One address: its door, the method that is tried, what fills the address, what is posted."""

    door: Door
    method: str = "get"
    filled: Mapping[str, str] = field(default_factory=dict)
    posted: Mapping[str, str] = field(default_factory=dict)


# The same for everybody, whoever asks and for whichever mesa.
ALIKE = {
    Door.EVERYBODY: Answer.THROUGH,
    Door.LINK: Answer.FORBIDDEN,  # no seat and no account opens it
    Door.NOWHERE_AT_ALL: Answer.NOTHING_THERE,
}


def expected(door: Door, role: str, *, own_mesa: bool) -> Answer:
    """What this role gets at this door, in its own mesa or in another."""
    if door in ALIKE:
        return ALIKE[door]
    if role == ANONYMOUS:
        return Answer.SIGN_IN
    if door in {Door.SIGNED_IN, Door.NOWHERE}:
        return Answer.THROUGH if door is Door.SIGNED_IN else Answer.NOTHING_THERE
    if door in {Door.HEAD, Door.PROGRAMME}:
        # Whoever has a seat knows of the programme; to all others there is none to see.
        refused = Answer.NOTHING_THERE if role in SEATLESS else Answer.FORBIDDEN
        may = {"head", "axis_lead"} if door is Door.PROGRAMME else {"head"}
        return Answer.THROUGH if role in may else refused
    if door is Door.ADMINISTRATOR:
        return Answer.THROUGH if role == "administrator" else Answer.FORBIDDEN
    return _in_the_mesa(door, role, own_mesa=own_mesa)


def _in_the_mesa(door: Door, role: str, *, own_mesa: bool) -> Answer:
    if not _reads(role, own_mesa=own_mesa):
        return Answer.NOTHING_THERE
    if door in {Door.MEETINGS, Door.RUN} and role == "axis_lead":
        return Answer.NOTHING_THERE  # an axis has rows, and no meetings
    if door in {Door.READ, Door.MEETINGS}:
        return Answer.THROUGH
    if door is Door.TEAM and role not in INSIDERS:
        return Answer.NOTHING_THERE  # whether there is such a thing is the team's as well
    if role not in MAY[door] or not (own_mesa or role in EVERYWHERE or role == "member_of_another_mesa"):
        return Answer.FORBIDDEN
    return Answer.THROUGH


def _reads(role: str, *, own_mesa: bool) -> bool:
    if role == "member_of_another_mesa":
        return not own_mesa
    return role in (READERS if own_mesa else EVERYWHERE)


TABLE: Mapping[str, Row] = {
    "home": Row(Door.SIGNED_IN),
    "search": Row(Door.SIGNED_IN),
    "desk_seen": Row(Door.SIGNED_IN, "post", posted={"shown_at": "2017-06-15T14:00:00+00:00"}),
    "health": Row(Door.EVERYBODY),
    "public": Row(Door.EVERYBODY),
    # Of a mesa that is quiet, or has published nothing; what is published, anybody reads (test_public.py).
    "public_mesa": Row(Door.NOWHERE_AT_ALL),
    "public_minutes": Row(Door.NOWHERE_AT_ALL, filled={"year": "2017"}),
    "preferences": Row(Door.EVERYBODY, "post"),
    "set_language": Row(Door.EVERYBODY, "post"),
    "style": Row(Door.EVERYBODY),
    "outbox": Row(Door.SIGNED_IN),
    "outbox_mail": Row(Door.NOWHERE, filled={"mail_id": "01890000-0000-7000-8000-000000000000"}),
    "link": Row(Door.EVERYBODY),
    "link_enter": Row(Door.LINK, "post"),
    "link_again": Row(Door.EVERYBODY, "post"),
    "link_rows": Row(Door.LINK),
    "link_minutes": Row(Door.LINK),
    "link_minutes_pdf": Row(Door.LINK),
    "link_objection": Row(Door.LINK, "post"),
    "link_approval": Row(Door.LINK, "post"),
    "file": Row(Door.TEAM),
    "link_row": Row(Door.LINK, "post", {"commitment_id": "01890000-0000-7000-8000-000000000000"}),
    "mesa": Row(Door.READ),
    "mesa_new": Row(Door.HEAD),
    "programme": Row(Door.PROGRAMME),
    "programme_matrix": Row(Door.SIGNED_IN),
    "programme_matrix_view": Row(Door.SIGNED_IN),
    "programme_matrix_drop": Row(Door.SIGNED_IN, "post"),
    "programme_csv": Row(Door.HEAD),  # an axis lead reads, and takes nothing away
    "people": Row(Door.READ),
    "meetings": Row(Door.MEETINGS),
    "meeting": Row(Door.MEETINGS),
    "meeting_live": Row(Door.EDIT),
    "minutes_pdf": Row(Door.RUN),  # of a draft; what was circulated is for the mesa (test_meetings.py)
    "minutes_docx": Row(Door.RUN),
    "accounts": Row(Door.ADMINISTRATOR),
    "jobs": Row(Door.ADMINISTRATOR),
    "job": Row(Door.NOWHERE, filled={"uid": "01890000-0000-7000-8000-000000000000"}),
    "priorities": Row(Door.READ),
    "raise": Row(Door.RAISE, "post"),
    "similar": Row(Door.READ),
    "classify": Row(Door.EDIT),
    "problem": Row(Door.READ),
    "solution": Row(Door.READ),
    "commitment": Row(Door.READ),
    "problem_history": Row(Door.READ),
    "solution_history": Row(Door.READ),
    "commitment_history": Row(Door.READ),
    "import": Row(Door.EDIT),
    "import_preview": Row(Door.EDIT, filled={"token": "01890000-0000-7000-8000-000000000000"}),
    "import_undo": Row(Door.EDIT, "post"),
    "import_template": Row(Door.EDIT),
    "matrix_xlsx": Row(Door.DOWNLOAD),
    "matrix_csv": Row(Door.DOWNLOAD),
    "matrix_json": Row(Door.DOWNLOAD),
    "matrix_pdf": Row(Door.DOWNLOAD),
    "matrix_print": Row(Door.DOWNLOAD, filled={"token": "01890000-0000-7000-8000-000000000000"}),
    "follow": Row(Door.EDIT),
    "funding": Row(Door.READ),
    "matrix": Row(Door.READ),
    "matrix_compare": Row(Door.READ),
    "matrix_compare_csv": Row(Door.DOWNLOAD),
    "matrix_branch": Row(Door.READ),
    "matrix_view": Row(Door.READ),
    "matrix_view_drop": Row(Door.READ, "post"),
    "matrix_seen": Row(Door.READ, "post", posted={"shown_at": "2017-06-15T14:00:00+00:00"}),
    "matrix_owners": Row(Door.EDIT),
    "matrix_rows": Row(Door.EDIT, "post", posted={"object": "problem", "title": "Una traba"}),
    "matrix_cells": Row(Door.EDIT, "post"),
    "matrix_many": Row(Door.EDIT, "post"),
    "matrix_order": Row(Door.EDIT, "post"),
    "matrix_paste": Row(Door.EDIT, "post"),
    "matrix_undo": Row(Door.EDIT, "post"),
}
