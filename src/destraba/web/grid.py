"""Rows of the Matrix in words: what `components/grid.html` reads, made from what `queries.matrix` found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import day_short, days_apart, fuzzy, iso
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.rows import AnyCommitment, CommitmentRow, ProblemRow, SolutionRow
from destraba.queries.matrix.views.columns import FIXED, USUAL, Column
from destraba.queries.sentences import sentence
from destraba.rules.commitments import OPEN, CommitmentState, is_slip
from destraba.rules.lights import Light
from destraba.rules.matrix.shelves import PUT_ASIDE
from destraba.rules.problems import FilterReason, ProblemStage
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.web.matrix.cells import AnyRow, Cell, more_cells

_USUAL = tuple(column.value for column in USUAL if column not in FIXED)

Edit = tuple[str, str] | tuple[str, str, str]
Edits = tuple[tuple[str, Edit], ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One `<tr>`; see the head of `components/grid.html` for what each field means there."""

    kind: str
    id: str
    version: int
    number: str
    href: str
    level: int
    title: str
    note: str = ""
    children: bool | None = None
    open_href: str = ""
    open_label: str = ""
    position: int = 0
    size: int = 0
    off: bool = False
    stage: str = ""
    stage_note: str = ""
    state: str = ""
    places: tuple[int, int] | None = None
    norm_needed: bool = True
    failed: bool = False
    light: str = ""
    why: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    owner: str = ""
    owner_note: str = ""
    due: str = ""
    due_iso: str = ""
    due_note: str = ""
    slips: int = 0
    first_due: str = ""
    priority: str = ""
    priority_note: str = ""
    moved: str = ""
    moved_iso: str = ""
    moved_by: str = ""
    after: str = ""
    edits: Edits = ()
    mesa: str = ""
    slug: str = ""
    columns: tuple[str, ...] = _USUAL
    more: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class NewRow:
    """The line under the last one, where typing adds a row; see `new_row` in `components/grid.html`."""

    kind: str
    level: int
    label: str
    parent: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of one mesa share on a page: where, when, whether the reader may edit, which columns.

    `mesa` is what the mesa is called where rows of several stand together, and blank where it goes without
    saying.
    """

    slug: str
    zone: str
    today: date
    can_edit: bool
    focus_most: int
    columns: tuple[Column, ...] = USUAL
    mesa: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns beside number and title, as the template knows them."""
        return _names(self.columns)

    def address(self, name: str, *numbers: int) -> str:
        return _address(name, self.slug, *numbers)


@lru_cache(maxsize=256)
def _names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.value for column in columns if column not in FIXED)


# A page links every row, and the same ones are asked for over and over.
@lru_cache(maxsize=16384)
def _address(name: str, *args: str | int) -> str:
    return reverse(name, args=args)


def problem_row(
    problem: ProblemRow, frame: Frame, *, is_open: bool, position: int = 0, size: int = 0
) -> GridRow:
    """A problem, which speaks for what hangs below it, open or shut."""
    return _problem_row(get_language(), problem, frame, is_open, position, size)


