"""One sentence at the head of a page: what the thing needs now, from whoever reads it if that can be."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy, number
from destraba.queries.matrix.rows import AnyCommitment, ProblemRow
from destraba.queries.sentences import sentence
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.enactments import Station, days_unapplied
from destraba.rules.permissions import Deed
from destraba.rules.problems import ProblemProgress, ProblemStage
from destraba.rules.solutions import SolutionStage, has_reached
from destraba.values.numbers import commitment_number
from destraba.web.grid import why, within
from destraba.web.things.scenes import CommitmentScene, ProblemScene, SolutionScene

_TROUBLED = (Light.RED, Light.AMBER)
_PLACES_NAMED = 4
_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence with, perhaps, one noun that leads on: `before`, the linked `words`, `after`."""

    before: str
    words: str = ""
    href: str = ""
    after: str = ""


def linked(said: str, words: str, href: str, **params: object) -> Need:
    """A sentence in which `%(link)s` stands for words that lead on."""
    before, _mark, after = (said % {**params, "link": _MARK}).partition(_MARK)
    return Need(before, words, href, after)


def need_of_problem(scene: ProblemScene) -> Need:
    record, row = scene.thing.record, scene.thing.row
    stage = ProblemStage(record.stage)
    if row is None:
        return Need(_("It was taken back; its story stays."))
    if stage is ProblemStage.RAISED:
        if scene.may(Deed.ACCEPT):
            return Need(_("It waits for you: accept it, or say why it is set aside."))
        return Need(_("It waits for the team, which accepts it or says why not."))
    if stage is not ProblemStage.ACCEPTED:
        return Need(_("It is set aside: nothing is asked of anyone until it is reopened."))
    if row.sum.worst and row.sum.worst.light in _TROUBLED:
        return _trouble(scene.mesa.slug, row.sum.worst)
    return _of_progress(scene, row)


def need_of_solution(scene: SolutionScene) -> Need:
    thing = scene.thing
    stage = SolutionStage(thing.record.stage)
    if thing.record.withdrawn_at:
        return Need(_("It was taken back; its story stays."))
    if stage is SolutionStage.DROPPED:
        return Need(_("It was dropped; it can be taken up again."))
    if stage is SolutionStage.PROPOSED:
        return Need(_("It is a proposal: nobody has agreed to it yet."))
    if waiting := _waiting_norm(scene, stage):
        return waiting
    troubled = [one for one in thing.commitments if one.light in _TROUBLED]
    if troubled:
        return _trouble(scene.mesa.slug, min(troubled, key=lambda one: _TROUBLED.index(one.light)))
    return Need(_gap(scene, stage) or _of_stage(stage))


def _gap(scene: SolutionScene, stage: SolutionStage) -> str:
    """A norm that is in force and not applied, for how long, and where; blank where there is no such gap."""
    days = days_unapplied(scene.in_force_since, stage, scene.today)
    if scene.in_force_since is None or not days:
        return ""
    params = {"since": fuzzy(scene.in_force_since), "days": number(days)}
    missing = [
        one.place.name
        for one in scene.thing.places
        if one.stage != SolutionStage.DROPPED
        and not has_reached(SolutionStage(one.stage), SolutionStage.APPLIED)
    ]
    if not missing:
        said = ngettext(
            "In force since %(since)s, and nobody has seen it applied for %(days)s day.",
            "In force since %(since)s, and nobody has seen it applied for %(days)s days.",
            days,
        )
        return said % params
    said = ngettext(
        "In force since %(since)s, and for %(days)s day not applied in %(places)s.",
        "In force since %(since)s, and for %(days)s days not applied in %(places)s.",
        days,
    )
    named = ", ".join(missing[:_PLACES_NAMED]) + ("…" if len(missing) > _PLACES_NAMED else "")
    return said % {**params, "places": named}


def _waiting_norm(scene: SolutionScene, stage: SolutionStage) -> Need | None:
    """A norm that somebody keeps waiting is what holds a solution up, until it is in force."""
    standing = scene.standing
    if standing is None or has_reached(stage, SolutionStage.ENACTED) or standing.station is Station.DRAFT:
        return None
    return Need(_("The norm: %(standing)s.") % {"standing": sentence(standing.reason)})


