"""Tables, constraints and names; nothing clever."""

from destraba.models.accounts import Account, ReadLog
from destraba.models.files import File
from destraba.models.followup import Collaboration, Commitment, LightInterval
from destraba.models.imports import ImportedRow, ImportSource
from destraba.models.ledger import Event, Head, Payload
from destraba.models.matrix import (
    Confirmation,
    Enactment,
    FocusInterval,
    Opinion,
    Problem,
    Solution,
    SolutionPlace,
)
from destraba.models.mesas import Mesa
from destraba.models.people import Alias, Organization, OrganizationKind, Person, Place, Seat, Tenure
from destraba.models.programme import Programme
from destraba.models.records import MesaRecord, ProgrammeRecord, Record

__all__ = [
    "Account",
    "Alias",
    "Collaboration",
    "Commitment",
    "Confirmation",
    "Enactment",
    "Event",
    "File",
    "FocusInterval",
    "Head",
    "ImportSource",
    "ImportedRow",
    "LightInterval",
    "Mesa",
    "MesaRecord",
    "Opinion",
    "Organization",
    "OrganizationKind",
    "Payload",
    "Person",
    "Place",
    "Problem",
    "Programme",
    "ProgrammeRecord",
    "ReadLog",
    "Record",
    "Seat",
    "Solution",
    "SolutionPlace",
    "Tenure",
]
