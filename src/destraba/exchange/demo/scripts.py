"""The demo's mesas as data: one file each in `mesas/`, with its Matrix beside it where a source gives one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Any

from destraba.exchange.demo.cast import Post
from destraba.rules.mesas import MesaState
from destraba.values.fuzzy_dates import FuzzyDate, read

FOLDER = Path(__file__).with_name("mesas")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens on a day, counted from today, at an hour of the programme's zone.

    `by` is the first name of whoever acts, empty for the installation itself; `said` is what the act takes.
    """

    day: int
    at: time
    do: str
    by: str
    said: Mapping[str, Any]

    @classmethod
    def read(cls, day: int, table: Mapping[str, Any]) -> "Act":
        rest = dict(table)
        at, do = time.fromisoformat(rest.pop("at")), rest.pop("do")
        return cls(day, at, do, rest.pop("by", ""), rest)


@dataclass(frozen=True, slots=True)
class Script:
    """One mesa: what is real of it with its `source`, who else has a seat, and what happens on which day."""

    slug: str
    name: str
    method: str
    host: str
    source: str
    state: MesaState = MesaState.LAUNCHED
    horizontal: bool = False
    installed: FuzzyDate | None = None
    vacant: tuple[Post, ...] = ()
    acts: tuple[Act, ...] = field(default=(), repr=False)

    @property
    def matrix(self) -> Path | None:
        path = FOLDER / f"{self.slug}.csv"
        return path if path.exists() else None


def scripts() -> list[Script]:
    """All mesas, by address."""
    return [_script(path) for path in sorted(FOLDER.glob("*.toml"))]


def _script(path: Path) -> Script:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    installed, vacant, days = table.pop("installed", ""), table.pop("vacant", ()), table.pop("days", ())
    script = Script(slug=path.stem, **{**table, "state": MesaState(table.get("state", MesaState.LAUNCHED))})
    return replace(
        script,
        installed=read(installed, source=script.source),
        vacant=tuple(Post.read({**post, "mesa": script.slug}) for post in vacant),
        acts=tuple(Act.read(day["day"], act) for day in days for act in day["acts"]),
    )
