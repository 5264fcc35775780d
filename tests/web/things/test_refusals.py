"""What the pages of a problem, a solution and a commitment refuse, and how."""

from collections.abc import Callable

import pytest

from tests.factories import Cast
from tests.web.things.stage import COMMITMENT, PROBLEM, SOLUTION, Scene
from tests.web.visits import Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]


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
