"""The jobs that there really are."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from destraba.actions.jobs import enqueue
from destraba.actions.mesas import start_following_up
from destraba.jobs import presence
from destraba.jobs.on_demand import ON_DEMAND
from destraba.jobs.timetable import TIMETABLE, work_of
from destraba.jobs.worker import Worker
from destraba.models import Job, WorkerHeard
from destraba.rules.lights import Light
from destraba.rules.operations.jobs import JobState
from destraba.values.fuzzy_dates import read
from destraba.web.views.jobs import _NAMES
from tests import factories
from tests.factories import NOW, Cast
from tests.jobs.conftest import Clock


def test_every_job_has_one_name() -> None:
    names = Counter([entry.name for entry in TIMETABLE] + list(ON_DEMAND))
    assert set(names.values()) == {1}
    assert all(work_of(name) for name in names)


def test_every_job_is_called_by_a_name_on_screen() -> None:
    assert {entry.name for entry in TIMETABLE} | set(ON_DEMAND) == set(_NAMES)


def test_lights_turn_by_themselves(cast: Cast, worker: Worker, clock: Clock) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("31/08/2017"))
    clock.forward(days=200)
    worker.serve(until_empty=True)
    owed.refresh_from_db()
    assert owed.light == Light.AMBER
    assert Job.objects.get(name="lights").result == {"value": 1}


@pytest.mark.django_db
def test_rows_that_nobody_will_ask_for_again_go(cast: Cast, worker: Worker, clock: Clock) -> None:
    by_itself = finished(-2)
    of_ana = finished(-2, by=cast.ana.account)
    finished(-40, by=cast.ana.account)
    dead = finished(-40, state=JobState.FAILED)
    finished(-40, state=JobState.FAILED, set_aside_at=NOW)
    presence.say("hace mucho", NOW - timedelta(days=40))
    Session.objects.create(session_key="x", session_data="", expire_date=NOW)
    enqueue("tidy", now=NOW, key="tidy")
    worker.serve(until_empty=True)
    kept = set(Job.objects.filter(name="cook"))
    assert kept == {of_ana, dead}
    assert by_itself not in kept
    assert set(WorkerHeard.objects.values_list("name", flat=True)) == {"wanda"}
    assert not Session.objects.filter(session_key="x").exists()


def finished(days: int, state: str = JobState.SUCCEEDED, by: object = None, **values: object) -> Job:
    at = NOW + timedelta(days=days)
    job: Job = Job.objects.create(
        name="cook", state=state, created_by=by, created_at=at, run_after=at, finished_at=at, **values
    )
    return job
