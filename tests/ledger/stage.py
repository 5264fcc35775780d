"""One record of every kind in the mesa `forestal`, with something in nearly every column."""

import hashlib
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.ledger.registry import object_type
from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models import (
    AgendaItem,
    Alias,
    Answer,
    Attendance,
    Collaboration,
    Commitment,
    Confirmation,
    Enactment,
    Entry,
    Event,
    Figure,
    File,
    FocusInterval,
    Meeting,
    Mesa,
    Minutes,
    Objection,
    Opinion,
    Organization,
    Place,
    Problem,
    Record,
    Solution,
    SolutionPlace,
    Tenure,
)
from destraba.models.files import place_of
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.meetings import EntryKind, ItemState, MeetingState, Presence
from destraba.rules.minutes import MinutesState, ObjectionState
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage
from destraba.storage import keep
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.quantities import read as quantity
from tests.factories import NOW, TODAY, Cast, command

SEPTEMBER = FuzzyDate(date(2017, 9, 1), Precision.MONTH, "set 2017", "acta 3")


@dataclass(frozen=True, slots=True)
class Stage:
    cast: Cast
    ucayali: Place
    problem: Problem
    focus: FocusInterval
    solution: Solution
    at_ucayali: SolutionPlace
    confirmation: Confirmation
    enactment: Enactment
    opinion: Opinion
    commitment: Commitment
    collaboration: Collaboration
    file: File
    figure: Figure
    answer: Answer
    meeting: Meeting
    item: AgendaItem
    attendance: Attendance
    entry: Entry
    minutes: Minutes
    objection: Objection

    @property
    def forestal(self) -> UUID:
        """The chain of the mesa in which all this lies."""
        return self.cast.forestal.pk

    @property
    def raised(self) -> Event:
        """The event by which the problem was raised: facts and two texts, in the midst of the chain."""
        return Event.objects.get(stream=self.forestal, kind="problem.raised")

    @property
    def seq(self) -> int:
        return self.raised.seq

    @property
    def here(self) -> str:
        """That event as verification names it."""
        return f"event {self.seq} of mesa forestal"

    def every_record(self) -> dict[str, Record]:
        """One record of every kind, by the name that events give it."""
        records: list[Record] = [
            self.cast.programme,
            self.cast.forestal,
            self.cast.serfor,
            Alias.objects.get(organization=self.cast.serfor),
            self.cast.ana.person,
            self.cast.ana.seat or self.cast.programme,
            Tenure.objects.get(person=self.cast.ana.person),
            *(getattr(self, name) for name in self.__slots__ if name not in {"cast"}),
        ]
        return {object_type(record): record for record in records}


def stage(cast: Cast) -> Stage:
    with recording(actor=command(), now=NOW, streams=[cast.programme.pk, cast.forestal.pk]) as change:
        ucayali = _ucayali(change, cast)
        file = change.create(_file(cast), kinds.FILE_STORED)
        problem = change.create(
            _problem(cast, change.take_number(cast.forestal, "last_problem")), kinds.PROBLEM_RAISED
        )
        solution = change.create(_solution(cast.forestal, problem), kinds.SOLUTION_PROPOSED)
        enactment = change.create(_enactment(cast.forestal, solution, cast.serfor), kinds.ENACTMENT_OPENED)
        commitment = change.create(
            _commitment(cast, problem, solution, change.take_number(cast.forestal, "last_commitment")),
            kinds.COMMITMENT_ASKED,
        )
        meeting = change.create(
            _meeting(cast, change.take_number(cast.forestal, "last_meeting")), kinds.MEETING_PREPARED
        )
        item = change.create(_item(cast, meeting, commitment), kinds.ITEM_ADDED)
        minutes = change.create(_minutes(cast, meeting, file), kinds.MINUTES_DRAFTED)
        return Stage(
            cast=cast,
            ucayali=ucayali,
            file=file,
            figure=change.create(_figure(cast), kinds.FIGURE_NOTED),
            problem=problem,
            solution=solution,
            enactment=enactment,
            commitment=commitment,
            focus=change.create(_focus(cast, problem), kinds.FOCUS_STARTED),
            at_ucayali=change.create(_at(cast, solution, ucayali), kinds.PLACE_LISTED),
            confirmation=change.create(_confirmation(cast, solution), kinds.SOLUTION_CONFIRMED),
            opinion=change.create(_opinion(cast, enactment), kinds.OPINION_ASKED),
            collaboration=change.create(
                Collaboration(mesa=cast.forestal, commitment=commitment, organization=cast.ucayali),
                kinds.COLLABORATION_ADDED,
            ),
            answer=change.create(_answer(cast, commitment, file), kinds.ANSWER_GIVEN),
            meeting=meeting,
            item=item,
            attendance=change.create(_attendance(cast, meeting), kinds.ATTENDANCE_NOTED),
            entry=change.create(_entry(cast, meeting, item), kinds.ENTRY_WRITTEN),
            minutes=minutes,
            objection=change.create(_objection(cast, minutes), kinds.OBJECTION_MADE),
        )


