"""Five questions about a problem, answered without a script."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.classes import classify_problem
from destraba.models import Mesa, Problem
from destraba.rules.matrix.classes import Scope
from tests import factories
from tests.factories import NOW, Cast, command
from tests.web.visits import Page, Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
CLASSIFY = "/mesas/forestal/problems/1/classify/"
TITLE = "La guía de transporte tarda 12 días"


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return factories.problem(cast)


def answered(visitor: Visitor, path: str = CLASSIFY, **typed: str) -> Page:
    """Fill in the questions and save."""
    return visitor.send(path, visitor.get(path).form("classify"), **typed)


def fresh(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def under(cast: Cast, policy: str) -> None:
    """The mesa adjusts what its method makes of requests."""
    Mesa.objects.filter(pk=cast.forestal.pk).update(method_override={"interventions": {"policy": policy}})


def test_it_is_the_teams(cast: Cast, problem: Problem, visit: Visit) -> None:
    assert visit(cast.ana).get(CLASSIFY).status == 200
    for who in (cast.marco, cast.lucia, cast.pilar, cast.hilda):
        assert visit(who).get(CLASSIFY).status == 403
    assert visit(cast.vecina).get(CLASSIFY).status == 404
    assert "/classify/" not in " ".join(visit(cast.marco).get("/mesas/forestal/problems/1/").links)
    assert CLASSIFY in visit(cast.ana).get("/mesas/forestal/problems/1/").links


def test_answers_are_saved_shown_on_the_page_and_undone_at_once(
    cast: Cast, problem: Problem, visit: Visit
) -> None:
    ana = visit(cast.ana)
    page = answered(
        ana,
        improves_operations="yes",
        concern="mine",
        public_input="red_tape",
        concern_because="La demora es del Estado.",
        request="no",
        scope="vertical",
        coordination="duplicity",
        origin="initial_list",
        is_contentious="on",
    )
    assert "The answers about P-1 are on record." in page.text
    shown = ana.get("/mesas/forestal/problems/1/").text
    for words in (
        "“My problem” (the state's) Less red tape. La demora es del Estado.",
        "Vertical public input For one sector, and a public input: little risk",
        "Public bodies do the same twice",
        "Contentious Yes",
        "Ana Paredes classified P-1",
    ):
        assert words in shown
    undoing = next(form for form in page.forms if "undo" in form.fields)
    back = ana.post(CLASSIFY, undoing.fields)
    assert "Taken back" in back.text
    assert (fresh(problem).concern, fresh(problem).scope, fresh(problem).is_contentious) == ("", "", False)


def test_nothing_has_to_be_answered(cast: Cast, problem: Problem, visit: Visit) -> None:
    before = heads()
    assert "Nothing was changed" in answered(visit(cast.ana)).text
    assert heads() == before


def test_what_follows_is_seen_before_anything_is_written(cast: Cast, problem: Problem, visit: Visit) -> None:
    ana, before = visit(cast.ana), heads()
    page = answered(ana, improves_operations="no", look="1")
    assert "merely declaratory: it had better be set aside" in page.text
    assert page.form("classify").choices["outcome"] == ["declaratory", "keep"]
    assert page.form("classify").fields["outcome"] == "declaratory"
    piece = ana.client.post(
        CLASSIFY, {"look": "1", "concern": "yours", "act": "classify"}, headers={"X-Fragment": "piece"}
    )
    assert b"<html" not in piece.content
    assert b"your_problem" in piece.content
    assert heads() == before


def test_saving_without_having_looked_shows_it_first(cast: Cast, problem: Problem, visit: Visit) -> None:
    ana = visit(cast.ana)
    page = answered(ana, improves_operations="no")
    assert page.status == 422
    assert "Nothing was written yet: look at what follows" in page.text
    assert fresh(problem).improves_operations is None
    saved = ana.send(CLASSIFY, page.form("classify"), reason="No cambia el día de nadie.")
    assert "P-1 is set aside. It can be reopened." in saved.text
    stands = fresh(problem)
    assert (stands.stage, stands.filter_reason, stands.improves_operations) == (
        "filtered_out",
        "declaratory",
        False,
    )
    assert not any("undo" in form.fields for form in saved.forms)
    assert "It is set aside: merely declaratory." in saved.text


def test_it_may_be_kept_all_the_same(cast: Cast, problem: Problem, visit: Visit) -> None:
    answered(visit(cast.ana), concern="yours", private_matter="pricing", outcome="keep")
    assert (fresh(problem).stage, fresh(problem).private_matter) == ("accepted", "pricing")


@pytest.mark.parametrize(
    ("policy", "words", "choices"),
    [
        ("barred", "off the table", ["compensates_inefficiency", "keep"]),
        ("push_back", "pushes back", []),
        ("allowed", "Ask for a second source", []),
    ],
)
def test_a_request_goes_by_the_methods_policy(
    cast: Cast, problem: Problem, visit: Visit, policy: str, words: str, choices: list[str]
) -> None:
    under(cast, policy)
    page = answered(visit(cast.ana), request="yes", look="1")
    assert words in page.text
    assert "Name the inefficiency that it would make up for" in page.text
    assert page.form("classify").choices.get("outcome", []) == choices


def test_the_inefficiency_in_one_sentence_becomes_a_problem_and_the_request_hangs_from_it(
    cast: Cast, problem: Problem, visit: Visit
) -> None:
    ana = visit(cast.ana)
    page = answered(
        ana, request="yes", underlying_title="El flete cuesta el doble", outcome="compensates_inefficiency"
    )
    assert "The inefficiency underneath is on record as P-2." in page.text
    request, raised = fresh(problem), Problem.objects.get(number=2)
    assert (request.underlying, request.stage) == (raised, "filtered_out")
    assert (
        "Inefficiency underneath P-2 El flete cuesta el doble" in ana.get("/mesas/forestal/problems/1/").text
    )
    assert "Asked for to make up for it P-1" in ana.get("/mesas/forestal/problems/2/").text
    assert ana.get(CLASSIFY).form("classify").fields["underlying"] == "P-2"


def test_a_repetition_is_chosen_from_those_that_are_alike_or_typed(
    cast: Cast, problem: Problem, visit: Visit
) -> None:
    again = factories.problem(cast, "Tardan 12 días las guías de transporte")
    path = f"/mesas/forestal/problems/{again.number}/classify/"
    ana = visit(cast.ana)
    form = ana.get(path).form("classify")
    assert form.choices["repeats"] == ["forestal P-1", ""]
    looked = ana.send(path, form, repeats="forestal P-1", look="1")
    assert looked.form("classify").fields["outcome"] == "duplicate"
    ana.send(path, looked.form("classify"), repeats="forestal P-1")
    assert fresh(again).duplicate_of == problem
    assert "Repeats P-1" in ana.get(f"/mesas/forestal/problems/{again.number}/").text
    assert "Repeated by P-2" in ana.get("/mesas/forestal/problems/1/").text


def test_a_repetition_of_another_mesa_needs_a_reader_of_both(
    cast: Cast, problem: Problem, visit: Visit
) -> None:
    factories.problem(cast, where=cast.acuicola)
    ana = visit(cast.ana)
    refused = answered(ana, repeats_other="acuicola P-1", outcome="duplicate")
    assert refused.status == 422
    assert "There is no acuicola P-1 that you may see." in refused.text
    seat = factories.open_seat(
        actor=command(), organization=cast.produce, role=factories.Role.TEAM, mesa=cast.acuicola, now=NOW
    )
    factories.start_tenure(
        actor=command(), seat=seat, person=cast.ana.person, starts_on=factories.SINCE, now=NOW
    )
    for called in ("Mesa Ejecutiva Acuícola, P-1", "Acuícola P-1", "acuicola p 1"):
        looked = answered(ana, repeats_other=called, look="1")
        assert "duplicate" in looked.form("classify").choices["outcome"]
    answered(ana, repeats_other="Mesa Ejecutiva Acuícola, P-1", outcome="duplicate")
    there = ana.get("/mesas/forestal/problems/1/")
    assert "Repeats P-1, Mesa Ejecutiva Acuícola" in there.text
    assert "/mesas/acuicola/problems/1/" in there.links
    by_member = visit(cast.marco).get("/mesas/forestal/problems/1/")
    assert "Acuícola" not in by_member.text
    assert "P-1 of another mesa" in by_member.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"underlying": "P-1", "request": "yes", "outcome": "keep"}, "can't lie underneath itself"),
        ({"underlying": "P-99", "request": "yes", "outcome": "keep"}, "There is no P-99 in this mesa."),
        ({"underlying": "C-1"}, "There is no C-1 in this mesa."),
        ({"repeats_other": "P-1", "outcome": "duplicate"}, "It can't repeat itself."),
        ({"repeats_other": "P-99", "outcome": "duplicate"}, "There is no P-99 in this mesa."),
        ({"repeats_other": "la de antes"}, "There is no la de antes in this mesa."),
        ({"concern": "theirs"}, "Select a valid choice"),
        ({"outcome": "burnt"}, "Select a valid choice"),
        ({"raised_by": "nobody"}, "Select a valid choice"),
        ({"axis": "x" * 81}, "at most 80 characters"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(
    cast: Cast, problem: Problem, visit: Visit, typed: dict[str, str], words: str
) -> None:
    ana, before = visit(cast.ana), heads()
    page = answered(ana, **{"scope": "vertical", **typed})
    assert page.status == 422
    assert words in page.text
    assert heads() == before
    assert page.form("classify").fields["scope"] == "vertical"


def test_what_somebody_answered_meanwhile_is_shown_and_not_overwritten(
    cast: Cast, problem: Problem, visit: Visit
) -> None:
    ana = visit(cast.ana)
    form = ana.get(CLASSIFY).form("classify")
    classify_problem(actor=cast.teo.actor, problem=problem, scope=Scope.HORIZONTAL, now=NOW)
    page = ana.send(CLASSIFY, form, scope="vertical", axis="Regulación")
    assert page.status == 412
    assert "Stands there now Many sectors (horizontal) You wrote This one alone (vertical)" in page.text
    ana.send(CLASSIFY, page.form("classify"))
    assert (fresh(problem).scope, fresh(problem).axis) == ("vertical", "Regulación")


def test_one_leads_to_the_next_that_has_no_answers(cast: Cast, problem: Problem, visit: Visit) -> None:
    factories.problem(cast, "Otra")
    page = visit(cast.ana).get(CLASSIFY)
    assert "Next without answers: P-2 (1 waits)" in page.text


def test_an_undo_of_nothing_is_refused(cast: Cast, problem: Problem, visit: Visit) -> None:
    ana = visit(cast.ana)
    for wrong, status in (("", 422), ("nobody", 422), ("01890000-0000-7000-8000-000000000000", 409)):
        assert ana.post(CLASSIFY, {"undo": wrong}).status == status
    assert ana.get(f"{CLASSIFY}?done=nobody").status == 200


def test_the_number_of_statements_does_not_grow(
    cast: Cast, problem: Problem, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana = visit(cast.ana)
    for most in (1, 3):
        for _ in range(most):
            factories.problem(cast)
        with django_assert_num_queries(14):
            ana.get(CLASSIFY)
