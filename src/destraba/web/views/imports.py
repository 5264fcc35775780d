"""Bringing a spreadsheet in: hand it over, look at what it would do, choose, write."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from destraba.actions.imports.incoming import Imported
from destraba.actions.undo import undo
from destraba.exchange.matrix.compare.plan import Status
from destraba.exchange.matrix.spreadsheets import Choice, Compared, Spreadsheet
from destraba.exchange.matrix.words import remembered
from destraba.exchange.refusals import Refused
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid, NoRoom
from destraba.values.reasons import Reason
from destraba.web.frame import mesa_frame
from destraba.web.imports import uploads
from destraba.web.imports.choices import Chosen
from destraba.web.imports.preview import (
    colour_choices,
    column_choices,
    hidden_choices,
    preview,
)
from destraba.web.imports.uploads import Upload
from destraba.web.middleware import Request
from destraba.web.refusals import status_of

ACCEPTED = ".xlsx,.csv"
MEGABYTE = 1024 * 1024
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
        token = uploads.keep(_account(request), mesa.pk, file, request.now)
    except Refused as error:
        return _refused(request, mesa, error.reason, 422)
    except NoRoom as error:
        return _refused(request, mesa, error.reason, status_of(error))
    return redirect("import_preview", slug=slug, token=token)


@require_http_methods(["GET", "POST"])
def look(request: Request, slug: str, token: UUID) -> HttpResponse:
    """What would be written, to choose from; and writing what was chosen."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    upload = uploads.find(_account(request), mesa.pk, token)
    if upload is None:
        messages.warning(request, _("That file is no longer kept. Hand it over again."))
        return redirect("import", slug=slug)
    if request.method == "POST":
        return _write(request, mesa, upload)
    chosen = Chosen.of(request.GET)
    spreadsheet = Spreadsheet(upload.name, upload.content())
    choice = chosen.choice(spreadsheet, remembered(mesa))
    compared = spreadsheet.compared(mesa, choice)
    shown = preview(compared, choice.words, has_letters=spreadsheet.has_letters)
    context = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": slug,
        "file_name": upload.name,
        "preview": shown,
        "found": chosen.found,
        "is_undecided": bool(shown.mesas) and chosen.found is None,
        "hidden": hidden_choices(shown, chosen.found, list(request.GET)),
        "column_choices": column_choices(),
        "colour_choices": colour_choices(),
    }
    return render(request, "imports/preview.html", context)


def _write(request: Request, mesa: Mesa, upload: Upload) -> HttpResponse:
    """Once, however often the button is pressed."""
    chosen = Chosen.of(request.POST)
    if not chosen.rows:
        messages.error(request, sentence(Reason.of("nothing_to_bring_in")))
        return redirect(request.get_full_path())
    claimed = upload.claim()
    if claimed is None:
        return redirect("people", slug=mesa.slug)
    try:
        spreadsheet = Spreadsheet(claimed.name, claimed.content())
        compared, imported = spreadsheet.brought_in(
            actor=request.actor,
            mesa=mesa,
            choice=chosen.choice(spreadsheet, remembered(mesa)),
            rows=chosen.rows,
            sides=chosen.sides,
            now=request.now,
        )
    except BaseException:
        claimed.release()
        raise
    claimed.forget()
    _tell(request, mesa, compared, chosen, imported)
    return redirect("people", slug=mesa.slug)


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


def _tell(request: Request, mesa: Mesa, compared: Compared, chosen: Chosen, imported: Imported) -> None:
    rows = [row for row in compared.plan.rows if row.id in chosen.rows]
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
