"""`/u`: what a mailed link opens. Opening exchanges a secret for a cookie; only a hand changes a record."""

from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import decline_by_name, give_answer
from destraba.actions.jobs import enqueue
from destraba.actions.links import redeem
from destraba.models import Commitment, Link
from destraba.queries.followup.owed import OwedRow, owed, was_given
from destraba.rules.commitments import CommitmentMove, CommitmentState
from destraba.rules.operations.links import LinkPurpose
from destraba.values.actors import Actor, Via
from destraba.values.errors import Conflict, DomainError, Invalid, NoRoom, NotFound, Stale
from destraba.values.reasons import Reason
from destraba.web.links import door
from destraba.web.links.forms import ACCEPT, DECLINE, AgainForm, RowForm, SecretForm
from destraba.web.links.pages import Refused, rows_context
from destraba.web.middleware import Request
from destraba.web.refusals import status_of

PLACES = {LinkPurpose.UPDATE: "link_rows", LinkPurpose.MINUTES: "link_minutes"}
"""Where a link of each purpose leads; the address of its page."""


@require_http_methods(["GET", "HEAD"])
def arrive(request: Request) -> HttpResponse:
    """Where every mailed address leads. The secret stands behind its `#`, which no browser sends."""
    return door.unkept(render(request, "links/arrive.html"))


@sensitive_post_parameters("secret", "code")
@require_POST
def enter(request: Request) -> HttpResponse:
    """Exchange the secret, or the code that was typed, for a cookie. No record changes."""
    form = SecretForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"secret": "", "code": ""}
    is_typed = not given["secret"]
    if is_typed and not door.may_try(request):
        return door.shut(request, too_often=True)
    link = redeem(given=given["secret"] or given["code"], is_typed=is_typed, now=request.now)
    if link is None:
        return door.shut(request)
    return door.let_in(door.unkept(redirect(PLACES[LinkPurpose(link.purpose)])), link)


@require_POST
def again(request: Request) -> HttpResponse:
    """Ask for another link. The answer is the same whether the address is known or not."""
    if not door.may_ask(request):
        return door.shut(request, too_often=True)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return door.shut(request, form=form)
    enqueue("replacement", now=request.now, key=form.key, address=form.cleaned_data["address"])
    return door.unkept(render(request, "links/asked.html"))


@require_http_methods(["GET", "HEAD"])
@door.behind_link(LinkPurpose.UPDATE)
def rows(request: Request, link: Link) -> HttpResponse:
    """My rows and nothing else."""
    context = rows_context(owed(link.person_id, request.now), link, has_sent="sent" in request.GET)
    return render(request, "links/rows.html", context)


@require_POST
@door.behind_link(LinkPurpose.UPDATE)
def row(request: Request, link: Link, commitment_id: UUID) -> HttpResponse:
    """One answer to one row; the same one sent again finds itself on record."""
    wanted = owed(link.person_id, request.now).row(commitment_id)
    if wanted is None:
        raise NotFound(Reason.of("hidden"))
    form = RowForm(request.POST, files=request.FILES, state=_state_meant(request, wanted))
    error = _answered(request, link, wanted, form)
    if error is None:
        return redirect(f"{reverse('link_rows')}?sent#main")
    mine = owed(link.person_id, request.now)
    context = rows_context(mine, link, refused=Refused(commitment_id, form, error))
    return render(request, "links/rows.html", context, status=status_of(error))


def _state_meant(request: Request, wanted: OwedRow) -> CommitmentState:
    """The state that the row had when its form was drawn: what could be chosen follows from it."""
    is_first_word = request.POST.get("answer") in {ACCEPT, DECLINE}
    return CommitmentState.ASKED if is_first_word or not _has_moved_on(wanted) else CommitmentState.AGREED


def _answered(request: Request, link: Link, wanted: OwedRow, form: RowForm) -> DomainError | None:
    """Put it on record; what stood in the way, if anything did, which the form then says as well."""
    if not form.is_valid():
        return Invalid(Reason.of("see_fields"))
    try:
        _carry_out(request, link, wanted, form)
    except (Conflict, Invalid, NoRoom, NotFound, Stale) as error:
        if _is_on_record(request, link, wanted, form):
            return None
        form.refuse(error)
        return error
    return None


def _carry_out(request: Request, link: Link, wanted: OwedRow, form: RowForm) -> None:
    actor = Actor(link.person_id, Via.LINK, request.request_id)
    if not wanted.is_answerable:
        raise Conflict(Reason.of("nothing_asked"))
    if _was_cut_off(request):
        raise Invalid(Reason.of("evidence_too_large", limit=settings.UPLOAD_LIMIT // 1024**2))
    if form.chosen in {ACCEPT, DECLINE} and form.cleaned_data["version"] != wanted.record.version:
        raise Stale(Reason.of("row_changed"))
    if form.chosen == ACCEPT:
        move_commitment(actor=actor, commitment=wanted.record, move=CommitmentMove.AGREE, now=request.now)
    elif form.chosen == DECLINE:
        decline_by_name(actor=actor, commitment=wanted.record, now=request.now, **form.as_refusal())
    else:
        _give(request, actor, wanted, form)


def _give(request: Request, actor: Actor, wanted: OwedRow, form: RowForm) -> None:
    said, key = form.as_answer(), _key(actor, wanted, form)
    try:
        give_answer(actor=actor, commitment=wanted.record, key=key, now=request.now, **said)
    except Stale:
        # Somebody was faster by a blink; what an owner says stands beside whatever that was.
        fresh = Commitment.objects.select_related("mesa", "problem", "solution").get(pk=wanted.record.pk)
        give_answer(actor=actor, commitment=fresh, key=key, now=request.now, **said)


def _is_on_record(request: Request, link: Link, wanted: OwedRow, form: RowForm) -> bool:
    """Whether what was refused had been taken a moment before: the second of two taps."""
    actor = Actor(link.person_id, Via.LINK, request.request_id)
    if form.chosen not in {ACCEPT, DECLINE}:
        return was_given(_key(actor, wanted, form), wanted.record.pk)
    stands = owed(link.person_id, request.now).row(wanted.record.pk)
    reached = CommitmentState.AGREED if form.chosen == ACCEPT else CommitmentState.DECLINED
    return stands is not None and stands.state is reached and stands.receipt is not None


def _key(actor: Actor, wanted: OwedRow, form: RowForm) -> UUID:
    """The answer's own key, from the form that it was sent with; nobody can aim it at another's answer."""
    return uuid5(wanted.record.pk, f"{actor.person_id} {form.cleaned_data['once']}")


def _has_moved_on(wanted: OwedRow) -> bool:
    return wanted.state is not CommitmentState.ASKED


def _was_cut_off(request: Request) -> bool:
    """Whether the file was longer than allowed: nothing of it has come, and it was announced."""
    announced = str(request.META.get("CONTENT_LENGTH", ""))
    return not request.FILES and announced.isdigit() and int(announced) > settings.UPLOAD_LIMIT
