"""Bringing a spreadsheet in: hand it over, look at what it would do, choose, write."""

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from destraba.actions.imports.incoming import Imported
from destraba.actions.jobs import enqueue
from destraba.actions.undo import undo
from destraba.exchange import uploads
from destraba.exchange.matrix.compare.plan import Status
from destraba.exchange.matrix.spreadsheets import Choice, Compared, Spreadsheet
from destraba.exchange.matrix.wishes import Wish, plain_choice
from destraba.exchange.matrix.words import remembered
from destraba.exchange.refusals import Refused
from destraba.exchange.uploads import Upload
from destraba.models import Job, Mesa
from destraba.queries import access
from destraba.queries.sentences import sentence
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.errors import Invalid, NoRoom
from destraba.values.reasons import Reason
from destraba.web.frame import mesa_frame
from destraba.web.imports.choices import FOUND, PAGE, Chosen
from destraba.web.imports.offers import offers, open_to
from destraba.web.imports.preview import (
    colour_choices,
    column_choices,
    hidden_choices,
    preview,
)
from destraba.web.middleware import Request
from destraba.web.refusals import status_of

ACCEPTED = ".xlsx,.csv"
MEGABYTE = 1024 * 1024
BY_JOB = 1000
"""So many rows and more are written by a job: it can be followed, and left."""
DONE, INTO = "done", "into"
# The last import of this browser that can be taken back: {mesa: change set}.
UNDO = "import_undo"


class SpreadsheetForm(forms.Form):
    """The file alone; what is in it is judged by reading it."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": gettext_lazy("Choose a spreadsheet first.")},
    )


@require_http_methods(["GET", "POST"])
def page(request: Request, slug: str) -> HttpResponse:
    """What is accepted, and where to drop it; a file that can be read goes on to its preview."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    if request.method == "GET":
        return _form_page(request, mesa, SpreadsheetForm())
    form = SpreadsheetForm(request.POST, request.FILES)
    if _is_too_large(request):
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        return _refused(request, mesa, Reason.of("upload_too_large", limit=limit), 413)
    if not form.is_valid():
        return _form_page(request, mesa, form, 422)
    file = form.cleaned_data["file"]
    try:
        Spreadsheet(file.name, file.read()).read(Choice(words=remembered(mesa)))
        token = uploads.keep(_account(request), file, request.now)
    except Refused as error:
        return _refused(request, mesa, error.reason, 422)
    except NoRoom as error:
        return _refused(request, mesa, error.reason, status_of(error))
    return redirect("import_preview", slug=slug, token=token)


