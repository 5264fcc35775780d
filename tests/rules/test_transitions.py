"""Every move of every table: from where it exists, where it leads, and which role may make it."""

from enum import StrEnum
from typing import Any

import pytest

from destraba.rules import commitments, mesas, problems, solutions
from destraba.rules.permissions import Role, Subject, refusal
from destraba.rules.transitions import Transition, TransitionTable
from tests.rules.cast import FORESTRY, holder, usual_seat

TEAM = {Role.TEAM, Role.TECHNICAL_LEADER}
HEAD = {Role.HEAD}

# move: sources -> target, who may; "owner" is whoever owes the row.
MESAS = """
assess            candidate -> assessing                               head
launch            candidate assessing -> launched                      head
suspend           launched -> suspended                                head reason
reinstall         suspended closed -> launched                         head reason
close             candidate assessing launched suspended -> closed     head reason
"""
PROBLEMS = """
accept            raised -> accepted                                   team
filter_out        raised accepted parked -> filtered_out               team reason
park              raised accepted -> parked                            team
transfer          raised accepted parked -> transferred                team reason
withdraw          raised accepted parked -> withdrawn                  team reason
reopen            filtered_out parked withdrawn -> accepted            team reason
"""
SOLUTIONS = """
agree             proposed -> agreed                                   team
start             proposed agreed -> in_progress                       team
enact             proposed agreed in_progress -> enacted               team
pilot             proposed agreed in_progress enacted -> piloted       team
apply             proposed agreed in_progress enacted piloted -> applied    team
confirm_effect    proposed agreed in_progress enacted piloted applied -> effective    team
find_not_applied  piloted applied effective -> enacted                 team reason
revise            in_progress enacted piloted applied effective -> agreed   team reason
drop              proposed agreed in_progress enacted piloted applied effective -> dropped   team reason
take_up_again     dropped -> proposed                                  team reason
"""
COMMITMENTS = """
agree             asked -> agreed                                      team owner
decline           asked -> declined                                    team owner reason
ask_again         declined cancelled -> asked                          team reason
hand_over         agreed -> asked                                      team
report_done       agreed -> reported_done                              team owner
confirm_done      reported_done -> done                                team
send_back         reported_done -> agreed                              team reason
reopen            done -> agreed                                       team reason
cancel            asked agreed reported_done -> cancelled              team reason
replace           asked agreed reported_done declined -> replaced      team
fan_out asked agreed declined -> replaced team
"""

TABLES: dict[str, tuple[TransitionTable[Any, Any], type[StrEnum], type[StrEnum], str]] = {
    "mesa": (mesas.TABLE, mesas.MesaState, mesas.MesaMove, MESAS),
    "problem": (problems.TABLE, problems.ProblemStage, problems.ProblemMove, PROBLEMS),
    "solution": (solutions.TABLE, solutions.SolutionStage, solutions.SolutionMove, SOLUTIONS),
    "commitment": (
        commitments.TABLE,
        commitments.CommitmentState,
        commitments.CommitmentMove,
        COMMITMENTS,
    ),
}

ROWS = [
    pytest.param(table, states, line, id=f"{kind}-{line.split()[0]}")
    for kind, (table, states, _, text) in TABLES.items()
    for line in text.strip().splitlines()
]


def words_of(line: str) -> tuple[str, list[str], str, set[str]]:
    """A line of the tables above: the move, its sources, its target, and what else is said."""
    before, after = line.split("->")
    move, *sources = before.split()
    target, *rest = after.split()
    return move, sources, target, set(rest)


def row_of(table: TransitionTable[Any, Any], line: str) -> Transition[Any, Any]:
    return next(row for row in table.rows if row.move == line.split()[0])


@pytest.mark.parametrize(("table", "states", "line"), ROWS)
def test_a_move_exists_from_these_states_and_no_other(
    table: TransitionTable[Any, Any], states: type[StrEnum], line: str
) -> None:
    row, (_, sources, target, _) = row_of(table, line), words_of(line)
    assert row.target == target
    for state in states:
        refused = table.refusal(state, row.move, reason="porque si")
        assert (refused is None) == (state in sources)
        assert refused is None or refused.code == "no_such_move"
        assert (row.move in table.moves_from(state)) == (state in sources)


@pytest.mark.parametrize(("table", "states", "line"), ROWS)
def test_a_move_asks_for_a_reason_where_it_should(
    table: TransitionTable[Any, Any], states: type[StrEnum], line: str
) -> None:
    row, (_, sources, _, rest) = row_of(table, line), words_of(line)
    refused = table.refusal(states(sources[0]), row.move, reason=" \n")
    assert (refused.code if refused else None) == ("reason_missing" if "reason" in rest else None)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("table", "states", "line"), ROWS)
def test_a_move_is_open_to_these_roles_and_no_other(
    table: TransitionTable[Any, Any], states: type[StrEnum], line: str, role: Role
) -> None:
    row, (_, _, _, rest) = row_of(table, line), words_of(line)
    may = (TEAM if "team" in rest else set()) | (HEAD if "head" in rest else set())
    someone = holder(usual_seat(role))
    of_another = Subject(FORESTRY)
    of_their_own = Subject(FORESTRY, owner_seat_id=usual_seat(role).seat_id)
    assert (refusal(someone, row.deed, of_another) is None) == (role in may)
    assert (refusal(someone, row.deed, of_their_own) is None) == (role in may or "owner" in rest)


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_has_one_row_for_each_move(kind: str) -> None:
    table, _, moves, text = TABLES[kind]
    assert [row.move.value for row in table.rows] == [move.value for move in moves]
    assert [line.split()[0] for line in text.strip().splitlines()] == [move.value for move in moves]


@pytest.mark.parametrize("kind", TABLES)
def test_every_state_can_be_left_or_is_meant_to_last(kind: str) -> None:
    table, states, _, _ = TABLES[kind]
    lasting = {state.value for state in states if not table.moves_from(state)}
    assert lasting <= {"transferred", "replaced"}
