"""A solution climbs from a proposal to an effect on the ground, with what each rung asks for."""

from datetime import UTC, date, datetime

import pytest

from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.matrix.solutions import edit_solution, move_solution, propose_solution
from destraba.ledger.verify import verify
from destraba.models import Confirmation, Enactment, OrganizationKind, Solution
from destraba.rules.matrix.classes import Funding
from destraba.rules.solutions import EnactmentRank, SolutionMove, SolutionStage
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from destraba.values.fuzzy_dates import read
from destraba.values.quantities import read as quantity
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, TODAY, Cast


@pytest.fixture
def solution(cast: Cast) -> Solution:
    return factories.solution(factories.problem(cast))


def _move(cast: Cast, solution: Solution, move: SolutionMove, **rest: object) -> Solution:
    return move_solution(actor=cast.ana.actor, solution=solution, move=move, now=LATER, **rest)  # type: ignore[arg-type]


def _norm(cast: Cast, solution: Solution, **fields: object) -> None:
    track_enactment(actor=cast.ana.actor, solution=solution, now=NOW, **fields)  # type: ignore[arg-type]


def test_solutions_are_numbered_below_their_problem(cast: Cast) -> None:
    first, second = factories.problem(cast), factories.problem(cast, "Otra traba")
    numbers = [factories.solution(one).number for one in (first, first, second)]
    assert numbers == [1, 2, 1]


def test_a_solution_goes_where_it_is_put(cast: Cast) -> None:
    problem = factories.problem(cast)
    first, last = factories.solution(problem, "Una"), factories.solution(problem, "Otra")
    between = propose_solution(actor=cast.ana.actor, problem=problem, title="En medio", after=first, now=NOW)
    assert [one.pk for one in problem.solutions.order_by("position")] == [first.pk, between.pk, last.pk]


@pytest.mark.parametrize(
    ("who", "refusing", "code"),
    [
        ("marco", NotAllowed, "not_your_role"),
        ("pilar", NotAllowed, "not_your_role"),
        ("vecina", NotFound, "hidden"),
    ],
)
def test_proposals_are_written_by_the_team(
    cast: Cast, who: str, refusing: type[NotAllowed], code: str
) -> None:
    problem = factories.problem(cast)
    with refused(refusing, code):
        propose_solution(actor=getattr(cast, who).actor, problem=problem, title="Una", now=NOW)


