"""The demo programme on a working day: loaded once for all these tests, each takes its own acts back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from destraba.exchange.demo.cast import EVERYBODY, PASSWORD, PLAYERS
from destraba.ledger.verify import verify
from destraba.models import (
    Account,
    Answer,
    Commitment,
    Event,
    Figure,
    FocusInterval,
    Meeting,
    Mesa,
    Minutes,
    Person,
    Problem,
    Programme,
    Seat,
    Solution,
    Tenure,
)
from destraba.queries import access
from destraba.queries.matrix.tree import matrix
from destraba.queries.meetings.calendar import next_meeting
from destraba.queries.meetings.invited import to_tell_of
from destraba.queries.public import public_mesas
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.meetings import MeetingState
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemProgress, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.days import day_in
from tests.exchange.demo.stages import loaded
from tests.exchange.matrix.test_export import assert_unchanged
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        loaded(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def forestal() -> Mesa:
    return Mesa.objects.get(slug="forestal")


class TestTheMatrix:
    def test_one_problem_is_resolved_and_others_only_applied(self, forestal: Mesa) -> None:
        ana = access.viewer(Account.objects.get(email="ana@demo.example"), NOW)
        reached = [row.progress for row in matrix(ana, forestal).problems]
        assert reached.count(ProblemProgress.RESOLVED) == 1
        assert ProblemProgress.APPLIED in reached
        assert ProblemProgress.ON_PAPER in reached

    def test_holds_what_the_spreadsheets_hold_and_what_came_up_since(self, forestal: Mesa) -> None:
        assert Problem.objects.filter(mesa=forestal).count() == 13 + 2
        assert Commitment.objects.filter(mesa=forestal, meeting=None, number__lte=21).count() == 21
        rows = {
            mesa.slug: (
                Problem.objects.filter(mesa=mesa).count(),
                Commitment.objects.filter(mesa=mesa, meeting=None).count(),
            )
            for mesa in Mesa.objects.exclude(slug="forestal")
        }
        assert {slug: count for slug, count in rows.items() if any(count)} == {
            "acuicola": (11, 14),
            "logistica": (10, 12),
            "vaca-muerta": (2, 7),
            "mineria": (3, 4),
            "farmaceutica": (3, 4),
            "turismo": (1, 0),
        }

    def test_stands_where_the_sources_say(self, forestal: Mesa) -> None:
        solutions = Solution.objects.filter(mesa=forestal).select_related("problem")
        stages = {solution.problem.number: solution.stage for solution in solutions}
        applied = [number for number, stage in sorted(stages.items()) if stage == SolutionStage.APPLIED]
        assert applied == [2, 7, 8, 10]
        assert stages[3] == SolutionStage.EFFECTIVE
        assert stages[4] == SolutionStage.ENACTED  # created, and seen applied in one region of three
        in_focus = FocusInterval.objects.filter(mesa=forestal).order_by("problem__number")
        assert list(in_focus.values_list("problem__number", flat=True)) == [5, 6, 11]

    def test_has_every_state_and_every_light(self, forestal: Mesa) -> None:
        rows = Commitment.objects.filter(mesa=forestal)
        assert set(rows.values_list("state", flat=True)) == set(CommitmentState)
        assert set(rows.values_list("light", flat=True)) == set(Light)

    def test_has_rows_that_are_due_overdue_silent_and_not_agreed(self, forestal: Mesa) -> None:
        rows = Commitment.objects.filter(mesa=forestal)
        reasons = set(rows.values_list("light_reason", flat=True))
        assert reasons >= {"past_due", "silent", "waits_for", "not_agreed", "not_started", "overridden"}
        week = (TODAY, TODAY + timedelta(days=7))
        assert rows.filter(state=CommitmentState.AGREED, due_on__range=week).exists()

    def test_holds_what_waits_for_the_team(self, forestal: Mesa) -> None:
        asked = Answer.objects.filter(mesa=forestal, state=AnswerState.OPEN)
        assert set(asked.values_list("kind", flat=True)) == {AnswerKind.OTHER_DATE, AnswerKind.NOT_MINE}
        assert Problem.objects.filter(mesa=forestal, stage=ProblemStage.RAISED).count() == 1
        assert Problem.objects.filter(mesa=forestal, stage=ProblemStage.FILTERED_OUT).count() == 1

    @pytest.mark.parametrize("slug", ["forestal", "acuicola", "vaca-muerta"])
    def test_comes_back_as_it_is(self, slug: str) -> None:
        assert_unchanged(Mesa.objects.get(slug=slug))


class TestMeetings:
    def test_there_is_a_session_tomorrow_to_which_everybody_is_called(self, forestal: Mesa) -> None:
        coming = next_meeting(forestal, day_in(forestal.time_zone, NOW))
        assert coming is not None
        assert coming.state == MeetingState.CALLED
        assert coming.held_on == day_in(forestal.time_zone, NOW) + timedelta(days=1)
        assert coming in to_tell_of(NOW)
        planned = coming.agenda.filter(withdrawn_at=None)
        assert 0 < sum(item.minutes for item in planned) <= coming.lasts_minutes

    def test_minutes_are_published_approved_circulated_and_drafted(self, forestal: Mesa) -> None:
        assert set(Minutes.objects.values_list("state", flat=True)) == set(MinutesState)
        circulated = Minutes.objects.get(mesa=forestal, state=MinutesState.CIRCULATED)
        assert circulated.objections_until is not None
        assert circulated.objections_until > NOW
        objected = Minutes.objects.get(mesa=forestal, edition=2)
        assert objected.state == MinutesState.PUBLISHED
        assert objected.approved_by_silence

    def test_one_mesa_stands_still(self) -> None:
        logistics = Mesa.objects.get(slug="logistica")
        assert next_meeting(logistics, TODAY) is None
        last = Meeting.objects.filter(mesa=logistics).order_by("-held_on")[0]
        assert TODAY - last.held_on > timedelta(days=60)
        assert Commitment.objects.filter(mesa=logistics, light=Light.RED).count() > 5

    def test_the_public_reads_of_the_mesas_that_published(self, client: Client) -> None:
        assert [mesa.slug for mesa in public_mesas()] == ["acuicola", "forestal", "logistica"]
        page = client.get("/public/mesas/forestal/").content.decode()
        assert "OSINFOR" in page
        assert not [player.name for player in EVERYBODY if player.name in page]


class TestPeople:
    def test_nobody_is_said_to_be_real(self) -> None:
        assert Person.objects.count() == len(EVERYBODY)
        assert not Person.objects.filter(is_invented=False).exists()
        assert Programme.objects.get().is_demo

    def test_every_role_has_a_player_who_can_sign_in(self, forestal: Mesa) -> None:
        assert set(Seat.objects.values_list("role", flat=True)) == set(Role)
        assert Account.objects.count() == len(PLAYERS)
        for player in PLAYERS:
            account = Account.objects.get(email=player.email)
            viewer = access.viewer(account, NOW)
            may_read = bool(access.reach_of(viewer, forestal.pk).visibilities)
            assert may_read is (player.role is not None)
        assert account.check_password(PASSWORD)

    def test_the_axis_lead_sees_the_axis_alone(self) -> None:
        viewer = access.viewer(Account.objects.get(email="pablo@demo.example"), NOW)
        shown = [problem for mesa in Mesa.objects.all() for problem in matrix(viewer, mesa).problems]
        assert {problem.axis for problem in shown} == {"Regulación y trámites"}

    def test_no_liaison_needs_an_account(self, forestal: Mesa) -> None:
        liaisons = Tenure.objects.filter(mesa=forestal, seat__role=Role.LIAISON)
        answering = liaisons.filter(person__account=None).values_list("person__full_name", flat=True)
        assert "Elena Soto" in answering


class TestTheRecord:
    def test_holds(self) -> None:
        assert verify().failures == []

    def test_is_in_its_order(self) -> None:
        last: dict[object, object] = {}
        for stream, moment in Event.objects.order_by("stream", "seq").values_list("stream", "occurred_at"):
            assert last.get(stream, moment) <= moment  # type: ignore[operator]
            last[stream] = moment
        assert Event.objects.filter(occurred_at__gt=NOW).count() == 0

    def test_real_facts_name_their_source(self) -> None:
        assert not Problem.objects.exclude(detail__startswith="Fuente: ").exists()
        assert not [m.slug for m in Mesa.objects.all() if m.installed_on and not m.installed_on.source]
        declared = Figure.objects.values_list("value", "out_of", "source")
        assert [(value, out_of) for value, out_of, _source in declared] == [("52", None), ("77", 204)]
        assert all(source for _value, _out_of, source in declared)
