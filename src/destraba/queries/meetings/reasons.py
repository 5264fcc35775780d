"""Why a row stands on the agenda, said in the reader's language (the codes of `rules.agenda.Proposal`)."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label_of
from destraba.values.reasons import Param

Params = Mapping[str, Param]


def agenda_reason(code: str, params: Params) -> str:
    """One short sentence; nothing for an item that was put there by hand."""
    say = _SAID.get(code)
    return say(params) if say else ""


def _whole(params: Params, name: str) -> int:
    given = params.get(name)
    return given if isinstance(given, int) else 0


def _carried(params: Params) -> str:
    times = _whole(params, "times")
    return ngettext("Not reached at the session before", "Not reached at %(num)s sessions", times) % {
        "num": times
    }


def _overdue(params: Params) -> str:
    days, times = _whole(params, "days"), _whole(params, "times")
    late = ngettext("Overdue by %(num)s day", "Overdue by %(num)s days", days) % {"num": days}
    return f"{late}; {_taken_up(times)}" if times else late


def _stuck(params: Params) -> str:
    times = _whole(params, "times")
    return ngettext(
        "Taken up at %(num)s session without moving", "Taken up at %(num)s sessions without moving", times
    ) % {"num": times}


def _taken_up(times: int) -> str:
    return ngettext(
        "taken up at %(num)s session without moving", "taken up at %(num)s sessions without moving", times
    ) % {"num": times}


def _due_soon(params: Params) -> str:
    days = _whole(params, "days")
    if days == 0:
        return _("Falls due on the day of the session")
    return ngettext(
        "Falls due %(num)s day after the session", "Falls due %(num)s days after the session", days
    ) % {"num": days}


def _troubled(params: Params) -> str:
    return _("Its light is %(light)s") % {"light": label_of(str(params.get("light", ""))).lower()}


_SAID: Mapping[str, Callable[[Params], str]] = {
    "carried": _carried,
    "overdue": _overdue,
    "stuck": _stuck,
    "due_soon": _due_soon,
    "troubled": _troubled,
    "declined": lambda _params: _("Declined: it needs another owner"),
    "to_confirm": lambda _params: _("Reported done: to be confirmed"),
    "not_agreed_yet": lambda _params: _("Asked, and not accepted yet"),
    "undated": lambda _params: _("Has no date"),
    "open_with": lambda params: (
        _("Open with %(agency)s since the import") % {"agency": params.get("agency", "")}
    ),
    "ownerless": lambda _params: _("Nobody answers for it yet"),
    "moved": lambda _params: _("Moved since the session before"),
    "new_problem": lambda _params: _("A new problem"),
    "in_focus": lambda _params: _("In focus, and nothing promised yet"),
}
