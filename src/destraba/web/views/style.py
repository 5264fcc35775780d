"""The living style page: every component in every state, with the samples of templates/style/."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from destraba.queries.matrix.views.columns import USUAL
from destraba.web.matrix.pages import Head
from destraba.web.matrix.words import COLUMN_WORDS

OWNERS = ("SERFOR", "OSINFOR", "GORE Ucayali", "GORE San Martín", "GORE Loreto", "PRODUCE", "COFIDE")


class SampleForm(forms.Form):
    """One field of each sort, in the words of a mesa."""

    title = forms.CharField(label="Traba, en una frase", initial="Guía de transporte pedida dos veces")
    detail = forms.CharField(
        label="Qué pasa y a quién le pasa",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un ejemplo con lugar y fecha ayuda más que una opinión.",
    )
    owner = forms.ChoiceField(
        label="Responde", choices=[("", "Elija una entidad"), *((name, name) for name in OWNERS)]
    )
    due = forms.CharField(label="Para cuándo", help_text="Un día, un mes o un trimestre: «T3 2017».")
    share = forms.BooleanField(label="Que la vean todos los miembros de la mesa", required=False)
    importance = forms.ChoiceField(
        label="Importancia",
        widget=forms.RadioSelect,
        choices=[("high", "Alta"), ("medium", "Media"), ("low", "Baja")],
        initial="high",
    )
    file = forms.FileField(label="Planilla")


def style(request: HttpRequest) -> HttpResponse:
    """All components, grouped, on one page."""
    tried = SampleForm({"title": "", "due": "31/02/2016", "importance": "high"}, auto_id="tried_%s")
    tried.add_error("due", "31/02/2016 no existe: febrero de 2016 tuvo 29 días.")
    tried.add_error(None, "No se guardó. Falta lo marcado abajo; lo demás sigue aquí como lo escribió.")
    pages = Paginator(range(480), 50)
    context = {
        "form": SampleForm(),
        "tried": tried,
        "page": pages.page(4),
        "owner_names": OWNERS,
        "heads": _heads(),
    }
    return render(request, "style.html", context)


def _heads() -> list[Head]:
    return [Head(column.value, str(COLUMN_WORDS[column]), "", "") for column in USUAL]
