"""What the stories of the mailed link begin with: a mesa that is followed up, and a liaison who owes."""

from dataclasses import dataclass

from django.test import Client

from destraba.actions.followup.answers import move_commitment
from destraba.actions.links import Made, make_link
from destraba.actions.mesas import start_following_up
from destraba.models import Commitment, Person
from destraba.rules.commitments import CommitmentMove
from destraba.rules.operations.links import LinkPurpose
from destraba.values.fuzzy_dates import FuzzyDate, read
from tests import factories
from tests.factories import NOW, Cast, command
from tests.web.visits import Form, Page

ROWS, OPEN, DOOR = "/u/rows/", "/u/open/", "/u"


@dataclass(frozen=True, slots=True)
class Owing:
    """What SERFOR owes in the forestry mesa: C-1 overdue, C-2 asked, C-3 far off; and C-4 of OSINFOR."""

    late: Commitment
    asked: Commitment
    later: Commitment
    of_another: Commitment


def owing(cast: Cast) -> Owing:
    """The stage is set, and the mesa followed up."""
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    late = factories.commitment(
        problem, "Aprobar la directiva", cast.serfor, read("31/05/2017"), answer_to=solution
    )
    agree(late)
    asked = factories.commitment(problem, "Publicar el padrón", cast.serfor, read("30/06/2017"))
    later = factories.commitment(problem, "Capacitar a las regiones", cast.serfor, read("30/11/2017"))
    agree(later)
    of_another = factories.commitment(problem, "Supervisar en origen", cast.osinfor, read("30/06/2017"))
    agree(of_another)
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    return Owing(*(Commitment.objects.get(pk=one.pk) for one in (late, asked, later, of_another)))


def agree(commitment: Commitment) -> None:
    move_commitment(actor=command(), commitment=commitment, move=CommitmentMove.AGREE, now=NOW)


def link_for(person: Person, purpose: LinkPurpose = LinkPurpose.UPDATE) -> Made:
    return make_link(purpose=purpose, person=person, now=NOW)


class Liaison:
    """Somebody at a telephone's browser, without an account, with the mail at hand."""

    def __init__(self, language: str = "en", *, client: Client | None = None) -> None:
        self.client = client or Client()
        self.client.cookies["django_language"] = language

    def open(self, given: str, field: str = "secret") -> Page:
        return Page(self.client.post(OPEN, {field: given}, follow=True))

    def rows(self) -> Page:
        return Page(self.client.get(ROWS))

    def form(self, commitment: Commitment) -> Form:
        """The form of one row, as it stands on the page now."""
        wanted = address(commitment)
        return next(form for form in self.rows().forms if form.action.startswith(wanted))

    def answer(self, commitment: Commitment, answer: str, **typed: object) -> Page:
        return self.send(self.form(commitment), answer=answer, **typed)

    def send(self, form: Form, **typed: object) -> Page:
        """A form that was read before, sent as a browser sends it."""
        fields = {name: value for name, value in form.fields.items() if name != "evidence"}
        return Page(self.client.post(form.action.partition("#")[0], {**fields, **typed}, follow=True))


def address(commitment: Commitment) -> str:
    return f"{ROWS}{commitment.pk}/"


def day(text: str) -> FuzzyDate:
    found = read(text)
    assert found
    return found
