"""What is asked again in the moment in which a mail goes out: is it still true?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.models import Outbox
from destraba.notifications import invitations, minutes
from destraba.queries.followup import reminders

StillTrue = Callable[[Outbox, datetime], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """`still_true` of a mail and the moment at which it goes; if not, it is dropped `because` of that."""

    still_true: StillTrue
    because: str | Promise


CHECKS: dict[str, Check] = {
    invitations.PURPOSE: Check(
        invitations.still_to_come,
        gettext_lazy("The meeting is another by now, has begun, or is somebody else's to attend."),
    ),
    minutes.PURPOSE: Check(
        minutes.still_goes_round, gettext_lazy("This edition of the minutes does not go round any more.")
    ),
    reminders.PURPOSE: Check(
        reminders.still_stands, gettext_lazy("Something of it was answered meanwhile: it is written anew.")
    ),
}
"""By the purpose of a mail; a purpose without one has only what is asked of every mail."""


def no_longer(mail: Outbox, now: datetime) -> str:
    """Why this mail is not to go any more, in a sentence; empty where it still is."""
    if mail.mesa is not None and mail.mesa.is_quiet:
        return _("The mesa is quiet: nothing is mailed.")
    if mail.mesa is not None and mail.mesa.withdrawn_at is not None:
        return _("The mesa was withdrawn.")
    if mail.person is not None and mail.person.withdrawn_at is not None:
        return _("The person was withdrawn.")
    check = CHECKS.get(mail.purpose)
    return "" if check is None or check.still_true(mail, now) else str(check.because)
