"""The marks among the words of an entry: of which kind it is, in which mesa, who sees it, whose it is.

No word that somebody types can be one of them: words have no "=".
"""

import hashlib
from enum import StrEnum
from uuid import UUID

from destraba.values.search.wanted import Term
from destraba.values.visibility import Visibility


class Findable(StrEnum):
    """What can be found, in the order in which it is shown."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    COMMITMENT = "commitment"
    MEETING = "meeting"
    MINUTES = "minutes"
    ORGANIZATION = "organization"
    PERSON = "person"


FOR_ALL_MESAS = Term("=m")
"""Of a person who answers for an agency in every mesa."""


def of_mesa(mesa_id: UUID) -> Term:
    return Term(f"=m{mesa_id.hex}")


def seen_by(visibility: str) -> Term:
    return Term(f"=v{Visibility(visibility)}")


def on_axis(axis: str) -> Term:
    return Term(f"=x{hashlib.sha256(axis.encode()).hexdigest()[:24]}")


def owned_by(organization_id: UUID) -> Term:
    return Term(f"=o{organization_id.hex}")
