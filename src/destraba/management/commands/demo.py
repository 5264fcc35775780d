"""`destraba demo`: a programme to try things on, once, in an empty installation."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from destraba.exchange.demo.cast import PASSWORD, PLAYERS
from destraba.exchange.demo.load import is_loaded, load
from destraba.ledger.labels import label
from destraba.management.commanding import DestrabaCommand
from destraba.web.meetings.renditions import rendition_of


class Command(DestrabaCommand):
    help = "Load the demo programme if this installation is empty, and print its accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.IS_PRODUCTION:
            self.refuse(
                _("Everybody knows the demo's password: it is not loaded where DESTRABA_ENV is production.")
            )
        if not is_loaded():
            load(timezone.now(), rendition_of)
        self.stdout.write(
            _("Demo accounts (invented people), all with the password %(password)s:") % {"password": PASSWORD}
        )
        for player in PLAYERS:
            role = label(player.role) if player.role else _("Administrator")
            self.stdout.write(f"  {player.email:28} {player.name:16} {role}")
