"""Problems before anybody works on them: raised, sorted as the method asks, ranked."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from destraba.actions.matrix.classes import Classified
from destraba.actions.matrix.problems import raise_problem
from destraba.actions.undo import undo
from destraba.models import Mesa, Seat
from destraba.queries import access
from destraba.queries.matrix.priorities import priorities as read_priorities
from destraba.queries.matrix.similar import similar_problems
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid, Stale
from destraba.values.numbers import problem_number
from destraba.values.reasons import Reason
from destraba.web.forms.problems import RaiseForm
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request
from destraba.web.posted import Posted
from destraba.web.problems.classing import class_context, class_scene, classify_act, consequences
from destraba.web.problems.priorities import move_on, priorities_context
from destraba.web.problems.raising import candidates, raise_form
from destraba.web.refusals import status_of
from destraba.web.things.acts import Offer, Outcome, carry_out, offers, with_outcome

_LONGEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: Request, slug: str) -> HttpResponse:
    """A problem, raised in one sentence by whoever holds a seat. Without a script, one may look first whether
    it is there already."""
    mesa = access.mesa(request.viewer, slug, Deed.RAISE_PROBLEM)
    form = raise_form(request, mesa, request.POST if request.method == "POST" else None)
    if form is None or not form.is_bound:
        return _raise_page(request, mesa, form)
    if not form.is_valid():
        return _raise_page(request, mesa, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if "look" in request.POST:
        return _raise_page(request, mesa, form)
    raised = raise_problem(
        actor=request.actor,
        mesa=mesa,
        title=form.cleaned_data["title"],
        detail=form.cleaned_data["detail"],
        raised_by=_who_raised(request, mesa, form),
        now=request.now,
    )
    messages.success(request, _("It is on record as P-%(number)s.") % {"number": raised.number})
    return redirect("problem", slug=slug, number=raised.number)


def _who_raised(request: Request, mesa: Mesa, form: RaiseForm) -> Seat | None:
    if "raised_by" not in form.fields:
        return access.seat_in(request.viewer, mesa)
    named = form.cleaned_data["raised_by"]
    return Seat.objects.filter(pk=named).first() if named else None


def _raise_page(
    request: Request, mesa: Mesa, form: RaiseForm | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    typed = form["title"].value() if form and form.is_bound else ""
    found = similar_problems(request.viewer, mesa, str(typed or "")[:_LONGEST]) if typed else []
    context = {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "form": form,
        "similar": candidates(found),
        "looked": "look" in request.POST,
    }
    return render(request, "problems/raise.html", context, status=status)


@require_safe
def similar(request: Request, slug: str) -> HttpResponse:
    """Is it one of these? A piece of a page, asked for while somebody types."""
    mesa = access.mesa(request.viewer, slug)
    posted = Posted(request.GET)
    found = similar_problems(
        request.viewer,
        mesa,
        posted.text("text")[:_LONGEST],
        besides=posted.key("besides"),
        only_here=posted.text("take") == "number",
    )
    context = {"similar": candidates(found), "take": posted.text("take") == "number"}
    return render(request, "problems/similar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def classify(request: Request, slug: str, number: int) -> HttpResponse:
    """The five questions; what follows from the answers; all of it saved at once, and undone at once."""
    scene = class_scene(request, slug, number)
    kept: list[Classified] = []
    act = classify_act(kept)
    outcome = Outcome()
    if "undo" in request.POST:
        return _taken_back(request, scene.mesa, number)
    if "look" in request.POST:
        return _looked(request, slug, number)
    if request.method == "POST":
        try:
            outcome = carry_out(scene, [act], request.POST)
        except Stale:
            # Somebody was faster by a blink: the form says so.
            outcome = carry_out(class_scene(request, slug, number), [act], request.POST)
        if outcome.is_done:
            return _saved(request, slug, number, kept[0])
        scene = class_scene(request, slug, number)
    offered = with_outcome(offers(scene, [act]), outcome)
    context = class_context(scene, offered[0] if offered else None, _just_done(request))
    status = status_of(outcome.error) if outcome.error else HTTPStatus.OK
    return render(request, "problems/classify.html", {**context, "refusal": outcome.refusal}, status=status)


def _looked(request: Request, slug: str, number: int) -> HttpResponse:
    """What follows from the answers so far; nothing is written. For a script, that piece alone."""
    scene = class_scene(request, slug, number)
    act = classify_act([])
    offered = offers(scene, [act])
    if not offered:
        raise Invalid(Reason.of("moved_already"))
    form = act.form(
        request.POST,
        options=act.options(scene, scene.problem),
        initial=offered[0].form.initial,
        auto_id=offered[0].form.auto_id,
    )
    offer = Offer(act, scene.problem, form)
    if request.headers.get("X-Fragment"):
        context = {"follows": consequences(scene, form), "form": form}  # type: ignore[arg-type]
        return render(request, "problems/follows.html", context)
    return render(request, "problems/classify.html", class_context(scene, offer, None))


def _saved(request: Request, slug: str, number: int, done: Classified) -> HttpResponse:
    """Back to the questions, where it can be undone, and where the next problem waits."""
    folio = problem_number(number)
    if done.change_set is None:
        messages.info(request, _("Nothing was changed: it stood so already."))
    elif done.is_set_aside:
        messages.success(request, _("%(number)s is set aside. It can be reopened.") % {"number": folio})
    else:
        messages.success(request, _("The answers about %(number)s are on record.") % {"number": folio})
    if done.raised:
        raised = {"number": problem_number(done.raised.number)}
        messages.success(request, _("The inefficiency underneath is on record as %(number)s.") % raised)
    address = reverse("classify", args=[slug, number])
    return redirect(f"{address}?done={done.change_set}" if done.can_be_undone else address)


def _taken_back(request: Request, mesa: Mesa, number: int) -> HttpResponse:
    change_set = Posted(request.POST).key("undo")
    if change_set is None:
        raise Invalid(Reason.of("nothing_to_undo"))
    undo(actor=request.actor, mesa=mesa, change_set=change_set, now=request.now)
    messages.success(request, _("Taken back: the answers are as they were."))
    return redirect("classify", slug=mesa.slug, number=number)


def _just_done(request: Request) -> UUID | None:
    """The change set that the address names: a word from outside, which only undo will judge."""
    try:
        return UUID(request.GET.get("done", ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def priorities(request: Request, slug: str) -> HttpResponse:
    """Importance by speed, and what is in focus."""
    mesa = access.mesa(request.viewer, slug)
    if request.method == "POST":
        access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
        return move_on(request, mesa)
    found = read_priorities(request.viewer, mesa)
    return render(request, "problems/priorities.html", priorities_context(request, mesa, found))
