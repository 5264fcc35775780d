"""What somebody finds, and in which order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.actions.matrix.problems import edit_problem
from destraba.actions.people import add_person, end_tenure, open_seat, start_tenure
from destraba.actions.visibility import set_visibility
from destraba.ledger.search.marks import Findable
from destraba.models import SearchEntry, Tenure
from destraba.queries import access
from destraba.queries.search import finding
from destraba.queries.search.finding import Results, Wish, find
from destraba.rules.permissions import Role
from destraba.values.search.passages import Passage
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.meetings.rounds import DECIDED, PRIVATE, held
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.queries.desk.stage import called, prepared
from tests.trust.access_table import INSIDERS, OUTSIDERS, READERS, SEATLESS

pytestmark = pytest.mark.django_db

EVERYBODY = READERS | OUTSIDERS


def look(player: Player, text: str, **more: object) -> Results:
    wish = Wish(text, **{"most": 20, **more})  # type: ignore[arg-type]
    return find(access.viewer(player.account, NOW), wish, NOW)


def found(player: Player, text: str, **more: object) -> dict[str, list[str]]:
    """By kind, what each thing calls itself."""
    return {
        group.kind.value: [shown(hit.title).replace("[", "").replace("]", "") for hit in group.hits]
        for group in look(player, text, **more).groups
    }


def shown(pieces: Passage) -> str:
    return "".join(f"[{one.text}]" if one.is_found else one.text for one in pieces)


def by(cast: Cast, text: str, kind: Findable) -> set[str]:
    """The roles that find something of a kind."""
    return {
        role for role in EVERYBODY if any(group.kind is kind for group in look(cast.roles[role], text).groups)
    }


def test_accents_plurals_and_kin_are_forgiven(cast: Cast) -> None:
    factories.problem(cast, "Las exportaciones de madera tardan")
    for typed in (
        "exportacion",
        "Exportación",
        "EXPORTACIONES",
        "exportar maderas",
        "export",
        "maderas tard",
    ):
        assert found(cast.ana, typed) == {"problem": ["Las exportaciones de madera tardan"]}, typed
    assert found(cast.ana, "exportacion pesquera") == {}


def test_what_it_hangs_from_is_another_thing(cast: Cast) -> None:
    problem = factories.problem(cast, "El flete sube")
    measure = factories.solution(problem, "Fijar un tope")
    factories.commitment(problem, "Publicar el tope", answer_to=measure)
    assert found(cast.ana, "tope") == {"solution": ["Fijar un tope"], "commitment": ["Publicar el tope"]}


def test_it_is_said_where_and_why(cast: Cast) -> None:
    problem = factories.problem(cast, "El flete sube")
    edit_problem(actor=cast.ana.actor, problem=problem, detail="Cada mes, por el peaje del puerto.", now=NOW)
    (group,) = look(cast.ana, "flete peaje").groups
    (hit,) = group.hits
    assert hit.mesa == cast.forestal
    assert shown(hit.title) == "El [flete] sube"
    assert [(name, shown(piece)) for name, piece in hit.why] == [
        ("detail", "Cada mes, por el [peaje] del puerto.")
    ]


def test_an_agency_is_known_by_any_of_its_names(cast: Cast) -> None:
    problem = factories.problem(cast, "La guía tarda")
    factories.commitment(problem, "Firmar la directiva", cast.serfor)
    factories.commitment(problem, "Publicar el padrón", cast.osinfor)
    factories.problem(cast, "El Servicio Nacional Forestal y de Fauna Silvestre no contesta")
    for typed in ("SERFOR", "serf", "servicio nacional forestal y de fauna silvestre", "directiva serfor"):
        assert found(cast.ana, typed)["commitment"] == ["Firmar la directiva"], typed
    assert found(cast.ana, "SERFOR")["problem"] == [
        "El Servicio Nacional Forestal y de Fauna Silvestre no contesta"
    ]
    (hit,) = next(one for one in look(cast.ana, "serfor").groups if one.kind is Findable.COMMITMENT).hits
    assert "[SERFOR]" in shown(hit.why[0][1])


def test_a_word_in_the_names_of_many_means_none_of_them(cast: Cast) -> None:
    problem = factories.problem(cast)
    for number in range(30):
        factories.organization(f"Ministerio número {number}", f"MIN{number}")
    factories.commitment(problem, "Firmar", cast.produce)
    assert "commitment" not in found(cast.ana, "ministerio")
    assert found(cast.ana, "Ministerio de la Producción")["commitment"] == ["Firmar"]


def test_the_nearest_title_comes_first_then_what_moved_last(cast: Cast) -> None:
    for title in ("Flete", "Sube el flete", "Flete fluvial", "Baja el flete"):
        factories.problem(cast, title)
    assert found(cast.ana, "flete")["problem"] == ["Flete", "Flete fluvial", "Baja el flete", "Sube el flete"]


def test_the_mesa_one_is_in_comes_first(cast: Cast) -> None:
    here = factories.problem(cast, "Sube el flete del bosque")
    there = factories.problem(cast, "Flete", where=cast.acuicola)
    for mesa, first in (("", there), ("forestal", here), ("acuicola", there), ("ninguna", there)):
        (group,) = look(cast.hilda, "flete", mesa=mesa).groups
        assert group.hits[0].row.record == first


def test_the_newest_of_a_mesa_are_found_even_if_others_moved_since(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    factories.problem(cast, "Flete de aquí")
    for number in range(4):
        factories.problem(cast, f"Flete {number}", where=cast.acuicola)
    (everywhere,) = look(cast.hilda, "flete").groups
    assert (len(everywhere.hits), everywhere.total, everywhere.is_more) == (2, 2, True)
    assert found(cast.hilda, "flete", mesa="forestal")["problem"][0] == "Flete de aquí"


def test_one_kind_is_read_page_by_page(cast: Cast) -> None:
    for number in range(5):
        factories.problem(cast, f"Flete {number}")
    pages = [
        found(cast.ana, "flete", kind=Findable.PROBLEM, most=2, first=first)["problem"] for first in (0, 2, 4)
    ]
    assert pages == [["Flete 4", "Flete 3"], ["Flete 2", "Flete 1"], ["Flete 0"]]
    assert look(cast.ana, "flete", kind=Findable.PROBLEM, most=2, first=6).groups == ()


def test_a_mesa_is_found_by_its_name(cast: Cast) -> None:
    assert look(cast.hilda, "acuicola").mesas == (cast.acuicola,)
    assert look(cast.hilda, "mesa ejecutiva").mesas == (cast.acuicola, cast.forestal)
    assert look(cast.marco, "acuicola").mesas == ()


def test_nothing_typed_finds_nothing(cast: Cast) -> None:
    results = look(cast.ana, "  ")
    assert results.is_empty
    assert not results.asked


def test_meetings_and_what_was_written_down_there(cast: Cast) -> None:
    meeting = held(cast)
    results = look(cast.marco, "guía electrónica agosto")
    (group,) = results.groups
    (hit,) = group.hits
    assert group.kind is Findable.MINUTES
    assert hit.row.record.meeting == meeting
    assert "La [guía] será [electrónica]" in shown(hit.why[0][1])
    for typed in ("sesión junio 2017", "session june"):
        assert [one.row.record for one in look(cast.marco, typed).groups[0].hits] == [meeting]
    assert {group.kind for group in look(cast.marco, "acuerdos 1-2017").groups} == {Findable.MINUTES}


def test_a_meeting_stands_once_however_many_of_its_paragraphs_say_it(cast: Cast) -> None:
    held(cast)
    (group,) = (one for one in look(cast.marco, "guía").groups if one.kind is Findable.MINUTES)
    assert (len(group.hits), group.total) == (1, 1)


def test_the_record_is_for_those_who_read_the_mesa(cast: Cast) -> None:
    held(cast)
    edit_problem(
        actor=cast.ana.actor, problem=factories.problem(cast, "Flete"), axis="simplification", now=NOW
    )
    assert by(cast, "flete", Findable.PROBLEM) == READERS
    assert by(cast, DECIDED, Findable.MINUTES) == READERS - {"axis_lead"}
    assert by(cast, "sesión", Findable.MEETING) == READERS - {"axis_lead"}
    assert by(cast, PRIVATE, Findable.MINUTES) == set()


def test_who_leads_an_axis_finds_what_is_on_it(cast: Cast) -> None:
    problem = factories.problem(cast, "Flete uno")
    factories.commitment(problem, "Fijar el flete")
    factories.problem(cast, "Flete dos")
    assert found(cast.ejes, "flete") == {}
    edit_problem(actor=cast.ana.actor, problem=problem, axis="simplification", now=NOW)
    assert found(cast.ejes, "flete") == {"problem": ["Flete uno"], "commitment": ["Fijar el flete"]}


def test_what_is_the_teams_is_found_by_the_team(cast: Cast) -> None:
    problem = factories.problem(cast, "Flete")
    measure = factories.solution(problem, "Tope")
    factories.commitment(problem, "Publicarlo", answer_to=measure)
    for record in (problem, measure):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )
    for text, kind in (
        ("flete", Findable.PROBLEM),
        ("tope", Findable.SOLUTION),
        ("publicarlo", Findable.COMMITMENT),
    ):
        assert by(cast, text, kind) == INSIDERS


def test_a_draft_of_a_meeting_is_the_teams(cast: Cast) -> None:
    prepared(cast.forestal)
    assert by(cast, "sesión", Findable.MEETING) == INSIDERS
    called(cast.forestal)
    assert by(cast, "sesión", Findable.MEETING) == READERS - {"axis_lead"}


def test_a_stale_index_shows_nobody_more_than_they_may_see(cast: Cast) -> None:
    """The rows are asked once more, so that a fault of the index costs a result and no secret."""
    problem = factories.problem(cast, "Flete")
    kept = SearchEntry.objects.get(object_id=problem.pk)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    SearchEntry.objects.filter(object_id=problem.pk).update(words=kept.words)
    assert found(cast.marco, "flete") == {}


def test_organizations_are_for_everybody_with_a_seat(cast: Cast) -> None:
    assert by(cast, "serfor", Findable.ORGANIZATION) == EVERYBODY - SEATLESS


def test_people_are_found_by_those_who_see_where_they_sit(cast: Cast) -> None:
    assert by(cast, "marco", Findable.PERSON) == READERS
    (hit,) = look(cast.ana, "rios").groups[0].hits
    assert (shown(hit.title), hit.mesa) == ("Marco [Ríos]", cast.forestal)
    assert found(cast.vecina, "vera")["person"] == ["Vera Costa"]
    assert found(cast.ana, "vera") == {}


def test_who_sits_nowhere_any_more_is_not_found(cast: Cast) -> None:
    assert found(cast.ana, "anselmo") == {}
    tenure = Tenure.objects.get(person=cast.marco.person)
    end_tenure(actor=cast.ana.actor, tenure=tenure, ends_on=TODAY, now=NOW)
    assert found(cast.ana, "marco")["person"] == ["Marco Ríos"]
    tomorrow = NOW + timedelta(days=1)
    viewer = access.viewer(cast.ana.account, tomorrow)
    assert find(viewer, Wish("marco", 5), tomorrow).groups == ()


def test_who_answers_for_an_agency_everywhere_is_found_where_it_has_a_part(cast: Cast) -> None:
    senasa = factories.organization("Servicio de Sanidad", "SENASA")
    person = add_person(actor=command(), full_name="Luz Mar", now=NOW)
    seat = open_seat(actor=command(), organization=senasa, role=Role.LIAISON, mesa=None, now=NOW)
    start_tenure(actor=command(), seat=seat, person=person, starts_on=TODAY, now=NOW)
    assert found(cast.ana, "luz") == {}
    factories.commitment(factories.problem(cast), owner=senasa)
    assert found(cast.ana, "luz") == {"person": ["Luz Mar"]}
    assert found(cast.vecina, "luz") == {}


def test_it_costs_as_much_whatever_is_found(cast: Cast) -> None:
    def statements(text: str) -> int:
        viewer = access.viewer(cast.hilda.account, NOW)
        with CaptureQueriesContext(connection) as asked:
            find(viewer, Wish(text, 20), NOW)
        return len(asked)

    held(cast)
    problem = factories.problem(cast, "Flete marco serfor sesión")
    factories.commitment(
        problem, "Flete marco serfor sesión", cast.serfor, answer_to=factories.solution(problem, "Flete")
    )
    assert statements("nada") == 10
    few = statements("flete")
    for number in range(5):
        factories.problem(cast, f"Flete {number}")
        factories.commitment(problem, f"Flete {number}", cast.osinfor)
    assert statements("flete") == few == 14


def test_a_number_leads_to_the_one_that_has_it(cast: Cast) -> None:
    problem = factories.problem(cast)
    measure = factories.solution(problem)
    promise = factories.commitment(problem, answer_to=measure)
    meeting = called(cast.forestal)
    for typed, record in (
        ("P-1", problem),
        ("p 1", problem),
        ("P1", problem),
        ("P-1.1", measure),
        ("c–1", promise),
        ("S-1", meeting),
    ):
        jump = look(cast.ana, typed).jump
        assert jump is not None, typed
        assert jump.row.record == record
    for typed in ("P-2", "P-1.2", "C-999999999", "S-0", "E-1", "P-1.0", "XP-1", "P-1.1.1", "C-1a", "P-"):
        assert look(cast.ana, typed).numbered == (), typed


def test_where_several_mesas_have_the_number_the_name_or_the_place_decides(cast: Cast) -> None:
    here, there = factories.problem(cast), factories.problem(cast, where=cast.acuicola)
    results = look(cast.hilda, "P-1")
    assert [hit.row.record for hit in results.numbered] == [there, here]
    assert results.jump is None
    for typed, near, meant in (
        ("forestal P-1", "", here),
        ("p-1 acuícola", "", there),
        ("acui P-1", "forestal", there),
        ("P-1", "forestal", here),
    ):
        jump = look(cast.hilda, typed, mesa=near).jump
        assert jump is not None, typed
        assert jump.row.record == meant
    assert look(cast.hilda, "pesca P-1").numbered == ()


def test_a_number_opens_nothing_that_is_shut(cast: Cast) -> None:
    problem = factories.problem(cast)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    for player in (cast.marco, cast.vecina, cast.antes, cast.admin):
        assert look(player, "P-1").numbered == ()
    assert look(cast.ana, "P-1").jump is not None
