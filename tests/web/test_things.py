"""The pages of a problem, a solution and a commitment, without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem, raise_problem, unfocus_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.ledger.replay import entries_of
from destraba.models import Commitment, Opinion, Organization, Problem, Solution, SolutionPlace
from destraba.rules.commitments import TABLE as COMMITMENT_MOVES
from destraba.rules.commitments import CommitmentMove
from destraba.rules.problems import TABLE as PROBLEM_MOVES
from destraba.rules.problems import ProblemMove
from destraba.rules.solutions import TABLE as SOLUTION_MOVES
from destraba.rules.solutions import EnactmentRank
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from destraba.web.things import commitments, problems, solutions
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PROBLEM = "/mesas/forestal/problems/1/"
SOLUTION = "/mesas/forestal/solutions/1.1/"
COMMITMENT = "/mesas/forestal/commitments/1/"


@dataclass(frozen=True)
class Scene:
    problem: Problem
    solution: Solution
    commitment: Commitment


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """P-1, P-1.1 with its norm, an opinion and a place, and C-1 that SERFOR's liaison owes."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    track = track_enactment(
        actor=cast.ana.actor, solution=solution, rank=EnactmentRank.GUIDELINE, norm="Directiva", now=NOW
    )
    ask_opinion(actor=cast.ana.actor, enactment=track, organization=cast.osinfor, asked_on=TODAY, now=NOW)
    list_place(actor=cast.ana.actor, solution=solution, name="Ucayali", now=NOW)
    commitment = factories.commitment(
        problem, owner=cast.lucia.seat, due=read("30/06/2017"), answer_to=solution
    )
    return Scene(problem, solution, commitment)


PAGES = (PROBLEM, SOLUTION, COMMITMENT)
SEATED = ("ana", "teo", "pilar", "marco", "lucia", "hilda", "alto")
STRANGERS = ("ejes", "admin", "vecina", "antes")


# ---------- who sees them ----------


def test_they_are_for_those_who_sit_here(cast: Cast, scene: Scene, visit: Visit) -> None:
    seen = {
        who: {visit(getattr(cast, who)).get(path).status for path in PAGES}
        for who in (
            "ana",
            "teo",
            "pilar",
            "marco",
            "lucia",
            "hilda",
            "alto",
            "ejes",
            "admin",
            "vecina",
            "antes",
        )
    }
    shut = {"ejes", "admin", "vecina", "antes"}
    assert seen == {who: {404} if who in shut else {200} for who in seen}


def test_whoever_is_not_signed_in_is_sent_to_sign_in_whether_it_exists_or_not(
    scene: Scene, visit: Visit
) -> None:
    for path in (*PAGES, "/mesas/forestal/problems/99/", "/mesas/atlantis/problems/1/"):
        answer = visit().client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/accounts/login/?{urlencode({'next': path})}"


