"""Everybody's accounts, for the administrator; the team of a mesa gives its own on the page of its people."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from destraba.ledger.labels import label
from destraba.ledger.wording import moment
from destraba.queries.accounts import AccountLine
from destraba.rules.accounts import Key
from destraba.web.middleware import Request
from destraba.web.people.keys import KEYS_OF_ALL
from destraba.web.things.acts import Offer
from destraba.web.things.answering import Page, answer
from destraba.web.things.scenes import AccountsScene, accounts_scene


def _context(scene: AccountsScene, offered: list[Offer]) -> dict[str, Any]:
    lines = [_line(scene, line, offered) for line in scene.lines]
    return {
        "lines": lines,
        "without": sum(line.holder.key is Key.NONE for line in scene.lines),
        "closed": sum(line.holder.key is Key.CLOSED for line in scene.lines),
    }


def _line(scene: AccountsScene, line: AccountLine, offered: list[Offer]) -> dict[str, Any]:
    return {
        "name": line.person.full_name,
        "email": line.email or line.person.email,
        "key": label(line.holder.key),
        "is_administrator": line.holder.administrator,
        "last_login": moment(line.last_login, scene.zone) if line.last_login else "",
        "offers": [offer for offer in offered if offer.target == line.person],
    }


_ACCOUNTS = Page("accounts/page.html", KEYS_OF_ALL, _context)


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: Request) -> HttpResponse:
    """Who can sign in, and who could."""
    return answer(request, _ACCOUNTS, lambda: accounts_scene(request))
