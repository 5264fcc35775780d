"""The table "Who may do what", cell by cell, then the doors beside it."""

from dataclasses import replace
from uuid import UUID

import pytest

from destraba.rules.permissions import (
    ADMINISTRATOR_MAY,
    ANONYMOUS,
    LINK_AND_SEAT_MAY,
    LINK_MAY,
    MAY,
    PROGRAMME,
    Deed,
    Role,
    Standing,
    Subject,
    may_read,
    redaction_refusal,
    refusal,
    roles_in,
)
from destraba.values.visibility import Visibility
from tests.rules.cast import AQUACULTURE, FORESTRY, OSINFOR, SERFOR, holder, seat, usual_seat

ROLES = (
    Role.MEMBER,
    Role.LIAISON,
    Role.TEAM,
    Role.TECHNICAL_LEADER,
    Role.POLITICAL_LEADER,
    Role.HIGH_LEVEL,
    Role.HEAD,
    Role.AXIS_LEAD,
)

# On a record of forestry that is open to the mesa, owed by nobody and on no axis.
TABLE = """
                          member liaison team technical political high head axis
read_mesa                 yes    yes     yes  yes       yes       yes  yes  hidden
read_team_only            role   role    yes  yes       yes       role yes  hidden
read_expected_positions   role   role    yes  yes       yes       role yes  hidden
read_escalation           row    row     yes  yes       yes       row  yes  hidden
read_programme            role   role    role role      role      role yes  hidden
download_record           yes    yes     yes  yes       yes       role yes  hidden
raise_problem             yes    yes     yes  yes       yes       role role hidden
comment                   yes    yes     yes  yes       yes       role role hidden
answer_commitment         row    row     yes  yes       row       row  row  hidden
confirm_resolved          row    row     yes  yes       row       row  row  hidden
field_check               yes    yes     yes  yes       yes       role role hidden
propose_solution          role   role    yes  yes       role      role role hidden
propose_commitment        role   role    yes  yes       role      role role hidden
answer_escalation         row    row     yes  yes       row       row  row  hidden
edit_matrix               role   role    yes  yes       role      role role hidden
run_meetings              role   role    yes  yes       role      role role hidden
follow_up                 role   role    yes  yes       role      role role hidden
manage_seats              role   role    yes  yes       role      role role hidden
manage_organizations      role   role    yes  yes       role      role yes  hidden
accept                    role   role    yes  yes       role      role role hidden
override_light            role   role    yes  yes       role      role role hidden
circulate                 role   role    yes  yes       role      role role hidden
publish                   role   role    yes  yes       yes       role role hidden
object_minutes            yes    yes     yes  yes       yes       role role hidden
approve_minutes           role   role    role yes       yes       role role hidden
send_higher_step          role   role    role role      yes       role role hidden
redact                    role   role    role yes       yes       role yes  hidden
open_mesa                 role   role    role role      role      role yes  hidden
suspend_mesa              role   role    role role      role      role yes  hidden
reinstall_mesa            role   role    role role      role      role yes  hidden
close_mesa                role   role    role role      role      role yes  hidden
manage_methods            role   role    role role      role      role yes  hidden
manage_capacity           role   role    role role      role      role yes  hidden
note_figures              role   role    role role      role      role yes  hidden
manage_accounts           role   role    role role      role      role role role
manage_settings           role   role    role role      role      role role role
manage_jobs               role   role    role role      role      role role role
manage_backups            role   role    role role      role      role role role
read_public               hidden hidden  hidden hidden  hidden    hidden hidden hidden
"""

CODES = {"yes": None, "role": "not_your_role", "row": "not_your_row", "hidden": "hidden"}

CELLS = [
    (Deed(line.split()[0]), role, CODES[word])
    for line in TABLE.strip().splitlines()[1:]
    for role, word in zip(ROLES, line.split()[1:], strict=True)
]

RECORD = Subject(FORESTRY)


def code(standing: Standing, deed: Deed, subject: Subject) -> str | None:
    refused = refusal(standing, deed, subject)
    return refused.code if refused else None


@pytest.mark.parametrize(("deed", "role", "expected"), CELLS)
def test_each_role_in_its_own_mesa(deed: Deed, role: Role, expected: str | None) -> None:
    assert code(holder(usual_seat(role)), deed, RECORD) == expected


