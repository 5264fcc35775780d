"""Work in the background: what waits, what runs, what is done; whose turn it is; who works. No history."""

from typing import ClassVar

from django.db import models

from destraba.models.accounts import Account
from destraba.models.declared import Declared
from destraba.models.fields import choices_of
from destraba.rules.operations.jobs import LIVE, JobState
from destraba.values.keys import new_key


class Job(models.Model):
    """One piece of work. `key`: while one of that name and key is live, nobody adds another.

    `lease` is drawn anew each time a worker takes the job, and only who holds it may write how the job went;
    so a worker that was thought dead, and comes back, changes nothing. `heartbeat_at` says when that worker
    was last alive. `words` is the code of a sentence about what is going on. `result` is plain JSON, and its
    `href` leads to what was made. `error` is the code of the sentence that says why it went wrong.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=choices_of(JobState), default=JobState.WAITING.value)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=40, blank=True)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict)
    set_aside_at = models.DateTimeField(null=True)

    ledger: ClassVar[Declared] = Declared(
        operational=(
            "id",
            "name",
            "key",
            "arguments",
            "state",
            "created_at",
            "created_by",
            "run_after",
            "attempts",
            "lease",
            "worker",
            "heartbeat_at",
            "started_at",
            "finished_at",
            "done",
            "total",
            "words",
            "result",
            "error",
            "error_params",
            "set_aside_at",
        )
    )

    class Meta:
        indexes = [models.Index(fields=["state", "run_after"], name="job_next")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=models.Q(state__in=sorted(state.value for state in LIVE)) & ~models.Q(key=""),
                name="one_live_job_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Turn(models.Model):
    """When something of the timetable ran last, and when it runs next."""

    name = models.CharField(max_length=80, primary_key=True)
    last_run = models.DateTimeField(null=True)
    next_run = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(operational=("name", "last_run", "next_run"))

    def __str__(self) -> str:
        return self.name


class WorkerHeard(models.Model):
    """When a worker last said that it is there."""

    name = models.CharField(max_length=80, primary_key=True)
    heard_at = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(operational=("name", "heard_at"))

    def __str__(self) -> str:
        return self.name
