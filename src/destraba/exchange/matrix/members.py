"""Participants of a spreadsheet as seats: who is public, who is private, who comes only at times."""

from collections.abc import Iterable

from destraba.actions.imports.incoming import IncomingMember
from destraba.exchange.matrix.readings import ReadParticipant
from destraba.models import OrganizationKind
from destraba.rules.permissions import Role
from destraba.values.texts import fold

# What lists of participants write in their "kind" column, in the order in which it is looked for.
_KINDS = (
    ("banca de desarrollo", OrganizationKind.DEVELOPMENT_BANK),
    ("development bank", OrganizationKind.DEVELOPMENT_BANK),
    ("ministeri", OrganizationKind.MINISTRY),
    ("ministry", OrganizationKind.MINISTRY),
    ("supervis", OrganizationKind.REGULATOR),
    ("regulador", OrganizationKind.REGULATOR),
    ("regulator", OrganizationKind.REGULATOR),
    ("gobierno regional", OrganizationKind.REGIONAL_GOVERNMENT),
    ("regional government", OrganizationKind.REGIONAL_GOVERNMENT),
    ("municip", OrganizationKind.LOCAL_GOVERNMENT),
    ("gobierno local", OrganizationKind.LOCAL_GOVERNMENT),
    ("sindicat", OrganizationKind.UNION),
    ("union", OrganizationKind.UNION),
    ("gremio", OrganizationKind.ASSOCIATION),
    ("asociacion", OrganizationKind.ASSOCIATION),
    ("association", OrganizationKind.ASSOCIATION),
    ("concesionari", OrganizationKind.CONCESSIONAIRE),
    ("universidad", OrganizationKind.ACADEMIA),
    ("academi", OrganizationKind.ACADEMIA),
    ("empresa publica", OrganizationKind.STATE_ENTERPRISE),
    ("empresa", OrganizationKind.FIRM),
    ("firm", OrganizationKind.FIRM),
    ("organismo", OrganizationKind.AGENCY),
    ("agenc", OrganizationKind.AGENCY),
)
_PRIVATE = ("privad", "private")
_OCCASIONAL = ("ocasional", "occasional", "eventual")
_TEAM = ("equipo", "dedicated team")


def members(participants: Iterable[ReadParticipant]) -> list[IncomingMember]:
    """A seat for each organization in the list: public ones answer as liaisons, private ones are members."""
    return [_member(participant) for participant in participants]


def _member(participant: ReadParticipant) -> IncomingMember:
    taking_part = fold(participant.participation)
    is_private = any(word in fold(participant.sector) for word in _PRIVATE)
    role = Role.MEMBER if is_private else Role.LIAISON
    if any(word in taking_part for word in _TEAM):
        role = Role.TEAM
    return IncomingMember(
        name=participant.organization,
        kind=_kind(participant.kind),
        role=role,
        is_occasional=any(word in taking_part for word in _OCCASIONAL),
    )


def _kind(text: str) -> OrganizationKind:
    said = fold(text)
    return next((kind for word, kind in _KINDS if word in said), OrganizationKind.OTHER)
