"""Days as one speaks of them on the day itself."""

from datetime import date

from django.utils.translation import gettext as _

from destraba.ledger.wording import day_short, days_apart


def away(days: int) -> str:
    """How far ahead a day is: "today", "tomorrow", "in 8 days"."""
    return _("tomorrow") if days == 1 else days_apart(days)


def lately(on: date, today: date) -> str:
    """A day of the last weeks: "today", "yesterday", "12 Jun"."""
    if on == today:
        return _("today")
    return _("yesterday") if (today - on).days == 1 else day_short(on, today)
