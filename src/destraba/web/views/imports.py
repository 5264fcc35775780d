"""Bringing a spreadsheet in: hand it over, look at what it would do, choose, write."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from destraba.models import Mesa
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request

ACCEPTED = ".xlsx,.csv"


class SpreadsheetForm(forms.Form):
    """The file alone; what is in it is judged by reading it."""

    file = forms.FileField(label=_("Spreadsheet"))


@require_GET
def page(request: Request, slug: str) -> HttpResponse:
    """What is accepted, and where to drop it."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    return _form_page(request, mesa, SpreadsheetForm())


def _form_page(request: Request, mesa: Mesa, form: SpreadsheetForm, status: int = 200) -> HttpResponse:
    context = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "form": form,
        "accepted": ACCEPTED,
        "limit": settings.UPLOAD_LIMIT // (1024 * 1024),
    }
    return render(request, "imports/page.html", context, status=status)
