"""Reminds whoever answers for commitments, in office hours: before they are due, after, and when asked."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from destraba.jobs.catalogue import Run
from destraba.models import Programme
from destraba.notifications.reminders import remind
from destraba.queries.followup.reminders import to_remind
from destraba.queries.people import teams_of
from destraba.rules.followup.nudges import is_office_hour
from destraba.values.days import day_in


def remind_owners(run: Run) -> int:
    """Put into the outbox what nobody was told yet; how many mails that is."""
    programme = Programme.objects.first()
    if programme is None or not is_office_hour(run.now.astimezone(ZoneInfo(programme.time_zone))):
        return 0
    addressees = to_remind(run.now)
    mesas = {one.commitment.mesa_id for each in addressees for one in each.reminders}
    teams = teams_of(mesas, day_in(programme.time_zone, run.now))
    with translation.override(settings.LANGUAGE_CODE):
        written = [remind(one, teams, programme.name, run.now) for one in addressees]
    return sum(mail is not None for mail in written)
