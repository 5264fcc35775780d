"""How long closing a meeting takes: 40 items, 60 seats, a promise and two paragraphs under each item.

    ./run bench close_meeting                                          SQLite in a folder of its own
    ./run bench close_meeting --database postgres://user@host/name     an empty database that may be filled

Prints how long it takes from pressing *Close* until the page is back, and how long its PDF and its DOCX take
then. Compare figures of one run on one machine, never of two machines.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any


def main() -> None:
    options = _options()
    os.environ["DESTRABA_ENV"] = "demo"
    os.environ["DESTRABA_HOME"] = tempfile.mkdtemp(prefix="destraba-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"
    if options.database:
        os.environ["DESTRABA_DATABASE_URL"] = options.database
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare")
    _measure(_fill(options.items, options.seats))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--items", type=int, default=40)
    parser.add_argument("--seats", type=int, default=60)
    return parser.parse_args()


def _fill(items: int, seats: int) -> Any:
    """A meeting of the forestry mesa under way, with all that is said of it written down."""
    from destraba.actions.matrix.problems import raise_problem
    from destraba.actions.meetings.agenda import add_item, take_item
    from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
    from destraba.actions.meetings.room import commit_in_room, note_attendance, write_entry
    from destraba.actions.people import add_person, open_seat, start_tenure
    from destraba.exchange.demo.load import load
    from destraba.methods.schema import MeetingKind
    from destraba.models import Mesa, Organization
    from destraba.rules.meetings import EntryKind, ItemState, Presence
    from destraba.rules.permissions import Role
    from destraba.values.actors import Actor, Via
    from destraba.web.meetings.renditions import rendition_of

    now = datetime.now(UTC)
    load(now, rendition_of)
    mesa, actor = Mesa.objects.get(slug="forestal"), Actor(None, Via.COMMAND)
    bodies = list(Organization.objects.all())
    meeting = prepare_meeting(
        actor=actor,
        mesa=mesa,
        kind=MeetingKind.SESSION,
        held_on=now.date(),
        begins_at=(now + timedelta(minutes=1)).time(),
        lasts_minutes=120,
        now=now,
    )
    open_meeting(actor=actor, meeting=meeting, now=now)
    for number in range(seats):
        seat = open_seat(
            actor=actor, mesa=mesa, organization=bodies[number % len(bodies)], role=Role.MEMBER, now=now
        )
        person = add_person(actor=actor, full_name=f"Persona {number}", is_invented=True, now=now)
        start_tenure(actor=actor, seat=seat, person=person, starts_on=now.date(), now=now)
        note_attendance(actor=actor, meeting=meeting, seat=seat, presence=Presence.PRESENT, now=now)
    for number in range(items):
        problem = raise_problem(actor=actor, mesa=mesa, title=f"Traba {number} que demora meses", now=now)
        item = add_item(actor=actor, meeting=meeting, problem=problem, now=now)
        for kind in (EntryKind.NOTE, EntryKind.DECISION):
            text = "Lo que se dijo y lo que la mesa decide al respecto, en una frase de largo usual."
            write_entry(actor=actor, meeting=meeting, item=item, kind=kind, text=text, now=now)
        owner = bodies[number % len(bodies)]
        commit_in_room(
            actor=actor, meeting=meeting, problem=problem, title=f"Paso {number}", owner=owner, now=now
        )
        take_item(actor=actor, item=item, state=ItemState.TAKEN, now=now)
    return meeting


def _measure(meeting: Any) -> None:
    from django.test import Client

    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector
    from destraba.models import Account

    client = Client(headers={"host": "localhost"})
    client.force_login(
        Account.objects.get(email="ana@demo.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    address = f"/mesas/forestal/meetings/{meeting.number}/"
    client.get(f"{address}live/?closing=1")
    began = time.perf_counter()
    page = client.post(f"{address}live/", {"act": "close"}, follow=True)
    print(f"closed, page back    {time.perf_counter() - began:6.2f} s")
    assert page.status_code == 200, page.status_code
    meeting.refresh_from_db()
    assert meeting.state == "closed", meeting.state
    for form in ("pdf", "docx"):
        began = time.perf_counter()
        answer = client.get(f"{address}minutes.{form}")
        took = time.perf_counter() - began
        assert answer.status_code == 200, answer.status_code
        print(f"{form:20} {took:6.2f} s   {len(answer.content):,} bytes")


if __name__ == "__main__":
    main()
