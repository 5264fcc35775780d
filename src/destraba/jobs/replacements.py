"""Sends another link to whoever asked for one, apart from the request: how long it takes tells nothing."""

from django.conf import settings
from django.utils import translation

from destraba.jobs.catalogue import Run
from destraba.models import Programme
from destraba.notifications.replacements import replace_link
from destraba.queries.people import seated_at, teams_of
from destraba.values.days import day_in


def replace(run: Run, address: str) -> int:
    """To each who sits somewhere today and is on record with this address; how many mails that is."""
    programme = Programme.objects.first()
    if programme is None:
        return 0
    today = day_in(programme.time_zone, run.now)
    written = 0
    with translation.override(settings.LANGUAGE_CODE):
        for person, mesas in seated_at(address, today).items():
            teams = teams_of(mesas, today)
            team = [one for pk in sorted(mesas) for one in teams.get(pk, ())]
            mail = replace_link(person, team, programme.name, programme.time_zone, run.now)
            written += mail is not None
    return written
