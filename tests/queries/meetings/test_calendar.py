"""The list of a mesa's meetings counts what one may see, and nothing else."""

from destraba.actions.meetings.agenda import add_item
from destraba.actions.meetings.meetings import open_meeting
from destraba.actions.meetings.room import commit_in_room, write_entry
from destraba.actions.visibility import set_visibility
from destraba.queries import access
from destraba.queries.meetings.calendar import calendar
from destraba.rules.meetings import EntryKind
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player, command
from tests.queries.desk.stage import called


def counted(cast: Cast, player: Player) -> tuple[int, int, int]:
    (line,) = calendar(access.viewer(player.account, NOW), cast.forestal).coming
    return line.items, line.decisions, line.commitments


def test_what_is_the_teams_is_not_counted_for_the_others(cast: Cast) -> None:
    meeting = open_meeting(actor=command(), meeting=called(cast.forestal), now=NOW)
    for title in ("La guía tarda", "En trato"):
        problem = factories.problem(cast, title)
        item = add_item(actor=command(), meeting=meeting, problem=problem, now=NOW)
        write_entry(
            actor=command(), meeting=meeting, item=item, kind=EntryKind.DECISION, text="Se hará.", now=NOW
        )
        commit_in_room(
            actor=command(), meeting=meeting, problem=problem, title="Firmar", owner=cast.serfor, now=NOW
        )
    assert counted(cast, cast.marco) == (2, 2, 2)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert counted(cast, cast.ana) == (2, 2, 2)
    assert counted(cast, cast.marco) == (1, 1, 1)
