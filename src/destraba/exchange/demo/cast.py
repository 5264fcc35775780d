"""Who plays in the demo: invented people in real posts, marked as invented. `cast.toml` lists them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from destraba.models import OrganizationKind
from destraba.rules.permissions import Role
from destraba.values.texts import slug

PASSWORD = "demo-destraba"  # noqa: S105  (the demo's, shown on its sign-in page)
MAIL_DOMAIN = "demo.example"
_CAST = Path(__file__).with_name("cast.toml")


@dataclass(frozen=True, slots=True)
class Post:
    """A seat; `mesa` is its address, empty for a seat of the programme."""

    organization: str
    role: Role
    mesa: str = ""
    title: str = ""
    axis: str = ""
    occasional: bool = False

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "Post":
        return cls(**{**table, "role": Role(table["role"])})


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person with the posts that they hold, and perhaps an account."""

    name: str
    posts: tuple[Post, ...] = ()
    account: bool = False
    administrator: bool = False
    office: str = ""

    @property
    def first_name(self) -> str:
        """Unlike everybody else's: the story calls them so."""
        return self.name.split()[0]

    @property
    def email(self) -> str:
        """First name at the demo's own domain, which no mail can reach."""
        return f"{slug(self.first_name)}@{MAIL_DOMAIN}"

    @property
    def role(self) -> Role | None:
        return self.posts[0].role if self.posts else None

    @property
    def title(self) -> str:
        return self.posts[0].title if self.posts else self.office


@dataclass(frozen=True, slots=True)
class Body:
    """A real organization, with the names that documents give it."""

    name: str
    kind: OrganizationKind
    aliases: tuple[str, ...] = ()


def _bodies(organizations: Mapping[str, list[list[str]]]) -> Iterator[Body]:
    for kind, names in organizations.items():
        for name, *aliases in names:
            yield Body(name, OrganizationKind(kind), tuple(aliases))


def _player(table: Mapping[str, Any]) -> Player:
    return Player(
        name=table["name"],
        posts=tuple(Post.read(post) for post in table.get("seats", ())),
        account=table.get("account", False),
        administrator=table.get("administrator", False),
        office=table.get("title", ""),
    )


_TABLE = tomllib.loads(_CAST.read_text(encoding="utf-8"))
COUNTRY: str = _TABLE["country"]
REGIONS: tuple[str, ...] = tuple(_TABLE["regions"])
BODIES = tuple(_bodies(_TABLE["organizations"]))
EVERYBODY = tuple(_player(table) for table in _TABLE["people"])
PLAYERS = tuple(player for player in EVERYBODY if player.account)
"""Those with an account, one for each role: the sign-in page offers them."""
