"""A mesa at a glance in words: what it needs, what it is, what is in focus, what is wrong."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import CommitmentRow, Matrix
from destraba.queries.mesas import Participants
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Deed, Subject
from destraba.rules.problems import ProblemStage
from destraba.values.numbers import commitment_number, problem_number
from destraba.web.grid import Frame, GridRow, commitment_row, problem_row
from destraba.web.things.facts import Fact
from destraba.web.things.needs import Need, linked

TROUBLED = 10
RED_NAMED = 4


def need_of_mesa(viewer: Viewer, mesa: Mesa, matrix: Matrix, people: Participants) -> Need:
    """The one thing to do first."""
    if not people.people:
        address = reverse("people", args=[mesa.slug])
        return linked(_("Nobody sits here yet: %(link)s."), _("say who the team is"), address)
    if not matrix.total_problems:
        return _of_emptiness(viewer, mesa)
    if mesa.is_quiet:
        return Need(_("This mesa is quiet: its lights are the declared ones, and nobody is chased."))
    if access.may(viewer, Deed.ACCEPT, Subject(mesa.pk)) and (need := _of_the_team(mesa, matrix)):
        return need
    red = [one for one in _all(matrix) if one.light is Light.RED]
    if red:
        shown = ", ".join(commitment_number(one.number) for one in red[:RED_NAMED])
        said = ngettext(
            "%(count)s commitment is red: %(link)s.",
            "%(count)s commitments are red: %(link)s.",
            len(red),
        )
        numbers = shown if len(red) <= RED_NAMED else f"{shown}…"
        address = f"{reverse('matrix', args=[mesa.slug])}?light={Light.RED.value}"
        return linked(said, numbers, address, count=len(red))
    return Need(_("Nothing is red."))


def _of_emptiness(viewer: Viewer, mesa: Mesa) -> Need:
    if not access.may(viewer, Deed.EDIT_MATRIX, Subject(mesa.pk)):
        return Need(_("The Matrix is empty: its team has not begun it yet."))
    return linked(
        _("The Matrix is empty: %(link)s or type the first problem into it."),
        _("bring in your spreadsheet"),
        reverse("import", args=[mesa.slug]),
    )


def _of_the_team(mesa: Mesa, matrix: Matrix) -> Need | None:
    """What only the team can do."""
    raised = [one for one in matrix.problems if one.stage is ProblemStage.RAISED]
    if raised:
        said = ngettext(
            "%(count)s problem waits to be accepted: %(link)s.",
            "%(count)s problems wait to be accepted; the first is %(link)s.",
            len(raised),
        )
        address = reverse("problem", args=[mesa.slug, raised[0].number])
        return linked(said, problem_number(raised[0].number), address, count=len(raised))
    reported = [one for one in _all(matrix) if one.state == CommitmentState.REPORTED_DONE]
    if reported:
        said = ngettext(
            "%(count)s commitment is reported done and waits for your word: %(link)s.",
            "%(count)s commitments are reported done and wait for your word; the first is %(link)s.",
            len(reported),
        )
        address = reverse("commitment", args=[mesa.slug, reported[0].number])
        return linked(said, commitment_number(reported[0].number), address, count=len(reported))
    return None


def facts_of_mesa(mesa: Mesa, method: str, interval_days: int, people: Participants) -> list[Fact]:
    """What this mesa is."""
    following = (
        _("since %(day)s") % {"day": day(mesa.following_since)} if mesa.following_since else _("not yet")
    )
    cadence = ngettext("meets every %(days)s day", "meets every %(days)s days", interval_days)
    facts = [
        Fact(_("State"), label(MesaState(mesa.state))),
        Fact(_("Works on"), _("a factor") if mesa.is_horizontal else _("a sector")),
        Fact(_("Method"), method, cadence % {"days": interval_days}),
        Fact(_("Host"), mesa.host.name if mesa.host else ""),
        Fact(_("Installed"), fuzzy(mesa.installed_on) if mesa.installed_on else ""),
        Fact(_("Followed up"), following),
        Fact(_("Team"), ", ".join(people.team)),
        Fact(_("At the table"), _at_the_table(people), _empty(people), reverse("people", args=[mesa.slug])),
    ]
    return [fact for fact in facts if fact.words]


def _at_the_table(people: Participants) -> str:
    if not people.organizations:
        return ""
    bodies = ngettext("%(count)s organization", "%(count)s organizations", people.organizations)
    faces = ngettext("%(count)s person", "%(count)s people", people.people)
    return ", ".join([bodies % {"count": people.organizations}, faces % {"count": people.people}])


def _empty(people: Participants) -> str:
    if not people.empty_seats:
        return ""
    words = ngettext("%(count)s empty seat", "%(count)s empty seats", people.empty_seats)
    return words % {"count": people.empty_seats}


def focus_lines(mesa: Mesa, matrix: Matrix, today: date) -> list[GridRow]:
    """The problems in focus, each speaking for what hangs below it."""
    frame = _frame(mesa, today)
    return [problem_row(one, frame, is_open=False) for one in matrix.problems if one.in_focus]


def troubled_rows(mesa: Mesa, matrix: Matrix, today: date) -> list[GridRow]:
    """What is red, then what is amber, soonest due first; the ten that matter most."""
    frame = _frame(mesa, today)
    found = [one for light in (Light.RED, Light.AMBER) for one in _by_due(matrix, light)]
    return [commitment_row(one, frame, level=1) for one in found[:TROUBLED]]


def _by_due(matrix: Matrix, light: Light) -> list[CommitmentRow]:
    rows = [one for one in _all(matrix) if one.light is light]
    return sorted(rows, key=lambda one: (one.due_on or date.max, one.number))


def _all(matrix: Matrix) -> list[CommitmentRow]:
    return [one for problem in matrix.problems for one in problem.commitments]


def _frame(mesa: Mesa, today: date) -> Frame:
    return Frame(slug=mesa.slug, zone=mesa.time_zone, today=today, can_edit=False, focus_most=0)
