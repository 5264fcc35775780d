"""Mesas: opened quiet, and followed up once the team says so."""

from datetime import datetime
from uuid import UUID

from destraba.actions.inputs import required_line
from destraba.actions.lights import refresh
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.methods.catalogue import UnknownMethod, digest, load
from destraba.models import Commitment, Mesa, Organization, Programme
from destraba.queries import access
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import PROGRAMME, Deed, Subject
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.keys import new_key
from destraba.values.reasons import Reason
from destraba.values.texts import slug as slug_of

NAME_LIMIT = 120
RESERVED = frozenset({"new"})
"""Addresses that are pages of their own."""


def open_mesa(
    *,
    actor: Actor,
    name: str,
    slug: str = "",
    method_id: str,
    host: Organization | None = None,
    is_horizontal: bool = False,
    installed_on: FuzzyDate | None = None,
    state: MesaState = MesaState.CANDIDATE,
    now: datetime,
) -> Mesa:
    """A new mesa, quiet: nothing is mailed and nothing is public until somebody starts following up."""
    access.permit(actor=actor, deed=Deed.OPEN_MESA, subject=PROGRAMME, now=now)
    mesa_id = new_key()
    # Under the lock of the programme's chain, so that two at once can't take the same address.
    with recording(actor=actor, now=now, streams=[mesa_id, Programme.objects.get().pk]) as change:
        return enter_mesa(
            change,
            mesa_id,
            name=name,
            slug=slug,
            method_id=method_id,
            host=host,
            is_horizontal=is_horizontal,
            installed_on=installed_on,
            state=state,
        )


def enter_mesa(
    change: Recording,
    mesa_id: UUID,
    *,
    name: str,
    slug: str,
    method_id: str,
    host: Organization | None = None,
    is_horizontal: bool = False,
    installed_on: FuzzyDate | None = None,
    state: MesaState = MesaState.CANDIDATE,
) -> Mesa:
    """The same as part of a larger change, which has locked the chain of `mesa_id`."""
    programme = Programme.objects.get()
    title = required_line("name", name, NAME_LIMIT)
    address = slug_of(slug or title)
    if not address:
        raise Invalid(Reason.of("required", field="slug"))
    if address in RESERVED or Mesa.objects.filter(slug=address).exists():
        raise Conflict(Reason.of("mesa_exists", slug=address))
    try:
        method = load(method_id)
    except UnknownMethod as error:
        raise Invalid(Reason.of("unknown_method", method=method_id)) from error
    mesa = Mesa(
        id=mesa_id,
        programme=programme,
        slug=address,
        name=title,
        is_horizontal=is_horizontal,
        state=state.value,
        host=host,
        installed_on=installed_on,
        time_zone=programme.time_zone,
        method_id=method.id,
        method_version=method.version,
        method_digest=digest(method),
    )
    return change.create(mesa, kinds.MESA_OPENED)


def start_following_up(*, actor: Actor, mesa: Mesa, now: datetime) -> Mesa:
    """End the quiet: from now on the lights are computed, and what falls due is chased."""
    access.permit(actor=actor, deed=Deed.FOLLOW_UP, subject=Subject(mesa.pk), now=now)
    if not mesa.is_quiet:
        raise Conflict(Reason.of("already_followed"))
    today = day_in(mesa.time_zone, now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        change.update(mesa, kinds.MESA_FOLLOWED, following_since=today)
        refresh(mesa, Commitment.objects.filter(mesa=mesa, withdrawn_at=None), today)
        return mesa
