"""The columns of a Matrix: on which rows each holds something, and how one may ask for rows by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from destraba.queries.matrix.cells import Kind
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    PolicyQuadrant,
    PublicInput,
    YesNo,
)
from destraba.rules.matrix.shelves import Shelf
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import Origin, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.visibility import Visibility


class Column(StrEnum):
    """In the order in which they stand. Number and title are always there; the next seven unless hidden."""

    NUMBER = "number"
    TITLE = "title"
    STEP = "step"
    LIGHT = "light"
    OWNER = "owner"
    DUE = "due"
    SLIPS = "slips"
    IMPORTANCE = "importance"
    MOVED = "moved"
    SPEED = "speed"
    QUADRANT = "quadrant"
    AXIS = "axis"
    STAGE = "stage"
    CONCERN = "concern"
    PUBLIC_INPUT = "public_input"
    POLICY = "policy"
    COORDINATION = "coordination"
    ORIGIN = "origin"
    CONTENTIOUS = "contentious"
    FUNDING = "funding"
    ENACTED = "enacted"
    APPLIED = "applied"
    EFFECTIVE = "effective"
    BEFORE = "before"
    AFTER = "after"
    STATE = "state"
    SEAT = "seat"
    HELPERS = "helpers"
    STARTS = "starts"
    ORIGINAL_DUE = "original_due"
    SITUATION = "situation"
    VISIBILITY = "visibility"
    SHELF = "shelf"
    MESA = "mesa"


class Asked(StrEnum):
    """How rows are asked for by a column."""

    CHOICE = "choice"
    DAYS = "days"
    COUNT = "count"
    TEXT = "text"
    OWNER = "owner"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Spec:
    """`kinds`: the rows that hold a value of their own. `options`: the values of a choice, in their order."""

    kinds: frozenset[Kind]
    asked: Asked = Asked.NOTHING
    options: type[Enum] | None = None
    sorts: bool = False
    groups: bool = False


_P, _S, _C = frozenset({Kind.PROBLEM}), frozenset({Kind.SOLUTION}), frozenset({Kind.COMMITMENT})
_ALL = _P | _S | _C


def _class(kinds: frozenset[Kind], options: type[Enum]) -> Spec:
    return Spec(kinds, Asked.CHOICE, options, sorts=True, groups=kinds == _P)


SPECS: Mapping[Column, Spec] = {
    Column.NUMBER: Spec(_ALL, sorts=True),
    Column.TITLE: Spec(_ALL, Asked.TEXT, sorts=True),
    Column.STEP: Spec(_S, Asked.CHOICE, SolutionStage, sorts=True, groups=True),
    Column.LIGHT: Spec(_C, Asked.CHOICE, Light, sorts=True, groups=True),
    Column.OWNER: Spec(_C, Asked.OWNER, sorts=True, groups=True),
    Column.DUE: Spec(_C, Asked.DAYS, sorts=True),
    Column.SLIPS: Spec(_C, Asked.COUNT, sorts=True),
    Column.IMPORTANCE: _class(_P, Importance),
    Column.MOVED: Spec(_ALL, Asked.DAYS, sorts=True),
    Column.SPEED: _class(_P, Speed),
    Column.QUADRANT: _class(_P, Quadrant),
    Column.AXIS: Spec(_P, Asked.CHOICE, sorts=True, groups=True),
    Column.STAGE: _class(_P, ProblemStage),
    Column.CONCERN: _class(_P, Concern),
    Column.PUBLIC_INPUT: _class(_P, PublicInput),
    Column.POLICY: _class(_P, PolicyQuadrant),
    Column.COORDINATION: _class(_P, CoordinationFailure),
    Column.ORIGIN: _class(_P, Origin),
    Column.CONTENTIOUS: _class(_P, YesNo),
    Column.FUNDING: Spec(_S, Asked.CHOICE, Funding),
    Column.ENACTED: Spec(_S, Asked.CHOICE, YesNo),
    Column.APPLIED: Spec(_S, Asked.CHOICE, YesNo),
    Column.EFFECTIVE: Spec(_S, Asked.CHOICE, YesNo),
    Column.BEFORE: Spec(_S, Asked.CHOICE, YesNo),
    Column.AFTER: Spec(_S, Asked.CHOICE, YesNo),
    Column.STATE: Spec(_C, Asked.CHOICE, CommitmentState),
    Column.SEAT: Spec(_C, Asked.TEXT),
    Column.HELPERS: Spec(_C, Asked.TEXT),
    Column.STARTS: Spec(_C, Asked.DAYS),
    Column.ORIGINAL_DUE: Spec(_C, Asked.CHOICE, YesNo),
    Column.SITUATION: Spec(_C, Asked.TEXT),
    Column.VISIBILITY: Spec(_ALL, Asked.CHOICE, Visibility),
    Column.SHELF: _class(_P, Shelf),
    Column.MESA: Spec(_P, Asked.CHOICE, sorts=True, groups=True),
}

FIXED = (Column.NUMBER, Column.TITLE)
USUAL: tuple[Column, ...] = tuple(Column)[:9]