def test_a_number_that_is_none_is_no_page(cast: Cast, scene: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    for path in (
        "forestal/problems/2/",
        "forestal/problems/0/",
        "forestal/problems/99999999999999999999/",
        f"forestal/problems/{'9' * 5000}/",
        "forestal/problems/-1/",
        "forestal/problems/uno/",
        "forestal/solutions/1.2/",
        "forestal/solutions/2.1/",
        "forestal/solutions/1/",
        "forestal/commitments/2/",
        "forestal/commitments/1%00/",
        "acuicola/commitments/1/",
        "atlantis/commitments/1/",
    ):
        assert visitor.get(f"/mesas/{path}").status == 404, path


def test_what_is_the_teams_is_no_page_for_a_member(cast: Cast, scene: Scene, visit: Visit) -> None:
    set_visibility(
        actor=cast.ana.actor, record=scene.solution, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    member, team = visit(cast.marco), visit(cast.ana)
    assert member.get(SOLUTION).status == member.get(COMMITMENT).status == 404
    assert team.get(SOLUTION).status == team.get(COMMITMENT).status == 200
    shown = member.get(PROBLEM)
    assert scene.solution.title not in shown.text
    assert scene.commitment.title not in shown.text


# ---------- what they show ----------


def test_a_problem_says_what_it_needs_and_what_hangs_below(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.ana).get(PROBLEM)
    assert scene.problem.title in page.text
    assert "No solution has been agreed on yet." in page.text
    for href in (SOLUTION, COMMITMENT, "/mesas/forestal/matrix/"):
        assert href in page.links
    assert "raised P-1" in page.text


def test_a_problem_that_a_member_raised_waits_for_the_team(cast: Cast, visit: Visit) -> None:
    raise_problem(
        actor=cast.marco.actor,
        mesa=cast.forestal,
        title="Cierra a las cinco",
        raised_by=cast.marco.seat,
        now=NOW,
    )
    assert "It waits for you" in visit(cast.ana).get(PROBLEM).text
    member = visit(cast.marco).get(PROBLEM)
    assert "It waits for the team" in member.text
    assert cast.conafor.name in member.text
    assert member.acts == set()


def test_a_solution_says_what_the_next_rungs_need(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.ana).get(SOLUTION)
    assert "Give the date on which the norm was published." in page.text
    assert "It is applied place by place" in page.text
    assert "First it has to be applied in every place" in page.text
    assert f"{cast.osinfor.name} silent since 15 Jun 2017" in page.text
    reader = visit(cast.marco).get(SOLUTION)
    assert "Give the date on which the norm was published." not in reader.text


def test_a_commitment_shows_its_verdict_and_the_day_it_would_change(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    page = visit(cast.marco).get(COMMITMENT)
    assert "Grey computed Asked; an answer is due by 22 Jun 2017" in page.text
    assert "If nothing happens, this changes on 23 Jun 2017." in page.text
    assert "Lucía Farfán" in page.text
    assert page.acts == set()


def test_the_story_strikes_the_old_value_above_the_new(cast: Cast, scene: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    visitor.fill_in(COMMITMENT, "date", due="31/07/2017")
    page = visitor.get(COMMITMENT)
    assert "was 30 Jun 2017 now 31 Jul 2017" in page.text
    assert page.text.index("31 Jul 2017") < page.text.index("asked for C-1")


# ---------- what can be done there ----------


def test_every_move_of_the_rules_has_a_form_of_its_own() -> None:
    assert {row.move.value for row in PROBLEM_MOVES.rows} - {ProblemMove.TRANSFER} <= {
        act.code for act in problems.ACTS
    }
    assert {row.move.value for row in SOLUTION_MOVES.rows} <= {act.code for act in solutions.ACTS}
    assert {row.move.value for row in COMMITMENT_MOVES.rows} <= {act.code for act in commitments.ACTS}


def test_what_is_offered_follows_the_state_and_the_seat(cast: Cast, scene: Scene, visit: Visit) -> None:
    keeping = {"date", "assign", "helpers", "waits", "edit", "override", "visibility"}
    assert visit(cast.ana).get(COMMITMENT).acts == keeping | {"agree", "decline", "replace", "cancel"}
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
    team.fill_in(SOLUTION, "list_place", name="Loreto", kind="region")
    for at in range(2):
        team.fill_in(SOLUTION, "place", at=at, move="apply", note="Lo vio CONAFOR.", observed_on="junio 2017")
    factories.organization("Maderas del Norte", "MADENOR", kind=factories.OrganizationKind.FIRM)
    page = team.fill_in(SOLUTION, "confirm_effect", confirmed_by="MADENOR\nCONAFOR Perú")
    scene.solution.refresh_from_db()
    assert scene.solution.stage == "effective"
    assert "2 of 2 applied" in page.text
    team.fill_in(SOLUTION, "edit", before="12 días", after="1 día", goal="")
    page = team.fill_in(SOLUTION, "revise", title="Guía en papel también", reason="No hay internet.")
    assert "version 2" in page.text
    assert "12 días" in page.text


def test_a_place_of_another_solution_is_no_place_here(cast: Cast, scene: Scene, visit: Visit) -> None:
    other = factories.solution(factories.problem(cast, "Otra"))
    theirs = list_place(actor=cast.ana.actor, solution=other, name="Loreto", now=NOW)
    team = visit(cast.ana)
    form = team.get(SOLUTION).form("place")
    answer = team.send(SOLUTION, form, target=str(theirs.pk), move="drop", note="No.")
    assert answer.status == 404
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


# ---------- what they refuse ----------


def test_who_sees_a_thing_and_may_not_act_is_told_so(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    acts = ((PROBLEM, "edit"), (SOLUTION, "drop"), (COMMITMENT, "cancel"), (COMMITMENT, "assign"))
    forms = [(path, team.get(path).form(act)) for path, act in acts]
    before = heads()
    for who in (cast.marco, cast.alto, cast.hilda, cast.pilar, cast.lucia):
        visitor = visit(who)
        statuses = {visitor.send(path, form, reason="Porque sí.").status for path, form in forms}
        assert statuses == {403}, who.person.full_name
    assert heads() == before


def test_who_sees_nothing_changes_nothing(cast: Cast, scene: Scene, visit: Visit) -> None:
    form = visit(cast.ana).get(PROBLEM).form("edit")
    before = heads()
    for who, status in ((cast.vecina, 404), (cast.antes, 404), (cast.admin, 404), (None, 302)):
        answer = visit(who).client.post(PROBLEM, {**form.fields, "title": "Otra"})
        assert answer.status_code == status
    assert heads() == before


def test_a_member_answers_for_no_row_but_their_own(cast: Cast, scene: Scene, visit: Visit) -> None:
    form = visit(cast.lucia).get(COMMITMENT).form("agree")
    page = visit(cast.marco).send(COMMITMENT, form)
    assert page.status == 403
    assert "Only whoever answers for this may do it." in page.text


def test_garbage_is_refused_and_nothing_is_written(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    form = team.get(PROBLEM).form("edit")
    before = heads()
    for status, fields in (
        (404, {"act": "explode"}),
        (404, {"act": ""}),
        (404, {"target": "no-es-una-clave"}),
        (404, {"target": "01a1ffca-2b0f-73a4-bff6-1a4ae4f54c4b"}),
        (422, {"version": ""}),
        (422, {"version": "una"}),
        (422, {"version": "-1"}),
        (422, {"version": "9" * 30}),
        (422, {"title": ""}),
        (422, {"title": "x" * 501}),
        (422, {"title": "\x00"}),
        (422, {"importance": "enormous"}),
    ):
        assert team.send(PROBLEM, form, **fields).status == status, fields
    assert heads() == before


def test_what_was_typed_comes_back_with_a_sentence_that_says_what_to_do(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    team = visit(cast.ana)
    read_before = team.get(COMMITMENT)
    before = heads()
    for act, says, typed in (
        ("date", "is a day that does not exist", {"due": "31/02/2017"}),
        ("date", "is not a date", {"due": "pronto"}),
        ("date", "lies too far away", {"due": "junio 2517"}),
        ("override", "lies too far away", {"light": "red", "until": "0001-01-01", "reason": "x"}),
        ("override", "is not a date", {"light": "red", "until": "mañana", "reason": "x"}),
        ("override", "the day until which it holds", {"light": "red", "until": "2017-06-14", "reason": "x"}),
        ("helpers", "Nobody is called “Nadie SA”", {"organizations": "Nadie SA"}),
        ("cancel", "This field is required", {"reason": "  "}),
        ("waits", "It can't wait for itself.", {"commitment": "C-1"}),
        ("waits", "There is no C-77 in this mesa.", {"commitment": "C-77"}),
    ):
        page = team.send(COMMITMENT, read_before.form(act), **typed)
        assert page.status == 422
        assert says in page.text
        kept = page.form(act)
        assert kept.is_open
        assert {name: kept.fields[name].strip() for name in typed} == {
            name: text.strip() for name, text in typed.items()
        }
    assert heads() == before


def test_markup_in_a_title_stays_words(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.ana).fill_in(PROBLEM, "edit", title="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in page.response.content


# ---------- two people at once ----------


def test_of_two_edits_the_second_sees_both_values_and_keeps_its_text(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    mine, theirs = visit(cast.ana), visit(cast.teo)
    read_before = mine.get(PROBLEM).form("edit")
    theirs.fill_in(PROBLEM, "edit", title="De Teodoro")
    before = heads()
    page = mine.send(PROBLEM, read_before, title="De Ana")
    assert page.status == 412
    assert "Somebody changed this while you were writing." in page.text
    assert "Stands there now De Teodoro You wrote De Ana" in page.text
    assert heads() == before
    again = page.form("edit")
    assert again.fields["title"] == "De Ana"
    assert mine.send(PROBLEM, again).status == 200
    scene.problem.refresh_from_db()
    assert scene.problem.title == "De Ana"


def test_what_the_second_did_not_touch_follows_the_first(cast: Cast, scene: Scene, visit: Visit) -> None:
    mine, theirs = visit(cast.ana), visit(cast.teo)
    read_before = mine.get(COMMITMENT).form("edit")
    theirs.fill_in(COMMITMENT, "edit", situation="En consulta.", declared="green")
    page = mine.send(COMMITMENT, read_before, title="Aprobarla y publicarla")
    assert page.status == 412
    again = page.form("edit").fields
    assert (again["title"], again["situation"], again["declared"]) == (
        "Aprobarla y publicarla",
        "En consulta.",
        "green",
    )
    assert "Stands there now Aprobar la directiva" in page.text
    assert "Stands there now En consulta." not in page.text
    mine.send(COMMITMENT, page.form("edit"))
    scene.commitment.refresh_from_db()
    assert scene.commitment.title == "Aprobarla y publicarla"
    assert (scene.commitment.situation, scene.commitment.declared) == ("En consulta.", "green")


def test_an_act_that_is_open_no_longer_still_keeps_what_was_typed(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    mine, theirs = visit(cast.ana), visit(cast.teo)
    read_before = mine.get(PROBLEM).form("park")
    theirs.fill_in(PROBLEM, "withdraw", reason="Era de otra mesa.")
    page = mine.send(PROBLEM, read_before, reason="Para el próximo año.")
    assert page.status == 412
    assert page.form("park").fields["reason"] == "Para el próximo año."
    page = mine.send(PROBLEM, page.form("park"))
    assert page.status == 409
    assert "It can't do that from where it stands now" in page.text


# ---------- what they cost ----------


def test_reading_writes_nothing(cast: Cast, scene: Scene, visit: Visit) -> None:
    before = heads()
    for who in (cast.ana, cast.marco):
        visitor = visit(who)
        for path in PAGES:
            with CaptureQueriesContext(connection) as queries:
                assert visitor.get(path).status == 200
            assert writes(queries.captured_queries) == []
    assert heads() == before


def _more_of_everything(cast: Cast, scene: Scene, organization: Organization) -> None:
    """One more solution, place, opinion, helper, commitment below and commitment that waits."""
    team = cast.ana.actor
    title = organization.name
    factories.commitment(
        scene.problem, title, owner=organization, answer_to=factories.solution(scene.problem, title)
    )
    scene.solution.refresh_from_db()
    factories.commitment(scene.problem, title, owner=organization, answer_to=scene.solution)
    list_place(actor=team, solution=scene.solution, name=title, now=NOW)
    ask_opinion(
        actor=team,
        enactment=scene.solution.enactment,
        organization=organization,
        asked_on=TODAY,
        now=NOW,
    )
    scene.commitment.refresh_from_db()
    helpers = [one.organization for one in scene.commitment.collaborations.filter(withdrawn_at=None)]
    set_collaborators(
        actor=team, commitment=scene.commitment, organizations=[*helpers, organization], now=NOW
    )
    waiting = factories.commitment(scene.problem, title, owner=organization)
    edit_commitment(actor=team, commitment=waiting, waits_for_commitment=scene.commitment, now=NOW)
    scene.problem.refresh_from_db()
    focus_problem(actor=team, problem=scene.problem, now=NOW)
    unfocus_problem(actor=team, problem=scene.problem, now=NOW)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    cast: Cast, scene: Scene, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team, member = visit(cast.ana), visit(cast.marco)
    _more_of_everything(cast, scene, cast.produce)
    for rows in (1, 3):
        with django_assert_num_queries(23):
            team.get(PROBLEM)
        with django_assert_num_queries(21):
            member.get(PROBLEM)
        with django_assert_num_queries(31):
            team.get(SOLUTION)
        with django_assert_num_queries(28):
            member.get(SOLUTION)
        with django_assert_num_queries(24):
            team.get(COMMITMENT)
        with django_assert_num_queries(22):
            member.get(COMMITMENT)
        if rows == 1:
            _more_of_everything(cast, scene, cast.ucayali)
            _more_of_everything(cast, scene, cast.conafor)
