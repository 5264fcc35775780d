"""The Matrix page, and the pieces that its script asks for."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from destraba.actions.matrix.cells import add_row, change_cell, change_cells
from destraba.actions.matrix.moving import move_row
from destraba.actions.matrix.pasting import paste_rows
from destraba.actions.undo import undo
from destraba.models import Mesa, Record
from destraba.queries import access
from destraba.queries.matrix.cells import COLUMNS
from destraba.queries.matrix.pasting import plan_paste
from destraba.queries.matrix.rows import ProblemRow
from destraba.queries.matrix.tree import branch
from destraba.queries.people import owner_names
from destraba.queries.within import within_one
from destraba.rules.permissions import Deed, Subject
from destraba.values.days import day_in
from destraba.values.errors import Invalid, NotFound, Stale
from destraba.values.reasons import Reason
from destraba.web.answers import rows_after
from destraba.web.conflicts import conflict
from destraba.web.frame import mesa_frame
from destraba.web.grid import Frame, below
from destraba.web.matrix.asking import view_of
from destraba.web.matrix.pages import Scene, frame_of, page_context, rows_context
from destraba.web.middleware import Request
from destraba.web.pasting import preview
from destraba.web.posted import Posted

MOST_OPEN = 200


@require_GET
def page(request: Request, slug: str) -> HttpResponse:
    """Problems with their worst light first; what is below them when it is asked for. A script asks for the
    next rows alone."""
    mesa = access.mesa(request.viewer, slug)
    scene = Scene(request, within_one(request.viewer, mesa), mesa, view_of(request.GET))
    opened = _opened(request)
    if request.headers.get("X-Fragment"):
        return render(request, "matrix/window.html", rows_context(scene, scene.window(opened)))
    context = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        **page_context(scene, opened),
        "is_quiet": mesa.is_quiet,
        "can_download": access.may(request.viewer, Deed.DOWNLOAD_RECORD, Subject(mesa.pk)),
        "shown_at": request.now.isoformat(),
    }
    return render(request, "matrix/page.html", context)


@require_GET
def rows(request: Request, slug: str, problem_id: UUID) -> HttpResponse:
    """What hangs below one problem."""
    mesa = access.mesa(request.viewer, slug)
    found = _branch(request, mesa, problem_id)
    frame = _frame(request, mesa)
    return render(request, "matrix/rows.html", {"rows": list(below(found, frame)), "gone": [], "slug": slug})


@require_GET
def owners(request: Request, slug: str) -> HttpResponse:
    """The names that an owner cell offers."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    return render(request, "matrix/owners.html", {"names": owner_names(mesa.pk)})


@require_POST
def cells(request: Request, slug: str) -> HttpResponse:
    """Change one cell. A stale edit shows both values; nothing is overwritten."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    posted = Posted(request.POST)
    edit = posted.cell()
    try:
        row, change_set = change_cell(
            actor=request.actor,
            mesa=mesa,
            kind=edit.kind,
            row_id=edit.row_id,
            version=edit.version,
            field=edit.field,
            text=edit.text,
            reason=edit.reason,
            now=request.now,
        )
    except Stale:
        return conflict(request, mesa, edit, _frame(request, mesa))
    return _changed(request, mesa, [row], change_set)


@require_POST
def many(request: Request, slug: str) -> HttpResponse:
    """Change one column of many rows: all of them, or none and a sentence that says which row refuses."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    posted = Posted(request.POST)
    changed, change_set = change_cells(
        actor=request.actor,
        mesa=mesa,
        chosen=posted.chosen(),
        field=posted.text("field"),
        text=posted.text("value"),
        reason=posted.text("reason"),
        now=request.now,
    )
    return _changed(request, mesa, changed, change_set)


@require_POST
def move(request: Request, slug: str) -> HttpResponse:
    """Put a row after or before a sibling."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    posted = Posted(request.POST)
    row, change_set = move_row(
        actor=request.actor,
        mesa=mesa,
        kind=posted.kind(),
        row_id=posted.row(),
        version=posted.number("version"),
        after_id=posted.key("after"),
        before_id=posted.key("before"),
        now=request.now,
    )
    return _changed(request, mesa, [row], change_set)


@require_POST
def add(request: Request, slug: str) -> HttpResponse:
    """Add a row under the last one."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    posted = Posted(request.POST)
    row, change_set = add_row(
        actor=request.actor,
        mesa=mesa,
        kind=posted.kind(),
        title=posted.text("title"),
        parent_id=posted.key("parent"),
        after_id=posted.key("after"),
        now=request.now,
    )
    return _changed(request, mesa, [row], change_set)


@require_POST
def paste(request: Request, slug: str) -> HttpResponse:
    """Show what a pasted block would do, or do it: just what was shown, or else show it anew."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    posted = Posted(request.POST)
    plan = plan_paste(
        mesa,
        kind=posted.kind(),
        anchor_id=posted.key("id"),
        parent_id=posted.key("parent"),
        field=posted.text("field"),
        tsv=posted.text("tsv"),
        today=day_in(mesa.time_zone, request.now),
        columns=posted.columns(COLUMNS),
    )
    if posted.text("mode") != "apply":
        return render(request, "matrix/paste.html", preview(plan, request.POST, slug))
    try:
        if posted.text("plan") != plan.mark:
            raise Stale(Reason.of("stale"))
        changed, change_set = paste_rows(
            actor=request.actor, mesa=mesa, plan=plan, reason=posted.text("reason"), now=request.now
        )
    except Stale:
        context = {**preview(plan, request.POST, slug), "moved_on": True}
        return render(request, "matrix/paste.html", context, status=HTTPStatus.CONFLICT)
    return _changed(request, mesa, changed, change_set)


@require_POST
def take_back(request: Request, slug: str) -> HttpResponse:
    """Undo one change set of the reader's own."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    change_set = Posted(request.POST).key("change_set")
    if change_set is None:
        raise Invalid(Reason.of("nothing_to_undo"))
    records, undone = undo(actor=request.actor, mesa=mesa, change_set=change_set, now=request.now)
    return _changed(request, mesa, records, undone)


def _changed(request: Request, mesa: Mesa, records: Sequence[Record], change_set: UUID) -> HttpResponse:
    """The rows as they now stand, for a script; the page again, for a form."""
    if not request.headers.get("X-Fragment"):
        return redirect("matrix", slug=mesa.slug)
    opened = frozenset(request.POST.getlist("open"))
    shown, gone = rows_after(request.viewer, mesa, records, _frame(request, mesa), opened)
    response = render(request, "matrix/rows.html", {"rows": shown, "gone": gone, "slug": mesa.slug})
    response.headers["X-Change-Set"] = str(change_set)
    return response


def _branch(request: Request, mesa: Mesa, problem_id: UUID) -> ProblemRow:
    found = branch(request.viewer, mesa, problem_id)
    if found is None:
        raise NotFound(Reason.of("unknown_row"))
    return found


def _frame(request: Request, mesa: Mesa) -> Frame:
    """A script says with which view the page was drawn, so that what it gets fits in."""
    posted = request.method == "POST"
    asked = QueryDict(request.POST.get("view", "").lstrip("?")) if posted else request.GET
    across = (request.POST if posted else request.GET).get("across") == "yes"
    return frame_of(request, mesa, view_of(asked).columns, is_named=across)


def _opened(request: Request) -> frozenset[UUID]:
    """The problems that the address says stand open; what is no key is none."""
    return frozenset(key for text in request.GET.getlist("open")[:MOST_OPEN] if (key := _key(text)))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
