"""Who may see a thing: the same two acts on every page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from destraba.actions.visibility import set_visibility
from destraba.ledger.labels import label
from destraba.models import Commitment, Problem, Solution
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.values.visibility import Visibility
from destraba.web.forms.acts import Options, VisibilityForm
from destraba.web.things.acts import Act, Call, Group
from destraba.web.things.scenes import Scene

SceneT = TypeVar("SceneT", bound=Scene)
RecordT = TypeVar("RecordT", Problem, Solution, Commitment)


def visibility_acts(
    thing: Callable[[SceneT], Sequence[RecordT]],
) -> tuple[Act[SceneT, RecordT], Act[SceneT, RecordT]]:
    """One for those who edit, and one for a leader who may publish but not edit."""
    return (
        Act(
            code="visibility",
            words=_("Change who sees it"),
            group=Group.KEEP,
            deed=Deed.EDIT_MATRIX,
            form=VisibilityForm,
            targets=thing,
            options=_options,
            do=_set,
        ),
        Act(
            code="publish",
            words=_("Publish or take back"),
            group=Group.KEEP,
            deed=Deed.PUBLISH,
            form=VisibilityForm,
            targets=thing,
            when=lambda scene, _record: not scene.may(Deed.EDIT_MATRIX),
            options=_options,
            do=_set,
        ),
    )


def _options(scene: Scene, record: RecordT) -> Options:
    """Every circle but the one that it has, as far as this viewer may decide."""
    was = Visibility(record.visibility)
    offered = [one for one in Visibility if one is not was and scene.may(access.visibility_deed(was, one))]
    return {"visibility": [(one.value, label(one)) for one in offered]}


def _set(call: Call[Any, Any]) -> None:
    set_visibility(
        actor=call.scene.actor,
        record=call.target,
        visibility=Visibility(call.data["visibility"]),
        reason=call.data["reason"],
        now=call.scene.now,
    )
