"""How far the forestry mesa has come: what its spreadsheet says of each solution, and what the demo invents.

Norms, stages and what was seen are the spreadsheet's own. Which problems are in focus and how important and
quick each is are invented: it is an invented person who says so in the story.
"""

from dataclasses import dataclass
from datetime import date, datetime

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.problems import edit_problem, focus_problem
from destraba.actions.matrix.solutions import move_solution
from destraba.models import Mesa, Problem, Solution
from destraba.rules.priorities import Importance, Speed
from destraba.rules.solutions import EnactmentRank, SolutionMove
from destraba.values.actors import Actor
from destraba.values.fuzzy_dates import FuzzyDate, Precision

FOCUS = (5, 6, 11)
PRIORITIES = {
    4: (Importance.HIGH, Speed.MEDIUM),
    5: (Importance.HIGH, Speed.QUICK),
    6: (Importance.HIGH, Speed.SLOW),
    9: (Importance.MEDIUM, Speed.SLOW),
    11: (Importance.HIGH, Speed.SLOW),
    12: (Importance.LOW, None),
    13: (Importance.MEDIUM, Speed.SLOW),
}
REGULATIONS = "Reglamentos de la ley forestal"
SEPTEMBER_2015 = FuzzyDate(date(2015, 9, 1), Precision.MONTH, "setiembre de 2015")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is on record of the one solution of a problem. `norm` is blank where it takes none."""

    problem: int
    move: SolutionMove
    norm: str = ""
    seen: str = ""


PROGRESS = (
    Progress(1, SolutionMove.ENACT, REGULATIONS),
    Progress(2, SolutionMove.APPLY, REGULATIONS, "Funciona y toma 3 días, según la Matriz."),
    Progress(3, SolutionMove.APPLY, REGULATIONS, "El permiso ya no se pide, según la Matriz."),
    Progress(4, SolutionMove.ENACT, REGULATIONS),
    Progress(5, SolutionMove.START),
    Progress(6, SolutionMove.START),
    Progress(7, SolutionMove.APPLY, seen="Difundidos en las dos páginas web, según la Matriz."),
    Progress(8, SolutionMove.APPLY, seen="El tribunal está formado, según la Matriz."),
    Progress(10, SolutionMove.APPLY, seen="Primeros préstamos, según la Matriz."),
    Progress(11, SolutionMove.START),
    Progress(13, SolutionMove.START),
)


def bring_up_to_date(actor: Actor, mesa: Mesa, now: datetime) -> None:
    """As a person of the team would, in the order in which it is read."""
    problems = {problem.number: problem for problem in Problem.objects.filter(mesa=mesa)}
    for progress in PROGRESS:
        _climb(actor, Solution.objects.get(problem=problems[progress.problem]), progress, now)
    for number, (importance, speed) in PRIORITIES.items():
        edit_problem(actor=actor, problem=problems[number], importance=importance, speed=speed, now=now)
    for number in FOCUS:
        focus_problem(actor=actor, problem=problems[number], now=now)


def _climb(actor: Actor, solution: Solution, progress: Progress, now: datetime) -> None:
    if progress.norm:
        track_enactment(
            actor=actor,
            solution=solution,
            rank=EnactmentRank.SUPREME_DECREE,
            norm=progress.norm,
            published_on=SEPTEMBER_2015,
            now=now,
        )
    elif progress.move is SolutionMove.APPLY:
        track_enactment(actor=actor, solution=solution, rank=EnactmentRank.NONE_NEEDED, now=now)
    move_solution(actor=actor, solution=solution, move=progress.move, observation=progress.seen, now=now)
