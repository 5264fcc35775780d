"""Work in the background on screen: how far it is, what to do when it is stuck, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.jobs import enqueue
from destraba.jobs import presence, queue, timetable
from destraba.jobs.queue import Progress
from destraba.models import Job, Turn
from destraba.queries import jobs
from destraba.queries.jobs import Trouble, Watch, trouble
from destraba.rules.operations.jobs import UNSERVED, JobState
from destraba.values.reasons import Reason
from tests.factories import NOW, Cast
from tests.web.visits import Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
_look = Watch.look


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask whether work is stuck, and remember nothing of earlier tests."""
    monkeypatch.setattr(Watch, "look", _look)
    monkeypatch.setattr(jobs.WATCH, "_well_at", None)


@pytest.fixture
def of_ana(cast: Cast) -> Job:
    return enqueue("lights", now=NOW, by=cast.ana.account.pk)


def taken() -> queue.Lease:
    lease = queue.claim(worker="wanda", now=NOW, at=NOW)
    assert lease is not None
    return lease


def dies(reason: Reason) -> None:
    queue.fail(taken(), reason, now=NOW, at=NOW, is_final=True)


def test_whoever_started_it_follows_it_and_so_may_the_administrator(
    cast: Cast, visit: Visit, of_ana: Job
) -> None:
    path = f"/jobs/{of_ana.pk}/"
    statuses = {name: visit(player).get(path).status for name, player in cast.roles.items()}
    let_in = {name for name, status in statuses.items() if status == 200}
    assert let_in == {"team", "administrator"}
    assert set(statuses.values()) == {200, 404}
    assert visit().client.get(path).status_code == 302
    assert visit(cast.ana).get(f"/jobs/{uuid4()}/").status == 404


def test_one_sees_how_far_it_is_and_is_answered_304_until_that_changes(
    cast: Cast, visit: Visit, of_ana: Job
) -> None:
    ana, path = visit(cast.ana), f"/jobs/{of_ana.pk}/"
    assert "Waits for its turn" in ana.get(path).text
    lease = taken()
    queue.beat(lease, Progress(3, 20), NOW)
    page = ana.get(path)
    assert "3 of 20" in page.text
    etag = page.response.headers["ETag"]
    assert ana.get(path, **{"If-None-Match": etag}).status == 304
    queue.beat(lease, Progress(4, 20), NOW)
    assert ana.get(path, **{"If-None-Match": etag}).status == 200


@pytest.mark.parametrize(
    ("href", "offered"),
    [("/mesas/forestal/", True), ("https://elsewhere.example/", False), ("//elsewhere.example", False)],
)
def test_what_was_made_is_offered_if_it_is_ours(
    href: str, offered: bool, cast: Cast, visit: Visit, of_ana: Job
) -> None:
    queue.succeed(taken(), Progress(), {"href": href}, NOW)
    page = visit(cast.ana).get(f"/jobs/{of_ana.pk}/")
    assert "Done" in page.text
    assert (href in page.links) is offered


def test_what_broke_inside_is_for_the_administrator(cast: Cast, visit: Visit, of_ana: Job) -> None:
    dies(Reason.of("job_broke", kind="KeyError", words="'secreto'"))
    path = f"/jobs/{of_ana.pk}/"
    assert "secreto" not in visit(cast.ana).get(path).text
    assert "Something went wrong on our side" in visit(cast.ana).get(path).text
    assert "It broke: KeyError: 'secreto'" in visit(cast.admin).get(path).text


def test_what_was_refused_is_said_to_whoever_asked(cast: Cast, visit: Visit, of_ana: Job) -> None:
    dies(Reason.of("unknown_mesa", slug="pesca"))
    assert "There is no mesa at the address pesca" in visit(cast.ana).get(f"/jobs/{of_ana.pk}/").text


def test_the_administrator_has_a_dead_letter_tried_again_or_sets_it_aside(cast: Cast, visit: Visit) -> None:
    admin = visit(cast.admin)
    first, second = (enqueue("lights", now=NOW) for _ in range(2))
    for _job in (first, second):
        dies(Reason.of("job_broke", kind="KeyError", words="x"))
    page = admin.get("/jobs/")
    assert len(page.forms) - len(admin.get("/").forms) == 4
    admin.fill_in("/jobs/", "again")
    admin.fill_in("/jobs/", "aside")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.set_aside_at) == (JobState.WAITING, NOW)
    assert "Nothing: all that was begun was done." in admin.get("/jobs/").text


def test_two_administrators_at_one_dead_letter(cast: Cast, visit: Visit) -> None:
    admin = visit(cast.admin)
    enqueue("lights", now=NOW)
    dies(Reason.of("job_broke", kind="KeyError", words="x"))
    form = admin.get("/jobs/").form("aside")
    admin.send("/jobs/", form)
    again = admin.send("/jobs/", form)
    assert (again.status, "It has moved on meanwhile" in again.text) == (409, True)
    assert admin.post("/jobs/", {"act": "burn"}).status == 422


def test_the_board_says_whether_anybody_works(cast: Cast, visit: Visit) -> None:
    admin = visit(cast.admin)
    assert "No worker was ever heard" in admin.get("/jobs/").text
    presence.say("wanda", NOW)
    assert "A worker was last heard on 15 Jun 2017, 09:00" in admin.get("/jobs/").text


def is_warned(page_text: str) -> bool:
    return "No worker is running" in page_text or "Some work did not get done" in page_text


@pytest.mark.usefixtures("watching")
def test_whoever_has_to_know_is_told_that_nobody_works(cast: Cast, visit: Visit) -> None:
    timetable.announce(now=NOW - UNSERVED)
    told = {name for name, player in cast.roles.items() if is_warned(visit(player).get("/").text)}
    assert told == {"administrator", "head"}
    assert "/jobs/" in visit(cast.admin).get("/").links
    assert "/jobs/" not in visit(cast.hilda).get("/").links
    presence.say("wanda", NOW)
    assert not is_warned(visit(cast.hilda).get("/").text)


@pytest.mark.django_db
def test_when_work_is_stuck() -> None:
    assert trouble(NOW) is None
    timetable.announce(now=NOW)
    assert trouble(NOW) is None
    assert trouble(NOW + UNSERVED) is Trouble.UNSERVED
    presence.say("wanda", NOW + timedelta(minutes=1))
    assert trouble(NOW + UNSERVED) is None
    Turn.objects.update(next_run=NOW + timedelta(days=1))
    later = NOW + timedelta(hours=1)
    assert trouble(later) is None
    enqueue("lights", now=NOW)
    assert trouble(later) is Trouble.UNSERVED
    presence.say("wanda", later)
    assert trouble(later) is None
    dies(Reason.of("job_broke", kind="E", words=""))
    assert trouble(later) is Trouble.DEAD_LETTERS
    Job.objects.update(set_aside_at=later)
    assert trouble(later) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("watching")
def test_one_asks_once_a_minute_while_all_is_well_and_each_time_while_it_is_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    timetable.announce(now=NOW)
    watch = Watch()
    with django_assert_num_queries(1):
        assert [watch.look(NOW + timedelta(seconds=seconds)) for seconds in (0, 30, 59)] == [None] * 3
    for _again in range(2):
        with django_assert_num_queries(1):
            assert watch.look(NOW + UNSERVED) is Trouble.UNSERVED
    presence.say("wanda", NOW + UNSERVED)
    assert watch.look(NOW + UNSERVED) is None
