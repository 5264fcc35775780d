"""What the templates of the search read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from destraba.ledger.field_names import Words
from destraba.ledger.search.marks import Findable
from destraba.ledger.wording import number
from destraba.queries.search.finding import Group, Results, Wish
from destraba.values.search.wanted import LONGEST_QUERY
from destraba.web.frame import Link
from destraba.web.search.lines import Line, line_of

AT_ONCE = 5
IN_A_DIALOG = 4
ON_A_PAGE = 20
_LAST_PAGE = 50

KINDS: Mapping[Findable, Words] = {
    Findable.PROBLEM: gettext_lazy("Problems"),
    Findable.SOLUTION: gettext_lazy("Solutions"),
    Findable.COMMITMENT: gettext_lazy("Commitments"),
    Findable.MEETING: gettext_lazy("Meetings"),
    Findable.MINUTES: gettext_lazy("Minutes"),
    Findable.ORGANIZATION: gettext_lazy("Organizations"),
    Findable.PERSON: gettext_lazy("People"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one kind. `count` in words; `more_href` where not all of it is shown."""

    key: str
    title: str
    count: str
    lines: tuple[Line, ...]
    more_href: str = ""


def wish_in(query: QueryDict, *, in_a_dialog: bool) -> Wish:
    """What the address asks for; what makes no sense is left out."""
    text, mesa = query.get("q", ""), query.get("mesa", "")
    asked_kind = query.get("kind", "")
    kind = Findable(asked_kind) if asked_kind in set(Findable) and not in_a_dialog else None
    if kind is None:
        return Wish(text, IN_A_DIALOG if in_a_dialog else AT_ONCE, mesa)
    return Wish(text, ON_A_PAGE, mesa, kind, (_page_in(query) - 1) * ON_A_PAGE)


def _page_in(query: QueryDict) -> int:
    page = query.get("page", "")
    return (
        min(int(page), _LAST_PAGE)
        if page.isascii() and page.isdigit() and 0 < len(page) < 4 and int(page)
        else 1
    )


def search_context(wish: Wish, results: Results) -> dict[str, Any]:
    """For `search/page.html` and `search/_options.html`."""
    near = results.near
    return {
        "q": results.asked.text,
        "longest": LONGEST_QUERY,
        "kind": wish.kind.value if wish.kind else "",
        "near": near,
        "mesas": [
            Link(mesa.name, reverse("mesa", args=[mesa.slug]), current=mesa == near) for mesa in results.mesas
        ],
        "numbered": [line_of(hit) for hit in results.numbered],
        "sections": [_section(group, wish, results) for group in results.groups],
        "kinds": _kinds(wish, results),
        "page": _page_of(wish, results),
        "page_href": lambda page: address(wish, wish.kind, page),
        "all_href": address(wish, None),
        "said": _said(results),
    }


def address(wish: Wish, kind: Findable | None, page: int = 1) -> str:
    """The address of the same search, of one kind or of all."""
    asked = {
        "q": wish.text,
        "mesa": wish.mesa,
        "kind": kind.value if kind else "",
        "page": page if page > 1 else "",
    }
    return f"{reverse('search')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _section(group: Group, wish: Wish, results: Results) -> Section:
    shown = tuple(line_of(hit) for hit in group.hits)
    return Section(
        key=group.kind.value,
        title=str(KINDS[group.kind]),
        count=_count(group),
        lines=shown,
        more_href=address(wish, group.kind) if not wish.kind and group.total > len(shown) else "",
    )


def _count(group: Group) -> str:
    shown = number(group.total)
    return _("more than %(number)s") % {"number": shown} if group.is_more else shown


def _kinds(wish: Wish, results: Results) -> list[Mapping[str, Any]]:
    """The kinds as tabs: of what was found, or back from one of them to all."""
    every = {"label": _("Everything"), "href": address(wish, None), "current": wish.kind is None}
    found = [
        {
            "label": str(KINDS[group.kind]),
            "href": address(wish, group.kind),
            "current": group.kind is wish.kind,
            "count": _count(group),
        }
        for group in results.groups
    ]
    return [every, *found] if found else []


def _page_of(wish: Wish, results: Results) -> Any:
    """The page of one kind that is shown; None where all kinds are."""
    if not wish.kind or not results.groups:
        return None
    return Paginator(range(results.groups[0].total), ON_A_PAGE).get_page(wish.first // ON_A_PAGE + 1)


def _said(results: Results) -> str:
    """How much there is, for those who do not see the list grow."""
    if not results.asked:
        return ""
    if results.is_empty:
        return _("Nothing found")
    total = len(results.mesas) + len(results.numbered) + sum(group.total for group in results.groups)
    return ngettext("%(count)s thing found", "%(count)s things found", total) % {"count": number(total)}
