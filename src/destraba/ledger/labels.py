"""What people call the codes of the rules: one word or two for every member of every enumeration."""

from collections.abc import Mapping
from enum import Enum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from destraba.ledger.field_names import FIELDS, Words
from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models import OrganizationKind
from destraba.rules.accounts import Key
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PolicyQuadrant,
    PrivateMatter,
    PublicInput,
    Scope,
    YesNo,
)
from destraba.rules.matrix.shelves import Shelf
from destraba.rules.meetings import EntryKind, ItemState, MeetingState, Presence
from destraba.rules.mesas import MesaState
from destraba.rules.minutes import MinutesState, ObjectionState
from destraba.rules.permissions import Role
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemProgress, ProblemStage
from destraba.rules.programme.cadence import Pulse
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage
from destraba.values.actors import Via
from destraba.values.places import PlaceKind
from destraba.values.visibility import Visibility

# By class first: members of two string enumerations are equal where their codes are.
LABELS: Mapping[type[Enum], Mapping[str, Words]] = {
    Light: {
        Light.DONE: _("Done"),
        Light.GREEN: _("Green"),
        Light.AMBER: _("Amber"),
        Light.RED: _("Red"),
        Light.GREY: _("Grey"),
        Light.WAITING: _("Waiting"),
        Light.NONE: _("No light"),
    },
    ProblemStage: {
        ProblemStage.RAISED: _("Raised"),
        ProblemStage.ACCEPTED: _("Accepted"),
        ProblemStage.FILTERED_OUT: _("Filtered out"),
        ProblemStage.PARKED: _("Parked"),
        ProblemStage.TRANSFERRED: _("Transferred"),
        ProblemStage.WITHDRAWN: _("Withdrawn"),
    },
    SolutionStage: {
        SolutionStage.PROPOSED: pgettext_lazy("solution", "Proposed"),
        SolutionStage.AGREED: pgettext_lazy("solution", "Agreed"),
        SolutionStage.IN_PROGRESS: pgettext_lazy("solution", "In progress"),
        SolutionStage.ENACTED: pgettext_lazy("solution", "Enacted"),
        SolutionStage.PILOTED: pgettext_lazy("solution", "Piloted"),
        SolutionStage.APPLIED: pgettext_lazy("solution", "Applied"),
        SolutionStage.EFFECTIVE: pgettext_lazy("solution", "Effective"),
        SolutionStage.DROPPED: pgettext_lazy("solution", "Dropped"),
    },
    CommitmentState: {
        CommitmentState.ASKED: pgettext_lazy("commitment", "Asked"),
        CommitmentState.AGREED: pgettext_lazy("commitment", "Agreed"),
        CommitmentState.DECLINED: pgettext_lazy("commitment", "Declined"),
        CommitmentState.REPORTED_DONE: pgettext_lazy("commitment", "Reported done"),
        CommitmentState.DONE: pgettext_lazy("commitment", "Done"),
        CommitmentState.CANCELLED: pgettext_lazy("commitment", "Cancelled"),
        CommitmentState.REPLACED: pgettext_lazy("commitment", "Replaced"),
    },
    AnswerKind: {
        AnswerKind.DONE: pgettext_lazy("answer", "Done"),
        AnswerKind.PROGRESS: pgettext_lazy("answer", "It moves"),
        AnswerKind.SAME: pgettext_lazy("answer", "Still the same"),
        AnswerKind.WAITS: pgettext_lazy("answer", "It waits for somebody"),
        AnswerKind.OTHER_DATE: pgettext_lazy("answer", "Another date"),
        AnswerKind.NOT_MINE: pgettext_lazy("answer", "It is not mine"),
    },
    AnswerState: {
        AnswerState.TOLD: pgettext_lazy("answer", "Told"),
        AnswerState.OPEN: pgettext_lazy("answer", "Waits for the team"),
        AnswerState.GRANTED: pgettext_lazy("answer", "Granted"),
        AnswerState.REFUSED: pgettext_lazy("answer", "Refused"),
        AnswerState.OVERTAKEN: pgettext_lazy("answer", "Overtaken"),
    },
    MeetingState: {
        MeetingState.DRAFT: pgettext_lazy("meeting", "Draft"),
        MeetingState.CALLED: pgettext_lazy("meeting", "Called"),
        MeetingState.IN_PROGRESS: pgettext_lazy("meeting", "In progress"),
        MeetingState.CLOSED: pgettext_lazy("meeting", "Closed"),
        MeetingState.CANCELLED: pgettext_lazy("meeting", "Cancelled"),
    },
    MeetingKind: {
        MeetingKind.SESSION: _("Session"),
        MeetingKind.BILATERAL: _("Bilateral meeting"),
        MeetingKind.MULTILATERAL: _("Multilateral meeting"),
        MeetingKind.PUBLIC_ONLY: _("Meeting of the public side"),
        MeetingKind.PLENARY: _("Plenary"),
        MeetingKind.WORKING_GROUP: _("Working group"),
        MeetingKind.PRELIMINARY: _("Preliminary meeting"),
        MeetingKind.INTERVIEW: _("Diagnostic interview"),
        MeetingKind.VALIDATION: _("Validation meeting"),
        MeetingKind.HIGH_LEVEL: _("High-level meeting"),
    },
    Presence: {
        Presence.PRESENT: _("Present"),
        Presence.SUBSTITUTE: _("Substitute"),
        Presence.EXCUSED: _("Excused"),
        Presence.ABSENT: _("Absent"),
    },
    ItemState: {
        ItemState.PLANNED: pgettext_lazy("item", "To be taken up"),
        ItemState.TAKEN: pgettext_lazy("item", "Taken up"),
        ItemState.NOT_REACHED: pgettext_lazy("item", "Not reached"),
    },
    EntryKind: {
        EntryKind.NOTE: pgettext_lazy("entry", "Note"),
        EntryKind.DECISION: pgettext_lazy("entry", "Decision"),
    },
    MinutesWeight: {
        MinutesWeight.NOTE: _("Private note"),
        MinutesWeight.ACUERDOS: _("Acuerdos"),
        MinutesWeight.ACTA: _("Acta"),
    },
    MinutesState: {
        MinutesState.DRAFT: pgettext_lazy("minutes", "Draft"),
        MinutesState.CIRCULATED: pgettext_lazy("minutes", "Circulated"),
        MinutesState.APPROVED: pgettext_lazy("minutes", "Approved"),
        MinutesState.PUBLISHED: pgettext_lazy("minutes", "Published"),
    },
    ObjectionState: {
        ObjectionState.OPEN: pgettext_lazy("objection", "To be answered"),
        ObjectionState.TAKEN_UP: pgettext_lazy("objection", "Taken up"),
        ObjectionState.REFUSED: pgettext_lazy("objection", "Refused"),
    },
    MesaState: {
        MesaState.CANDIDATE: _("Candidate"),
        MesaState.ASSESSING: _("Being assessed"),
        MesaState.LAUNCHED: _("Launched"),
        MesaState.SUSPENDED: _("Suspended"),
        MesaState.CLOSED: _("Closed"),
    },
    Pulse: {
        Pulse.STALLED: pgettext_lazy("mesa", "Stands still"),
        Pulse.LATE: pgettext_lazy("mesa", "Late"),
        Pulse.NOT_MEETING_YET: pgettext_lazy("mesa", "Not meeting yet"),
        Pulse.ON_TIME: pgettext_lazy("mesa", "On time"),
        Pulse.QUIET: pgettext_lazy("mesa", "Quiet"),
        Pulse.SUSPENDED: pgettext_lazy("mesa", "Suspended"),
        Pulse.CLOSED: pgettext_lazy("mesa", "Closed"),
    },
    ProblemProgress: {
        ProblemProgress.NONE: _("No progress"),
        ProblemProgress.UNDER_WAY: _("Under way"),
        ProblemProgress.ON_PAPER: _("On paper"),
        ProblemProgress.APPLIED: _("Applied on the ground"),
        ProblemProgress.RESOLVED: _("Resolved"),
    },
    OpinionState: {
        OpinionState.ASKED: _("Asked, no answer yet"),
        OpinionState.FAVOURABLE: _("Favourable"),
        OpinionState.UNFAVOURABLE: _("Unfavourable"),
    },
    Importance: {
        Importance.HIGH: pgettext_lazy("importance", "High"),
        Importance.MEDIUM: pgettext_lazy("importance", "Medium"),
        Importance.LOW: pgettext_lazy("importance", "Low"),
    },
    Speed: {
        Speed.QUICK: pgettext_lazy("speed", "Quick"),
        Speed.MEDIUM: pgettext_lazy("speed", "Medium"),
        Speed.SLOW: pgettext_lazy("speed", "Slow"),
    },
    Quadrant: {
        Quadrant.IMPORTANT_AND_QUICK: _("Important and quick"),
        Quadrant.IMPORTANT: _("Important"),
        Quadrant.QUICK: _("Quick"),
        Quadrant.NEITHER: _("Neither important nor quick"),
    },
    FilterReason: {
        FilterReason.DECLARATORY: _("Merely declaratory"),
        FilterReason.COMPENSATES_INEFFICIENCY: _("Compensates an inefficiency"),
        FilterReason.YOUR_PROBLEM: _("“Your problem”"),
        FilterReason.OUT_OF_SCOPE: _("Out of scope"),
        FilterReason.DUPLICATE: _("Repeats another"),
    },
    Origin: {
        Origin.INITIAL_LIST: _("Initial list"),
        Origin.AROSE_IN_EXECUTION: _("Arose in execution"),
        Origin.NEWLY_ARTICULATED: _("Newly articulated"),
    },
    YesNo: {
        YesNo.YES: _("Yes"),
        YesNo.NO: _("No"),
    },
    Shelf: {
        Shelf.FOCUS: _("In focus"),
        Shelf.RAISED: _("Raised, to be accepted"),
        Shelf.OPEN: _("Open"),
        Shelf.APPLIED: _("Applied on the ground"),
        Shelf.ASIDE: _("Set aside"),
    },
    Concern: {
        Concern.MINE: _("“My problem” (the state's)"),
        Concern.YOURS: _("“Your problem” (the firms')"),
    },
    PublicInput: {
        PublicInput.RED_TAPE: _("Less red tape"),
        PublicInput.FITTING_REGULATION: _("Regulation that fits the sector"),
        PublicInput.REGULATORY_GAP: _("A gap in regulation filled"),
        PublicInput.MARKET_ACCESS: _("Requirements of export markets"),
        PublicInput.COMPLEMENTARY_INTERVENTION: _("A complementary public action"),
        PublicInput.PUBLIC_ENTITY: _("A public body made or mended"),
        PublicInput.INFRASTRUCTURE: _("Public infrastructure"),
        PublicInput.INNOVATION_INCENTIVE: _("Incentives to innovate"),
        PublicInput.TRAINING: _("Training for the sector"),
        PublicInput.FINANCE_ACCESS: _("Access to finance"),
        PublicInput.MEDIATION: _("Mediation between parties"),
    },
    PrivateMatter: {
        PrivateMatter.OPPORTUNITY: _("Business opportunity"),
        PrivateMatter.PRODUCT_DESIGN: _("Product design"),
        PrivateMatter.PRICING: _("Pricing"),
        PrivateMatter.COMPETITION: _("Competition"),
        PrivateMatter.MARKET_INPUT: _("Inputs that the market provides"),
    },
    Scope: {
        Scope.HORIZONTAL: _("Horizontal"),
        Scope.VERTICAL: _("Vertical"),
    },
    Instrument: {
        Instrument.PUBLIC_INPUT: _("Public input"),
        Instrument.MARKET_INTERVENTION: _("Market intervention"),
    },
    PolicyQuadrant: {
        PolicyQuadrant.HORIZONTAL_INPUT: _("Horizontal public input"),
        PolicyQuadrant.VERTICAL_INPUT: _("Vertical public input"),
        PolicyQuadrant.HORIZONTAL_INTERVENTION: _("Horizontal market intervention"),
        PolicyQuadrant.VERTICAL_INTERVENTION: _("Vertical market intervention"),
    },
    CoordinationFailure: {
        CoordinationFailure.PUBLIC_PRIVATE: _("Public and private"),
        CoordinationFailure.DUPLICITY: _("Public bodies do the same twice"),
        CoordinationFailure.IMPLEMENTATION_GAP: _("Public bodies leave a gap between norm and practice"),
        CoordinationFailure.COMPLEMENT_MISSING: _("A public body's part is missing"),
        CoordinationFailure.PRIVATE_PRIVATE: _("Private among themselves"),
    },
    Funding: {
        Funding.NONE_NEEDED: _("Needs no funding"),
        Funding.BUDGET: _("From a budget"),
        Funding.FUND: _("From a fund"),
        Funding.UNFUNDED: _("Identified, but unfunded"),
    },
    DeclineReason: {
        DeclineReason.MANDATE: _("Not in our mandate"),
        DeclineReason.BUDGET: _("No budget"),
        DeclineReason.NEEDS_OPINION: _("Needs another agency's opinion"),
    },
    EnactmentRank: {
        EnactmentRank.LAW: _("Law"),
        EnactmentRank.SUPREME_DECREE: _("Supreme decree"),
        EnactmentRank.MINISTERIAL_RESOLUTION: _("Ministerial resolution"),
        EnactmentRank.DIRECTORIAL_RESOLUTION: _("Directorial resolution"),
        EnactmentRank.GUIDELINE: _("Guideline"),
        EnactmentRank.PROTOCOL: _("Protocol"),
        EnactmentRank.NONE_NEEDED: _("No norm needed"),
    },
    Via: {
        Via.WEB: _("On screen"),
        Via.API: _("Through another program"),
        Via.LINK: _("By mailed link"),
        Via.IMPORT: _("From a spreadsheet"),
        Via.COMMAND: _("At the command line"),
        Via.JOB: _("By the clock"),
    },
    Visibility: {
        Visibility.TEAM: _("Team only"),
        Visibility.MESA: _("The mesa"),
        Visibility.PUBLIC: _("Public"),
    },
    PlaceKind: {
        PlaceKind.COUNTRY: _("Country"),
        PlaceKind.REGION: _("Region"),
        PlaceKind.PROVINCE: _("Province"),
        PlaceKind.MUNICIPALITY: _("Municipality"),
        PlaceKind.OFFICE: _("Office"),
        PlaceKind.OTHER: pgettext_lazy("place", "Other"),
    },
    Role: {
        Role.MEMBER: _("Member"),
        Role.LIAISON: _("Liaison"),
        Role.TEAM: _("Dedicated team"),
        Role.TECHNICAL_LEADER: _("Technical leader"),
        Role.POLITICAL_LEADER: _("Political leader"),
        Role.HIGH_LEVEL: _("High-level body"),
        Role.HEAD: _("Head of the programme"),
        Role.AXIS_LEAD: _("Axis lead"),
    },
    Key: {
        Key.NONE: _("No account"),
        Key.UNUSED: _("Account not used yet"),
        Key.IN_USE: _("Has an account"),
        Key.CLOSED: _("Account closed"),
    },
    OrganizationKind: {
        OrganizationKind.MINISTRY: _("Ministry"),
        OrganizationKind.AGENCY: _("Agency"),
        OrganizationKind.REGULATOR: _("Regulator"),
        OrganizationKind.STATE_ENTERPRISE: _("State-owned enterprise"),
        OrganizationKind.REGIONAL_GOVERNMENT: _("Regional government"),
        OrganizationKind.LOCAL_GOVERNMENT: _("Local government"),
        OrganizationKind.ASSOCIATION: _("Business association"),
        OrganizationKind.FIRM: _("Firm"),
        OrganizationKind.CONCESSIONAIRE: _("Concessionaire"),
        OrganizationKind.UNION: _("Union"),
        OrganizationKind.ACADEMIA: _("Academia"),
        OrganizationKind.DEVELOPMENT_BANK: _("Development bank"),
        OrganizationKind.OTHER: _("Other"),
    },
}


def label(member: Enum) -> str:
    """The words for a member of one of the enumerations. Raises KeyError for one without words."""
    return str(LABELS[type(member)][member.value])


def label_of(code: str) -> str:
    """The words for a bare code in a reason's parameters: a light, a state, a field; itself if unknown."""
    for enum in (Light, CommitmentState, ProblemStage, SolutionStage, MesaState, EnactmentRank):
        if code in LABELS[enum]:
            return str(LABELS[enum][code])
    return str(FIELDS.get(code, code))


def choices(enum: type[Enum]) -> list[tuple[str, str]]:
    """(value, words) of each member, in the order of the enumeration."""
    return [(member.value, label(member)) for member in enum]
