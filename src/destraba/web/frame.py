"""What the frame of every page shows: where one can go, who one is, language and appearance."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.access import ANONYMOUS, Viewer
from destraba.queries.jobs import WATCH, Trouble
from destraba.rules.permissions import PROGRAMME, Deed, Subject

PREFERENCES = {
    "theme": ("auto", "light", "dark"),
    "density": ("comfortable", "compact"),
    "keys": ("on", "off"),
}


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool = False
    go: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    role: str
    account_href: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what `layout.html` reads. It asks the database nothing, but for once a minute
    whether work is stuck, where somebody looks who has to know.
    """
    viewer: Viewer = getattr(request, "viewer", ANONYMOUS)
    language = translation.get_language() or settings.LANGUAGE_CODE
    chosen = {name: request.COOKIES.get(name) for name in PREFERENCES}
    return {
        "LANGUAGE_CODE": language,
        "languages": [(code, name) for code, name in (("es", "Español"), ("en", "English"))],
        "nav": _places(request, viewer),
        "search_url": reverse("search") if viewer.standing.account else "",
        "reader": _reader(viewer) if viewer.standing.account else None,
        "here": request.get_full_path() if request.method == "GET" else "/",
        "preferences_url": reverse("preferences"),
        "stuck": _stuck(request, viewer),
        **{name: value if value in PREFERENCES[name] else None for name, value in chosen.items()},
    }


def mesa_frame(viewer: Viewer, mesa: Mesa, current: str) -> dict[str, Any]:
    """The head of every page of one mesa; `current` is the name of the tab that one is on."""
    tabs = [
        ("mesa", _("Overview"), ""),
        ("matrix", _("Matrix"), "m"),
        ("meetings", _("Meetings"), "s"),
        ("people", _("People"), ""),
    ]
    return {
        "mesa": {"name": mesa.name, "href": reverse("mesa", args=[mesa.slug]), "slug": mesa.slug},
        "tabs": [
            Link(words, reverse(name, args=[mesa.slug]), name == current, go) for name, words, go in tabs
        ],
        "state_tag": _("Quiet") if mesa.is_quiet else "",
        "can_edit": access.may(viewer, Deed.EDIT_MATRIX, Subject(mesa.pk)),
    }


def _places(request: HttpRequest, viewer: Viewer) -> list[Link]:
    """What is not open to the viewer is not offered, nor what this installation does not have."""
    if not viewer.standing.account:
        places = [("public", _("Public page"), "")]
    else:
        places = [("home", _("Desk"), "d")]
        if access.may(viewer, Deed.READ_PROGRAMME, PROGRAMME):
            places.append(("programme", _("Programme"), "p"))
        places += [("public", _("Public page"), ""), ("outbox", _("Mail"), "")]
        if viewer.standing.administrator:
            places.append(("accounts", _("Accounts"), ""))
    found = [(words, _address(name), go) for name, words, go in places]
    return [Link(words, address, request.path == address, go) for words, address, go in found if address]


def _address(name: str) -> str:
    """Blank where there is no such page: only the demo shows its mail."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _stuck(request: HttpRequest, viewer: Viewer) -> dict[str, str] | None:
    """The sentence that says that work is stuck, for the administrator and the head; and where to look."""
    keeps = access.may(viewer, Deed.MANAGE_JOBS, PROGRAMME)
    now = getattr(request, "now", None)
    if now is None or not (keeps or access.may(viewer, Deed.MANAGE_CAPACITY, PROGRAMME)):
        return None
    trouble = WATCH.look(now)
    if trouble is None:
        return None
    said = {
        Trouble.UNSERVED: _("No worker is running: mail and deadlines wait until one starts."),
        Trouble.DEAD_LETTERS: _("Some work did not get done, and waits for somebody to look."),
    }[trouble]
    return {"said": said, "href": reverse("jobs") if keeps else ""}


def _reader(viewer: Viewer) -> Reader:
    roles = {seat.role for seat in viewer.standing.seats}
    words = ", ".join(sorted(label(role) for role in roles))
    if viewer.standing.administrator:
        words = ", ".join(filter(None, (words, _("Administrator"))))
    return Reader(viewer.name, words, reverse("account_change_password"))
