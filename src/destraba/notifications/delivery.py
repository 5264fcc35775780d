"""Delivers what is due: at least once; twice only where a machine stopped between handing over and noting.

Each mail is taken in hand alone, by one statement that only one worker can win, and is that worker's until
its lease ends. What is handed over is noted at once.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from destraba.models import Outbox
from destraba.notifications.checks import no_longer
from destraba.notifications.server import NotTaken, Refused, Server, Unreachable
from destraba.rules.operations.mail import LEASE, MOST_ATTEMPTS, MailState, header_text, pause_after

ERROR_LIMIT = 500
WORKER_LIMIT = 80

Clock = Callable[[], datetime]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the mails of one batch. `failed` were given up; `left` are due and still wait."""

    sent: int
    failed: int
    left: int
    dropped: int = 0
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The state that the mail comes to. A `pause` is what it waits before it is tried again."""

    state: MailState
    error: str = ""
    pause: timedelta = timedelta(0)
    is_last: bool = False


def deliver_due(
    *, now: datetime, worker: str, limit: int = 100, lease: timedelta = LEASE, clock: Clock | None = None
) -> Delivered:
    """Send what is due at `now`, at most `limit` mails; never within a transaction of the caller.

    One mailbox that refuses stops no other mail; a server that can't be reached ends the batch, since it
    would have no better answer for the others. `clock` goes on from `now` where none is given.
    """
    clock = clock or _going_on_from(now)
    tally: Counter[MailState] = Counter()
    with Server() as server:
        while tally.total() < limit and (mail := _claim(now, clock(), worker[:WORKER_LIMIT], lease)):
            outcome = _outcome(mail, server, clock())
            _settle(mail, outcome, clock())
            tally[outcome.state] += 1
            if outcome.is_last:
                break
    return Delivered(
        sent=tally[MailState.SENT],
        failed=tally[MailState.FAILED],
        left=_due(now).count(),
        dropped=tally[MailState.DROPPED],
        put_off=tally[MailState.WAITING],
    )


def _going_on_from(now: datetime) -> Clock:
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def _due(now: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(state=MailState.WAITING, not_before__lte=now)


def _claim(now: datetime, moment: datetime, worker: str, lease: timedelta) -> Outbox | None:
    """The next mail, this worker's alone from here on, or None.

    The update asks again for what the search found, so of two workers that found the same mail one gets it,
    and the other looks for the next. An attempt is counted before it is made, and what was tried less often
    goes first: a mail that stops the machine stops no other, and does not do so for ever.
    """
    free = _due(now).filter(Q(lease_until=None) | Q(lease_until__lte=moment))
    while mail := free.select_related("mesa", "person").order_by("attempts", "not_before", "pk").first():
        until = moment + lease
        with transaction.atomic(durable=True):
            taken = free.filter(pk=mail.pk).update(
                lease_until=until, leased_by=worker, attempts=F("attempts") + 1
            )
        if taken:
            mail.lease_until, mail.leased_by, mail.attempts = until, worker, mail.attempts + 1
            return mail
    return None


def _outcome(mail: Outbox, server: Server, moment: datetime) -> _Outcome:
    """Hand the mail over, if it is still true, and say what came of it."""
    if mail.attempts > MOST_ATTEMPTS:
        return _Outcome(MailState.FAILED, _("The machine stopped each time while this was on its way."))
    try:
        if because := no_longer(mail, moment):
            return _Outcome(MailState.DROPPED, because)
        server.hand_over(mail)
    except Refused as error:
        return _Outcome(MailState.FAILED, str(error))
    except NotTaken as error:
        return _later(mail, str(error), is_last=isinstance(error, Unreachable))
    except Exception as error:
        # Whatever is wrong with one mail, the others go out.
        _LOG.exception("Mail %s could not be sent", mail.pk)
        return _later(mail, _("Something unforeseen went wrong: %(said)s") % {"said": repr(error)})
    return _Outcome(MailState.SENT)


def _later(mail: Outbox, error: str, *, is_last: bool = False) -> _Outcome:
    pause = pause_after(mail.attempts)
    if pause is None:
        return _Outcome(MailState.FAILED, error, is_last=is_last)
    return _Outcome(MailState.WAITING, error, pause, is_last)


def _settle(mail: Outbox, outcome: _Outcome, moment: datetime) -> None:
    """Note what came of it. What was sent was sent, even if the lease ended meanwhile; nothing else counts
    then, since the mail is another worker's."""
    mine = Outbox.objects.filter(pk=mail.pk, state=MailState.WAITING)
    if outcome.state is MailState.SENT:
        mine.update(state=MailState.SENT, sent_at=moment, error="", lease_until=None, leased_by="")
        return
    mine.filter(leased_by=mail.leased_by, lease_until=mail.lease_until).update(
        state=outcome.state,
        not_before=moment + outcome.pause if outcome.pause else F("not_before"),
        error=header_text(outcome.error, ERROR_LIMIT),
        lease_until=None,
        leased_by="",
    )
