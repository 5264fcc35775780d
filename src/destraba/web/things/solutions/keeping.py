"""What a solution says, who pays for it, who sees it, and the first step that somebody is asked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.commitments import ask_commitment
from destraba.actions.matrix.solutions import edit_solution
from destraba.models import Solution
from destraba.rules.matrix.classes import Funding
from destraba.rules.permissions import Deed
from destraba.web.forms.problems import AskCommitmentForm
from destraba.web.forms.solutions import EditSolutionForm, FundingForm
from destraba.web.things.acts import Act, Call, Group
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.solutions.climbing import REVISED, SolutionAct, is_live, the_solution, written
from destraba.web.things.visibility import visibility_acts

SolutionCall = Call[SolutionScene, Solution]


def _edit(call: SolutionCall) -> None:
    fields = {name: call.data[name] for name in REVISED}
    edit_solution(actor=call.scene.actor, solution=call.target, now=call.scene.now, **fields)


def _paid(_scene: SolutionScene, solution: Solution) -> dict[str, Any]:
    return {"funding": solution.funding, "budget_window_on": solution.budget_window_on}


def _pay(call: SolutionCall) -> None:
    funding = call.data["funding"]
    edit_solution(
        actor=call.scene.actor,
        solution=call.target,
        funding=Funding(funding) if funding else None,
        budget_window_on=call.data["budget_window_on"],
        now=call.scene.now,
    )


def _ask(call: SolutionCall) -> None:
    ask_commitment(
        actor=call.scene.actor,
        problem=call.target.problem,
        solution=call.target,
        title=call.data["title"],
        owner=call.data["owner"],
        due=call.data["due"],
        now=call.scene.now,
    )


KEEPING: tuple[SolutionAct, ...] = (
    Act(
        code="edit",
        words=_("Edit"),
        says=_("For corrections. A change of substance is a revision."),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=EditSolutionForm,
        targets=the_solution,
        first=written,
        do=_edit,
    ),
    Act(
        code="funding",
        words=_("Say who pays for it"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=FundingForm,
        targets=the_solution,
        when=is_live,
        first=_paid,
        do=_pay,
    ),
    *visibility_acts(the_solution),
)

BELOW: tuple[SolutionAct, ...] = (
    Act(
        code="ask",
        words=_("Ask for a commitment"),
        group=Group.BELOW,
        deed=Deed.PROPOSE_COMMITMENT,
        form=AskCommitmentForm,
        targets=the_solution,
        when=is_live,
        do=_ask,
    ),
)
