"""`destraba setup`: found the programme of a new installation, and let its first person in."""

import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from destraba.actions.accounts import create_account
from destraba.actions.people import add_organization, add_person, open_seat, start_tenure
from destraba.actions.programme import found_programme
from destraba.management.commanding import DestrabaCommand
from destraba.models import Programme
from destraba.rules.permissions import Role
from destraba.values.actors import Actor, Via
from destraba.values.days import day_in
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason


class Command(DestrabaCommand):
    help = "Found the programme and its first account, which administers the installation. Possible once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="the name of the programme")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="the address to sign in with")
        parser.add_argument("--person", default="", help="the full name behind that address")
        parser.add_argument(
            "--organization",
            help="where that person works: with it, they head the programme too and can open mesas",
        )
        parser.add_argument(
            "--time-zone", type=_zone, default=settings.TIME_ZONE, help="of the programme (%(default)s)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if Programme.objects.exists():
            raise Conflict(Reason.of("programme_exists"))
        password, is_made_up = self._password(options["admin"])
        with transaction.atomic():
            self._found(options, password)
        self.stdout.write(_("Founded: %(name)s") % {"name": options["name"]})
        if is_made_up:
            self.stdout.write(
                _("Password of %(email)s, shown only now: %(password)s")
                % {"email": options["admin"], "password": password}
            )
        self.stdout.write(_("Next: destraba import-matrix FILE --mesa ADDRESS --create"))

    def _found(self, options: dict[str, Any], password: str) -> None:
        actor, now = Actor(None, Via.COMMAND), timezone.now()
        zone = options["time_zone"]
        found_programme(actor=actor, name=options["name"], time_zone=zone, now=now)
        person = add_person(
            actor=actor, full_name=options["person"] or options["admin"], email=options["admin"], now=now
        )
        create_account(
            actor=actor,
            email=options["admin"],
            password=password,
            person=person,
            is_administrator=True,
            now=now,
        )
        if options["organization"]:
            organization = add_organization(actor=actor, name=options["organization"], now=now)
            seat = open_seat(actor=actor, organization=organization, role=Role.HEAD, mesa=None, now=now)
            start_tenure(actor=actor, seat=seat, person=person, starts_on=day_in(zone, now), now=now)

    def _password(self, email: str) -> tuple[str, bool]:
        """Asked twice where somebody sits at the terminal; otherwise made up and printed once."""
        if not sys.stdin.isatty():
            return secrets.token_urlsafe(15), True
        password = getpass(_("Password for %(email)s: ") % {"email": email})
        if password != getpass(_("The same again: ")):
            self.refuse(_("They differ. Nothing was written."))
        try:
            validate_password(password)
        except ValidationError as error:
            self.refuse(" ".join(error.messages))
        return password, False


def _zone(name: str) -> str:
    """Raises ValueError, which is how a parser of arguments is told."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error
    return name
