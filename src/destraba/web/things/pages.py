"""What the templates of the three pages read."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.models import Commitment, Problem, Record, Solution
from destraba.queries.history import story
from destraba.queries.matrix.rows import CommitmentRow
from destraba.queries.people import organization_names, place_names
from destraba.queries.sentences import sentence
from destraba.rules.commitments import CommitmentState
from destraba.rules.permissions import Deed
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.visibility import Visibility
from destraba.web.forms.mesas import in_language
from destraba.web.frame import mesa_frame
from destraba.web.grid import Frame, GridRow, below, commitment_row
from destraba.web.histories.pages import address_of
from destraba.web.things.acts import Group, Offer
from destraba.web.things.asks import asks
from destraba.web.things.evidence import sent
from destraba.web.things.facts import facts_of_commitment, facts_of_problem, facts_of_solution
from destraba.web.things.needs import need_of_commitment, need_of_problem, need_of_solution
from destraba.web.things.scenes import CommitmentScene, ProblemScene, Scene, SolutionScene
from destraba.web.things.solutions.ladder import rungs
from destraba.web.things.solutions.norms import norm_of
from destraba.web.things.solutions.places import place_lines, reached_places
from destraba.web.things.solutions.versions import version_lines
from destraba.web.things.telling import told

Context = dict[str, Any]


def problem_context(scene: ProblemScene, offered: list[Offer]) -> Context:
    """For `things/problem.html`."""
    thing = scene.thing
    record, row = thing.record, thing.row
    return {
        **_shared(scene, record, offered, thing.intervals),
        "need": need_of_problem(scene),
        "folio": problem_number(record.number),
        "facts": facts_of_problem(scene),
        "counts": [(light.value, count) for light, count in row.sum.counts] if row else [],
        "children": list(below(row, _frame(scene))) if row else [],
        "axes": [in_language(axis.title) for axis in thing.method.axes.values()],
    }


def solution_context(scene: SolutionScene, offered: list[Offer]) -> Context:
    """For `things/solution.html`."""
    thing = scene.thing
    record, track = thing.record, thing.enactment
    parts: list[Record] = [*thing.opinions, *thing.places, *thing.confirmations]
    shared = _shared(scene, record, offered, [*parts, track] if track else parts)
    return {
        **shared,
        "need": need_of_solution(scene),
        "folio": solution_number(record.problem.number, record.number),
        "crumbs": [_problem_crumb(scene, record.problem)],
        "facts": facts_of_solution(scene),
        "rungs": rungs(scene, offered),
        "versions": version_lines(scene),
        "reached_places": reached_places(scene),
        "norm": norm_of(scene, offered),
        "places": place_lines(scene, offered),
        "children": _rows(scene, thing.commitments),
        "place_names": place_names() if shared["offers"]["places"] else (),
    }


def commitment_context(scene: CommitmentScene, offered: list[Offer]) -> Context:
    """For `things/commitment.html`."""
    thing = scene.thing
    record = thing.record
    crumbs = [_problem_crumb(scene, record.problem)]
    if record.solution:
        crumbs.append(_solution_crumb(scene, record.problem, record.solution))
    return {
        **_shared(scene, record, offered, [*thing.collaborations, *thing.answers]),
        "asks": asks(scene, offered),
        "sent": sent(scene),
        "need": need_of_commitment(scene),
        "folio": commitment_number(record.number),
        "crumbs": crumbs,
        "facts": facts_of_commitment(scene),
        "row": thing.row,
        "why": _why(thing.row),
        "light_mark": _light_mark(thing.row),
        "changes_on": day(record.light_changes_on) if record.light_changes_on else "",
        "parts": _rows(scene, thing.parts),
        "parts_done": sum(row.state == CommitmentState.DONE for row in thing.parts),
        "children": _rows(scene, thing.holds_up),
    }


def _shared(
    scene: Scene, record: Problem | Solution | Commitment, offered: list[Offer], parts: Iterable[Record]
) -> Context:
    visibility = Visibility(record.visibility)
    can_edit = scene.may(Deed.EDIT_MATRIX)
    return {
        **mesa_frame(scene.viewer, scene.mesa, "matrix"),
        "slug": scene.mesa.slug,
        "record": record,
        "visibility": "" if visibility is Visibility.MESA else label(visibility),
        "offers": {group.value: [one for one in offered if one.act.group is group] for group in Group},
        "story": told(story(scene.viewer, record, parts, scene.mesa.time_zone), scene.mesa.time_zone),
        "history": address_of(record).history,
        "organization_names": organization_names() if can_edit else (),
    }


def _problem_crumb(scene: Scene, problem: Problem) -> tuple[str, str]:
    return problem_number(problem.number), reverse("problem", args=[scene.mesa.slug, problem.number])


def _solution_crumb(scene: Scene, problem: Problem, solution: Solution) -> tuple[str, str]:
    address = reverse("solution", args=[scene.mesa.slug, problem.number, solution.number])
    return solution_number(problem.number, solution.number), address


def _rows(scene: Scene, rows: Iterable[CommitmentRow]) -> list[GridRow]:
    frame = _frame(scene)
    return [commitment_row(row, frame, level=1) for row in rows]


def _frame(scene: Scene) -> Frame:
    return Frame(
        slug=scene.mesa.slug, zone=scene.mesa.time_zone, today=scene.today, can_edit=False, focus_most=0
    )


def _why(row: CommitmentRow) -> str:
    """Why it stands where it does; that it was declared stands beside the light already."""
    if row.reason.code == "declared":
        return ""
    return sentence(row.reason) if row.reason.code else _("No light is computed.")


def _light_mark(row: CommitmentRow) -> str:
    """Whether the light was declared or set rather than computed."""
    return {"overridden": "overridden", "declared": "declared", "declared_worse": "declared"}.get(
        row.reason.code, ""
    )
