"""What a method says: the shape that every preset fills in (product.md, A1 to A7).

Keyed tables (kinds of meeting, axes, guard-rails...) are mappings from a stable id, so that a mesa's sparse
override can reach one entry; what has an order that matters is a list, and is overridden whole. Texts of a
method are `Label`s, a text for each language; everything else is made words above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Label = Mapping[str, str]
"""Language code -> text, for instance {"es": "sesión", "en": "session"}."""


class MeetingKind(StrEnum):
    """All kinds of meeting, of which a method uses some (product.md, A33)."""

    SESSION = "session"
    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"
    PUBLIC_ONLY = "public_only"
    PLENARY = "plenary"
    WORKING_GROUP = "working_group"
    PRELIMINARY = "preliminary"
    INTERVIEW = "interview"
    VALIDATION = "validation"
    HIGH_LEVEL = "high_level"


class MinutesWeight(StrEnum):
    """What a kind of meeting leaves behind, lightest first (product.md, "States")."""

    NOTE = "note"
    ACUERDOS = "acuerdos"
    ACTA = "acta"


class InterventionPolicy(StrEnum):
    """What becomes of a request for a subsidy, an exemption or protection (S0, policy mix)."""

    BARRED = "barred"
    PUSH_BACK = "push_back"
    ALLOWED = "allowed"


class Breadth(StrEnum):
    """How a mesa draws the bounds of its sector (product.md, A21)."""

    BROAD = "broad"
    NARROW = "narrow"


class PlanChange(StrEnum):
    """Whether a change of plan is the rule, or an exception that is justified (S0, Peru against Chile)."""

    FREE = "free"
    JUSTIFIED = "justified"


class Guard(StrEnum):
    """What a method warns of. A guard-rail warns; it never refuses."""

    CADENCE_CUT = "cadence_cut"
    TEAM_REMOVED = "team_removed"
    MODERATOR_RESPONSIBLE = "moderator_responsible"
    STAFF_DOMINATE = "staff_dominate"
    STRUCTURAL_DECLINE = "structural_decline"


class Term(StrEnum):
    """The words of the product that a method may call by another name."""

    MESA = "mesa"
    MATRIX = "matrix"
    PROBLEM = "problem"
    SOLUTION = "solution"
    COMMITMENT = "commitment"
    MEETING = "meeting"
    SESSION = "session"
    PLENARY = "plenary"
    MINUTES = "minutes"
    WORKING_GROUP = "working_group"
    ESCALATION = "escalation"
    TEAM = "team"
    LIAISON = "liaison"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a kind of meeting is held, in days. Above `longest_days` the method warns that momentum is
    lost."""

    interval_days: int
    choices_days: tuple[int, ...]
    longest_days: int

    def __post_init__(self) -> None:
        _require(0 < self.interval_days <= self.longest_days and self.interval_days in self.choices_days)


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """One kind of meeting: what it leaves behind, and the hours for objections (0: none are asked for)."""

    minutes: MinutesWeight
    objection_hours: int

    def __post_init__(self) -> None:
        _require(self.objection_hours >= 0)


@dataclass(frozen=True, slots=True)
class Topic:
    """A named subject of an axis, or a clause of an agreement; `carried_by` is a party, or empty."""

    title: Label
    carried_by: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of work; `across_mesas`: it has a lead who follows it in every mesa."""

    title: Label
    across_mesas: bool
    topics: Mapping[str, Topic]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the table, and what it brings where commitments are reciprocal."""

    title: Label
    brings: Label


@dataclass(frozen=True, slots=True)
class Body:
    """A level of participants: the parties that sit there, and who moderates."""

    title: Label
    parties: tuple[str, ...]
    moderator: str
    co_lead: str


@dataclass(frozen=True, slots=True)
class Interventions:
    """Market interventions: the policy, and what is not one although it looks like it."""

    policy: InterventionPolicy
    corrections_allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FocusLimit:
    """How many problems are in focus at a time, both ends included."""

    least: int
    most: int

    def __post_init__(self) -> None:
        _require(1 <= self.least <= self.most)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers in the rules of the light (product.md, "The light"), by rule.

    3: `answer_working_days`. 7: `undated_meetings`. 8: `silence_window_days`, `silence_red_days`. 9: `slips`.
    10: the lead is the smaller of `lead_days` and one `lead_share`-th of the span. 11: `amber_meetings`.
    """

    answer_working_days: int
    undated_meetings: int
    silence_window_days: int
    silence_red_days: int
    slips: int
    lead_days: int
    lead_share: int
    amber_meetings: int

    def __post_init__(self) -> None:
        counted = (self.answer_working_days, self.undated_meetings, self.slips, self.amber_meetings)
        _require(min(counted) >= 1 and self.lead_share >= 1 and self.lead_days >= 0)
        _require(0 <= self.silence_red_days <= self.silence_window_days)


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of the life of a mesa; `gates` are the facts without which the next does not begin."""

    id: str
    title: Label
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The steps in their order. `enforced`: a step can't begin before the one above it ended."""

    enforced: bool
    plan_change: PlanChange
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Funding:
    """What a project needs, all of it, to draw on the programme's fund; empty where there is none."""

    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The model that a mesa follows.

    `pace` is the kind of meeting whose cadence is the mesa's interval. `guards` are the codes of its
    guard-rails, with their parameters. `words` are the labels that differ from the product's own: language,
    then term.
    """

    id: str
    version: int
    title: Label
    breadth: Breadth
    reciprocal: bool
    meetings: Mapping[MeetingKind, MeetingRule]
    cadences: Mapping[MeetingKind, Cadence]
    pace: MeetingKind
    parties: Mapping[str, Party]
    bodies: Mapping[str, Body]
    axes: Mapping[str, Axis]
    interventions: Interventions
    focus: FocusLimit
    lights: Thresholds
    path: Path
    funding: Funding
    guards: Mapping[Guard, Mapping[str, int]]
    words: Mapping[str, Mapping[Term, str]]

    def __post_init__(self) -> None:
        _require(self.version >= 1)
        _require(self.pace in self.cadences and set(self.cadences) <= set(self.meetings))
        for body in self.bodies.values():
            _require({*body.parties, body.moderator, body.co_lead} - {""} <= set(self.parties))
        carriers = {topic.carried_by for axis in self.axes.values() for topic in axis.topics.values()}
        _require(carriers - {""} <= set(self.parties))

    @property
    def cadence(self) -> Cadence:
        """The mesa's own rhythm."""
        return self.cadences[self.pace]


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("out of bounds")
