"""What can be done on the pages of a problem, a solution and a commitment, without a script."""

from collections.abc import Callable

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem
from destraba.ledger.replay import entries_of
from destraba.models import Opinion, SolutionPlace
from destraba.rules.commitments import TABLE as COMMITMENT_MOVES
from destraba.rules.commitments import CommitmentMove
from destraba.rules.problems import TABLE as PROBLEM_MOVES
from destraba.rules.problems import ProblemMove
from destraba.rules.solutions import TABLE as SOLUTION_MOVES
from destraba.rules.solutions import EnactmentRank
from destraba.web.things import commitments, problems, solutions
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.web.things.stage import COMMITMENT, PROBLEM, SOLUTION, Scene
from tests.web.visits import Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]


def test_every_move_of_the_rules_has_a_form_of_its_own() -> None:
    assert {row.move.value for row in PROBLEM_MOVES.rows} - {ProblemMove.TRANSFER} <= {
        act.code for act in problems.ACTS
    }
    assert {row.move.value for row in SOLUTION_MOVES.rows} <= {act.code for act in solutions.ACTS}
    # Handing over is what follows when the team grants that it is somebody else's.
    assert {row.move.value for row in COMMITMENT_MOVES.rows} - {CommitmentMove.HAND_OVER} <= {
        act.code for act in commitments.ACTS
    }


def test_what_is_offered_follows_the_state_and_the_seat(cast: Cast, scene: Scene, visit: Visit) -> None:
    keeping = {"date", "assign", "helpers", "waits", "edit", "override", "visibility"}
    deciding = {"agree", "decline", "heard", "replace", "cancel"}
    assert visit(cast.ana).get(COMMITMENT).acts == keeping | deciding
    assert visit(cast.lucia).get(COMMITMENT).acts == {"agree", "decline"}
    assert visit(cast.pilar).get(COMMITMENT).acts == {"publish"}
    assert visit(cast.alto).get(COMMITMENT).acts == set()
    move_commitment(actor=command(), commitment=scene.commitment, move=CommitmentMove.AGREE, now=NOW)
    assert visit(cast.lucia).get(COMMITMENT).acts == {"progress", "report_done"}


def test_the_liaison_agrees_by_pressing_a_button(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.lucia).fill_in(COMMITMENT, "agree")
    assert page.status == 200
    assert "It is on record." in page.text
    scene.commitment.refresh_from_db()
    assert scene.commitment.state == "agreed"
    assert entries_of({"commitment": [scene.commitment.pk]})[-1].on_behalf_of is None


