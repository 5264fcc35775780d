"""What somebody takes of a Matrix, worded for paper in the reader's language."""

import sys
from collections.abc import Iterable, Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from destraba.documents.matrix.content import (
    CommitmentLine,
    MatrixContent,
    ProblemBand,
    Shown,
    SolutionBand,
)
from destraba.ledger.labels import label
from destraba.ledger.wording import fuzzy, moment
from destraba.queries.exports import NO_FIGURES, Extract, Extras
from destraba.queries.matrix.rows import CommitmentRow, ProblemRow, SolutionRow, add_counts
from destraba.queries.sentences import sentence
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.problems import FilterReason, ProblemStage
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.texts import clean_text

# A light that says it all itself.
_PLAIN = frozenset({"", "done", "declared"})


def matrix_content(extract: Extract) -> MatrixContent:
    """The rows in the order of the view, and what stands above them."""
    mesa, problems = extract.mesa, extract.shown.problems
    counts = dict(add_counts(problems))
    return MatrixContent(
        mesa=_said(mesa.name),
        as_of=moment(extract.taken_at, mesa.time_zone),
        taken_by=_said(extract.taken_by),
        language=get_language() or "es",
        made_at=extract.taken_at,
        stamp=f"v{extract.seq}",
        totals=_totals(problems),
        asked_for=tuple(map(_said, extract.shown.words)),
        lights=tuple(
            Shown(light=light.value, word=label(light), count=counts.get(light, 0))
            for light in WORST_FIRST
            if light is not Light.NONE or counts.get(light)
        ),
        problems=tuple(_problem(problem, extract.extras) for problem in problems),
    )


def _totals(problems: Sequence[ProblemRow]) -> tuple[str, ...]:
    solutions = sum(problem.sum.solutions for problem in problems)
    commitments = sum(problem.sum.commitments for problem in problems)
    return (
        ngettext("%(count)s problem", "%(count)s problems", len(problems)) % {"count": len(problems)},
        ngettext("%(count)s solution", "%(count)s solutions", solutions) % {"count": solutions},
        ngettext("%(count)s commitment", "%(count)s commitments", commitments) % {"count": commitments},
    )


def _problem(problem: ProblemRow, more: Extras) -> ProblemBand:
    return ProblemBand(
        number=problem_number(problem.number),
        title=_said(problem.title),
        is_in_focus=problem.in_focus,
        marks=tuple(filter(None, _marks(problem))),
        lights=tuple(
            Shown(light=light.value, word=label(light), count=count) for light, count in add_counts([problem])
        ),
        direct=tuple(_commitment(each, more) for each in problem.direct),
        solutions=tuple(_solution(each, more) for each in problem.solutions),
    )


def _marks(problem: ProblemRow) -> Iterable[str]:
    """What a mesa sorts its problems by; that it is accepted goes without saying."""
    yield _said(problem.axis)
    if problem.importance:
        yield _("priority: %(priority)s") % {"priority": label(problem.importance).lower()}
    if problem.stage is not ProblemStage.ACCEPTED:
        yield label(problem.stage)
    if problem.filter_reason:
        yield label(FilterReason(problem.filter_reason))
    if problem.sum.solutions:
        yield label(problem.progress)


def _solution(solution: SolutionRow, more: Extras) -> SolutionBand:
    applied, places = solution.places
    figures = more.figures.get(solution.id, NO_FIGURES)
    before, after = (_said(each.text) if each else "" for each in (figures.before, figures.after))
    marks = (
        label(solution.stage),
        _("applied in %(count)s of %(all)s places") % {"count": applied, "all": places} if places else "",
        f"{before or '…'} → {after or '…'}" if before or after else "",
        label(figures.funding) if figures.funding else "",
    )
    return SolutionBand(
        number=solution_number(solution.problem_number, solution.number),
        title=_said(solution.title),
        marks=tuple(filter(None, marks)),
        commitments=tuple(_commitment(each, more) for each in solution.commitments),
    )


def _commitment(commitment: CommitmentRow, more: Extras) -> CommitmentLine:
    first = commitment.original_due if commitment.slips else None
    return CommitmentLine(
        number=commitment_number(commitment.number),
        title=_said(commitment.title),
        owner=_said(commitment.owner),
        helpers=_said(", ".join(more.helpers.get(commitment.id, ()))),
        due=fuzzy(commitment.due) if commitment.due else "",
        first_due=fuzzy(first) if first else "",
        light=Shown(light=commitment.light.value, word=label(commitment.light)),
        why=_why(commitment),
        situation=_said(commitment.situation),
        is_open=commitment.state in OPEN,
    )


def _why(commitment: CommitmentRow) -> str:
    """The reason of a light, and where the owner's own word disagrees; without a light, the state."""
    if commitment.reason.code in _PLAIN:
        return "" if commitment.light is not Light.NONE else label(CommitmentState(commitment.state))
    said = sentence(commitment.reason)
    if commitment.mismatch:
        declared = _("declared %(light)s") % {"light": label(commitment.mismatch).lower()}
        return f"{said}; {declared}"
    return said


def _said(text: str) -> str:
    """What somebody wrote, with nothing unseen in it."""
    return clean_text(text, sys.maxsize)
