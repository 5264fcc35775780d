"""Naming another problem: the one that this repeats, or that lies underneath. Neither goes in circles."""

from datetime import datetime

from destraba.models import Problem
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.rules.problems import ProblemStage
from destraba.values.actors import Actor
from destraba.values.errors import Invalid
from destraba.values.numbers import problem_number
from destraba.values.reasons import Reason

_GONE = (ProblemStage.WITHDRAWN, ProblemStage.TRANSFERRED)


def check_repeats(*, actor: Actor, problem: Problem, other: Problem, now: datetime) -> None:
    """Raise unless the problem can be a repetition of the other, which may be of another mesa.

    The chains of both must be locked. What repeats another is repeated by nothing, so that whoever follows a
    repetition arrives, and no two repeat each other. Codes: `duplicate_of_itself`, `named_is_gone`,
    `duplicate_of_a_duplicate`.
    """
    access.permit(actor=actor, deed=Deed.READ_MESA, subject=access.subject_of(other), now=now)
    if other.pk == problem.pk:
        raise Invalid(Reason.of("duplicate_of_itself"))
    as_it_stands = _as_it_stands(other)
    if as_it_stands.duplicate_of_id:
        raise Invalid(Reason.of("duplicate_of_a_duplicate", number=problem_number(other.number)))


def check_underlying(*, problem: Problem, other: Problem) -> None:
    """Raise unless the other can be the inefficiency under the problem. The mesa's chain must be locked.

    Codes: `underlying_itself`, `underlying_elsewhere`, `named_is_gone`, `underlying_of_a_request`.
    """
    if other.pk == problem.pk:
        raise Invalid(Reason.of("underlying_itself"))
    if other.mesa_id != problem.mesa_id:
        raise Invalid(Reason.of("underlying_elsewhere"))
    as_it_stands = _as_it_stands(other)
    if as_it_stands.underlying_id:
        raise Invalid(Reason.of("underlying_of_a_request", number=problem_number(other.number)))


def _as_it_stands(other: Problem) -> Problem:
    """Read anew: somebody may have tied it to a third since."""
    fresh = Problem.objects.get(pk=other.pk)
    if fresh.withdrawn_at or fresh.stage in _GONE:
        raise Invalid(Reason.of("named_is_gone", number=problem_number(other.number)))
    return fresh