def _meeting(cast: Cast, number: int) -> Meeting:
    return Meeting(
        mesa=cast.forestal,
        number=number,
        kind=MeetingKind.SESSION,
        state=MeetingState.CLOSED,
        state_because="Se dio por terminada",
        title="Sesión de junio",
        held_on=TODAY,
        begins_at=time(9, 0),
        time_zone="America/Lima",
        lasts_minutes=90,
        venue="Sala Grau",
        called_at=NOW,
        opened_at=NOW,
        closed_at=NOW,
        lights_at_close={"1": {"light": "green", "reason": "on_track", "due": None}},
    )


def _item(cast: Cast, meeting: Meeting, commitment: Commitment) -> AgendaItem:
    return AgendaItem(
        mesa=cast.forestal,
        meeting=meeting,
        position="a0",
        title="Aprobar la directiva",
        commitment=commitment,
        why="overdue",
        why_params={"days": 3},
        minutes=10,
        state=ItemState.TAKEN,
    )


def _attendance(cast: Cast, meeting: Meeting) -> Attendance:
    return Attendance(
        mesa=cast.forestal,
        meeting=meeting,
        seat=cast.lucia.seat,
        presence=Presence.SUBSTITUTE,
        substitute="Luis Vela",
    )


def _entry(cast: Cast, meeting: Meeting, item: AgendaItem) -> Entry:
    return Entry(
        mesa=cast.forestal,
        meeting=meeting,
        item=item,
        kind=EntryKind.DECISION,
        position="a0",
        text="La directiva sale el lunes.",
    )


def _minutes(cast: Cast, meeting: Meeting, file: File) -> Minutes:
    return Minutes(
        mesa=cast.forestal,
        meeting=meeting,
        weight=MinutesWeight.ACUERDOS,
        year=2017,
        number=1,
        state=MinutesState.CIRCULATED,
        circulated_at=NOW,
        objections_until=NOW,
        pdf=file,
    )


def _objection(cast: Cast, minutes: Minutes) -> Objection:
    return Objection(
        mesa=cast.forestal,
        minutes=minutes,
        edition=1,
        seat=cast.marco.seat,
        text="No dije eso.",
        made_at=NOW,
        state=ObjectionState.REFUSED,
        answer="Está grabado.",
    )


def _answer(cast: Cast, commitment: Commitment, file: File) -> Answer:
    return Answer(
        mesa=cast.forestal,
        commitment=commitment,
        seat=cast.lucia.seat,
        kind=AnswerKind.OTHER_DATE,
        note="Falta una firma",
        remedy="Que firme el director",
        named="Otra oficina",
        names=cast.osinfor,
        proposed_due=SEPTEMBER,
        evidence=file,
        said_at=NOW,
        state=AnswerState.OPEN,
    )


