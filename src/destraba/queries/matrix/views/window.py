"""What of a view is shown first: some problems, and in few words all the others."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from destraba.models import Commitment, Solution
from destraba.queries.matrix.rows import (
    BranchSum,
    CommitmentGist,
    ProblemRow,
    SolutionGist,
    last_moved,
)
from destraba.queries.matrix.tree import (
    LIGHT_OF,
    ON_THE_GROUND,
    hangs_from,
    helpers_of,
    open_rows,
    places_of,
    problem_row,
    problem_values,
)
from destraba.queries.matrix.views.asked import Asker, View
from destraba.queries.matrix.views.conditions import Sieve, sieve
from destraba.queries.matrix.views.order import Entry, Tally, added, entries, tallies
from destraba.queries.within import Within
from destraba.rules.solutions import LADDER, EnactmentRank, SolutionStage
from destraba.values.reasons import Reason

SHUT_ROWS = 100
OPEN_ROWS = 25
"""An open problem brings a dozen rows with it."""


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a group that is in the window. `size` and `below` are those of the whole group.

    `begins`: its first problem is in the window, and so its heading.
    """

    code: str
    size: int
    below: Tally
    problems: tuple[ProblemRow, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Window:
    """`total` and `below` are those of all problems of the view; `more` where the next window starts.

    `is_open`: the problems come with what is shown below them.
    """

    spans: tuple[Span, ...]
    total: int
    below: Tally
    start: int
    more: int | None
    opened: frozenset[UUID]

    @property
    def problems(self) -> list[ProblemRow]:
        return [problem for span in self.spans for problem in span.problems]


def window(within: Within, view: View, asker: Asker, opened: Collection[UUID] = ()) -> Window:
    """The problems of a view from its start on, those in `opened` with what hangs below them; six statements,
    and four more where some stand open among others that are shut."""
    passed = sieve(view.filters, asker)
    order = entries(within, view, passed)
    below = tallies(within, passed)
    until = view.start + (OPEN_ROWS if passed.reaches_below else SHUT_ROWS)
    keys = [one.id for one in order[view.start : until]]
    is_open = frozenset(keys if passed.reaches_below else [key for key in keys if key in set(opened)])
    rows = dict(open_rows(within, passed, is_open)) if is_open else {}
    if shut := [key for key in keys if key not in is_open]:
        rows |= shut_rows(within, passed, shut)
    return Window(
        spans=tuple(_spans(order, view.start, until, rows, below)),
        total=len(order),
        below=added([below.get(one.id, _NOTHING) for one in order]),
        start=view.start,
        more=until if until < len(order) else None,
        opened=is_open,
    )


_NOTHING = Tally(0, ())


def _spans(
    order: Sequence[Entry],
    start: int,
    until: int,
    rows: Mapping[UUID, ProblemRow],
    below: Mapping[UUID, Tally],
) -> list[Span]:
    """The groups of the window, in their order."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(order):
        members[entry.group].append(place)
    spans = []
    for code, places in members.items():
        inside = [order[place].id for place in places if start <= place < until]
        if inside:
            tally = added([below.get(order[place].id, _NOTHING) for place in places])
            shown = tuple(rows[key] for key in inside if key in rows)
            spans.append(Span(code, len(places), tally, shown, begins=places[0] >= start))
    return spans


def shut_rows(within: Within, passed: Sieve, only: Collection[UUID]) -> Mapping[UUID, ProblemRow]:
    """These problems, each with the sum of what hangs below it; from as few columns as that takes."""
    solutions, commitments = _solutions(within, passed, only), _commitments(within, passed, only)
    rows = {}
    for values in problem_values(within, only):
        answers, every = solutions.get(values[0], []), commitments.get(values[0], [])
        rows[values[0]] = problem_row(values, BranchSum.of(answers, every), last_moved(answers, every))
    return rows


def _solutions(within: Within, passed: Sieve, only: Collection[UUID]) -> Mapping[UUID, list[SolutionGist]]:
    """By the key of the problem."""
    found = (
        Solution.objects.filter(
            within.solutions(), passed.solutions(within), hangs_from(only), withdrawn_at=None
        )
        .annotate(places_on=places_of(ON_THE_GROUND), places_all=places_of(LADDER))
        .order_by("position")
        .values_list("problem_id", "title", "stage", "enactment__rank", "moved_at", "places_on", "places_all")
    )
    gists: dict[UUID, list[SolutionGist]] = defaultdict(list)
    for problem_id, title, stage, rank, moved_at, reached, places in found:
        gists[problem_id].append(
            SolutionGist(
                title,
                SolutionStage(stage),
                (reached, places),
                rank == EnactmentRank.NONE_NEEDED,
                moved_at,
            )
        )
    return gists


def _commitments(
    within: Within, passed: Sieve, only: Collection[UUID]
) -> Mapping[UUID, list[CommitmentGist]]:
    """By the key of the problem; without those whose solution is out of reach."""
    found = (
        Commitment.objects.filter(
            within.commitments(), passed.commitments(), hangs_from(only), withdrawn_at=None
        )
        .order_by("position")
        .values_list(
            "pk",
            "problem_id",
            "number",
            "state",
            "light",
            "light_reason",
            "light_params",
            "light_mismatch",
            "owner_organization_id",
            "owner_organization__name",
            "owner_seat__title",
            "due",
            "due_on",
            "slips",
            "moved_at",
        )
    )
    helpers = helpers_of(within, only)
    gists: dict[UUID, list[CommitmentGist]] = defaultdict(list)
    for values in found:
        (pk, problem_id, number, state, light, why, params, mismatch) = values[:8]
        (owner_id, name, post, due, due_on, slips, moved_at) = values[8:]
        gists[problem_id].append(
            CommitmentGist(
                number=number,
                state=state,
                light=LIGHT_OF[light],
                reason=Reason(why, params),
                mismatch=LIGHT_OF.get(mismatch),
                owner_id=owner_id,
                owner=name or "",
                owner_note=post or ", ".join(sorted(helpers.get(pk, ()))),
                due=due,
                due_on=due_on,
                slips=slips,
                moved_at=moved_at,
            )
        )
    return gists
