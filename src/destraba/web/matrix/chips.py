"""What a view asks for, in words that can be taken away one by one; and what people ask for every day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.queries.matrix.views.asked import Condition, Days, Filters, Sort, View
from destraba.queries.matrix.views.columns import SPECS, Column
from destraba.web.matrix.asking import query_of
from destraba.web.matrix.words import COLUMN_WORDS, QUICK_WORDS


@dataclass(frozen=True, slots=True)
class Chip:
    """`href` asks for the same view with it, or without it where it `is_on`."""

    words: str
    href: str
    is_on: bool = True


def quick_chips(view: View) -> list[Chip]:
    """One for each of the daily questions, on or off."""
    asked = view.filters.quick
    return [
        Chip(str(words), _address(_with(view, quick=asked ^ {quick})), quick in asked)
        for quick, words in QUICK_WORDS.items()
    ]


def condition_chips(view: View, names: Mapping[str, str]) -> list[Chip]:
    """One for each condition on a column. `names`: those of organizations and mesas, by key."""
    where = view.filters.where
    return [
        Chip(
            f"{COLUMN_WORDS[column]}: {condition_words(column, asked, names)}",
            _address(_with(view, where=tuple(one for one in where if one[0] is not column))),
        )
        for column, asked in where
    ]


def condition_words(column: Column, asked: Condition, names: Mapping[str, str]) -> str:
    """What is asked of a column, after its name."""
    match asked:
        case Days(without=True):
            return _("without a date")
        case Days(first=first, last=last):
            return " – ".join(day(one) if one else "…" for one in (first, last))
        case int():
            return _("at least %(count)s") % {"count": asked}
        case str():
            return f"“{asked}”"
        case _:
            return ", ".join(_code_words(column, code, names) for code in sorted(asked))


def _code_words(column: Column, code: str, names: Mapping[str, str]) -> str:
    if not code:
        return _("not said")
    options = SPECS[column].options
    return label(options(code)) if options else names.get(code, code)


def sort_links(view: View) -> Mapping[Column, str]:
    """The address that sorts by a column: rising, then falling, then as the team put it."""
    links = {}
    for column in view.columns:
        if SPECS[column].sorts:
            links[column] = _address(replace(view, sort=_next_sort(view.sort, column), start=0))
    return links


def _next_sort(sort: Sort | None, column: Column) -> Sort | None:
    if sort is None or sort.column is not column:
        return Sort(column)
    return None if sort.falling else Sort(column, falling=True)


def _with(view: View, **changes: object) -> View:
    filters: Filters = replace(view.filters, **changes)  # type: ignore[arg-type]
    return replace(view, filters=filters, start=0)


def _address(view: View) -> str:
    return f"?{query_of(view)}"