def _ucayali(change: Recording, cast: Cast) -> Place:
    country = Place(programme=cast.programme, name="Perú", kind="country", code="PE")
    region = Place(
        programme=cast.programme,
        parent=change.create(country, kinds.PLACE_ADDED),
        name="Ucayali",
        kind="region",
        code="25",
        latitude=Decimal("-8.3791"),
        longitude=Decimal("-74.5539"),
    )
    return change.create(region, kinds.PLACE_ADDED)


def _file(cast: Cast) -> File:
    content = b"%PDF-1.7 Resoluci\xc3\xb3n 102"
    digest = hashlib.sha256(content).hexdigest()
    keep(place_of(digest), [content])
    return File(
        programme=cast.programme,
        mesa=cast.forestal,
        sha256=digest,
        size=len(content),
        media_type="application/pdf",
        name="Resolución 102.pdf",
    )


def _figure(cast: Cast) -> Figure:
    return Figure(
        programme=cast.programme,
        label="Trabas resueltas",
        value="77",
        out_of=204,
        unit="trabas",
        as_of=SEPTEMBER,
        source="Informe final",
        note="Sin detalle por mesa",
    )


def _focus(cast: Cast, problem: Problem) -> FocusInterval:
    return FocusInterval(mesa=cast.forestal, problem=problem, starts_on=TODAY)


def _at(cast: Cast, solution: Solution, place: Place) -> SolutionPlace:
    return SolutionPlace(
        mesa=cast.forestal,
        solution=solution,
        place=place,
        stage=SolutionStage.APPLIED,
        observed_on=SEPTEMBER,
        note="Lo vio la asociación",
    )


def _confirmation(cast: Cast, solution: Solution) -> Confirmation:
    return Confirmation(
        mesa=cast.forestal, solution=solution, organization=cast.conafor, said_on=TODAY, note="Sirve"
    )


def _opinion(cast: Cast, enactment: Enactment) -> Opinion:
    return Opinion(
        mesa=cast.forestal,
        enactment=enactment,
        organization=cast.osinfor,
        state=OpinionState.ASKED,
        asked_on=TODAY,
        note="Por oficio 31",
    )


def _problem(cast: Cast, number: int) -> Problem:
    return Problem(
        mesa=cast.forestal,
        number=number,
        position="a0",
        title="La guía de transporte tarda 12 días",
        detail="En Pucallpa y en Atalaya.",
        axis="simplification",
        stage=ProblemStage.ACCEPTED,
        importance="high",
        speed="quick",
        origin="initial_list",
        raised_by=cast.marco.seat,
    )


def _solution(mesa: Mesa, problem: Problem) -> Solution:
    return Solution(
        mesa=mesa,
        problem=problem,
        number=1,
        position="a0",
        title="Guía electrónica en un día",
        detail="Con firma digital.",
        stage=SolutionStage.IN_PROGRESS,
        before=quantity("12 días"),
        after=quantity("1 día"),
        goal=quantity("hasta 2 días"),
        observed_on=SEPTEMBER,
        observation="En la sede de Pucallpa",
    )


def _enactment(mesa: Mesa, solution: Solution, drafter: Organization) -> Enactment:
    return Enactment(
        mesa=mesa,
        solution=solution,
        rank=EnactmentRank.DIRECTORIAL_RESOLUTION,
        norm="Resolución de Dirección Ejecutiva 102-2017",
        drafter=drafter,
        drafted_on=SEPTEMBER,
        comments_until=date(2017, 8, 1),
    )


def _commitment(cast: Cast, problem: Problem, solution: Solution, number: int) -> Commitment:
    return Commitment(
        mesa=cast.forestal,
        number=number,
        problem=problem,
        solution=solution,
        position="a0",
        title="Aprobar la directiva de la guía electrónica",
        situation="En la oficina de asesoría jurídica",
        state="agreed",
        owner_organization=cast.serfor,
        owner_seat=cast.lucia.seat,
        starts_on=TODAY,
        due=SEPTEMBER,
        original_due=SEPTEMBER,
        asked_on=TODAY,
        agreed_on=TODAY,
    )