@pytest.mark.parametrize(("deed", "role", "expected"), CELLS)
def test_each_role_in_another_mesa(deed: Deed, role: Role, expected: str | None) -> None:
    elsewhere = replace(RECORD, mesa_id=AQUACULTURE)
    of_a_mesa = usual_seat(role).mesa_id is not None
    door_of_its_own = deed in ADMINISTRATOR_MAY
    assert code(holder(usual_seat(role)), deed, elsewhere) == (
        "hidden" if of_a_mesa and not door_of_its_own else expected
    )


def test_the_table_names_every_deed_and_every_role() -> None:
    assert {deed for deed, _, _ in CELLS} == set(Deed)
    assert set(ROLES) == set(Role)
    assert set(MAY) == set(Deed) - ADMINISTRATOR_MAY - {Deed.READ_PUBLIC}


class TestDoors:
    @pytest.mark.parametrize("deed", sorted(set(Deed) - {Deed.READ_PUBLIC}))
    def test_whoever_is_not_signed_in_is_asked_to(self, deed: Deed) -> None:
        assert code(ANONYMOUS, deed, RECORD) == "not_signed_in"

    def test_public_records_are_read_without_an_account(self) -> None:
        public = replace(RECORD, visibility=Visibility.PUBLIC)
        assert may_read(ANONYMOUS, public)
        assert code(ANONYMOUS, Deed.READ_PUBLIC, public) is None

    def test_whoever_sees_a_public_record_without_a_seat_may_do_nothing_to_it(self) -> None:
        public = replace(RECORD, visibility=Visibility.PUBLIC)
        assert code(holder(), Deed.COMMENT, public) == "no_seat"
        assert code(holder(seat(Role.MEMBER, AQUACULTURE)), Deed.COMMENT, public) == "no_seat"

    def test_seats_do_not_serve_whoever_is_not_signed_in(self) -> None:
        signed_out = Standing(account=False, seats=(seat(Role.TEAM),))
        assert not may_read(signed_out, RECORD)
        assert code(signed_out, Deed.EDIT_MATRIX, RECORD) == "not_signed_in"


class TestAdministrator:
    ADMINISTRATOR = holder(administrator=True)

    @pytest.mark.parametrize("deed", sorted(ADMINISTRATOR_MAY))
    def test_keeps_accounts_settings_jobs_and_backups(self, deed: Deed) -> None:
        assert code(self.ADMINISTRATOR, deed, PROGRAMME) is None

    @pytest.mark.parametrize("visibility", [Visibility.TEAM, Visibility.MESA])
    @pytest.mark.parametrize("deed", sorted(set(Deed) - ADMINISTRATOR_MAY))
    def test_sees_nothing_of_a_mesa_by_that_right(self, deed: Deed, visibility: Visibility) -> None:
        assert code(self.ADMINISTRATOR, deed, replace(RECORD, visibility=visibility)) == "hidden"

    def test_who_also_sits_in_a_mesa_has_that_seat_and_no_more(self) -> None:
        both = holder(seat(Role.MEMBER), administrator=True)
        assert code(both, Deed.RAISE_PROBLEM, RECORD) is None
        assert code(both, Deed.EDIT_MATRIX, RECORD) == "not_your_role"


