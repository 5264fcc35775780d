"""The demo loaded, without the time that real renditions of minutes take."""

from datetime import datetime

from destraba.actions.meetings.minutes import Rendition
from destraba.exchange.demo.load import load
from destraba.models import Meeting, Mesa


def rendition(mesa: Mesa, meeting: Meeting, _now: datetime) -> Rendition:
    name = f"{mesa.slug}-{meeting.number}"
    return Rendition(name=name, pdf=f"%PDF-1.7 {name}".encode(), docx=f"PK {name}".encode())


def loaded(now: datetime) -> Mesa:
    """The forestry mesa of a demo that was loaded at this moment."""
    load(now, rendition)
    return Mesa.objects.get(slug="forestal")
