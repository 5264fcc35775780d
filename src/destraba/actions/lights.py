"""The stored light of a commitment: computed on write by `rules.lights`, kept with its intervals.

Derived: no event tells of it, and it can be computed again from what the events say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from destraba.ledger.record import derive
from destraba.models import Commitment, LightInterval, Mesa, Organization
from destraba.queries.meetings.closes import closes_of
from destraba.queries.methods import method_of
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.followup.closes import Close, amber_running, meetings_since
from destraba.rules.lights import CommitmentFacts, Light, Override, Report, Verdict, light_of
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number

# Somewhere it is already tomorrow: no zone is further ahead of UTC.
_EARLIEST_ZONE = timedelta(hours=14)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Around:
    """What the lights of a mesa have in common. `labels` are those of what is waited for."""

    is_quiet: bool
    interval_days: int
    labels: Mapping[UUID | None, str]
    closes: tuple[Close, ...]


def refresh(mesa: Mesa, commitments: Iterable[Commitment], today: date) -> None:
    """Compute these commitments' lights as of today, and store those that differ."""
    stale = []
    for commitment, verdict in _verdicts(mesa, list(commitments), today, is_quiet=mesa.is_quiet):
        values = _shown(verdict)
        if any(getattr(commitment, name) != value for name, value in values.items()):
            stale.append((commitment, verdict, values))
    _turn([(commitment, verdict) for commitment, verdict, _values in stale], today)
    for commitment, _verdict, values in stale:
        derive(commitment, **values)


def begin(mesa: Mesa, commitments: Iterable[Commitment], today: date) -> list[LightInterval]:
    """Give commitments that are yet to be inserted the light with which they begin. Returns the intervals
    that begin with them, to be inserted after them."""
    begun = []
    for commitment, verdict in _verdicts(mesa, list(commitments), today, is_quiet=mesa.is_quiet):
        if _is_another(commitment, verdict):
            begun.append(_begun(commitment, verdict, today))
        for name, value in _shown(verdict).items():
            setattr(commitment, name, value)
    return begun


def keep(begun: Sequence[LightInterval]) -> None:
    """Insert the intervals of commitments that are there by now: see `begin`."""
    LightInterval.objects.bulk_create(begun, batch_size=_BATCH)


def turn(*, now: datetime) -> int:
    """Compute anew the lights whose day has come in their mesa's time zone; how many were looked at.

    What somebody changes meanwhile is theirs: their change computes the light too, of a later version.
    """
    latest = (now + _EARLIEST_ZONE).date()
    due = Commitment.objects.filter(withdrawn_at=None, light_changes_on__lte=latest)
    looked_at = 0
    for mesa in Mesa.objects.filter(pk__in=due.order_by().values("mesa")).order_by("pk"):
        today = day_in(mesa.time_zone, now)
        batch = list(due.filter(mesa=mesa, light_changes_on__lte=today))
        with transaction.atomic():
            refresh(mesa, batch, today)
        looked_at += len(batch)
    return looked_at


def foreseen(mesa: Mesa, commitments: Iterable[Commitment], today: date) -> list[Verdict]:
    """What these commitments would show today if the mesa were followed up; nothing is written."""
    return [verdict for _one, verdict in _verdicts(mesa, list(commitments), today, is_quiet=False)]


def _verdicts(
    mesa: Mesa, batch: list[Commitment], today: date, *, is_quiet: bool
) -> Iterable[tuple[Commitment, Verdict]]:
    if not batch:
        return
    method = method_of(mesa)
    around = _Around(
        is_quiet=is_quiet,
        interval_days=method.cadence.interval_days,
        labels=_labels(batch),
        closes=() if is_quiet else closes_of(mesa, [commitment.number for commitment in batch]),
    )
    for commitment in batch:
        yield commitment, light_of(_facts_of(commitment, around), today, method.lights)


def _facts_of(commitment: Commitment, around: _Around) -> CommitmentFacts:
    """What the light of a commitment depends on."""
    reported = commitment.reported_on and Report(
        commitment.reported_on, Light(commitment.reported_light or Light.NONE)
    )
    override = None
    if commitment.override_light and commitment.override_until:
        override = Override(
            Light(commitment.override_light), commitment.override_because, commitment.override_until
        )
    return CommitmentFacts(
        state=CommitmentState(commitment.state),
        asked_on=commitment.asked_on,
        agreed_on=commitment.agreed_on,
        start_on=commitment.starts_on,
        due_on=commitment.due.last_day if commitment.due else None,
        reported=reported or None,
        waits_for=around.labels.get(commitment.waits_for_commitment_id, "")
        or around.labels.get(commitment.waits_for_organization_id, ""),
        last_word_on=commitment.last_word_on,
        next_checkpoint_on=commitment.next_checkpoint_on,
        progress_reported=commitment.progress_on is not None,
        slips=commitment.slips,
        meetings_undated=meetings_since(around.closes, commitment.agreed_on),
        amber_meetings=amber_running(around.closes, commitment.number),
        declared=Light(commitment.declared) if commitment.declared else None,
        override=override,
        quiet=around.is_quiet,
        interval_days=around.interval_days,
    )


def _labels(commitments: list[Commitment]) -> dict[UUID | None, str]:
    """What people call those that are waited for: C-12, OSINFOR. Nobody waits for what is settled."""
    waited = [c.waits_for_commitment_id for c in commitments if c.waits_for_commitment_id]
    bodies = [c.waits_for_organization_id for c in commitments if c.waits_for_organization_id]
    labels: dict[UUID | None, str] = {}
    if waited:
        still_open = Commitment.objects.filter(pk__in=waited, state__in=OPEN, withdrawn_at=None)
        numbers = still_open.values_list("pk", "number")
        labels.update({pk: commitment_number(number) for pk, number in numbers})
    if bodies:
        labels.update(dict(Organization.objects.filter(pk__in=bodies).values_list("pk", "name")))
    return labels


def _shown(verdict: Verdict) -> dict[str, object]:
    """The columns of a commitment that show its light."""
    return {
        "light": verdict.light.value,
        "light_reason": verdict.reason.code,
        "light_params": {name: _plain(value) for name, value in verdict.reason.params.items()},
        "light_mismatch": verdict.mismatch.value if verdict.mismatch else "",
        "light_changes_on": verdict.changes_on,
    }


def _is_another(commitment: Commitment, verdict: Verdict) -> bool:
    return commitment.light != verdict.light.value or commitment.light_reason != verdict.reason.code


def _turn(lights: Sequence[tuple[Commitment, Verdict]], today: date) -> None:
    """End the intervals that run and begin the next; one that began today never was."""
    turned = [(commitment, verdict) for commitment, verdict in lights if _is_another(commitment, verdict)]
    for start in range(0, len(turned), _BATCH):
        batch = turned[start : start + _BATCH]
        running = LightInterval.objects.filter(
            commitment__in=[commitment.pk for commitment, _verdict in batch], ends_on=None
        )
        running.filter(starts_on=today).delete()
        running.update(ends_on=today)
        LightInterval.objects.bulk_create([_begun(*each, today) for each in batch])


def _begun(commitment: Commitment, verdict: Verdict, today: date) -> LightInterval:
    return LightInterval(
        commitment=commitment, light=verdict.light.value, reason=verdict.reason.code, starts_on=today
    )


def _plain(value: str | int) -> str | int:
    return str.__str__(value) if isinstance(value, str) else value
