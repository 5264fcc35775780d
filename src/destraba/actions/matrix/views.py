"""Ways to look at the Matrix, kept under a name. Operational: the ledger has no part in how people look."""

from datetime import datetime
from uuid import UUID

from destraba.actions.inputs import required_line
from destraba.models import Account, MatrixVisit, Mesa, SavedView
from destraba.queries import access
from destraba.rules.desk.pressing import seen_until
from destraba.rules.permissions import PROGRAMME, Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from destraba.values.reasons import Reason

NAME_LIMIT = 80
QUERY_LIMIT = 2000
MOST_VIEWS = 60


def save_view(
    *, actor: Actor, account: Account, mesa: Mesa | None, name: str, query: str, shared: bool, now: datetime
) -> SavedView:
    """Under a name of one's own; the same name again says something new. To share one takes the right to
    edit there."""
    _own(actor, account)
    if mesa is not None:
        access.permit(actor=actor, deed=Deed.READ_MESA, subject=Subject(mesa.pk), now=now)
    if shared:
        deed, subject = (Deed.EDIT_MATRIX, Subject(mesa.pk)) if mesa else (Deed.READ_PROGRAMME, PROGRAMME)
        access.permit(actor=actor, deed=deed, subject=subject, now=now)
    if len(query) > QUERY_LIMIT:
        raise Invalid(Reason.of("too_long", field="query", limit=QUERY_LIMIT, length=len(query)))
    called = required_line("name", name, NAME_LIMIT)
    mine = SavedView.objects.filter(account=account, mesa=mesa)
    if mine.count() >= MOST_VIEWS and not mine.filter(name=called).exists():
        raise Conflict(Reason.of("too_many_views", limit=MOST_VIEWS))
    saved, _created = SavedView.objects.update_or_create(
        account=account,
        mesa=mesa,
        name=called,
        defaults={"query": query, "is_shared": shared, "saved_at": now},
    )
    return saved


def drop_view(*, actor: Actor, account: Account, mesa: Mesa | None, view_id: UUID, now: datetime) -> None:
    """Whoever saved it lets go of it; nobody else can."""
    _own(actor, account)
    if mesa is not None:
        access.permit(actor=actor, deed=Deed.READ_MESA, subject=Subject(mesa.pk), now=now)
    dropped, _by_table = SavedView.objects.filter(account=account, mesa=mesa, pk=view_id).delete()
    if not dropped:
        raise NotFound(Reason.of("unknown_view"))


def mark_matrix_seen(
    *, actor: Actor, account: Account, mesa: Mesa, shown_at: datetime, now: datetime
) -> datetime:
    """Its holder has seen what moved, as a page of `shown_at` showed it."""
    _own(actor, account)
    access.permit_reading(actor=actor, mesa=mesa, now=now)
    visit = MatrixVisit.objects.filter(account=account, mesa=mesa).first()
    seen_at = seen_until(shown_at, visit.seen_at if visit else None, now)
    MatrixVisit.objects.update_or_create(account=account, mesa=mesa, defaults={"seen_at": seen_at})
    return seen_at


def _own(actor: Actor, account: Account) -> None:
    if actor.person_id != account.person_id or not account.is_active:
        raise NotAllowed(Reason.of("not_your_row"))