def test_an_axis_lead_proposes_on_the_axis_and_nowhere_else(cast: Cast) -> None:
    on_axis, beside = factories.problem(cast), factories.problem(cast, "Otra")
    edit_problem(actor=cast.ana.actor, problem=on_axis, axis="simplification", now=NOW)
    proposed = propose_solution(actor=cast.ejes.actor, problem=on_axis, title="Un solo trámite", now=NOW)
    assert proposed.stage == SolutionStage.PROPOSED
    with refused(NotFound, "hidden"):
        propose_solution(actor=cast.ejes.actor, problem=beside, title="Otro", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        edit_solution(actor=cast.ejes.actor, solution=proposed, title="Otro", now=NOW)


def test_figures_keep_the_words_that_people_use(cast: Cast, solution: Solution) -> None:
    edit_solution(
        actor=cast.ana.actor,
        solution=solution,
        title="Inscripción simple",
        detail="Basta la declaración.",
        before=quantity("6 a 12 meses"),
        after=quantity("3 días"),
        goal=None,
        now=LATER,
    )
    solution.refresh_from_db()
    assert (solution.before.text, solution.after.text) == ("6 a 12 meses", "3 días")
    assert kinds_of(solution) == ["solution.proposed", "solution.edited"]
    with refused(Invalid, "required"):
        edit_solution(actor=cast.ana.actor, solution=solution, title=" ", now=LATER)


def test_an_edit_of_what_somebody_changed_since_is_refused(cast: Cast, solution: Solution) -> None:
    theirs = Solution.objects.get(pk=solution.pk)
    edit_solution(actor=cast.teo.actor, solution=theirs, title="De ellos", now=LATER)
    with refused(Stale, "stale"):
        edit_solution(actor=cast.ana.actor, solution=solution, title="Mía", now=LATER)


def test_the_first_rungs_ask_for_nothing_but_the_teams_word(cast: Cast, solution: Solution) -> None:
    _move(cast, solution, SolutionMove.AGREE)
    _move(cast, solution, SolutionMove.START)
    assert solution.stage == SolutionStage.IN_PROGRESS
    with refused(Conflict, "no_such_move"):
        _move(cast, solution, SolutionMove.AGREE)
    with refused(NotAllowed, "not_your_role"):
        move_solution(
            actor=cast.marco.actor, solution=solution, move=SolutionMove.DROP, reason="x", now=LATER
        )


def test_enacted_takes_a_norm_with_its_date(cast: Cast, solution: Solution) -> None:
    with refused(Conflict, "norm_missing"):
        _move(cast, solution, SolutionMove.ENACT)
    _norm(cast, solution, rank=EnactmentRank.LAW, norm="Ley 29763")
    with refused(Conflict, "enactment_date_missing"):
        _move(cast, solution, SolutionMove.ENACT)
    _norm(cast, solution, published_on=read("julio 2011"), awaits_regulations=True)
    with refused(Conflict, "waits_for_regulations"):
        _move(cast, solution, SolutionMove.ENACT)
    _norm(cast, solution, awaits_regulations=False)
    assert _move(cast, solution, SolutionMove.ENACT).stage == SolutionStage.ENACTED


def test_where_no_norm_is_needed_none_is_asked_for(cast: Cast, solution: Solution) -> None:
    _norm(cast, solution, rank=EnactmentRank.NONE_NEEDED)
    _move(cast, solution, SolutionMove.APPLY, observation="La ventanilla ya no lo pide.")
    assert (solution.stage, solution.observation) == ("applied", "La ventanilla ya no lo pide.")


def test_applied_takes_somebody_who_saw_it(cast: Cast, solution: Solution) -> None:
    _norm(cast, solution, rank=EnactmentRank.NONE_NEEDED)
    with refused(Conflict, "observation_missing"):
        _move(cast, solution, SolutionMove.APPLY)
    _move(cast, solution, SolutionMove.APPLY, observed_on=read("diciembre 2015"))
    assert solution.observed_on.first_day == date(2015, 12, 1)


def test_an_effect_takes_two_private_organizations(cast: Cast, solution: Solution) -> None:
    firm = factories.organization("Maderas del Norte", "MADENOR", kind=OrganizationKind.FIRM)
    _norm(cast, solution, rank=EnactmentRank.NONE_NEEDED)
    _move(cast, solution, SolutionMove.APPLY, observation="Se vio.")
    for not_enough in ([], [cast.conafor], [cast.conafor, cast.serfor], [cast.conafor, cast.conafor]):
        with refused(Conflict, "effect_unconfirmed"):
            _move(cast, solution, SolutionMove.CONFIRM_EFFECT, confirmed_by=not_enough)
    _move(cast, solution, SolutionMove.CONFIRM_EFFECT, confirmed_by=[cast.conafor, firm])
    assert solution.stage == SolutionStage.EFFECTIVE
    assert Confirmation.objects.filter(solution=solution).count() == 2


def test_a_word_is_given_once_and_on_the_mesas_own_day(cast: Cast, solution: Solution) -> None:
    late_evening = datetime(2017, 6, 16, 3, 30, tzinfo=UTC)
    firm = factories.organization("Maderas del Norte", "MADENOR", kind=OrganizationKind.FIRM)
    _norm(cast, solution, rank=EnactmentRank.NONE_NEEDED)
    for _ in range(2):
        move_solution(
            actor=cast.ana.actor,
            solution=solution,
            move=SolutionMove.CONFIRM_EFFECT,
            observation="Se vio.",
            confirmed_by=[cast.conafor, firm],
            now=late_evening,
        )
        _move(cast, solution, SolutionMove.FIND_NOT_APPLIED, reason="Volvieron a pedirlo.")
    said = Confirmation.objects.filter(solution=solution)
    assert {one.said_on for one in said} == {date(2017, 6, 15)}
    assert said.count() == 2


def test_a_revision_starts_a_new_version_and_keeps_the_reason(cast: Cast, solution: Solution) -> None:
    _move(cast, solution, SolutionMove.START)
    with refused(Conflict, "reason_missing"):
        _move(cast, solution, SolutionMove.REVISE, revision={"title": "Otra"})
    said = {"title": "Guía en papel", "detail": "En talonario.", "goal": quantity("2 días")}
    _move(cast, solution, SolutionMove.REVISE, revision=said, reason="No hay internet.")
    assert (solution.title, solution.revision, solution.stage) == ("Guía en papel", 2, SolutionStage.AGREED)
    assert (solution.detail, solution.goal.text) == ("En talonario.", "2 días")
    assert because(solution) == "No hay internet."
    assert kinds_of(solution)[-1] == "solution.revised"


def test_a_revision_may_say_nothing_new(cast: Cast, solution: Solution) -> None:
    _move(cast, solution, SolutionMove.START)
    _move(cast, solution, SolutionMove.REVISE, reason="Se vuelve a acordar.")
    assert (solution.title, solution.revision) == ("Guía electrónica en un día", 2)
    other = _started(cast)
    with refused(Invalid, "required"):
        _move(cast, other, SolutionMove.REVISE, revision={"title": " "}, reason="Así no.")


def test_what_was_seen_of_the_version_before_counts_for_the_new_one_no_longer(
    cast: Cast, solution: Solution
) -> None:
    _norm(cast, solution, rank=EnactmentRank.NONE_NEEDED)
    _move(cast, solution, SolutionMove.APPLY, observation="Se usa.")
    firm = factories.organization("Maderas del Norte", "MADENOR", kind=OrganizationKind.FIRM)
    _move(cast, solution, SolutionMove.CONFIRM_EFFECT, confirmed_by=[firm, cast.conafor])
    _move(cast, solution, SolutionMove.REVISE, reason="Dejó de servir.")
    assert (solution.observation, solution.observed_on) == ("", None)
    assert not solution.confirmations.filter(withdrawn_at=None).exists()
    assert kinds_of(*solution.confirmations.all()).count("confirmation.withdrawn") == 2
    with refused(Conflict, "observation_missing"):
        _move(cast, solution, SolutionMove.APPLY)
    _move(cast, solution, SolutionMove.APPLY, observation="Se usa la nueva.")
    with refused(Conflict, "effect_unconfirmed"):
        _move(cast, solution, SolutionMove.CONFIRM_EFFECT)
    assert verify().ok


def test_a_revision_that_takes_another_norm_begins_its_track_anew(cast: Cast, solution: Solution) -> None:
    _norm(
        cast, solution, rank=EnactmentRank.LAW, norm="Ley 1", drafter=cast.serfor, published_on=read("2015")
    )
    track = Enactment.objects.get(solution=solution)
    opinion = ask_opinion(
        actor=cast.ana.actor, enactment=track, organization=cast.osinfor, asked_on=TODAY, now=NOW
    )
    _move(cast, solution, SolutionMove.ENACT)
    _move(cast, solution, SolutionMove.REVISE, revision={"another_norm": True}, reason="Otra norma.")
    for record in (track, opinion):
        record.refresh_from_db()
    assert (track.rank, track.norm, track.published_on) == (EnactmentRank.LAW, "", None)
    assert track.drafter == cast.serfor
    assert opinion.withdrawn_at
    with refused(Conflict, "norm_missing"):
        _move(cast, solution, SolutionMove.ENACT)


def test_another_norm_where_there_was_none_changes_nothing_else(cast: Cast, solution: Solution) -> None:
    _move(cast, solution, SolutionMove.START)
    _move(cast, solution, SolutionMove.REVISE, revision={"another_norm": True}, reason="Con norma.")
    assert solution.revision == 2


def test_who_pays_for_it_is_said_with_the_day_of_the_budget(cast: Cast, solution: Solution) -> None:
    change = {"actor": cast.ana.actor, "solution": solution, "now": LATER}
    edit_solution(funding=Funding.UNFUNDED, budget_window_on=date(2017, 7, 31), **change)
    assert (solution.funding, solution.budget_window_on) == (Funding.UNFUNDED, date(2017, 7, 31))
    with refused(Invalid, "window_without_budget"):
        edit_solution(funding=Funding.FUND, budget_window_on=date(2017, 7, 31), **change)
    edit_solution(funding=Funding.BUDGET, **change)
    assert solution.budget_window_on == date(2017, 7, 31)
    edit_solution(funding=Funding.FUND, **change)
    assert (solution.funding, solution.budget_window_on) == (Funding.FUND, None)
    with refused(Invalid, "window_without_budget"):
        edit_solution(budget_window_on=date(2017, 7, 31), **change)
    edit_solution(funding=None, **change)
    assert solution.funding == ""
    with refused(NotAllowed, "not_your_role"):
        edit_solution(actor=cast.marco.actor, solution=solution, funding=Funding.FUND, now=LATER)


def _started(cast: Cast) -> Solution:
    return _move(cast, factories.solution(factories.problem(cast, "Otra")), SolutionMove.START)


def test_a_dropped_solution_can_be_taken_up_again(cast: Cast, solution: Solution) -> None:
    _move(cast, solution, SolutionMove.DROP, reason="Nadie la quiere.")
    with refused(Conflict, "no_such_move"):
        _move(cast, solution, SolutionMove.START)
    _move(cast, solution, SolutionMove.TAKE_UP_AGAIN, reason="La piden.")
    assert solution.stage == SolutionStage.PROPOSED
