"""The picture of priorities: importance by speed, the focus beside it, and what has no place yet."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.actions.matrix.problems import ProblemFields, edit_problem, focus_problem, unfocus_problem
from destraba.ledger.labels import choices, label
from destraba.ledger.wording import day
from destraba.models import Mesa, Problem
from destraba.queries import access
from destraba.queries.matrix.classes import InputShare
from destraba.queries.matrix.priorities import Priorities, Ranked
from destraba.queries.sentences import sentence
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed, Subject
from destraba.rules.priorities import Importance, Speed, focus_warning
from destraba.values.errors import Conflict, Invalid, Stale
from destraba.values.numbers import problem_number
from destraba.values.reasons import Reason
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request
from destraba.web.posted import Posted
from destraba.web.things.needs import Need, linked

CELL, LIST = 12, 24
"""How many problems a cell of the grid and the list beside it show; the Matrix has the rest."""


@dataclass(frozen=True, slots=True)
class Card:
    """A problem as it stands on the picture. `light` is the worst below it, blank where there is none."""

    number: int
    folio: str
    title: str
    href: str
    version: int
    importance: str
    speed: str
    since: str
    light: str
    can_focus: bool
    proposed: str = ""
    proposed_words: str = ""
    proposed_why: str = ""

    @property
    def in_focus(self) -> bool:
        return bool(self.since)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid; `more` problems stand there besides those that are shown."""

    speed: str
    cards: list[Card]
    more: int
    is_best: bool
    is_good: bool

    @property
    def count(self) -> int:
        return len(self.cards) + self.more


def priorities_context(request: Request, mesa: Mesa, found: Priorities) -> dict[str, Any]:
    """For `problems/priorities.html`."""
    cards = {one.number: _card(mesa, one) for one in found.problems}
    warning = focus_warning(len(found.in_focus), found.focus_limit)
    unplaced = [cards[one.number] for one in found.unplaced]
    return {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "need": _need(found),
        "focus": [cards[one.number] for one in found.in_focus],
        "focus_most": found.focus_limit.most,
        "warning": sentence(warning) if warning else "",
        "candidates": [cards[one.number] for one in found.candidates],
        "speeds": [label(speed) for speed in Speed],
        "rows": [(label(importance), _cells(found, importance, cards)) for importance in Importance],
        "unplaced": unplaced[:LIST],
        "more_unplaced": max(len(unplaced) - LIST, 0),
        "total": len(found.problems),
        "share": _share(found.share),
        "importances": choices(Importance),
        "speed_choices": choices(Speed),
        "can_place": access.may(request.viewer, Deed.EDIT_MATRIX, Subject(mesa.pk)),
    }


def _card(mesa: Mesa, one: Ranked) -> Card:
    proposal = one.proposal if one.proposal and one.proposal.speed is not one.speed else None
    return Card(
        number=one.number,
        folio=problem_number(one.number),
        title=one.title,
        href=reverse("problem", args=[mesa.slug, one.number]),
        version=one.version,
        importance=one.importance.value if one.importance else "",
        speed=one.speed.value if one.speed else "",
        since=day(one.focus_since) if one.focus_since else "",
        light=one.light.value if one.light and one.light is not Light.NONE else "",
        can_focus=one.stage == "accepted",
        proposed=proposal.speed.value if proposal else "",
        proposed_words=label(proposal.speed) if proposal else "",
        proposed_why=sentence(proposal.reason) if proposal else "",
    )


def _cells(found: Priorities, importance: Importance, cards: dict[int, Card]) -> list[Cell]:
    row = []
    for speed in Speed:
        here = [
            cards[one.number] for one in found.problems if (one.importance, one.speed) == (importance, speed)
        ]
        row.append(
            Cell(
                speed=label(speed),
                cards=here[:CELL],
                more=max(len(here) - CELL, 0),
                is_best=importance is Importance.HIGH and speed is Speed.QUICK,
                is_good=importance is Importance.HIGH or speed is Speed.QUICK,
            )
        )
    return row


def _need(found: Priorities) -> Need:
    """What to do first: a place for what has none, a focus where there is none, a word of warning."""
    if not found.problems:
        return Need(_("There is no open problem to rank."))
    if not found.in_focus and found.candidates:
        first = found.candidates[0]
        return linked(
            _("Nothing is in focus: begin with %(link)s, which is important and quick."),
            problem_number(first.number),
            f"#p{first.number}",
        )
    if found.unplaced:
        said = ngettext(
            "%(count)s problem has no place yet: %(link)s.",
            "%(count)s problems have no place yet: %(link)s.",
            len(found.unplaced),
        )
        return linked(
            said, _("say how important it is and how fast it can go"), "#unplaced", count=len(found.unplaced)
        )
    return Need(_("Every open problem has its place."))


def _share(share: InputShare) -> dict[str, int]:
    """Of those of which it is told, the part that asks for a public input, in hundredths."""
    part = round(100 * share.public_inputs / share.told) if share.told else 0
    return {
        "problems": share.problems,
        "told": share.told,
        "public_inputs": share.public_inputs,
        "part": part,
    }


def move_on(request: Request, mesa: Mesa) -> HttpResponse:
    """Place a problem, or put it in focus or out. Raises Invalid, Conflict, Stale."""
    posted = Posted(request.POST)
    problem = access.problem(request.viewer, mesa.slug, posted.number("problem"))
    act = posted.text("act")
    if act == "focus":
        focus_problem(actor=request.actor, problem=problem, now=request.now)
        said = _("%(number)s is in focus.")
    elif act == "unfocus":
        unfocus_problem(actor=request.actor, problem=problem, now=request.now)
        said = _("%(number)s is out of focus.")
    elif act == "place":
        _place(request, posted, problem)
        said = _("%(number)s has its place.")
    else:
        raise Invalid(Reason.of("unknown_field"))
    messages.success(request, said % {"number": problem_number(problem.number)})
    return redirect(f"{reverse('priorities', args=[mesa.slug])}#p{problem.number}")


def _place(request: Request, posted: Posted, problem: Problem) -> None:
    """Importance and speed as they were chosen; what was not sent stays."""
    if posted.number("version") != problem.version:
        raise Stale(Reason.of("placed_since", number=problem_number(problem.number)))
    if problem.stage not in ("raised", "accepted"):
        raise Conflict(Reason.of("moved_already"))
    importance, speed = posted.text("importance"), posted.text("speed")
    if (importance and importance not in set(Importance)) or (speed and speed not in set(Speed)):
        raise Invalid(Reason.of("unknown_choice", text=importance or speed))
    placed: ProblemFields = {}
    if "importance" in request.POST:
        placed["importance"] = Importance(importance) if importance else None
    if "speed" in request.POST:
        placed["speed"] = Speed(speed) if speed else None
    edit_problem(actor=request.actor, problem=problem, now=request.now, **placed)
