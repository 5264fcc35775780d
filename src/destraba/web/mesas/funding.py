"""What a mesa has identified and nobody pays for yet, with the day by which a budget must be asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, days_apart
from destraba.models import Mesa
from destraba.queries.matrix.solutions.funding import FundingOfMesa, Unfunded
from destraba.rules.matrix.classes import Funding
from destraba.values.numbers import solution_number
from destraba.web.things.facts import Fact
from destraba.web.things.needs import Need


@dataclass(frozen=True, slots=True)
class UnfundedLine:
    """`when` is how far the day of the window lies; `is_past` where it was missed."""

    number: str
    href: str
    title: str
    problem: str
    stage: str
    figures: str
    window: str
    window_iso: str
    when: str
    is_past: bool


def funding_context(mesa: Mesa, found: FundingOfMesa, today: date) -> dict[str, Any]:
    """For `mesas/funding.html`."""
    return {
        "need": _need(found, today),
        "lines": [_line(mesa.slug, one, today) for one in found.unfunded],
        "counts": [(label(kind), found.counts[kind]) for kind in Funding if kind in found.counts],
        "unsaid": found.unsaid,
    }


def funding_fact(mesa: Mesa, found: FundingOfMesa, today: date) -> list[Fact]:
    """For the page of the mesa; nothing while all is paid for, or nobody has said."""
    if not found.unfunded:
        return []
    count = len(found.unfunded)
    words = ngettext("%(count)s solution waits for money", "%(count)s solutions wait for money", count)
    return [
        Fact(
            _("Unfunded"),
            words % {"count": count},
            _window(found, today),
            reverse("funding", args=[mesa.slug]),
        )
    ]


def _need(found: FundingOfMesa, today: date) -> Need:
    if not found.unfunded:
        return Need(_("Nothing that was identified waits for money."))
    words = _window(found, today)
    return Need(f"{words}." if words else _("No budget window is known: ask when the next one closes."))


def _window(found: FundingOfMesa, today: date) -> str:
    """The next window that is still open."""
    ahead = [one.window_on for one in found.unfunded if one.window_on and one.window_on >= today]
    if not ahead:
        return ""
    said = {"day": day(ahead[0]), "distance": days_apart((ahead[0] - today).days)}
    return _("The next budget window closes on %(day)s, %(distance)s") % said


def _line(slug: str, one: Unfunded, today: date) -> UnfundedLine:
    figures = [quantity.text for quantity in (one.before, one.goal) if quantity]
    return UnfundedLine(
        number=solution_number(one.problem_number, one.number),
        href=reverse("solution", args=[slug, one.problem_number, one.number]),
        title=one.title,
        problem=one.problem,
        stage=label(one.stage),
        figures=" → ".join(figures),
        window=day(one.window_on) if one.window_on else "",
        window_iso=one.window_on.isoformat() if one.window_on else "",
        when=days_apart((one.window_on - today).days) if one.window_on else "",
        is_past=one.window_on is not None and one.window_on < today,
    )
