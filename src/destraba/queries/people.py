"""Who is who: organizations by any of their names, seats and those who hold them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from destraba.models import Alias, Organization, Place
from destraba.values.keys import sort_key
from destraba.values.names import name_key


def organization_named(text: str) -> Organization | None:
    """The organization of that name, alias or acronym; None where none or more than one has it."""
    return organizations_named([text]).get(name_key(text))


def organizations_named(names: Iterable[str]) -> Mapping[str, Organization]:
    """By name key: the organizations that are called so, ambiguous names left out. Two statements."""
    keys = {name_key(name)[:200] for name in names} - {""}
    found: dict[str, set[Organization]] = {}
    for organization in Organization.objects.filter(name_key__in=keys, withdrawn_at=None):
        found.setdefault(organization.name_key, set()).add(organization)
    aliases = Alias.objects.filter(name_key__in=keys, withdrawn_at=None).select_related("organization")
    for alias in aliases:
        found.setdefault(alias.name_key, set()).add(alias.organization)
    return {key: next(iter(called)) for key, called in found.items() if len(called) == 1}


def organizations_called(names: Iterable[str]) -> list[Organization]:
    """Every organization that one of these is a name of, ambiguous or not; two statements."""
    keys = {name_key(name)[:200] for name in names} - {""}
    named = Organization.objects.filter(name_key__in=keys, withdrawn_at=None)
    known_as = Organization.objects.filter(
        aliases__name_key__in=keys, aliases__withdrawn_at=None, withdrawn_at=None
    )
    return list({one.pk: one for one in (*named, *known_as)}.values())


def organizations_in(mesa_id: UUID) -> list[Organization]:
    """Those with a seat in the mesa or an open commitment there: whom an owner cell offers first."""
    seated = Organization.objects.filter(seats__mesa=mesa_id, seats__withdrawn_at=None)
    bound = Organization.objects.filter(commitments__mesa=mesa_id, commitments__withdrawn_at=None)
    return sorted(set(seated) | set(bound), key=lambda one: one.sort_key)


def organization_names() -> list[str]:
    """Every name and acronym by which an organization can be called, for a list to choose from."""
    names = set(Organization.objects.filter(withdrawn_at=None).values_list("name", flat=True))
    aliases = Alias.objects.filter(withdrawn_at=None, organization__withdrawn_at=None)
    return sorted(names | set(aliases.values_list("name", flat=True)), key=sort_key)


def place_names() -> list[str]:
    """The places of the programme's tree."""
    return list(Place.objects.filter(withdrawn_at=None).values_list("name", flat=True))
