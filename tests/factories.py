"""The fixed cast of all stories, brought on stage by the same actions that the product uses.

It is Thursday 15 June 2017, nine in the morning in Lima. Everybody here is invented.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from destraba.actions.accounts import create_account
from destraba.actions.followup.commitments import ask_commitment
from destraba.actions.matrix.problems import raise_problem
from destraba.actions.matrix.solutions import propose_solution
from destraba.actions.mesas import open_mesa
from destraba.actions.people import add_organization, add_person, end_tenure, open_seat, start_tenure
from destraba.actions.programme import found_programme
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import (
    Account,
    Alias,
    Commitment,
    Event,
    Head,
    Mesa,
    Organization,
    OrganizationKind,
    Payload,
    Person,
    Problem,
    Programme,
    SearchEntry,
    Seat,
    Solution,
    Tenure,
)
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from destraba.values.actors import Actor, Via
from destraba.values.fuzzy_dates import FuzzyDate

NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
TODAY = date(2017, 6, 15)
SINCE = date(2015, 1, 1)
LEFT = date(2016, 12, 31)
PASSWORD = "una frase larga de prueba"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with an account; the administrator is nobody's office-holder and has no seat."""

    person: Person
    account: Account
    seat: Seat | None = None

    @property
    def actor(self) -> Actor:
        """This person acting in the browser, in a request of its own."""
        return Actor(self.person.pk, Via.WEB)


@dataclass(frozen=True, slots=True)
class Cast:
    """`forestal` is the mesa of most stories, `acuicola` the one next door."""

    programme: Programme
    forestal: Mesa
    acuicola: Mesa
    serfor: Organization
    osinfor: Organization
    produce: Organization
    ucayali: Organization
    conafor: Organization
    ana: Player
    teo: Player
    pilar: Player
    marco: Player
    lucia: Player
    hilda: Player
    alto: Player
    ejes: Player
    admin: Player
    vecina: Player
    antes: Player

    @property
    def roles(self) -> dict[str, Player]:
        """Everybody by what they are to `forestal`."""
        return {
            "team": self.ana,
            "technical_leader": self.teo,
            "political_leader": self.pilar,
            "member": self.marco,
            "liaison": self.lucia,
            "head": self.hilda,
            "high_level": self.alto,
            "axis_lead": self.ejes,
            "administrator": self.admin,
            "member_of_another_mesa": self.vecina,
            "former_member": self.antes,
        }


def command() -> Actor:
    """The installation itself, at the command line."""
    return Actor(None, Via.COMMAND)


def cast() -> Cast:
    """Raise the curtain. The actions play once; after that the same rows, the ledger's too, are put back."""
    if not _played:
        _played.append(_Play.of(_perform()))
        return deepcopy(_played[0].cast)
    return _played[0].again()


def _perform() -> Cast:
    programme = found_programme(actor=command(), name="Programa de prueba", time_zone="America/Lima", now=NOW)
    serfor = organization("Servicio Nacional Forestal y de Fauna Silvestre", "SERFOR")
    osinfor = organization("Organismo de Supervisión de los Recursos Forestales", "OSINFOR")
    produce = organization("Ministerio de la Producción", "PRODUCE", kind=OrganizationKind.MINISTRY)
    ucayali = organization(
        "Gobierno Regional de Ucayali", "GORE Ucayali", kind=OrganizationKind.REGIONAL_GOVERNMENT
    )
    conafor = organization(
        "Confederación Nacional de la Madera", "CONAFOR Perú", kind=OrganizationKind.ASSOCIATION
    )
    forestal = mesa("Mesa Ejecutiva Forestal", "forestal", host=produce)
    acuicola = mesa("Mesa Ejecutiva Acuícola", "acuicola", host=produce)
    return Cast(
        programme=programme,
        forestal=forestal,
        acuicola=acuicola,
        serfor=serfor,
        osinfor=osinfor,
        produce=produce,
        ucayali=ucayali,
        conafor=conafor,
        ana=player("Ana Paredes", produce, Role.TEAM, forestal),
        teo=player("Teodoro Quispe", produce, Role.TECHNICAL_LEADER, forestal),
        pilar=player("Pilar Montes", produce, Role.POLITICAL_LEADER, forestal),
        marco=player("Marco Ríos", conafor, Role.MEMBER, forestal),
        lucia=player("Lucía Farfán", serfor, Role.LIAISON, forestal),
        hilda=player("Hilda Campos", produce, Role.HEAD, None),
        alto=player("Alonso Tello", produce, Role.HIGH_LEVEL, None),
        ejes=player("Elena Jara", produce, Role.AXIS_LEAD, None, axis="simplification"),
        admin=administrator("Adán Mines"),
        vecina=player("Vera Costa", conafor, Role.MEMBER, acuicola),
        antes=player("Anselmo Tejada", conafor, Role.MEMBER, forestal, until=LEFT),
    )