# What it says follows from these alone, and few problems move between one look at a Matrix and the next.
@lru_cache(maxsize=4096)
def _problem_row(
    _language: str | None, problem: ProblemRow, frame: Frame, is_open: bool, position: int, size: int
) -> GridRow:
    row_id, number = str(problem.id), problem_number(problem.number)
    branch = problem.sum
    worst = branch.worst
    all_done = worst is not None and worst.light is Light.DONE
    due = branch.last_due if all_done else branch.next_due
    owner = worst or due
    return GridRow(
        kind="problem",
        id=row_id,
        version=problem.version,
        number=number,
        href=frame.address("problem", problem.number),
        level=1,
        title=problem.title,
        note=_problem_note(problem),
        children=is_open if problem.has_children or frame.can_edit else None,
        open_href=frame.address("matrix") if is_open else f"?open={row_id}",
        open_label=(_("Shut %(number)s") if is_open else _("Open %(number)s")) % {"number": number},
        position=position,
        size=size,
        off=problem.stage in PUT_ASIDE,
        state="" if branch.solutions else _problem_state(problem),
        **_ladder_of(problem),  # type: ignore[arg-type]
        light=worst.light.value if worst else "",
        why=_why_of_problem(worst, problem) if worst else "",
        owner=owner.owner if owner else "",
        owner_note=_others(problem, owner) if owner else "",
        **_due_of(due, frame),  # type: ignore[arg-type]
        slips=branch.slips,
        priority=label(problem.importance) if problem.importance else "",
        priority_note=label(problem.speed) if problem.speed else "",
        **_moved(problem.moved_at, frame),  # type: ignore[arg-type]
        edits=_problem_edits(problem) if frame.can_edit else (),
        **_more(Kind.PROBLEM, problem, frame),  # type: ignore[arg-type]
    )


def below(problem: ProblemRow, frame: Frame) -> Iterator[GridRow | NewRow]:
    """What hangs below a problem: each solution with its commitments, then those without a solution.

    Whoever may edit finds a line to write on under each solution's last commitment, and under the last
    solution.
    """
    for solution in problem.solutions:
        yield solution_row(solution, frame)
        for commitment in solution.commitments:
            yield commitment_row(commitment, frame, level=3)
        if frame.can_edit:
            number = solution_number(problem.number, solution.number)
            label = _("Write the next commitment of %(number)s") % {"number": number}
            yield NewRow("commitment", 3, label, str(solution.id))
    for commitment in problem.direct:
        yield commitment_row(commitment, frame, level=2)
    if frame.can_edit:
        label = _("Write the next solution of %(number)s") % {"number": problem_number(problem.number)}
        yield NewRow("solution", 2, label, str(problem.id))


def solution_row(solution: SolutionRow, frame: Frame) -> GridRow:
    return GridRow(
        kind="solution",
        id=str(solution.id),
        version=solution.version,
        number=solution_number(solution.problem_number, solution.number),
        href=frame.address("solution", solution.problem_number, solution.number),
        level=2,
        title=solution.title,
        note=_solution_note(solution),
        stage=solution.stage.value,
        places=solution.places if solution.places[1] else None,
        norm_needed=not solution.no_norm_needed,
        **_moved(solution.moved_at, frame),  # type: ignore[arg-type]
        edits=_solution_edits(solution) if frame.can_edit else (),
        **_more(Kind.SOLUTION, solution, frame),  # type: ignore[arg-type]
    )


def commitment_row(commitment: CommitmentRow, frame: Frame, *, level: int) -> GridRow:
    return GridRow(
        kind="commitment",
        id=str(commitment.id),
        version=commitment.version,
        number=commitment_number(commitment.number),
        href=frame.address("commitment", commitment.number),
        level=level,
        title=commitment.title,
        note=commitment.situation,
        state=label(CommitmentState(commitment.state)),
        light=commitment.light.value,
        why=why(commitment),
        owner=commitment.owner,
        owner_note=commitment.owner_note,
        **_due_of(commitment, frame),  # type: ignore[arg-type]
        slips=commitment.slips,
        first_due=fuzzy(commitment.original_due) if commitment.slips and commitment.original_due else "",
        **_moved(commitment.moved_at, frame),  # type: ignore[arg-type]
        edits=_commitment_edits(commitment) if frame.can_edit else (),
        **_more(Kind.COMMITMENT, commitment, frame),  # type: ignore[arg-type]
    )


def _more(kind: Kind, row: AnyRow, frame: Frame) -> dict[str, object]:
    """What a row holds beside the usual columns."""
    cells = more_cells(kind, row, frame.columns, can_edit=frame.can_edit)
    slug = frame.slug if frame.mesa else ""
    return {"mesa": frame.mesa, "slug": slug, "columns": frame.names, "more": cells}