def need_of_commitment(scene: CommitmentScene) -> Need:
    record = scene.thing.record
    state = CommitmentState(record.state)
    if record.withdrawn_at:
        return Need(_("It was taken back; its story stays."))
    if scene.thing.asks:
        if scene.may(Deed.EDIT_MATRIX):
            return Need(_("Its owner asks you for something: grant it, or say why not."))
        return Need(_("Its owner asked the team for something, which has not answered yet."))
    if state is CommitmentState.ASKED:
        return Need(_asked(scene))
    if state is CommitmentState.REPORTED_DONE:
        if scene.may(Deed.ACCEPT):
            return Need(
                _("Its owner says that it is done: confirm it, or send it back and say what is missing.")
            )
        return Need(_("Its owner says that it is done; the team has not confirmed it yet."))
    if scene.thing.parts:
        done = sum(row.state == CommitmentState.DONE for row in scene.thing.parts)
        said = ngettext(
            "It was shared out: %(done)s of %(count)s part is done.",
            "It was shared out: %(done)s of %(count)s parts are done.",
            len(scene.thing.parts),
        )
        return Need(said % {"done": done, "count": len(scene.thing.parts)})
    if state is CommitmentState.DECLINED:
        return Need(_("Its owner declined. It can be asked again, replaced, or taken one level up."))
    if state is CommitmentState.AGREED:
        return Need(_agreed(scene))
    return Need(_("It is settled: nothing is expected of anyone."))


def _trouble(slug: str, row: AnyCommitment) -> Need:
    """The commitment that holds everything up, why, and who answers for it."""
    light, reason = label(row.light).lower(), within(why(row))
    said = (
        _("%(link)s is %(light)s. %(owner)s answers for it.")
        if row.owner
        else _("%(link)s is %(light)s. Nobody answers for it.")
    )
    return linked(
        said,
        commitment_number(row.number),
        reverse("commitment", args=[slug, row.number]),
        light=f"{light}: {reason}" if reason else light,
        owner=row.owner,
    )


def _of_progress(scene: ProblemScene, row: ProblemRow) -> Need:
    if not row.solutions:
        if scene.may(Deed.PROPOSE_SOLUTION):
            return Need(_("Nobody has proposed a solution yet: write down the first one."))
        return Need(_("Nobody has proposed a solution yet."))
    match row.progress:
        case ProblemProgress.NONE:
            return Need(_("No solution has been agreed on yet."))
        case ProblemProgress.ON_PAPER:
            return Need(_("The norm is there, and nobody has seen it applied yet: it is not resolved."))
        case ProblemProgress.APPLIED:
            return Need(_("It is applied. Is the problem gone? Whoever raised it knows."))
        case ProblemProgress.RESOLVED:
            return Need(_("It is resolved."))
    if not row.commitments:
        return Need(_("Nobody has committed to anything yet: ask for the first step."))
    return Need(_("Nothing needs you here now."))


def _of_stage(stage: SolutionStage) -> str:
    match stage:
        case SolutionStage.ENACTED | SolutionStage.PILOTED:
            return _("The norm is there. Is it applied? Whoever is on the ground knows.")
        case SolutionStage.APPLIED:
            return _(
                "It is applied. Does it work? Two private organizations, or a measure, would say so. "
                "If it does not, revise it."
            )
        case SolutionStage.EFFECTIVE:
            return _("It works.")
        case _:
            return _("Nothing needs you here now.")


def _asked(scene: CommitmentScene) -> str:
    record = scene.thing.record
    if record.owner_organization_id is None:
        return _("Nobody answers for it yet: say who.")
    if scene.may(Deed.ANSWER_COMMITMENT) and not scene.may(Deed.FOLLOW_UP):
        return _("You are asked: agree, or say what stands in the way.")
    said = _("%(owner)s was asked on %(day)s and has not answered yet.")
    return said % {"owner": record.owner_organization, "day": day(record.asked_on)}


def _agreed(scene: CommitmentScene) -> str:
    record = scene.thing.record
    if record.owner_organization_id is None:
        return _("Nobody answers for it: say who.")
    if record.stands_for_many:
        return _("Its owner stands for many, and nobody can be reminded: ask each one for its part.")
    if record.due_on is None:
        return _("It has no date: ask for one.")
    if scene.today > record.due_on:
        return _("It was due on %(day)s: is it done?") % {"day": day(record.due_on)}
    if record.due_on - scene.today <= timedelta(days=14):
        return _("It is due on %(day)s: how does it go?") % {"day": day(record.due_on)}
    return _("Nothing needs you here now.")