class TestVisibility:
    TEAM_ONLY = replace(RECORD, visibility=Visibility.TEAM)

    @pytest.mark.parametrize("role", Role)
    def test_what_is_for_the_team_is_read_by_team_leaders_and_head(self, role: Role) -> None:
        reads = role in {Role.TEAM, Role.TECHNICAL_LEADER, Role.POLITICAL_LEADER, Role.HEAD}
        assert may_read(holder(usual_seat(role)), self.TEAM_ONLY) is reads

    def test_a_member_can_not_comment_on_what_the_team_keeps(self) -> None:
        assert code(holder(seat(Role.MEMBER)), Deed.COMMENT, self.TEAM_ONLY) == "hidden"

    def test_owing_a_row_does_not_open_it_while_the_team_keeps_it(self) -> None:
        owed = replace(self.TEAM_ONLY, owner_seat_id=seat(Role.MEMBER).seat_id)
        assert not may_read(holder(seat(Role.MEMBER)), owed)

    @pytest.mark.parametrize("role", Role)
    def test_the_directory_of_the_programme_is_for_every_seat(self, role: Role) -> None:
        assert may_read(holder(usual_seat(role)), PROGRAMME)

    @pytest.mark.parametrize("role", Role)
    def test_what_the_programme_keeps_to_itself_is_for_its_own_seats(self, role: Role) -> None:
        papers = replace(PROGRAMME, visibility=Visibility.TEAM)
        assert may_read(holder(usual_seat(role)), papers) is (role is Role.HEAD)
        assert may_read(holder(seat(Role.TEAM, None)), papers)

    def test_the_head_reads_every_mesa_to_the_bottom(self) -> None:
        head = holder(usual_seat(Role.HEAD))
        for mesa in (FORESTRY, AQUACULTURE):
            assert code(head, Deed.READ_TEAM_ONLY, Subject(mesa, Visibility.TEAM)) is None
            assert code(head, Deed.READ_EXPECTED_POSITIONS, Subject(mesa, Visibility.TEAM)) is None

    def test_the_high_level_body_of_the_programme_reads_what_is_open_in_each_mesa(self) -> None:
        president = holder(seat(Role.HIGH_LEVEL, None))
        assert may_read(president, RECORD)
        assert not may_read(president, self.TEAM_ONLY)


class TestOwner:
    def test_a_seat_answers_for_what_it_owes_and_for_nothing_else(self) -> None:
        mine = replace(RECORD, owner_seat_id=UUID(int=100), owner_organization_id=SERFOR)
        owner = holder(seat(Role.MEMBER, number=100, organization=SERFOR))
        colleague = holder(seat(Role.MEMBER, number=101, organization=SERFOR))
        assert code(owner, Deed.ANSWER_COMMITMENT, mine) is None
        assert code(colleague, Deed.ANSWER_COMMITMENT, mine) == "not_your_row"

    def test_any_seat_of_an_organization_answers_for_what_the_organization_owes(self) -> None:
        theirs = replace(RECORD, owner_organization_id=SERFOR)
        for organization, expected in ((SERFOR, None), (OSINFOR, "not_your_row")):
            member = holder(seat(Role.MEMBER, organization=organization))
            assert code(member, Deed.ANSWER_COMMITMENT, theirs) == expected

    def test_a_liaison_answers_for_the_seats_of_the_agency(self) -> None:
        of_the_director = replace(RECORD, owner_seat_id=UUID(int=7), owner_organization_id=SERFOR)
        for organization, expected in ((SERFOR, None), (OSINFOR, "not_your_row")):
            liaison = holder(seat(Role.LIAISON, organization=organization))
            assert code(liaison, Deed.ANSWER_COMMITMENT, of_the_director) == expected

    def test_a_liaison_without_a_mesa_reaches_the_rows_of_the_agency_in_all_of_them(self) -> None:
        liaison = holder(seat(Role.LIAISON, None, organization=SERFOR))
        for mesa in (FORESTRY, AQUACULTURE):
            assert code(liaison, Deed.ANSWER_COMMITMENT, Subject(mesa, owner_organization_id=SERFOR)) is None
            assert code(liaison, Deed.READ_MESA, Subject(mesa, owner_organization_id=OSINFOR)) == "hidden"
            assert code(liaison, Deed.EDIT_MATRIX, Subject(mesa, owner_organization_id=SERFOR)) == (
                "not_your_role"
            )

    def test_a_seat_in_another_mesa_does_not_answer_for_its_organization_here(self) -> None:
        theirs = Subject(AQUACULTURE, owner_organization_id=SERFOR)
        for role in (Role.MEMBER, Role.LIAISON):
            elsewhere = holder(seat(role, FORESTRY, organization=SERFOR))
            assert code(elsewhere, Deed.ANSWER_COMMITMENT, theirs) == "hidden"

    @pytest.mark.parametrize("role", Role)
    def test_whoever_owes_answers_whatever_the_role(self, role: Role) -> None:
        owed = replace(RECORD, owner_seat_id=usual_seat(role).seat_id)
        assert code(holder(usual_seat(role)), Deed.ANSWER_COMMITMENT, owed) is None

    def test_whoever_raised_a_problem_confirms_that_it_is_gone(self) -> None:
        raised = replace(RECORD, owner_seat_id=UUID(int=100))
        assert code(holder(seat(Role.MEMBER, number=100)), Deed.CONFIRM_RESOLVED, raised) is None
        assert code(holder(seat(Role.MEMBER, number=101)), Deed.CONFIRM_RESOLVED, raised) == "not_your_row"


