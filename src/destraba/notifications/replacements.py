"""Another link for whoever asks for one: it goes to the address that is on record, and to no other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from destraba.actions.links import make_link
from destraba.models import Outbox, Person
from destraba.notifications.letters import letter_of, way_in
from destraba.notifications.outbox import post, was_posted
from destraba.rules.operations.links import LinkPurpose

PURPOSE = "link"
PAUSE = 10 * 60
"""Seconds in which one person gets one such mail, however often somebody asks."""


def replace_link(
    person: Person, team: Sequence[Person], programme: str, zone: str, now: datetime
) -> Outbox | None:
    """Put the mail into the outbox; None where one went a moment ago. Words are in the active language."""
    key = f"{PURPOSE}:{person.pk}:{int(now.timestamp()) // PAUSE}"
    if was_posted(key):
        return None
    with transaction.atomic():
        made = make_link(purpose=LinkPurpose.UPDATE, person=person, now=now)
        way = way_in(made, zone)
        parts = [
            _("Good day, %(name)s:") % {"name": person.full_name},
            _("Here is a new link to what is asked of you:"),
            way.address,
            way.typed,
            programme,
            _("You receive this because somebody asked for it with your address."),
        ]
        return post(
            key=key,
            purpose=PURPOSE,
            mesa=None,
            person=person,
            to_name=person.full_name,
            to_address=person.email,
            from_name=programme,
            reply_to=[one.email for one in team if one.email],
            subject=_("Your new link"),
            text=letter_of(parts),
            now=now,
        )
