"""What is known of a thing, line by line, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, days_apart, fuzzy
from destraba.models import Commitment, Problem
from destraba.queries import access
from destraba.queries.sentences import sentence
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
    policy_quadrant,
)
from destraba.rules.permissions import Role
from destraba.rules.priorities import Importance, Speed, quadrant
from destraba.rules.problems import FilterReason, Origin, ProblemStage
from destraba.values.numbers import commitment_number, problem_number
from destraba.values.reasons import Reason
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
        _stage(record),
        Fact(_("In focus"), _since(scene), _focus_before(scene)),
        Fact(_("Priority"), label(place) if place else "", _classes(importance, speed)),
        Fact(_("Axis"), record.axis),
        *_classes_of(record),
        *_kin(scene),
        Fact(_("Origin"), label(Origin(record.origin)) if record.origin else ""),
        Fact(_("Raised by"), _raised_by(record)),
        Fact(_("Last movement"), day(record.moved_at.date())),
    ]
    return [fact for fact in facts if fact.words]


def _stage(record: Problem) -> Fact:
    note = label(FilterReason(record.filter_reason)) if record.filter_reason else ""
    return Fact(_("Stage"), label(ProblemStage(record.stage)), note)


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


def _classes_of(record: Problem) -> list[Fact]:
    """How the method sorts it, as far as somebody has said."""
    of_state = label(PublicInput(record.public_input)) if record.public_input else ""
    of_firms = label(PrivateMatter(record.private_matter)) if record.private_matter else ""
    whose = ". ".join(filter(None, (of_state or of_firms, record.concern_because)))
    scope = Scope(record.scope) if record.scope else None
    instrument = Instrument(record.instrument) if record.instrument else None
    place = policy_quadrant(scope, instrument)
    half = label(instrument) if instrument else label(scope) if scope else ""
    risk = sentence(Reason.of(f"risk_{place.value}")) if place else ""
    improves = {True: _("Yes"), False: _("No"), None: ""}[record.improves_operations]
    return [
        Fact(_("Improves day-to-day operations"), improves),
        Fact(_("Whose problem"), label(Concern(record.concern)) if record.concern else "", whose),
        Fact(_("Kind of policy"), label(place) if place else half, risk),
        Fact(
            _("Coordination failure"),
            label(CoordinationFailure(record.coordination)) if record.coordination else "",
        ),
        Fact(_("Contentious"), _("Yes") if record.is_contentious else ""),
    ]


def _kin(scene: ProblemScene) -> list[Fact]:
    """The problems that it has to do with, each a line that leads there."""
    kin = scene.thing.kin
    named = [
        *((_("Repeats"), one) for one in (kin.repeats,) if one),
        *((_("Repeated by"), one) for one in kin.repeated_by),
        *((_("Inefficiency underneath"), one) for one in (kin.underlying,) if one),
        *((_("Asked for to make up for it"), one) for one in kin.requests),
    ]
    return [_other(scene, words, one) for words, one in named]


def _other(scene: ProblemScene, words: str, problem: Problem) -> Fact:
    mesa = problem.mesa.name if problem.mesa_id != scene.mesa.pk else ""
    number = problem_number(problem.number)
    href = reverse("problem", args=[problem.mesa.slug, problem.number])
    return Fact(words, ", ".join(filter(None, (number, mesa))), problem.title, href)


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
        _funding(scene),
        Fact(_("Version"), str(record.revision) if record.revision > 1 else ""),
        Fact(_("Last movement"), day(record.moved_at.date())),
    ]
    return [fact for fact in facts if fact.words]


def facts_of_commitment(scene: CommitmentScene) -> list[Fact]:
    thing, record = scene.thing, scene.thing.record
    facts = [
        _problem(scene.mesa.slug, record.problem),
        _solution(scene.mesa.slug, record),
        _part_of(scene),
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


def _part_of(scene: CommitmentScene) -> Fact:
    """The commitment that was shared out, where this is one part of it."""
    whole = scene.thing.record.part_of
    if whole is None or not access.may_see(scene.viewer, whole, whole.problem, whole.solution):
        return Fact(_("Part of"), "")
    address = reverse("commitment", args=[scene.mesa.slug, whole.number])
    return Fact(_("Part of"), commitment_number(whole.number), href=address)


def _funding(scene: SolutionScene) -> Fact:
    """Who pays, by when a budget must be asked for, and what else waits for money."""
    record = scene.thing.record
    if not record.funding:
        return Fact(_("Funding"), "")
    window = record.budget_window_on
    note = ""
    if window:
        said = {"day": day(window), "distance": days_apart((window - scene.today).days)}
        note = _("budget to be asked for by %(day)s, %(distance)s") % said
    waits = record.funding == Funding.UNFUNDED
    href = reverse("funding", args=[scene.mesa.slug]) if waits else ""
    return Fact(_("Funding"), label(Funding(record.funding)), note, href)


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
        return _("stands for many"), ""
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
