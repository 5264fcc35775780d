"""Acts on problems and solutions."""

from dataclasses import replace

from destraba.actions.matrix.enactments import ask_opinion, record_opinion, track_enactment
from destraba.actions.matrix.places import advance_place, list_place
from destraba.actions.matrix.problems import (
    confirm_resolved,
    edit_problem,
    focus_problem,
    move_problem,
    raise_problem,
)
from destraba.actions.matrix.solutions import edit_solution, move_solution
from destraba.exchange.demo.stage.scene import Scene
from destraba.models import Enactment, SolutionPlace
from destraba.rules.matrix.classes import Funding
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, ProblemMove
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionMove
from destraba.values.days import day_in
from destraba.values.fuzzy_dates import read


def climb(
    scene: Scene,
    *,
    problem: int,
    move: str,
    norm: str = "",
    rank: str = "supreme_decree",
    published: str = "",
    source: str = "",
    seen: str = "",
) -> None:
    """The one solution of a problem goes up the ladder; seen applied without a norm, it needs none."""
    solution = scene.solution(problem)
    if norm:
        published_on = read(published)
        track_enactment(
            actor=scene.actor,
            solution=solution,
            rank=EnactmentRank(rank),
            norm=norm,
            published_on=replace(published_on, source=source) if published_on else None,
            now=scene.now,
        )
    elif move == SolutionMove.APPLY:
        track_enactment(actor=scene.actor, solution=solution, rank=EnactmentRank.NONE_NEEDED, now=scene.now)
    move_solution(
        actor=scene.actor, solution=solution, move=SolutionMove(move), observation=seen, now=scene.now
    )


def confirm_effect(scene: Scene, *, problem: int, by_whom: list[str], seen: str) -> None:
    """Two of those for whom it was made say that it works."""
    move_solution(
        actor=scene.actor,
        solution=scene.solution(problem),
        move=SolutionMove.CONFIRM_EFFECT,
        observation=seen,
        confirmed_by=[scene.troupe.organizations[name] for name in by_whom],
        now=scene.now,
    )


def resolve(scene: Scene, *, problem: int, note: str) -> None:
    """It is gone on the ground: applied, and somebody with the mesa says so."""
    confirm_resolved(actor=scene.actor, problem=scene.problem(problem), note=note, now=scene.now)


def rank_problem(scene: Scene, *, problem: int, importance: str, speed: str = "") -> None:
    edit_problem(
        actor=scene.actor,
        problem=scene.problem(problem),
        importance=Importance(importance),
        speed=Speed(speed) if speed else None,
        now=scene.now,
    )


def focus(scene: Scene, *, problem: int) -> None:
    focus_problem(actor=scene.actor, problem=scene.problem(problem), now=scene.now)


def filter_out(scene: Scene, *, problem: int, why: str, reason: str) -> None:
    move_problem(
        actor=scene.actor,
        problem=scene.problem(problem),
        move=ProblemMove.FILTER_OUT,
        filter_reason=FilterReason(why),
        reason=reason,
        now=scene.now,
    )


def raise_one(scene: Scene, *, title: str, detail: str, axis: str, seat: str) -> None:
    raise_problem(
        actor=scene.actor,
        mesa=scene.mesa,
        title=title,
        detail=detail,
        axis=axis,
        raised_by=scene.seat(seat),
        now=scene.now,
    )


def place(scene: Scene, *, problem: int, name: str) -> None:
    list_place(actor=scene.actor, solution=scene.solution(problem), name=name, now=scene.now)


def see_at_place(scene: Scene, *, problem: int, name: str, note: str) -> None:
    """Somebody saw the solution applied at one place."""
    listed = SolutionPlace.objects.select_related("solution__mesa", "solution__problem").get(
        solution=scene.solution(problem), place__name=name
    )
    advance_place(actor=scene.actor, listed=listed, move=SolutionMove.APPLY, note=note, now=scene.now)


def revise(scene: Scene, *, problem: int, title: str, reason: str) -> None:
    """A new version of a solution, at which work goes on at once."""
    revised = move_solution(
        actor=scene.actor,
        solution=scene.solution(problem),
        move=SolutionMove.REVISE,
        revision={"title": title},
        reason=reason,
        now=scene.now,
    )
    move_solution(actor=scene.actor, solution=revised, move=SolutionMove.START, now=scene.now)


def fund(scene: Scene, *, problem: int, how: str, window: int | None = None) -> None:
    """Who pays for a solution, and the day by which a budget must be asked for."""
    edit_solution(
        actor=scene.actor,
        solution=scene.solution(problem),
        funding=Funding(how),
        budget_window_on=None if window is None else scene.clock.day(window),
        now=scene.now,
    )


def draft_norm(
    scene: Scene,
    *,
    problem: int,
    rank: str,
    norm: str,
    drafter: str,
    drafted: int,
    opinion_of: str,
    favourable: str = "",
) -> None:
    """A norm on its way, an agency that was asked for its opinion of the draft, and one that gave its own."""
    enactment: Enactment = track_enactment(
        actor=scene.actor,
        solution=scene.solution(problem),
        rank=EnactmentRank(rank),
        norm=norm,
        drafter=scene.organization(drafter),
        drafted_on=scene.due(drafted),
        now=scene.now,
    )
    ask_opinion(
        actor=scene.actor,
        enactment=enactment,
        organization=scene.troupe.organizations[opinion_of],
        asked_on=scene.clock.day(drafted),
        now=scene.now,
    )
    if favourable:
        asked = ask_opinion(
            actor=scene.actor,
            enactment=enactment,
            organization=scene.troupe.organizations[favourable],
            asked_on=scene.clock.day(drafted),
            now=scene.now,
        )
        record_opinion(
            actor=scene.actor,
            opinion=asked,
            state=OpinionState.FAVOURABLE,
            answered_on=day_in(scene.mesa.time_zone, scene.now),
            now=scene.now,
        )
