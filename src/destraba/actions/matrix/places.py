"""Where a solution must be applied, and how far it has come at each place.

The solution itself shows the place that is furthest behind.
"""

from datetime import datetime

from destraba.actions.inputs import NAME, because, passage, required_line
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Place, Solution, SolutionPlace
from destraba.queries import access
from destraba.queries.matrix.evidence import PLACE_MOVES, evidence_of, required_places
from destraba.rules.permissions import Deed
from destraba.rules.solutions import TABLE as LADDER_MOVES
from destraba.rules.solutions import SolutionMove, SolutionStage, check, has_reached, lowest_stage
from destraba.values.actors import Actor
from destraba.values.errors import Conflict
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.keys import sort_key
from destraba.values.places import PlaceKind
from destraba.values.reasons import Reason


def list_place(
    *, actor: Actor, solution: Solution, name: str, kind: PlaceKind = PlaceKind.REGION, now: datetime
) -> SolutionPlace:
    """A place where the solution must be applied before the problem counts as resolved.

    A place of that name is taken from the programme's tree, or added to it. Nobody has seen the solution
    applied there yet, so it begins on paper at most.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    mesa = solution.mesa
    with recording(actor=actor, now=now, streams=[mesa.pk, mesa.programme_id]) as change:
        place = _place_named(change, solution, name, kind)
        stage = _begins_at(SolutionStage(solution.stage))
        listed = SolutionPlace.objects.filter(solution=solution, place=place, withdrawn_at=None).first()
        if listed is None:
            listed = SolutionPlace(mesa=mesa, solution=solution, place=place, stage=stage.value)
            change.create(listed, kinds.PLACE_LISTED)
        elif listed.stage == SolutionStage.DROPPED:
            change.update(listed, kinds.PLACE_LISTED, stage=stage.value)
        else:
            raise Conflict(Reason.of("place_listed", place=place.name))
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
    """Piloted, seen applied, found not applied, or no longer required at one place."""
    solution = listed.solution
    row = LADDER_MOVES.row(move)
    access.permit(actor=actor, deed=row.deed, subject=access.subject_of(solution), now=now)
    if move not in PLACE_MOVES or solution.stage == SolutionStage.DROPPED:
        raise Conflict(Reason.of("no_such_move", state=listed.stage, move=move.value))
    evidence = evidence_of(solution, observed=bool(observed_on or note))
    if refused := check(SolutionStage(listed.stage), move, reason=reason, evidence=evidence):
        raise Conflict(refused)
    changes: dict[str, object] = {"stage": row.target.value}
    if observed_on or note:
        changes |= {"observed_on": observed_on, "note": passage("note", note)}
    with recording(actor=actor, now=now, streams=[listed.mesa_id]) as change:
        change.update(listed, kinds.PLACE_ADVANCED, because(reason) if reason else "", **changes)
        _show_lowest(change, solution)
        return listed


def carry_places(change: Recording, solution: Solution, target: SolutionStage) -> None:
    """What moves the solution as a whole moves every place where it is required."""
    was = SolutionStage(solution.stage)
    climbs = was is not SolutionStage.DROPPED and has_reached(target, was)
    for listed in required_places(solution):
        if not (climbs and has_reached(SolutionStage(listed.stage), target)):
            change.update(listed, kinds.PLACE_ADVANCED, stage=target.value)


def _show_lowest(change: Recording, solution: Solution) -> None:
    lowest = lowest_stage([SolutionStage(listed.stage) for listed in required_places(solution)])
    if lowest and solution.stage not in (lowest, SolutionStage.DROPPED):
        change.update(solution, kinds.SOLUTION_ADVANCED, stage=lowest.value)


def _begins_at(stage: SolutionStage) -> SolutionStage:
    return SolutionStage.ENACTED if has_reached(stage, SolutionStage.ENACTED) else stage


def _place_named(change: Recording, solution: Solution, name: str, kind: PlaceKind) -> Place:
    said = required_line("place", name, NAME)
    known = Place.objects.filter(sort_key=sort_key(said), withdrawn_at=None).first()
    if known:
        return known
    place = Place(programme_id=solution.mesa.programme_id, name=said, kind=kind.value)
    return change.create(place, kinds.PLACE_ADDED)
