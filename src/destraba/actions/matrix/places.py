"""Where a solution must be applied, and how far it has come at each place.

The solution itself shows the place that is furthest behind.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from destraba.actions.inputs import NAME, because, passage, required_line
from destraba.actions.matrix.problems import unresolve
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Place, Solution, SolutionPlace
from destraba.queries import access
from destraba.queries.matrix.evidence import PLACE_MOVES, evidence_of, required_places
from destraba.queries.matrix.solutions.places import place_named
from destraba.rules.permissions import Deed
from destraba.rules.solutions import TABLE as LADDER_MOVES
from destraba.rules.solutions import (
    SolutionMove,
    SolutionStage,
    check,
    check_place,
    has_reached,
    lowest_stage,
)
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.places import PlaceKind
from destraba.values.reasons import Reason


def list_place(
    *, actor: Actor, solution: Solution, name: str, kind: PlaceKind = PlaceKind.REGION, now: datetime
) -> SolutionPlace:
    """One place, as `list_places`."""
    return list_places(actor=actor, solution=solution, names=[name], kind=kind, now=now)[0]


def list_places(
    *,
    actor: Actor,
    solution: Solution,
    names: Iterable[str] = (),
    within: Place | None = None,
    kind: PlaceKind = PlaceKind.REGION,
    parent: Place | None = None,
    now: datetime,
) -> list[SolutionPlace]:
    """Where the solution must be applied before the problem counts as resolved, in one change set.

    Places of these names are taken from the programme's tree, or added to it as a `kind` that lies in
    `parent`; `within` takes all that lie in a place. What is listed already stays as it is, unless nothing
    else is named. Nobody has seen the solution applied there yet, so it begins on paper at most.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    mesa = solution.mesa
    with recording(actor=actor, now=now, streams=[mesa.pk, mesa.programme_id]) as change:
        places = [_place_named(change, solution, name, kind, parent) for name in names]
        if within:
            places += within.children.filter(withdrawn_at=None).order_by("sort_key")
        if not places:
            raise Invalid(Reason.of("places_missing"))
        places = list({place.pk: place for place in places}.values())
        listed = [one for place in places if (one := _listed(change, solution, place))]
        if not listed:
            raise Conflict(Reason.of("place_listed", place=places[0].name))
        _show_lowest(change, solution)
        return listed


def advance_place(
    *,
    actor: Actor,
    listed: SolutionPlace,
    move: SolutionMove,
    observed_on: FuzzyDate | None = None,
    note: str = "",
    reason: str = "",
    now: datetime,
) -> SolutionPlace:
    """One place, as `advance_places`."""
    told = advance_places(
        actor=actor, listed=[listed], move=move, observed_on=observed_on, note=note, reason=reason, now=now
    )
    return told[0]


def advance_places(
    *,
    actor: Actor,
    listed: Sequence[SolutionPlace],
    move: SolutionMove,
    observed_on: FuzzyDate | None = None,
    note: str = "",
    reason: str = "",
    now: datetime,
) -> list[SolutionPlace]:
    """Piloted, seen applied, found not applied, or no longer required: the same of several places of one
    solution, by what was seen once. All of them move, or none."""
    if not listed:
        raise Invalid(Reason.of("places_unticked"))
    solution = listed[0].solution
    row = LADDER_MOVES.row(move)
    access.permit(actor=actor, deed=row.deed, subject=access.subject_of(solution), now=now)
    _check_advance(solution, listed, move, reason, observed=bool(observed_on or note))
    changes: dict[str, object] = {"stage": row.target.value}
    if observed_on or note:
        changes |= {"observed_on": observed_on, "note": passage("note", note)}
    said = because(reason) if reason else ""
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        for one in listed:
            change.update(one, kinds.PLACE_ADVANCED, said, **changes)
        _show_lowest(change, solution, said)
        return list(listed)


def carry_places(
    change: Recording, solution: Solution, target: SolutionStage, *, seen_anew: bool = False
) -> None:
    """What moves the solution as a whole moves every place where it is required.

    `seen_anew`: what was seen there was another version's.
    """
    was = SolutionStage(solution.stage)
    climbs = was is not SolutionStage.DROPPED and has_reached(target, was)
    forgotten = {"observed_on": None, "note": ""} if seen_anew else {}
    for listed in required_places(solution):
        if not (climbs and has_reached(SolutionStage(listed.stage), target)):
            change.update(listed, kinds.PLACE_ADVANCED, stage=target.value, **forgotten)


def _check_advance(
    solution: Solution, listed: Sequence[SolutionPlace], move: SolutionMove, reason: str, *, observed: bool
) -> None:
    if move not in PLACE_MOVES or solution.stage == SolutionStage.DROPPED:
        raise Conflict(Reason.of("no_such_move", state=listed[0].stage, move=move.value))
    evidence = evidence_of(solution, observed=observed)
    for one in listed:
        if one.solution_id != solution.pk:
            raise Invalid(Reason.of("unknown_row"))
        stage = SolutionStage(one.stage)
        refused = check_place(stage, move, one.place.name) or check(
            stage, move, reason=reason, evidence=evidence
        )
        if refused:
            raise Conflict(refused)


def _listed(change: Recording, solution: Solution, place: Place) -> SolutionPlace | None:
    """The place among those of the solution; None where it was there already."""
    stage = _begins_at(SolutionStage(solution.stage))
    listed = SolutionPlace.objects.filter(solution=solution, place=place, withdrawn_at=None).first()
    if listed is None:
        listed = SolutionPlace(mesa=solution.mesa, solution=solution, place=place, stage=stage.value)
        return change.create(listed, kinds.PLACE_LISTED)
    if listed.stage == SolutionStage.DROPPED:
        return change.update(listed, kinds.PLACE_LISTED, stage=stage.value)
    return None


def _show_lowest(change: Recording, solution: Solution, said: str = "") -> None:
    lowest = lowest_stage([SolutionStage(listed.stage) for listed in required_places(solution)])
    if lowest is None or solution.stage in (lowest, SolutionStage.DROPPED):
        return
    if solution.problem.resolved_on and not has_reached(lowest, SolutionStage.APPLIED):
        unresolve(change, solution.problem, said)
    change.update(solution, kinds.SOLUTION_ADVANCED, stage=lowest.value)


def _begins_at(stage: SolutionStage) -> SolutionStage:
    return SolutionStage.ENACTED if has_reached(stage, SolutionStage.ENACTED) else stage


def _place_named(
    change: Recording, solution: Solution, name: str, kind: PlaceKind, parent: Place | None
) -> Place:
    said = required_line("place", name, NAME)
    if known := place_named(said):
        return known
    place = Place(programme_id=solution.mesa.programme_id, name=said, kind=kind.value, parent=parent)
    return change.create(place, kinds.PLACE_ADDED)