@require_http_methods(["GET", "POST"])
def look(request: Request, slug: str, token: UUID) -> HttpResponse:
    """What would be written, to choose from; and writing what was chosen."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    upload = uploads.find(_account(request), token)
    if upload is None:
        messages.warning(request, _("That file is no longer kept. Hand it over again."))
        return redirect("import", slug=slug)
    if request.method == "POST":
        return _write(request, mesa, upload)
    elsewhere = request.GET.get(INTO, slug)
    if elsewhere != slug:
        found = urlencode({FOUND: request.GET.get(FOUND, "")})
        return redirect(
            f"{reverse('import_preview', args=[access.mesa(request.viewer, elsewhere).slug, token])}?{found}"
        )
    return render(request, "imports/preview.html", _shown(request, mesa, upload))


def _shown(request: Request, mesa: Mesa, upload: Upload) -> dict[str, object]:
    chosen = Chosen.of(request.GET)
    spreadsheet = Spreadsheet(upload.name, upload.content())
    choice = chosen.choice(spreadsheet, remembered(mesa))
    compared = spreadsheet.compared(mesa, choice)
    shown = preview(compared, choice.words, has_letters=spreadsheet.has_letters, page=chosen.page)
    wish = Wish.from_plain(upload.notes(_about(mesa, chosen))) if shown.pages > 1 else Wish()
    here = {row.id for row in (*shown.conflicts, *shown.changed, *shown.new)}
    context: dict[str, object] = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "file_name": upload.name,
        "preview": shown,
        "found": chosen.found,
        "is_undecided": False,
        "hidden": hidden_choices(shown, chosen.found, list(request.GET)),
        "column_choices": column_choices(),
        "colour_choices": colour_choices(),
        "left_out": wish.left_out,
        "sides": wish.sides,
        "to_bring": shown.rows - len(wish.left_out),
        "elsewhere": shown.rows - len(here) - len(wish.left_out - here),
    }
    found = compared.reading.mesas_found
    if len(found) > 1:
        mesas = open_to(request.viewer)
        context |= {
            "all_mesas": request.path,
            "is_undecided": chosen.found is None,
            "offers": offers(found, mesas, mesa, {int(index) for index in upload.notes(DONE)}),
            "mesas": mesas,
            "may_open": access.may(request.viewer, Deed.OPEN_MESA, PROGRAMME),
        }
    return context


def _write(request: Request, mesa: Mesa, upload: Upload) -> HttpResponse:
    """Once, however often the button is pressed. A long one is written by a job; a page is only turned."""
    chosen = Chosen.of(request.POST)
    wish = Wish()
    if chosen.shown:
        wish = Wish.from_plain(upload.notes(_about(mesa, chosen)))
        wish = wish.with_page(chosen.shown, chosen.rows, chosen.sides)
        upload.note(_about(mesa, chosen), wish.to_plain())
        if PAGE in request.POST:
            return redirect(_turned(request, chosen.page))
    if not chosen.rows and chosen.total <= len(wish.left_out):
        messages.error(request, sentence(Reason.of("nothing_to_bring_in")))
        return redirect(request.get_full_path())
    if chosen.total > BY_JOB:
        return redirect("job", uid=_by_job(request, mesa, upload, chosen).pk)
    claimed = upload.claim()
    if claimed is None:
        return redirect("people", slug=mesa.slug)
    try:
        spreadsheet = Spreadsheet(claimed.name, claimed.content())
        compared, imported = spreadsheet.brought_in(
            actor=request.actor,
            mesa=mesa,
            choice=chosen.choice(spreadsheet, remembered(mesa)),
            rows=None if chosen.shown else chosen.rows,
            sides={**wish.sides, **chosen.sides},
            left_out=wish.left_out,
            now=request.now,
        )
    except BaseException:
        claimed.release()
        raise
    kept = [row for row in compared.plan.rows if row.status is not Status.UNCHANGED]
    brought = {row.id for row in kept if row.id not in wish.left_out} if chosen.shown else chosen.rows
    _tell(request, mesa, compared, brought, imported)
    return redirect(_next(request, mesa, claimed, compared, chosen))


def _next(request: Request, mesa: Mesa, claimed: Upload, compared: Compared, chosen: Chosen) -> str:
    """On to the people; or back to the other mesas of the spreadsheet, which is kept for them."""
    if len(compared.reading.mesas_found) > 1 and chosen.found is not None:
        claimed.note(DONE, {**claimed.notes(DONE), str(chosen.found): True})
        claimed.release()
        return request.path
    claimed.forget()
    return reverse("people", args=[mesa.slug])


def _about(mesa: Mesa, chosen: Chosen) -> str:
    """Under which name it is noted what was chosen: of which mesa of the spreadsheet, for which one here."""
    return f"{mesa.pk}-{'' if chosen.found is None else chosen.found}"


def _turned(request: Request, page: int) -> str:
    """The same address at another page."""
    query = request.GET.copy()
    query[PAGE] = str(page)
    return f"{request.path}?{query.urlencode()}"


def _by_job(request: Request, mesa: Mesa, upload: Upload, chosen: Chosen) -> Job:
    """The same choice, carried out where somebody may follow it or leave it."""
    spreadsheet = Spreadsheet(upload.name, upload.content())
    choice = chosen.choice(spreadsheet, remembered(mesa))
    about = _about(mesa, chosen)
    upload.note(f"{about}-choice", plain_choice(choice))
    several = chosen.found is not None
    if several:
        upload.note(DONE, {**upload.notes(DONE), str(chosen.found): True})
    return enqueue(
        "import",
        now=request.now,
        key=f"{upload.folder.name}-{about}",
        by=_account(request),
        account=str(_account(request)),
        mesa=str(mesa.pk),
        token=upload.folder.name,
        person=str(request.actor.person_id),
        about=about,
        href=request.path if several else reverse("people", args=[mesa.slug]),
        keeps=several,
    )


@require_POST
def take_back(request: Request, slug: str) -> HttpResponse:
    """Undo the last import of this browser, where nobody has changed its rows since."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    kept = dict(request.session.get(UNDO, {}))
    change_set = kept.pop(str(mesa.pk), None)
    if change_set is None:
        raise Invalid(Reason.of("nothing_to_undo"))
    undo(actor=request.actor, mesa=mesa, change_set=UUID(change_set), now=request.now)
    request.session[UNDO] = kept
    messages.success(request, _("The import was taken back. The ledger keeps both."))
    return redirect("matrix", slug=slug)


def _tell(
    request: Request, mesa: Mesa, compared: Compared, brought: Collection[str], imported: Imported
) -> None:
    rows = [row for row in compared.plan.rows if row.id in brought]
    new = sum(row.status is Status.NEW for row in rows)
    old = len(rows) - new
    told = []
    if new or not old:
        words = ngettext("%(count)s new row was brought in.", "%(count)s new rows were brought in.", new)
        told.append(words % {"count": new})
    if old:
        words = ngettext("%(count)s row was changed.", "%(count)s rows were changed.", old)
        told.append(words % {"count": old})
    if imported.is_undoable:
        request.session[UNDO] = {**request.session.get(UNDO, {}), str(mesa.pk): str(imported.change_set)}
        told.append(_("To take it back, open Import again."))
    messages.success(request, " ".join([*told, _("Now say who answers for each agency.")]))


def _is_too_large(request: Request) -> bool:
    """Whether the upload was cut off: nothing of it has come, and it was announced as longer than allowed."""
    length = str(request.META.get("CONTENT_LENGTH", ""))
    announced = int(length) if length.isascii() and length.isdigit() else 0
    return not request.FILES and announced > settings.UPLOAD_LIMIT


def _account(request: Request) -> UUID:
    assert request.viewer.account_id is not None  # noqa: S101  (a mesa opens to accounts alone)
    return request.viewer.account_id


def _refused(request: Request, mesa: Mesa, reason: Reason, status: int) -> HttpResponse:
    form = SpreadsheetForm(request.POST, request.FILES)
    form.full_clean()
    form.errors.clear()
    form.add_error("file", sentence(reason))
    return _form_page(request, mesa, form, status)


def _form_page(request: Request, mesa: Mesa, form: SpreadsheetForm, status: int = 200) -> HttpResponse:
    context = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "form": form,
        "accepted": ACCEPTED,
        "limit": settings.UPLOAD_LIMIT // MEGABYTE,
        "last_import": request.session.get(UNDO, {}).get(str(mesa.pk)),
    }
    return render(request, "imports/page.html", context, status=status)
