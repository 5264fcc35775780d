"""Who acts, and through which door. Always passed, never ambient."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from destraba.values.keys import new_key


class Via(StrEnum):
    """The door an action came in by (trust.md, "The ledger")."""

    WEB = "web"
    API = "api"
    LINK = "link"
    IMPORT = "import"
    COMMAND = "command"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts: a person, or the installation itself (`person_id` is None: a command, a job).

    `on_behalf_of` is the seat for which the team enters what it heard by telephone.
    `request_id` names the request, so that an outcome can be looked up instead of guessed.
    `link_names` are the records that a mailed link names; empty, it is for the rows that its person owes.
    """

    person_id: UUID | None
    via: Via
    request_id: UUID = field(default_factory=new_key)
    on_behalf_of: UUID | None = None
    link_names: frozenset[UUID] = frozenset()
