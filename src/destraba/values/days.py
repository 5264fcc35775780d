"""Days: deadlines are days in the mesa's own zone, never moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_in(zone: str, moment: datetime) -> date:
    """The calendar day that it is in `zone` (an IANA name) at an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).date()
