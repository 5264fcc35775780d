"""Bringing a spreadsheet in: new rows and changed cells of one mesa, all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from destraba.actions.followup.commitments import (
    CommitmentFields,
    amend_commitment,
    enter_collaborators,
    enter_commitment,
    reassign,
    redate,
)
from destraba.actions.matrix.cells import fetch_row
from destraba.actions.matrix.problems import ProblemFields, amend_problem, enter_problem
from destraba.actions.matrix.solutions import SolutionFields, amend_solution, enter_solution
from destraba.actions.people import enter_organization, enter_seat
from destraba.ledger.record import Recording, recording
from destraba.models import (
    Commitment,
    ImportedRow,
    ImportSource,
    Mesa,
    Organization,
    OrganizationKind,
    Problem,
    Seat,
    Solution,
)
from destraba.queries import access
from destraba.queries.matrix.cells import Kind
from destraba.queries.people import organizations_named
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed, Role, Subject
from destraba.rules.priorities import Importance
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.actors import Actor
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.names import is_plural_owner, name_key

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One row of a source: new where `row_id` is None.

    `key` and `parent_key` are the source's own. `values` are the cells to write, typed; `said` is everything
    that the source says in this row, as text, kept for the comparison when it comes again.
    """

    kind: Kind
    key: str
    parent_key: str
    row_id: UUID | None
    values: Values
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IncomingMember:
    """An organization that the source lists as a participant."""

    name: str
    kind: OrganizationKind
    role: Role
    is_occasional: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person chose of a source."""

    source: str
    rows: Sequence[IncomingRow]
    members: Sequence[IncomingMember] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


def bring_in(*, actor: Actor, mesa: Mesa, incoming: Incoming, now: datetime) -> UUID:
    """Write what was chosen, and remember what the source said. Returns the change set."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk, mesa.programme_id]) as change:
        importer = _Importer(change, mesa, incoming)
        importer.enter_members()
        for row in incoming.rows:
            importer.enter(row)
        importer.remember(now)
        return change.change_set


class _Importer:
    """One import under way: the organizations by name, and the rows entered so far by their key."""

    def __init__(self, change: Recording, mesa: Mesa, incoming: Incoming) -> None:
        self.change = change
        self.mesa = mesa
        self.incoming = incoming
        names = [member.name for member in incoming.members]
        for row in incoming.rows:
            names.extend(_owners(row.values))
        self.organizations = dict(organizations_named(names))
        self.entered: dict[str, Problem | Solution | Commitment] = {}

    def enter_members(self) -> None:
        """Seats for the participants, empty until somebody says who sits in them."""
        seated = set(
            Seat.objects.filter(mesa=self.mesa, withdrawn_at=None).values_list("organization_id", flat=True)
        )
        for member in self.incoming.members:
            organization = self._organization(member.name, member.kind)
            if organization.pk not in seated:
                enter_seat(
                    self.change, organization, member.role, self.mesa, is_occasional=member.is_occasional
                )
                seated.add(organization.pk)

    def enter(self, row: IncomingRow) -> None:
        """A new row under its parent, or the changed cells of one that is there."""
        if row.row_id:
            record = fetch_row(self.mesa, row.kind, row.row_id)
            self._amend(record, row.values)
        elif row.kind is Kind.PROBLEM:
            record = self._new_problem(row.values)
        elif row.kind is Kind.SOLUTION:
            record = self._new_solution(row)
        else:
            record = self._new_commitment(row)
        self.entered[row.key] = record

    def remember(self, now: datetime) -> None:
        """Keep what the source said, row by row."""
        source, _created = ImportSource.objects.update_or_create(
            mesa=self.mesa,
            name=self.incoming.source,
            defaults={"imported_at": now, "mapping": dict(self.incoming.mapping)},
        )
        for row in self.incoming.rows:
            ImportedRow.objects.update_or_create(
                source=source,
                object_type=row.kind.value,
                key=row.key,
                defaults={"object_id": self.entered[row.key].pk, "values": dict(row.said)},
            )

    def _new_problem(self, values: Values) -> Problem:
        problem = enter_problem(
            self.change,
            self.mesa,
            stage=ProblemStage.ACCEPTED,
            title=str(values["title"]),
            detail=str(values.get("detail", "")),
            axis=str(values.get("axis", "")),
        )
        importance = values.get("importance")
        return amend_problem(
            self.change, problem, importance=importance if isinstance(importance, Importance) else None
        )

    def _new_solution(self, row: IncomingRow) -> Solution:
        problem = self.entered[row.parent_key]
        assert isinstance(problem, Problem)  # noqa: S101  (the plan lists parents first)
        return enter_solution(
            self.change,
            problem,
            title=str(row.values["title"]),
            stage=SolutionStage.AGREED,
            before=row.values.get("before"),  # type: ignore[arg-type]
            result=row.values.get("after"),  # type: ignore[arg-type]
            goal=row.values.get("goal"),  # type: ignore[arg-type]
        )

    def _new_commitment(self, row: IncomingRow) -> Commitment:
        """What a working mesa's spreadsheet lists has been agreed; what it calls done is done."""
        parent = self.entered[row.parent_key]
        problem = parent.problem if isinstance(parent, Solution) else parent
        assert isinstance(problem, Problem)  # noqa: S101  (the plan lists parents first)
        names = _owners(row.values)
        declared = row.values.get("declared")
        commitment = enter_commitment(
            self.change,
            problem,
            parent if isinstance(parent, Solution) else None,
            title=str(row.values["title"]),
            owner=self._organization(names[0]) if names else None,
            stands_for_many=bool(names) and is_plural_owner(names[0]),
            due=row.values.get("due"),  # type: ignore[arg-type]
            situation=str(row.values.get("situation", "")),
            state=CommitmentState.DONE if declared is Light.DONE else CommitmentState.AGREED,
            declared=declared if isinstance(declared, Light) else None,
        )
        enter_collaborators(self.change, commitment, [self._organization(name) for name in names[1:]])
        return commitment

    def _amend(self, record: Problem | Solution | Commitment, values: Values) -> None:
        """Only the cells that changed in the source."""
        if isinstance(record, Problem):
            amend_problem(self.change, record, **cast("ProblemFields", _picked(values, ProblemFields)))
        elif isinstance(record, Solution):
            amend_solution(self.change, record, **cast("SolutionFields", _picked(values, SolutionFields)))
        else:
            amend_commitment(
                self.change, record, **cast("CommitmentFields", _picked(values, CommitmentFields))
            )
            self._reowner(record, values)
            if "due" in values:
                due = values["due"]
                redate(self.change, record, due if isinstance(due, FuzzyDate) else None, self.incoming.source)

    def _reowner(self, commitment: Commitment, values: Values) -> None:
        if "owners" not in values:
            return
        names = _owners(values)
        reassign(self.change, commitment, self._organization(names[0]) if names else None)
        enter_collaborators(self.change, commitment, [self._organization(name) for name in names[1:]])

    def _organization(self, name: str, kind: OrganizationKind = OrganizationKind.OTHER) -> Organization:
        """The one called so, or a new one."""
        key = name_key(name)
        if key not in self.organizations:
            self.organizations[key] = enter_organization(
                self.change, self.mesa.programme, name=name, kind=kind
            )
        return self.organizations[key]


def _owners(values: Values) -> list[str]:
    owners = values.get("owners", ())
    return [str(name) for name in owners] if isinstance(owners, Iterable) else []


def _picked(values: Values, fields: type) -> dict[str, object]:
    """The values that this kind of edit takes."""
    return {name: value for name, value in values.items() if name in fields.__annotations__}
