"""What people call the codes of the rules: one word or two for every member of every enumeration."""

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from destraba.models import OrganizationKind
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.rules.lights import Light
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemProgress, ProblemStage
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage
from destraba.values.places import PlaceKind
from destraba.values.visibility import Visibility

Words = str | Promise

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
    MesaState: {
        MesaState.CANDIDATE: _("Candidate"),
        MesaState.ASSESSING: _("Being assessed"),
        MesaState.LAUNCHED: _("Launched"),
        MesaState.SUSPENDED: _("Suspended"),
        MesaState.CLOSED: _("Closed"),
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
# Every column that a story may tell of, and what else a sentence names as a field.
FIELDS: Mapping[str, Words] = {
    "after": _("After"),
    "agreed_on": _("Agreed on"),
    "answered_on": _("Answered on"),
    "asked_on": _("Asked on"),
    "awaits_regulations": _("Awaits its regulations"),
    "axis": _("Axis"),
    "because": _("Reason"),
    "before": _("Before"),
    "code": _("Code"),
    "comments_until": _("Open for comments until"),
    "commitment": _("Commitment"),
    "decline_reason": _("Why it was declined"),
    "declared": _("Declared light"),
    "detail": _("Detail"),
    "done_on": _("Done on"),
    "drafted_on": _("Drafted on"),
    "drafter": _("Drafted by"),
    "due": _("Due"),
    "duplicate_of": _("Repeats"),
    "email": _("E-mail"),
    "enactment": _("Norm"),
    "ends_on": _("Until"),
    "filter_reason": _("Why it was set aside"),
    "following_since": _("Followed up since"),
    "full_name": _("Full name"),
    "goal": _("Goal"),
    "host": _("Host"),
    "importance": _("Importance"),
    "installed_on": _("Installed on"),
    "is_demo": _("For demonstration"),
    "is_horizontal": _("On a factor that many sectors share"),
    "is_invented": _("Invented"),
    "is_occasional": _("Occasional"),
    "kind": _("Kind"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "media_type": _("Type of file"),
    "method_id": _("Method"),
    "method_override": _("Adjustments to the method"),
    "method_version": _("Version of the method"),
    "name": _("Name"),
    "next_checkpoint_on": _("Next checkpoint"),
    "norm": _("Norm"),
    "note": _("Note"),
    "number": _("Number"),
    "observation": _("Observation"),
    "observed_on": _("Observed on"),
    "organization": _("Organization"),
    "origin": _("Origin"),
    "original_due": _("First date"),
    "override_because": _("Reason for the light"),
    "override_light": _("Light set by the team"),
    "override_until": _("Light set until"),
    "owner": _("Who answers"),
    "owner_organization": _("Who answers"),
    "owner_seat": _("Seat that answers"),
    "parent": _("Belongs to"),
    "person": _("Person"),
    "phone": _("Telephone"),
    "place": _("Place"),
    "prepublished_on": _("Published for comments on"),
    "problem": _("Problem"),
    "published_on": _("In the gazette on"),
    "raised_by": _("Raised by"),
    "rank": _("Rank of the norm"),
    "replaced_by": _("Replaced by"),
    "reported_on": _("Reported done on"),
    "revision": _("Version"),
    "role": _("Role"),
    "said_on": _("Said on"),
    "seat": _("Seat"),
    "signed_on": _("Signed on"),
    "situation": _("Current situation"),
    "size": _("Size"),
    "slips": _("Times it was moved"),
    "slug": _("Address"),
    "solution": _("Solution"),
    "speed": _("Speed"),
    "stage": _("Stage"),
    "stands_for_many": _("Stands for many"),
    "starts_on": _("From"),
    "state": _("State"),
    "state_because": _("Why it stands so"),
    "time_zone": _("Time zone"),
    "title": _("Title"),
    "visibility": _("Who may see it"),
    "waits_for_commitment": _("Waits for"),
    "waits_for_organization": _("Waits for"),
    "withdrawn_at": _("Withdrawn on"),
}


def label(member: Enum) -> str:
    """The words for a member of one of the enumerations. Raises KeyError for one without words."""
    return str(LABELS[type(member)][member.value])


def label_of(code: str) -> str:
    """The words for a bare code in a reason's parameters: a light, a state, a field; itself if unknown."""
    for enum in (Light, CommitmentState, ProblemStage, SolutionStage, MesaState):
        if code in LABELS[enum]:
            return str(LABELS[enum][code])
    return str(FIELDS.get(code, code))


def choices(enum: type[Enum]) -> list[tuple[str, str]]:
    """(value, words) of each member, in the order of the enumeration."""
    return [(member.value, label(member)) for member in enum]