class TestEscalation:
    SENT = Subject(FORESTRY, Visibility.TEAM, addressee_seat_id=UUID(int=100))

    @pytest.mark.parametrize("mesa", [FORESTRY, None])
    def test_the_addressee_reads_and_answers_it(self, mesa: UUID | None) -> None:
        minister = holder(seat(Role.HIGH_LEVEL, mesa, number=100))
        assert may_read(minister, self.SENT)
        assert code(minister, Deed.READ_ESCALATION, self.SENT) is None
        assert code(minister, Deed.ANSWER_ESCALATION, self.SENT) is None
        assert code(minister, Deed.READ_EXPECTED_POSITIONS, self.SENT) == "not_your_role"

    def test_it_is_hidden_from_others_of_the_same_body(self) -> None:
        colleague = holder(seat(Role.HIGH_LEVEL, number=101))
        assert code(colleague, Deed.READ_ESCALATION, self.SENT) == "hidden"

    def test_a_seat_of_another_mesa_is_no_addressee(self) -> None:
        elsewhere = holder(seat(Role.HIGH_LEVEL, AQUACULTURE, number=100))
        assert code(elsewhere, Deed.ANSWER_ESCALATION, self.SENT) == "hidden"


class TestAxisLead:
    @pytest.mark.parametrize("mesa", [FORESTRY, AQUACULTURE])
    def test_reads_and_proposes_on_the_axis_in_every_mesa(self, mesa: UUID) -> None:
        lead, on_axis = holder(usual_seat(Role.AXIS_LEAD)), Subject(mesa, axis="regulation")
        for deed in (Deed.READ_MESA, Deed.PROPOSE_SOLUTION, Deed.PROPOSE_COMMITMENT):
            assert code(lead, deed, on_axis) is None
        assert code(lead, Deed.EDIT_MATRIX, on_axis) == "not_your_role"

    def test_sees_no_other_axis_and_nothing_of_the_team(self) -> None:
        lead = holder(usual_seat(Role.AXIS_LEAD))
        assert not may_read(lead, Subject(FORESTRY, axis="labour"))
        assert not may_read(lead, Subject(FORESTRY, Visibility.TEAM, axis="regulation"))

    def test_a_lead_without_an_axis_leads_nothing(self) -> None:
        assert not may_read(holder(seat(Role.AXIS_LEAD, None)), Subject(FORESTRY, axis=""))

    def test_a_lead_in_one_mesa_stays_there(self) -> None:
        lead = holder(seat(Role.AXIS_LEAD, FORESTRY, axis="regulation"))
        assert may_read(lead, Subject(FORESTRY, axis="regulation"))
        assert not may_read(lead, Subject(AQUACULTURE, axis="regulation"))


