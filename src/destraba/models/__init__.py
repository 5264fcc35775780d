"""Tables, constraints and names; nothing clever."""

from destraba.models.accounts import Account, ReadLog
from destraba.models.files import File
from destraba.models.followup import Answer, Collaboration, Commitment, LightInterval
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
from destraba.models.meetings import AgendaItem, Attendance, Entry, Meeting, Minutes, Objection
from destraba.models.mesas import Mesa
from destraba.models.operations.imports import ImportedRow, ImportSource
from destraba.models.operations.jobs import Job, Turn, WorkerHeard
from destraba.models.operations.mail import Link, Nudge, Outbox
from destraba.models.operations.search import SearchEntry
from destraba.models.operations.views import MatrixVisit, SavedView
from destraba.models.people import Alias, Organization, OrganizationKind, Person, Place, Seat, Tenure
from destraba.models.programme import Figure, Programme
from destraba.models.records import MesaRecord, ProgrammeRecord, Record

__all__ = [
    "Account",
    "AgendaItem",
    "Alias",
    "Answer",
    "Attendance",
    "Collaboration",
    "Commitment",
    "Confirmation",
    "Enactment",
    "Entry",
    "Event",
    "Figure",
    "File",
    "FocusInterval",
    "Head",
    "ImportSource",
    "ImportedRow",
    "Job",
    "LightInterval",
    "Link",
    "MatrixVisit",
    "Meeting",
    "Mesa",
    "MesaRecord",
    "Minutes",
    "Nudge",
    "Objection",
    "Opinion",
    "Organization",
    "OrganizationKind",
    "Outbox",
    "Payload",
    "Person",
    "Place",
    "Problem",
    "Programme",
    "ProgrammeRecord",
    "ReadLog",
    "Record",
    "SavedView",
    "SearchEntry",
    "Seat",
    "Solution",
    "SolutionPlace",
    "Tenure",
    "Turn",
    "WorkerHeard",
]
