"""`destraba account`: a new link for whoever lost the password, the administrator included; closing too."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from destraba.actions.accounts import close_account, give_access, renew_access, reopen_account
from destraba.ledger.wording import moment
from destraba.management.commanding import DestrabaCommand
from destraba.models import Person
from destraba.queries.accounts import person_of
from destraba.values.actors import Actor, Via
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.web.accounts import password_address


class Command(DestrabaCommand):
    help = "Print a link with which somebody chooses a password; or close an account, or open it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "email", help="the address that one signs in with, or that of a person without one"
        )
        does = parser.add_mutually_exclusive_group()
        does.add_argument("--close", action="store_true", help="close it: it opens nothing any more")
        does.add_argument("--reopen", action="store_true", help="open again what was closed")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_of(options["email"])
        if person is None:
            raise NotFound(Reason.of("nobody_at", text=options["email"]))
        actor, now = Actor(None, Via.COMMAND), timezone.now()
        if options["close"]:
            close_account(actor=actor, person=person, now=now)
            self.stdout.write(_("Closed: %(person)s") % {"person": person})
        elif options["reopen"]:
            reopen_account(actor=actor, person=person, now=now)
            self.stdout.write(_("Open again: %(person)s") % {"person": person})
        else:
            self._link(actor, person)

    def _link(self, actor: Actor, person: Person) -> None:
        has_account = hasattr(person, "account")
        make = renew_access if has_account else give_access
        invitation = make(actor=actor, person=person, now=timezone.now())
        until = moment(invitation.until, timezone.get_default_timezone_name())
        self.stdout.write(_("Link for %(person)s, until %(until)s:") % {"person": person, "until": until})
        self.stdout.write(password_address(invitation.secret))
