"""A Matrix as JSON, for programs: keys and codes in English, the levels as they hang together.

Its shape is held by docs/schemas/matrix-1.schema.json. A new key may be added to this version; one that goes,
or changes its meaning, makes a new version. It is for reading: only spreadsheets are brought in again.
"""

import json
from decimal import Decimal
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from destraba.exchange.matrix.out.rows import stamp_of
from destraba.queries.exports import NO_CLASSES, NO_FIGURES, Extract, Extras
from destraba.queries.matrix.rows import CommitmentRow, ProblemRow, SolutionRow
from destraba.queries.sentences import sentence
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.quantities import Quantity

FORMAT, VERSION = "destraba-matrix", 1


def write_json(extract: Extract, language: str) -> bytes:
    """UTF-8, two spaces to a level. `language` is that of the words in it."""
    said = _document(extract, language)
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def _document(extract: Extract, language: str) -> dict[str, Any]:
    mesa, problems = extract.mesa, extract.shown.problems
    return {
        "format": FORMAT,
        "version": VERSION,
        "language": language,
        "mesa": {"id": str(mesa.pk), "slug": mesa.slug, "name": mesa.name, "time_zone": mesa.time_zone},
        "taken": {
            "at": extract.taken_at.astimezone(ZoneInfo(mesa.time_zone)).isoformat(timespec="seconds"),
            "by": extract.taken_by,
            "asked_for": list(extract.shown.words),
        },
        "record": {"seq": extract.seq, "stamp": str(stamp_of(extract))},
        "counts": {
            "problems": len(problems),
            "solutions": sum(len(problem.solutions) for problem in problems),
            "commitments": sum(len(problem.commitments) for problem in problems),
        },
        "problems": [_problem(problem, extract.extras) for problem in problems],
    }


def _problem(problem: ProblemRow, more: Extras) -> dict[str, Any]:
    classes = more.classes.get(problem.id, NO_CLASSES)
    return {
        "id": str(problem.id),
        "number": problem_number(problem.number),
        "title": problem.title,
        "detail": problem.detail,
        "axis": problem.axis,
        "stage": problem.stage.value,
        "filter_reason": problem.filter_reason or None,
        "progress": problem.progress.value,
        "in_focus": problem.in_focus,
        "importance": _code(problem.importance),
        "speed": _code(problem.speed),
        "origin": _code(classes.origin),
        "improves_operations": classes.improves_operations,
        "concern": _code(classes.concern),
        "concern_because": classes.concern_because,
        "public_input": _code(classes.public_input),
        "private_matter": _code(classes.private_matter),
        "scope": _code(classes.scope),
        "instrument": _code(classes.instrument),
        "coordination": _code(classes.coordination),
        "contentious": classes.is_contentious,
        "solutions": [_solution(solution, more) for solution in problem.solutions],
        "commitments": [_commitment(commitment, more) for commitment in problem.direct],
    }


def _solution(solution: SolutionRow, more: Extras) -> dict[str, Any]:
    figures, (applied, places) = more.figures.get(solution.id, NO_FIGURES), solution.places
    return {
        "id": str(solution.id),
        "number": solution_number(solution.problem_number, solution.number),
        "revision": solution.revision,
        "title": solution.title,
        "stage": solution.stage.value,
        "places": {"applied": applied, "all": places},
        "before": _quantity(figures.before),
        "after": _quantity(figures.after),
        "goal": _quantity(figures.goal),
        "funding": _code(figures.funding),
        "budget_window_on": figures.budget_window_on.isoformat() if figures.budget_window_on else None,
        "commitments": [_commitment(commitment, more) for commitment in solution.commitments],
    }


def _commitment(commitment: CommitmentRow, more: Extras) -> dict[str, Any]:
    starts_on = more.starts.get(commitment.id)
    return {
        "id": str(commitment.id),
        "number": commitment_number(commitment.number),
        "title": commitment.title,
        "situation": commitment.situation,
        "state": commitment.state,
        "owner": commitment.owner or None,
        "collaborators": list(more.helpers.get(commitment.id, ())),
        "starts_on": starts_on.isoformat() if starts_on else None,
        "due": _date(commitment.due),
        "original_due": _date(commitment.original_due),
        "slips": commitment.slips,
        "light": {
            "shown": commitment.light.value,
            "declared": _code(commitment.declared),
            "reason": commitment.reason.code or None,
            "reason_in_words": sentence(commitment.reason) if commitment.reason.code else "",
        },
        "moved_at": commitment.moved_at.isoformat(timespec="seconds"),
    }


def _code(member: Enum | None) -> str | None:
    return member.value if member else None


def _date(fuzzy: FuzzyDate | None) -> dict[str, str] | None:
    """`first` and `last` bound the period; `text` is what somebody wrote."""
    if fuzzy is None:
        return None
    return {
        "precision": fuzzy.precision.value,
        "first": fuzzy.first_day.isoformat(),
        "last": fuzzy.last_day.isoformat(),
        "text": fuzzy.text,
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        "qualifier": quantity.qualifier.value,
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": _code(quantity.unit),
        "text": quantity.text,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
