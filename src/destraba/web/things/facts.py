"""What is known of a thing, line by line, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, days_apart, fuzzy
from destraba.models import Commitment, Problem
from destraba.queries import access
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.rules.permissions import Role
from destraba.rules.priorities import Importance, Speed, quadrant
from destraba.rules.problems import FilterReason, Origin, ProblemStage
from destraba.values.numbers import commitment_number, problem_number
from destraba.web.things.scenes import CommitmentScene, ProblemScene, SolutionScene


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what, in words, and under it what else belongs to it."""

    label: str
    words: str
    note: str = ""
    href: str = ""


def facts_of_problem(scene: ProblemScene) -> list[Fact]:
    record = scene.thing.record
    importance = Importance(record.importance) if record.importance else None
    speed = Speed(record.speed) if record.speed else None
    place = quadrant(importance, speed)
    facts = [
        _stage(scene, record),
        Fact(_("In focus"), _since(scene), _focus_before(scene)),
        Fact(_("Priority"), label(place) if place else "", _classes(importance, speed)),
        Fact(_("Axis"), record.axis),
        Fact(_("Origin"), label(Origin(record.origin)) if record.origin else ""),
        Fact(_("Raised by"), _raised_by(record)),
        Fact(_("Last movement"), day(record.moved_at.date())),
    ]
    return [fact for fact in facts if fact.words]


def _stage(scene: ProblemScene, record: Problem) -> Fact:
    note, href = "", ""
    if record.filter_reason:
        note = label(FilterReason(record.filter_reason))
    if record.duplicate_of:
        number = record.duplicate_of.number
        note = _("Repeats %(number)s") % {"number": problem_number(number)}
        href = reverse("problem", args=[scene.mesa.slug, number])
    return Fact(_("Stage"), label(ProblemStage(record.stage)), note, href)


def _since(scene: ProblemScene) -> str:
    focus = scene.thing.focus
    return _("since %(day)s") % {"day": day(focus.starts_on)} if focus else ""


def _focus_before(scene: ProblemScene) -> str:
    """How much of the mesa's focus is taken."""
    if scene.thing.focus is None:
        return ""
    counts = {"count": scene.thing.in_focus, "most": scene.thing.focus_limit.most}
    return _("%(count)s of at most %(most)s") % counts


def _classes(importance: Importance | None, speed: Speed | None) -> str:
    said = []
    if importance:
        said.append(_("importance: %(level)s") % {"level": label(importance).lower()})
    if speed:
        said.append(_("speed: %(level)s") % {"level": label(speed).lower()})
    return ", ".join(said)


def _raised_by(record: Problem) -> str:
    return record.raised_by.organization.name if record.raised_by else ""


def facts_of_solution(scene: SolutionScene) -> list[Fact]:
    record = scene.thing.record
    facts = [
        _problem(scene.mesa.slug, record.problem),
        Fact(_("Before"), record.before.text if record.before else ""),
        Fact(_("Now"), record.after.text if record.after else ""),
        Fact(_("Goal"), record.goal.text if record.goal else ""),
        Fact(
            _("Seen applied"),
            fuzzy(record.observed_on) if record.observed_on else record.observation,
            record.observation if record.observed_on else "",
        ),
        Fact(
            _("Who says that it works"), ", ".join(one.organization.name for one in scene.thing.confirmations)
        ),
        Fact(_("Version"), str(record.revision) if record.revision > 1 else ""),
        Fact(_("Last movement"), day(record.moved_at.date())),
    ]
    return [fact for fact in facts if fact.words]


def facts_of_commitment(scene: CommitmentScene) -> list[Fact]:
    thing, record = scene.thing, scene.thing.record
    facts = [
        _problem(scene.mesa.slug, record.problem),
        _solution(scene.mesa.slug, record),
        Fact(_("State"), label(CommitmentState(record.state)), _state_note(record)),
        Fact(_("Who answers"), _owner(record), *_holders(scene)),
        Fact(_("Who helps"), ", ".join(one.name for one in thing.helpers)),
        Fact(_("Due"), fuzzy(record.due) if record.due else "", _distance(scene)),
        Fact(_("First date"), *_slips(record)),
        Fact(_("Waits for"), *_waits(scene)),
        Fact(_("Asked on"), day(record.asked_on)),
        Fact(_("Agreed on"), day(record.agreed_on) if record.agreed_on else ""),
        Fact(_("Starts on"), day(record.starts_on) if record.starts_on else ""),
        Fact(_("Reported done on"), day(record.reported_on) if record.reported_on else ""),
        Fact(_("Done on"), day(record.done_on) if record.done_on else ""),
        Fact(_("Last word from its owner"), day(record.last_word_on) if record.last_word_on else ""),
        Fact(_("Next checkpoint"), day(record.next_checkpoint_on) if record.next_checkpoint_on else ""),
    ]
    return [fact for fact in facts if fact.words]


def _problem(slug: str, problem: Problem) -> Fact:
    return Fact(_("Problem"), problem.title, href=reverse("problem", args=[slug, problem.number]))


def _solution(slug: str, record: Commitment) -> Fact:
    if record.solution is None:
        return Fact(_("Solution"), "")
    address = reverse("solution", args=[slug, record.problem.number, record.solution.number])
    return Fact(_("Solution"), record.solution.title, href=address)


def _state_note(record: Commitment) -> str:
    said = [record.state_because]
    if record.decline_reason:
        said.insert(0, label(DeclineReason(record.decline_reason)))
    if record.replaced_by:
        said.insert(0, commitment_number(record.replaced_by.number))
    return ". ".join(one for one in said if one)


def _owner(record: Commitment) -> str:
    if record.owner_organization is None:
        return _("nobody yet")
    if record.owner_seat:
        post = record.owner_seat.title or label(Role(record.owner_seat.role))
        return f"{record.owner_organization.name}, {post}"
    return record.owner_organization.name


def _holders(scene: CommitmentScene) -> tuple[str, str]:
    """Who sits for the owner; where nobody does, the way to the page that says so."""
    thing = scene.thing
    if thing.record.owner_organization_id is None:
        return "", ""
    if thing.record.stands_for_many:
        return _("stands for many: say which one"), ""
    names = [seat.holder for seat in thing.owner_seats if seat.holder]
    if names:
        return ", ".join(names), ""
    return _("nobody sits for it here yet"), reverse("people", args=[scene.mesa.slug])


def _slips(record: Commitment) -> tuple[str, str]:
    """The date that was agreed first stays visible for ever."""
    if not record.slips or record.original_due is None:
        return "", ""
    moved = ngettext("moved %(times)s time since", "moved %(times)s times since", record.slips)
    return fuzzy(record.original_due), moved % {"times": record.slips}


def _distance(scene: CommitmentScene) -> str:
    record = scene.thing.record
    if record.due_on is None or record.state not in (CommitmentState.ASKED, CommitmentState.AGREED):
        return ""
    return days_apart((record.due_on - scene.today).days)


def _waits(scene: CommitmentScene) -> tuple[str, str, str]:
    """What it waits for, whether that is settled, and where that is."""
    record = scene.thing.record
    if other := record.waits_for_commitment:
        if not access.may_see(scene.viewer, other, other.problem, other.solution):
            return commitment_number(other.number), "", ""
        href = reverse("commitment", args=[scene.mesa.slug, other.number])
        return commitment_number(other.number), label(CommitmentState(other.state)), href
    return (record.waits_for_organization.name if record.waits_for_organization else ""), "", ""