class TestLink:
    ROW = Subject(FORESTRY, record_id=UUID(int=45))
    BY_LINK = Standing(account=False, linked=frozenset({UUID(int=45)}))

    def test_reads_and_answers_the_rows_that_it_names(self) -> None:
        assert may_read(self.BY_LINK, self.ROW)
        assert code(self.BY_LINK, Deed.READ_MESA, self.ROW) is None
        assert code(self.BY_LINK, Deed.ANSWER_COMMITMENT, self.ROW) is None

    def test_opens_no_other_row_and_no_other_deed(self) -> None:
        assert not may_read(self.BY_LINK, replace(self.ROW, record_id=UUID(int=46)))
        assert not may_read(self.BY_LINK, replace(self.ROW, record_id=None))
        assert code(self.BY_LINK, Deed.RAISE_PROBLEM, self.ROW) == "not_signed_in"

    @pytest.mark.parametrize("deed", sorted(LINK_AND_SEAT_MAY))
    def test_takes_a_seat_to_speak_of_the_minutes_that_it_names(self, deed: Deed) -> None:
        assert code(self.BY_LINK, deed, self.ROW) == "no_seat"
        elsewhere = replace(self.BY_LINK, seats=(seat(Role.POLITICAL_LEADER, AQUACULTURE),))
        assert code(elsewhere, deed, self.ROW) == "no_seat"
        leader = replace(self.BY_LINK, seats=(seat(Role.POLITICAL_LEADER),))
        assert code(leader, deed, self.ROW) is None
        assert code(leader, deed, replace(self.ROW, record_id=UUID(int=46))) == "not_signed_in"
        assert code(leader, deed, replace(self.ROW, visibility=Visibility.TEAM)) == "not_signed_in"

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.LIAISON, Role.TEAM])
    def test_lets_only_a_leader_approve(self, role: Role) -> None:
        by_link = replace(self.BY_LINK, seats=(seat(role),))
        assert code(by_link, Deed.OBJECT_MINUTES, self.ROW) is None
        assert code(by_link, Deed.APPROVE_MINUTES, self.ROW) == "not_your_role"

    def test_the_seats_behind_it_open_nothing_else(self) -> None:
        team = replace(self.BY_LINK, seats=(seat(Role.TEAM), seat(Role.HEAD, None)))
        for deed in set(Deed) - {Deed.READ_PUBLIC} - LINK_MAY - LINK_AND_SEAT_MAY:
            assert code(team, deed, self.ROW) == "not_signed_in", deed
        assert not may_read(team, Subject(FORESTRY))

    def test_ends_where_the_team_keeps_the_row(self) -> None:
        assert not may_read(self.BY_LINK, replace(self.ROW, visibility=Visibility.TEAM))

    def test_with_an_account_and_no_seat_it_still_gives_those_rows_only(self) -> None:
        signed_in = replace(self.BY_LINK, account=True)
        assert code(signed_in, Deed.ANSWER_COMMITMENT, self.ROW) is None
        assert code(signed_in, Deed.COMMENT, self.ROW) == "no_seat"


class TestOrganizations:
    @pytest.mark.parametrize("role", Role)
    def test_the_team_of_any_mesa_and_the_head_keep_them(self, role: Role) -> None:
        keeps = role in {Role.TEAM, Role.TECHNICAL_LEADER, Role.HEAD}
        expected = None if keeps else "not_your_role"
        assert code(holder(usual_seat(role)), Deed.MANAGE_ORGANIZATIONS, PROGRAMME) == expected

    def test_a_seat_in_a_mesa_runs_nothing_of_the_programme(self) -> None:
        team = holder(seat(Role.TEAM))
        assert code(team, Deed.EDIT_MATRIX, PROGRAMME) == "not_your_role"
        assert code(holder(seat(Role.HEAD, FORESTRY)), Deed.OPEN_MESA, PROGRAMME) == "not_your_role"


class TestRedaction:
    HEAD = holder(usual_seat(Role.HEAD))
    LEADER = holder(seat(Role.POLITICAL_LEADER))

    def test_takes_two_of_head_and_leaders(self) -> None:
        assert redaction_refusal({UUID(int=1): self.HEAD, UUID(int=2): self.LEADER}, RECORD) is None

    def test_one_alone_does_not_suffice(self) -> None:
        refused = redaction_refusal({UUID(int=1): self.HEAD}, RECORD)
        assert refused is not None
        assert refused.code == "two_approvers_needed"

    def test_each_of_them_must_have_the_right(self) -> None:
        member = holder(seat(Role.MEMBER))
        refused = redaction_refusal({UUID(int=1): self.HEAD, UUID(int=2): member}, RECORD)
        assert refused is not None
        assert refused.code == "not_your_role"


def test_roles_are_told_by_mesa_with_those_of_the_programme() -> None:
    someone = holder(seat(Role.TEAM), seat(Role.MEMBER, AQUACULTURE), seat(Role.HEAD, None))
    assert roles_in(someone, FORESTRY) == {Role.TEAM, Role.HEAD}
    assert roles_in(someone, AQUACULTURE) == {Role.MEMBER, Role.HEAD}
    assert roles_in(someone, None) == {Role.HEAD}