def test_the_team_enters_what_it_heard_by_telephone(cast: Cast, scene: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    offered = visitor.get(COMMITMENT).form("agree")
    assert cast.lucia.seat is not None
    assert offered.fields["behalf"] == str(cast.lucia.seat.pk)
    page = visitor.send(COMMITMENT, offered)
    entry = entries_of({"commitment": [scene.commitment.pk]})[-1]
    assert (entry.actor, entry.on_behalf_of) == (cast.ana.person.pk, cast.lucia.seat.pk)
    assert "Ana Paredes (for Liaison" in page.text


def test_nobody_speaks_for_a_seat_that_does_not_owe(cast: Cast, scene: Scene, visit: Visit) -> None:
    assert cast.marco.seat is not None
    page = visit(cast.ana).fill_in(COMMITMENT, "agree", behalf=str(cast.marco.seat.pk))
    assert page.status == 422
    liaison = visit(cast.lucia)
    form = liaison.get(COMMITMENT).form("agree")
    assert "behalf" not in form.fields
    liaison.send(COMMITMENT, form, behalf=str(cast.marco.seat.pk))
    assert entries_of({"commitment": [scene.commitment.pk]})[-1].on_behalf_of is None


def test_a_commitment_goes_all_the_way(cast: Cast, scene: Scene, visit: Visit) -> None:
    team, liaison = visit(cast.ana), visit(cast.lucia)
    liaison.fill_in(COMMITMENT, "agree")
    liaison.fill_in(COMMITMENT, "progress", note="En consulta.")
    team.fill_in(COMMITMENT, "date", due="julio 2017", reason="Faltó presupuesto.")
    team.fill_in(COMMITMENT, "helpers", organizations="OSINFOR\r\nGORE Ucayali")
    team.fill_in(COMMITMENT, "override", light="red", until="2017-06-20", reason="No contestan.")
    assert "Red set by the team" in team.get(COMMITMENT).text
    team.fill_in(COMMITMENT, "end_override")
    team.fill_in(COMMITMENT, "waits", organization="osinfor")
    assert "Waits for Organismo" in team.get(COMMITMENT).text
    team.fill_in(COMMITMENT, "waits", organization="")
    liaison.fill_in(COMMITMENT, "report_done")
    team.fill_in(COMMITMENT, "send_back", reason="Falta la firma.")
    liaison.fill_in(COMMITMENT, "report_done")
    page = team.fill_in(COMMITMENT, "confirm_done")
    assert page.acts == {"edit", "visibility", "reopen"}
    scene.commitment.refresh_from_db()
    assert (scene.commitment.state, scene.commitment.slips) == ("done", 1)
    assert scene.commitment.situation == "En consulta."


def test_a_decline_with_its_reason_may_be_asked_again(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.lucia).fill_in(
        COMMITMENT,
        "decline",
        decline_reason="needs_opinion",
        opinion_of="OSINFOR",
        reason="Falta su opinión.",
    )
    assert "Needs another agency's opinion" in page.text
    visit(cast.ana).fill_in(COMMITMENT, "ask_again", reason="Ya la dieron.")
    scene.commitment.refresh_from_db()
    assert scene.commitment.state == "asked"


def test_a_successor_is_named_by_its_number(cast: Cast, scene: Scene, visit: Visit) -> None:
    factories.commitment(scene.problem, "La que sigue")
    team = visit(cast.ana)
    for typed, status in (("C-99", 422), ("P-1", 422), ("cualquiera", 422), ("C-1", 422)):
        assert team.fill_in(COMMITMENT, "replace", replaced_by=typed).status == status
    team.fill_in(COMMITMENT, "replace", replaced_by="c2")
    scene.commitment.refresh_from_db()
    assert scene.commitment.replaced_by is not None
    assert scene.commitment.replaced_by.number == 2


def test_the_owner_is_an_organization_or_one_of_its_seats(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    team.fill_in(COMMITMENT, "assign", organization="osinfor", seat="", reason="Es su función.")
    scene.commitment.refresh_from_db()
    assert (scene.commitment.owner_organization, scene.commitment.owner_seat) == (cast.osinfor, None)
    assert cast.marco.seat is not None
    team.fill_in(COMMITMENT, "assign", organization="", seat=str(cast.marco.seat.pk))
    scene.commitment.refresh_from_db()
    assert scene.commitment.owner_seat == cast.marco.seat
    page = team.fill_in(COMMITMENT, "assign", organization="Nadie SA", seat="")
    assert page.status == 422
    assert "Nobody is called “Nadie SA” here." in page.text


def test_a_problem_is_kept_true_from_its_page(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    team.fill_in(PROBLEM, "edit", title="Tarda 20 días", importance="high", speed="quick", axis="Regulación")
    team.fill_in(PROBLEM, "focus")
    team.fill_in(PROBLEM, "ask", title="Medir cuánto tarda", owner="CONAFOR Perú", due="T3 2017")
    page = team.fill_in(PROBLEM, "propose", title="Ventanilla única", detail="En Pucallpa.")
    assert "Important and quick" in page.text
    assert "/mesas/forestal/solutions/1.2/" in page.links
    assert "/mesas/forestal/commitments/2/" in page.links
    page = team.fill_in(PROBLEM, "filter_out", filter_reason="out_of_scope", reason="Es de otra mesa.")
    assert page.acts == {"reopen", "edit", "visibility"}
    page = team.fill_in(PROBLEM, "reopen", reason="Volvió.")
    scene.problem.refresh_from_db()
    assert (scene.problem.stage, scene.problem.importance) == ("accepted", "high")
    assert "focus" in page.acts


def test_what_repeats_another_names_it(cast: Cast, scene: Scene, visit: Visit) -> None:
    factories.problem(cast, "La misma")
    team, path = visit(cast.ana), "/mesas/forestal/problems/2/"
    for typed in ("", "P-99", "P-2"):
        page = team.fill_in(path, "filter_out", filter_reason="duplicate", duplicate_of=typed)
        assert page.status in (409, 422)
    page = team.fill_in(path, "filter_out", filter_reason="duplicate", duplicate_of="P-1")
    assert "Repeats P-1" in page.text
    assert PROBLEM in page.links


def test_more_problems_in_focus_than_the_method_advises_is_a_warning_and_no_wall(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    for _ in range(4):
        focus_problem(actor=cast.ana.actor, problem=factories.problem(cast), now=NOW)
    team = visit(cast.ana)
    assert "5 problems are in focus; the method advises at most 4." in team.get(PROBLEM).text
    assert "unfocus" in team.fill_in(PROBLEM, "focus").acts


def test_a_solution_climbs_from_its_page(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    team.fill_in(SOLUTION, "agree")
    team.fill_in(SOLUTION, "start")
    team.fill_in(SOLUTION, "opinion", state="favourable", answered_on="2017-06-15", note="Con cinco días.")
    team.fill_in(SOLUTION, "norm", published_on="15/06/2017", drafter="SERFOR", comments_until="2017-06-01")
    team.fill_in(SOLUTION, "enact")
    team.fill_in(SOLUTION, "list_place", names="Loreto\nPuno", kind="region")
    places = [str(one.pk) for one in scene.solution.places.all()]
    told = {"move": "apply", "note": "Lo vio CONAFOR.", "observed_on": "junio 2017"}
    page = team.fill_in(SOLUTION, "place", places=places, **told)
    assert "3 of 3 applied" in page.text
    factories.organization("Maderas del Norte", "MADENOR", kind=factories.OrganizationKind.FIRM)
    page = team.fill_in(SOLUTION, "confirm_effect", confirmed_by="MADENOR\nCONAFOR Perú")
    scene.solution.refresh_from_db()
    assert scene.solution.stage == "effective"
    team.fill_in(SOLUTION, "edit", before="12 días", after="1 día", goal="")
    page = team.fill_in(SOLUTION, "revise", title="Guía en papel también", reason="No hay internet.")
    assert "version 2" in page.text
    assert "12 días" in page.text
    assert "was Guía electrónica en un día now Guía en papel también" in page.text


def test_a_place_of_another_solution_is_no_place_here(cast: Cast, scene: Scene, visit: Visit) -> None:
    other = factories.solution(factories.problem(cast, "Otra"))
    theirs = list_place(actor=cast.ana.actor, solution=other, name="Loreto", now=NOW)
    team = visit(cast.ana)
    form = team.get(SOLUTION).form("place")
    answer = team.send(SOLUTION, form, places=[str(theirs.pk)], move="drop", note="No.")
    assert answer.status == 422
    assert SolutionPlace.objects.get(pk=theirs.pk).stage == "proposed"


def test_an_opinion_of_another_solution_is_no_opinion_here(cast: Cast, scene: Scene, visit: Visit) -> None:
    other = factories.solution(factories.problem(cast, "Otra"))
    track = track_enactment(actor=cast.ana.actor, solution=other, rank=EnactmentRank.LAW, now=NOW)
    theirs = ask_opinion(
        actor=cast.ana.actor, enactment=track, organization=cast.serfor, asked_on=TODAY, now=NOW
    )
    team = visit(cast.ana)
    form = team.get(SOLUTION).form("opinion")
    assert team.send(SOLUTION, form, target=str(theirs.pk), state="favourable").status == 404
    assert Opinion.objects.get(pk=theirs.pk).state == "asked"


def test_who_sees_it_is_changed_with_a_reason(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    assert team.get(PROBLEM).form("visibility").choices["visibility"] == ["team", "public"]
    assert team.fill_in(PROBLEM, "visibility", visibility="team", reason="").status == 422
    page = team.fill_in(PROBLEM, "visibility", visibility="team", reason="En trato.")
    assert "Team only" in page.text
    leader = visit(cast.pilar)
    assert leader.get(PROBLEM).form("publish").choices["visibility"] == ["public"]
