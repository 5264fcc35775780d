"""The next meetings across somebody's mesas."""

from destraba.actions.meetings.agenda import add_item
from destraba.actions.meetings.meetings import cancel_meeting
from destraba.actions.visibility import set_visibility
from destraba.rules.permissions import Role
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.queries.desk.stage import DAY, called, closed, desk_of, for_the_team, prepared


def folios(player: Player) -> list[str]:
    return [f"{one.mesa.slug} {one.meeting}" for one in desk_of(player).meetings]


def test_the_soonest_three_of_all_mesas(cast: Cast) -> None:
    for where, days in (("forestal", 9), ("acuicola", 2), ("forestal", 1), ("acuicola", 20)):
        called(getattr(cast, where), TODAY + days * DAY)
    assert folios(cast.hilda) == ["forestal S-2", "acuicola S-1", "forestal S-1"]
    assert folios(cast.marco) == ["forestal S-2", "forestal S-1"]


def test_a_draft_is_for_those_who_prepare_it(cast: Cast) -> None:
    prepared(cast.forestal)
    assert {name for name, player in cast.roles.items() if folios(player)} == {"team", "technical_leader"}


def test_one_for_the_team_alone_is_not_told_to_the_others(cast: Cast) -> None:
    meeting = called(cast.forestal)
    for_the_team(meeting)
    seen = {name for name, player in cast.roles.items() if folios(player)}
    assert seen == {"team", "technical_leader", "political_leader", "head"}


def test_an_axis_has_no_meetings(cast: Cast) -> None:
    called(cast.forestal)
    assert folios(cast.ejes) == folios(cast.antes) == folios(cast.vecina) == []


def test_what_is_over_or_cancelled_or_past_is_not_next(cast: Cast) -> None:
    closed(cast.forestal)
    prepared(cast.forestal, TODAY - DAY)
    cancel_meeting(actor=command(), meeting=called(cast.forestal), reason="Feriado.", now=NOW)
    assert folios(cast.ana) == []


def test_the_agenda_is_counted_as_far_as_one_sees_it(cast: Cast) -> None:
    meeting = called(cast.forestal)
    hidden = factories.problem(cast, "En trato")
    open_one = factories.problem(cast)
    for about in (hidden, open_one):
        add_item(actor=command(), meeting=meeting, problem=about, minutes=20, now=NOW)
    promised = factories.commitment(hidden, owner=cast.serfor)
    add_item(actor=command(), meeting=meeting, commitment=promised, minutes=5, now=NOW)
    brief = factories.solution(open_one)
    below = factories.commitment(open_one, owner=cast.serfor, answer_to=brief)
    add_item(actor=command(), meeting=meeting, commitment=below, minutes=7, now=NOW)
    for record in (hidden, brief):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )
    for player, items, minutes in ((cast.ana, 4, 52), (cast.pilar, 4, 52), (cast.marco, 1, 20)):
        (one,) = desk_of(player).meetings
        assert (one.items, one.planned) == (items, minutes)


def test_a_second_seat_elsewhere_widens_nothing_here(cast: Cast) -> None:
    prepared(cast.forestal)
    both = factories.player("Nora Díaz", cast.produce, Role.TEAM, cast.acuicola)
    assert folios(both) == []
