"""The templates' environment: what every page may call."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup

from destraba.ledger import wording
from destraba.web import marks
from destraba.web.grid import GridRow


def environment(**options: Any) -> Environment:
    """Jinja2 with gettext, addresses, static files and the wording of dates, figures and numbers."""
    env = Environment(  # noqa: S701  (Django's backend switches autoescape on)
        **options,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    env.globals.update(
        static=static,
        url=_url,
        light_word=marks.light_word,
        stage_word=marks.stage_word,
        rungs_of=marks.rungs_of,
        grid_row=_row_drawer(env),
        pairs_of=_pairs_of,
    )
    env.filters.update(
        day=wording.day,
        day_short=wording.day_short,
        fuzzy=wording.fuzzy,
        moment=wording.moment,
        quantity=wording.quantity,
        number=wording.number,
    )
    return env


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _pairs_of(query: str) -> list[tuple[str, str]]:
    """The names and values of an address's query."""
    return parse_qsl(query.removeprefix("?"))


def _row_drawer(env: Environment) -> Callable[[GridRow], Markup]:
    """Draws a row of the grid, the same row only once: a Matrix has hundreds, and few change in a day.

    What a row looks like follows from the row and the language alone, whoever it is drawn for.
    """

    def draw(_language: str | None, row: GridRow) -> Markup:
        return Markup(env.get_template("components/grid.html").module.row(row))  # type: ignore[attr-defined]  # noqa: S704

    drawn = draw if env.auto_reload else lru_cache(maxsize=4096)(draw)
    return lambda row: drawn(translation.get_language(), row)