@dataclass(frozen=True, slots=True)
class _Play:
    """A cast with the rows that the actions wrote for it."""

    cast: Cast
    rows: dict[type[Model], list[Any]]

    @classmethod
    def of(cls, cast: Cast) -> "_Play":
        of_records = [Head, Programme, Organization, Alias, Mesa, Person, Seat, Tenure]
        written = [*of_records, SearchEntry, Event]
        rows = {model: list(model._base_manager.all()) for model in written}
        rows[Account] = [one.account for one in cast.roles.values()]
        parts = Payload.objects.values("event_id", "part", "digest", "salt", "value")
        return cls(cast, rows | {Payload: list(parts)})

    def again(self) -> Cast:
        with transaction.atomic():
            for model, rows in self.rows.items():
                fresh = [model(**row) for row in rows] if model is Payload else rows
                model._base_manager.bulk_create(fresh)
        return deepcopy(self.cast)


_played: list[_Play] = []


def organization(name: str, acronym: str, kind: OrganizationKind = OrganizationKind.AGENCY) -> Organization:
    return add_organization(actor=command(), name=name, aliases=[acronym], kind=kind, now=NOW)


def alias(of: Organization, name: str) -> None:
    """Another name, even one that is somebody else's already, as an import of long ago could leave it."""
    with recording(actor=command(), now=NOW, streams=[of.programme_id]) as change:
        change.create(Alias(programme_id=of.programme_id, organization=of, name=name), kinds.ALIAS_ADDED)


def mesa(name: str, slug: str, host: Organization) -> Mesa:
    return open_mesa(
        actor=command(),
        name=name,
        slug=slug,
        method_id="peru-me",
        host=host,
        state=MesaState.LAUNCHED,
        installed_on=FuzzyDate(SINCE),
        now=NOW,
    )


def player(
    full_name: str,
    of: Organization,
    role: Role,
    where: Mesa | None,
    *,
    axis: str = "",
    until: date | None = None,
) -> Player:
    """A person with an account, in a new seat of an organization, since January 2015."""
    person = add_person(
        actor=command(), full_name=full_name, email=address(full_name), is_invented=True, now=NOW
    )
    seat = open_seat(actor=command(), organization=of, role=role, mesa=where, axis=axis, now=NOW)
    tenure = start_tenure(actor=command(), seat=seat, person=person, starts_on=SINCE, now=NOW)
    if until:
        end_tenure(actor=command(), tenure=tenure, ends_on=until, now=NOW)
    return Player(person, account(person), seat)


def administrator(full_name: str) -> Player:
    """Somebody who keeps the installation and has no seat anywhere."""
    person = add_person(
        actor=command(), full_name=full_name, email=address(full_name), is_invented=True, now=NOW
    )
    return Player(person, account(person, is_administrator=True))


def account(person: Person, *, is_administrator: bool = False) -> Account:
    return create_account(
        actor=command(),
        email=person.email,
        password=PASSWORD,
        person=person,
        is_administrator=is_administrator,
        now=NOW,
    )


def address(full_name: str) -> str:
    first = full_name.split()[0].casefold().translate(str.maketrans("áéíóúñ", "aeioun"))
    return f"{first}@example.pe"


def problem(
    cast: Cast, title: str = "La guía de transporte tarda 12 días", where: Mesa | None = None
) -> Problem:
    """A problem that the team writes down, and so accepts."""
    return raise_problem(actor=command(), mesa=where or cast.forestal, title=title, now=NOW)


def solution(of: Problem, title: str = "Guía electrónica en un día") -> Solution:
    return propose_solution(actor=command(), problem=of, title=title, now=NOW)


def commitment(
    of: Problem,
    title: str = "Aprobar la directiva de la guía electrónica",
    owner: Organization | Seat | None = None,
    due: FuzzyDate | None = None,
    answer_to: Solution | None = None,
    now: datetime = NOW,
) -> Commitment:
    return ask_commitment(
        actor=command(), problem=of, solution=answer_to, title=title, owner=owner, due=due, now=now
    )
