"""Among whom a commitment of many can be shared out."""

from dataclasses import dataclass

from django.db.models import Q

from destraba.models import Commitment, Organization, OrganizationKind, Seat, SolutionPlace
from destraba.rules.solutions import SolutionStage
from destraba.values.names import is_plural_owner, name_key

_REGIONAL, _LOCAL = OrganizationKind.REGIONAL_GOVERNMENT, OrganizationKind.LOCAL_GOVERNMENT


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could answer for a part. `is_meant`: it sits in the mesa, or the solution must be applied
    where it governs."""

    organization: Organization
    is_meant: bool


def candidates_for(commitment: Commitment) -> tuple[Candidate, ...]:
    """The governments of the kind that the owner stands for, without those who have their part already;
    three statements."""
    asked = Commitment.objects.filter(part_of=commitment, withdrawn_at=None).values("owner_organization")
    found = (
        Organization.objects.filter(kind__in=_kinds_meant(commitment.owner_organization), withdrawn_at=None)
        .exclude(pk__in=asked)
        .order_by("sort_key", "pk")
    )
    seated = set(
        Seat.objects.filter(mesa=commitment.mesa_id, withdrawn_at=None).values_list(
            "organization_id", flat=True
        )
    )
    places = set(_places(commitment))
    return tuple(
        Candidate(one, one.pk in seated or one.place_id in places)
        for one in found
        if one.pk != commitment.owner_organization_id and not is_plural_owner(one.name)
    )


def _kinds_meant(owner: Organization | None) -> list[OrganizationKind]:
    """By the name of the group first: what an import brought in has no kind yet."""
    named = name_key(owner.name) if owner else ""
    if "region" in named or "gobernacion" in named:
        return [_REGIONAL]
    if any(word in named for word in ("local", "municip", "provincia")):
        return [_LOCAL]
    return [_REGIONAL, _LOCAL]


def _places(commitment: Commitment) -> list[object]:
    if commitment.solution_id is None:
        return []
    listed = SolutionPlace.objects.filter(~Q(stage=SolutionStage.DROPPED.value), withdrawn_at=None)
    return list(listed.filter(solution=commitment.solution_id).values_list("place_id", flat=True))
