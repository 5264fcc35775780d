"""The address of a Matrix read as a view, and a view written as an address.

Every name and every code is one of a closed set; what is none of them asks for nothing. `-` stands for "none
given", since a blank field of a form asks for nothing.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from destraba.queries.matrix.views.asked import Condition, Days, Filters, Quick, Sort, View
from destraba.queries.matrix.views.columns import FIXED, SPECS, USUAL, Asked, Column

NONE_GIVEN = "-"
WITHOUT = "none"
_LONGEST_TEXT = 200
_MOST_CODES = 50
_FARTHEST = 1_000_000
_COLUMNS = {column.value: column for column in Column}


def view_of(fields: QueryDict, usual_group: Column = Column.SHELF) -> View:
    """What the address asks for."""
    return View(
        columns=_columns(fields.getlist("col")),
        filters=_filters(fields),
        sort=_sort(fields.get("sort", "")),
        group=_group(fields.get("group", ""), usual_group),
        start=_number(fields.get("from", "")),
        usual_group=usual_group,
    )


def query_of(view: View, *, start: int = 0) -> str:
    """The same view as an address says it, after the question mark; blank for the usual one."""
    pairs = [*_filter_pairs(view.filters)]
    if view.sort:
        pairs.append(("sort", ("-" if view.sort.falling else "") + view.sort.column.value))
    if view.group is not view.usual_group:
        pairs.append(("group", view.group.value if view.group else WITHOUT))
    if view.columns != USUAL:
        pairs += [("col", column.value) for column in view.columns]
    if start:
        pairs.append(("from", str(start)))
    return urlencode(pairs)


def _columns(names: list[str]) -> tuple[Column, ...]:
    """In the order of the page, whatever the order they are named in."""
    chosen = {_COLUMNS[name] for name in names if name in _COLUMNS}
    return tuple(column for column in Column if column in chosen or column in FIXED) if chosen else USUAL


def _filters(fields: QueryDict) -> Filters:
    where = ((column, _condition(column, fields)) for column in Column)
    quick = frozenset(Quick(code) for code in fields.getlist("quick") if code in set(Quick))
    return Filters(
        text=_text(fields, "q"),
        where=tuple((column, asked) for column, asked in where if asked is not None),
        quick=quick,
    )


def _condition(column: Column, fields: QueryDict) -> Condition | None:
    name = column.value
    match SPECS[column].asked:
        case Asked.CHOICE | Asked.OWNER:
            return _codes(column, fields.getlist(name)[:_MOST_CODES])
        case Asked.DAYS:
            return _days(fields, name)
        case Asked.COUNT:
            return _number(fields.get(name, "")) or None
        case Asked.TEXT:
            return _text(fields, name) or None
        case _:
            return None


def _codes(column: Column, given: list[str]) -> frozenset[str] | None:
    options = SPECS[column].options
    known = {str(member.value) for member in options} if options else None
    codes = set()
    for code in given:
        if code == NONE_GIVEN:
            codes.add("")
        elif known is not None and code in known:
            codes.add(code)
        elif known is None and code and (column not in _KEYS or _is_key(code)):
            codes.add(code[:_LONGEST_TEXT])
    return frozenset(codes) or None


_KEYS = frozenset({Column.OWNER, Column.MESA})


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _days(fields: QueryDict, name: str) -> Days | None:
    if fields.get(name) == WITHOUT:
        return Days(without=True)
    first, last = (_day(fields.get(f"{name}_{end}", "")) for end in ("from", "to"))
    return Days(first, last) if first or last else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(fields: QueryDict, name: str) -> str:
    return fields.get(name, "").replace("\0", "").strip()[:_LONGEST_TEXT]


def _number(text: str) -> int:
    return min(int(text), _FARTHEST) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _sort(text: str) -> Sort | None:
    column = _COLUMNS.get(text.removeprefix("-"))
    return Sort(column, text.startswith("-")) if column and SPECS[column].sorts else None


def _group(text: str, usual: Column) -> Column | None:
    if text == WITHOUT:
        return None
    column = _COLUMNS.get(text)
    return column if column and SPECS[column].groups else usual


def _filter_pairs(filters: Filters) -> Iterator[tuple[str, str]]:
    if filters.text:
        yield "q", filters.text
    for quick in Quick:
        if quick in filters.quick:
            yield "quick", quick.value
    for column, asked in filters.where:
        yield from condition_pairs(column, asked)


def condition_pairs(column: Column, asked: Condition) -> Iterator[tuple[str, str]]:
    """How an address asks this of a column."""
    if isinstance(asked, frozenset):
        yield from ((column.value, code or NONE_GIVEN) for code in sorted(asked))
    elif isinstance(asked, Days) and asked.without:
        yield column.value, WITHOUT
    elif isinstance(asked, Days):
        ends = (("from", asked.first), ("to", asked.last))
        yield from ((f"{column.value}_{end}", day.isoformat()) for end, day in ends if day)
    else:
        yield column.value, str(asked)
