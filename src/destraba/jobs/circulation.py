"""Sends circulated minutes round, so that whoever sits in the mesa can object in time."""

from django.conf import settings
from django.utils import translation

from destraba.jobs.catalogue import Run
from destraba.notifications.circulation import send_round
from destraba.queries.meetings.circulated import in_circulation


def circulate(run: Run) -> int:
    """Put into the outbox what nobody was sent yet; how many mails that is."""
    with translation.override(settings.LANGUAGE_CODE):
        return sum(send_round(minutes, run.now) for minutes in in_circulation(run.now))