def why(commitment: AnyCommitment) -> str:
    """The reason of a light, and where the owner's own word disagrees. A plain "done" says it all itself, and
    what was declared is so all over a quiet mesa, whose pages say it once."""
    if commitment.reason.code in ("", "done", "declared"):
        return ""
    said = sentence(commitment.reason)
    if commitment.mismatch:
        declared = _("declared %(light)s") % {"light": label(commitment.mismatch).lower()}
        return f"{said}; {declared}"
    return said


def _problem_note(problem: ProblemRow) -> str:
    parts = [problem.axis]
    if problem.filter_reason:
        parts.append(label(FilterReason(problem.filter_reason)))
    if problem.sum.solutions:
        parts.append(problem.sum.first_solution)
    elif problem.detail and not problem.has_children:
        parts.append(problem.detail)
    return " · ".join(part for part in parts if part)


def _problem_state(problem: ProblemRow) -> str:
    return "" if problem.stage is ProblemStage.ACCEPTED else label(problem.stage)


def _ladder_of(problem: ProblemRow) -> dict[str, object]:
    """A problem shows the ladder of the solution that is furthest behind."""
    behind = problem.sum.behind
    if behind is None:
        return {}
    return {
        "stage": behind.stage.value,
        "places": behind.places if behind.places[1] else None,
        "norm_needed": not behind.no_norm_needed,
    }


def _why_of_problem(worst: AnyCommitment, problem: ProblemRow) -> str:
    if worst.light is Light.DONE:
        done = problem.sum.commitments
        return ngettext("%(count)s commitment", "%(count)s commitments", done) % {"count": done}
    number, reason = commitment_number(worst.number), within(why(worst))
    return f"{number}: {reason}" if reason else number


def within(words: str) -> str:
    """A sentence that goes on another: it begins small."""
    return words[:1].lower() + words[1:]


def _others(problem: ProblemRow, shown: AnyCommitment) -> str:
    others = sum(owner_id != shown.owner_id for owner_id, _name in problem.sum.owners)
    if not others:
        return shown.owner_note
    return ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}


def _solution_note(solution: SolutionRow) -> str:
    parts = []
    if solution.revision > 1:
        parts.append(_("version %(number)s") % {"number": solution.revision})
    if solution.before or solution.after:
        parts.append(f"{solution.before or '…'} → {solution.after or '…'}")
    return " · ".join(parts)


def _due_of(commitment: AnyCommitment | None, frame: Frame) -> dict[str, object]:
    if commitment is None or commitment.due is None or commitment.due_on is None:
        return {}
    settled = commitment.state not in OPEN
    note = "" if settled else days_apart((commitment.due_on - frame.today).days)
    return {"due": fuzzy(commitment.due), "due_iso": iso(commitment.due), "due_note": note}


def _moved(moved_at: datetime, frame: Frame) -> dict[str, object]:
    on = day_in(frame.zone, moved_at)
    return {"moved": day_short(on, frame.today), "moved_iso": on.isoformat()}


def _problem_edits(problem: ProblemRow) -> Edits:
    importance = problem.importance.value if problem.importance else ""
    return ("title", ("long", problem.title)), ("importance", ("choice", importance))


def _solution_edits(solution: SolutionRow) -> Edits:
    return ("title", ("text", solution.title)), ("step", ("choice", solution.stage.value))


def _commitment_edits(commitment: CommitmentRow) -> Edits:
    edits: Edits = (
        ("title", ("long", commitment.title)),
        ("declared", ("choice", commitment.declared.value if commitment.declared else "")),
        ("owner", ("owner", commitment.owner)),
    )
    return edits if commitment.state not in OPEN else (*edits, ("due", _due_edit(commitment)))


def _due_edit(commitment: CommitmentRow) -> Edit:
    due = commitment.due.text or fuzzy(commitment.due) if commitment.due else ""
    if is_slip(CommitmentState(commitment.state), commitment.due_on, None):
        return "date", due, _("Why does the date move?")
    return "date", due
