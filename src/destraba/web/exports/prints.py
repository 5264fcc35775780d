"""The Matrix on paper: a short one at once, a long one by a job that is followed, fetched within a day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from destraba.actions.jobs import enqueue
from destraba.documents.matrix import prints
from destraba.documents.matrix.content import MatrixContent, Paper
from destraba.documents.matrix.gather import matrix_content
from destraba.documents.matrix.pdf import AT_ONCE, matrix_pdf, page_of
from destraba.models import Mesa
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.web.exports.views import attached, extracted, log_taking, taken
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request

PDF = "application/pdf"


@require_http_methods(["GET", "POST"])
def matrix_pdf_file(request: Request, slug: str) -> HttpResponse:
    """The view of the Matrix that the address asks for, on A3 or A4. What takes long is asked for first."""
    paper = _paper(request.GET.get("paper", Paper.A3))
    extract = extracted(request, slug)
    content = matrix_content(extract)
    if content.rows <= AT_ONCE:
        return taken(request, extract.mesa, matrix_pdf(content, paper), PDF, "pdf")
    page = page_of(content, paper)
    if request.method == "POST":
        return _asked(request, extract.mesa, content, page)
    context = {
        **mesa_frame(request.viewer, extract.mesa, "matrix"),
        "slug": slug,
        "paper": paper.value.upper(),
        "lines": content.rows,
        "query": request.GET.urlencode(),
    }
    return render(request, "matrix/printing.html", context)


@require_GET
def printed(request: Request, slug: str, token: UUID) -> HttpResponse:
    """What this account asked for, while it may still take it."""
    mesa = access.mesa(request.viewer, slug, Deed.DOWNLOAD_RECORD)
    content = prints.find(_account(request), mesa.pk, token)
    if content is None:
        messages.warning(request, _("That PDF is no longer kept. Ask for it again."))
        return redirect("matrix", slug=slug)
    return attached(request, mesa, content, PDF, "pdf")


def _asked(request: Request, mesa: Mesa, content: MatrixContent, page: bytes) -> HttpResponse:
    """A job, and the page on which it is followed."""
    account_id = _account(request)
    token = prints.ask(account_id, mesa.pk, page, request.now)
    job = enqueue(
        "print",
        now=request.now,
        by=account_id,
        account=str(account_id),
        mesa=str(mesa.pk),
        token=str(token),
        lines=content.rows,
        href=reverse("matrix_print", args=[mesa.slug, token]),
    )
    log_taking(request, mesa, "pdf")
    return redirect("job", uid=job.pk)


def _paper(text: str) -> Paper:
    try:
        return Paper(text)
    except ValueError as error:
        raise Invalid(Reason.of("unknown_choice", text=text[:40])) from error


def _account(request: Request) -> UUID:
    assert request.viewer.account_id is not None  # noqa: S101  (a mesa opens to accounts alone)
    return request.viewer.account_id
