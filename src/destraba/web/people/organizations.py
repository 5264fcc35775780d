"""What can be done with the names of the organizations of a mesa."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.people import add_alias, add_organization, rename_organization, withdraw_alias
from destraba.models import Mesa, Organization, OrganizationKind
from destraba.queries.people import Body
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.web.forms.acts import Options
from destraba.web.forms.people import AliasForm, OrganizationForm, RenameForm, StrikeForm
from destraba.web.things.acts import Act, Call, Group
from destraba.web.things.scenes import PeopleScene


def _mesa(scene: PeopleScene) -> list[Mesa]:
    return [scene.mesa]


def _add_organization(call: Call[PeopleScene, Mesa]) -> None:
    add_organization(
        actor=call.scene.actor,
        mesa=call.target,
        name=call.data["name"],
        aliases=[call.data["acronym"]],
        kind=OrganizationKind(call.data["kind"]),
        now=call.scene.now,
    )


def _organizations(scene: PeopleScene) -> list[Organization]:
    return [body.organization for body in scene.directory.bodies]


def _body(scene: PeopleScene, organization: Organization) -> Body:
    return next(body for body in scene.directory.bodies if body.organization == organization)


def _has_other_names(scene: PeopleScene, organization: Organization) -> bool:
    return bool(_body(scene, organization).names)


def _other_names(scene: PeopleScene, organization: Organization) -> Options:
    return {"name": [(str(alias.pk), alias.name) for alias in _body(scene, organization).names]}


def _as_it_stands(_scene: PeopleScene, organization: Organization) -> dict[str, Any]:
    return {"name": organization.name, "kind": organization.kind, "keeps_former": True}


def _rename(call: Call[PeopleScene, Organization]) -> None:
    rename_organization(
        actor=call.scene.actor,
        organization=call.target,
        name=call.data["name"],
        kind=OrganizationKind(call.data["kind"]),
        keeps_former=call.data["keeps_former"],
        now=call.scene.now,
    )


def _add_alias(call: Call[PeopleScene, Organization]) -> None:
    add_alias(actor=call.scene.actor, organization=call.target, name=call.data["name"], now=call.scene.now)


def _strike(call: Call[PeopleScene, Organization]) -> None:
    """One of the names that the page offered, and no other."""
    for alias in _body(call.scene, call.target).names:
        if alias.pk == call.data["name"]:
            withdraw_alias(actor=call.scene.actor, alias=alias, now=call.scene.now)
            return
    raise Invalid(Reason.of("unknown_choice", text=str(call.data["name"])))


ADD_ORGANIZATION: Act[PeopleScene, Any] = Act(
    code="organization",
    words=_("Add an organization"),
    group=Group.BELOW,
    deed=Deed.MANAGE_ORGANIZATIONS,
    form=OrganizationForm,
    targets=_mesa,
    do=_add_organization,
)

NAMES_OF_ORGANIZATIONS: tuple[Act[PeopleScene, Any], ...] = (
    Act(
        code="rename",
        words=_("Correct the organization"),
        group=Group.KEEP,
        deed=Deed.MANAGE_ORGANIZATIONS,
        form=RenameForm,
        targets=_organizations,
        about=lambda organization: organization.name,
        first=_as_it_stands,
        do=_rename,
    ),
    Act(
        code="alias",
        words=_("Add a name"),
        group=Group.KEEP,
        deed=Deed.MANAGE_ORGANIZATIONS,
        form=AliasForm,
        targets=_organizations,
        about=lambda organization: organization.name,
        do=_add_alias,
    ),
    Act(
        code="strike",
        words=_("Strike a name"),
        group=Group.KEEP,
        deed=Deed.MANAGE_ORGANIZATIONS,
        form=StrikeForm,
        targets=_organizations,
        when=_has_other_names,
        about=lambda organization: organization.name,
        options=_other_names,
        do=_strike,
    ),
)
