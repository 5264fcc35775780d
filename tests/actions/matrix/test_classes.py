"""A problem sorted as the method asks: one act, one event, one undo."""

from uuid import UUID

import pytest

from destraba.actions.matrix.classes import (
    Classified,
    SettingAside,
    Underneath,
    classify_problem,
)
from destraba.actions.matrix.problems import focus_problem, move_problem, raise_problem
from destraba.actions.undo import undo
from destraba.actions.visibility import set_visibility
from destraba.ledger.verify import verify
from destraba.models import FocusInterval, Mesa, Problem
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.problems import FilterReason, Origin, ProblemMove
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, Cast

EXEMPTION = "Exonerar del impuesto a la madera"
FREIGHT = "Sacar la madera cuesta el doble que en el país vecino"


def classify(cast: Cast, problem: Problem, **classes: object) -> Classified:
    return classify_problem(actor=cast.ana.actor, problem=problem, now=LATER, **classes)  # type: ignore[arg-type]


def ask(cast: Cast, problem: Problem, underneath: Underneath | None = None) -> Classified:
    """Sort it as a request for an intervention in the market."""
    return classify(cast, problem, instrument=Instrument.MARKET_INTERVENTION, underneath=underneath)


def repeat(cast: Cast, problem: Problem, other: Problem) -> Classified:
    aside = SettingAside(FilterReason.DUPLICATE, duplicate_of=other)
    return classify(cast, problem, set_aside=aside)


def test_all_answers_are_one_event_and_one_undo(cast: Cast) -> None:
    problem = factories.problem(cast)
    done = classify(
        cast,
        problem,
        improves_operations=True,
        concern=Concern.MINE,
        concern_because="La demora la pone el Estado.",
        public_input=PublicInput.RED_TAPE,
        private_matter=None,
        scope=Scope.VERTICAL,
        instrument=Instrument.PUBLIC_INPUT,
        coordination=CoordinationFailure.DUPLICITY,
        origin=Origin.INITIAL_LIST,
        raised_by=cast.marco.seat.pk if cast.marco.seat else None,
        is_contentious=True,
        axis="Regulación",
    )
    assert kinds_of(problem) == ["problem.raised", "problem.classified"]
    problem.refresh_from_db()
    assert (problem.concern, problem.public_input, problem.scope) == ("mine", "red_tape", "vertical")
    assert (problem.improves_operations, problem.is_contentious) == (True, True)
    assert problem.raised_by == cast.marco.seat
    assert done.change_set
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=done.change_set, now=LATER)
    problem.refresh_from_db()
    assert (problem.concern, problem.public_input, problem.axis) == ("", "", "")
    assert (problem.improves_operations, problem.raised_by) == (None, None)
    assert verify().ok


def test_what_says_nothing_new_leaves_no_event(cast: Cast) -> None:
    problem = factories.problem(cast)
    assert classify(cast, problem, concern=None, axis="", improves_operations=None).change_set is None
    assert kinds_of(problem) == ["problem.raised"]


def test_answers_that_are_left_out_stay(cast: Cast) -> None:
    problem = factories.problem(cast)
    classify(cast, problem, scope=Scope.VERTICAL, axis="Regulación")
    classify(cast, problem, origin=Origin.INITIAL_LIST)
    problem.refresh_from_db()
    assert (problem.scope, problem.axis, problem.origin) == ("vertical", "Regulación", "initial_list")


@pytest.mark.parametrize(
    ("concern", "public_input", "private_matter", "kept"),
    [
        (Concern.MINE, PublicInput.TRAINING, PrivateMatter.PRICING, ("mine", "training", "")),
        (Concern.YOURS, PublicInput.TRAINING, PrivateMatter.PRICING, ("yours", "", "pricing")),
        (None, PublicInput.TRAINING, None, ("mine", "training", "")),
        (None, None, PrivateMatter.PRICING, ("yours", "", "pricing")),
        (None, None, None, ("", "", "")),
    ],
)
def test_a_kind_says_whose_problem_it_is(
    cast: Cast,
    concern: Concern | None,
    public_input: PublicInput | None,
    private_matter: PrivateMatter | None,
    kept: tuple[str, str, str],
) -> None:
    problem = factories.problem(cast)
    classify(cast, problem, concern=concern, public_input=public_input, private_matter=private_matter)
    assert (problem.concern, problem.public_input, problem.private_matter) == kept


def test_two_kinds_without_saying_whose_are_refused(cast: Cast) -> None:
    problem = factories.problem(cast)
    with refused(Invalid, "concern_unclear"):
        classify(
            cast,
            problem,
            concern=None,
            public_input=PublicInput.TRAINING,
            private_matter=PrivateMatter.PRICING,
        )


def test_a_request_hangs_from_the_inefficiency_that_is_named(cast: Cast) -> None:
    freight, request = factories.problem(cast, FREIGHT), factories.problem(cast, EXEMPTION)
    ask(cast, request, Underneath(freight))
    request.refresh_from_db()
    assert request.underlying == freight
    assert (request.stage, request.instrument) == ("accepted", "market_intervention")


def test_an_inefficiency_in_one_sentence_becomes_a_problem_raised_by_the_same_seat(cast: Cast) -> None:
    request = raise_problem(
        actor=cast.marco.actor, mesa=cast.forestal, title=EXEMPTION, raised_by=cast.marco.seat, now=NOW
    )
    set_visibility(
        actor=cast.ana.actor, record=request, visibility=Visibility.TEAM, reason="Aún no.", now=NOW
    )
    done = ask(cast, request, Underneath(title=FREIGHT))
    assert done.raised
    assert (done.raised.title, done.raised.raised_by, done.raised.stage) == (
        FREIGHT,
        cast.marco.seat,
        "accepted",
    )
    assert done.raised.visibility == Visibility.TEAM
    assert request.underlying == done.raised
    assert kinds_of(done.raised) == ["problem.raised"]
    assert done.change_set
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=done.change_set, now=LATER)
    request.refresh_from_db()
    done.raised.refresh_from_db()
    assert request.underlying is None
    assert done.raised.withdrawn_at


def test_what_others_have_hung_from_it_since_keeps_it(cast: Cast) -> None:
    request, second = factories.problem(cast, EXEMPTION), factories.problem(cast, "Subsidiar el flete")
    done = ask(cast, request, Underneath(title=FREIGHT))
    ask(cast, second, Underneath(done.raised))
    assert done.change_set
    with refused(Conflict, "moved_on"):
        undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=done.change_set, now=LATER)


def test_what_asks_for_nothing_of_the_sort_has_nothing_underneath(cast: Cast) -> None:
    freight, request = factories.problem(cast, FREIGHT), factories.problem(cast, EXEMPTION)
    ask(cast, request, Underneath(freight))
    ask(cast, request)
    assert request.underlying == freight
    ask(cast, request, Underneath())
    assert request.underlying is None
    ask(cast, request, Underneath(freight))
    classify(cast, request, instrument=Instrument.PUBLIC_INPUT, underneath=Underneath(freight))
    assert request.underlying is None


def test_the_inefficiency_has_to_be_another_problem_of_the_mesa_that_still_stands(cast: Cast) -> None:
    request, freight = factories.problem(cast, EXEMPTION), factories.problem(cast, FREIGHT)
    elsewhere, gone = factories.problem(cast, where=cast.acuicola), factories.problem(cast, "Por error")
    move_problem(actor=cast.ana.actor, problem=gone, move=ProblemMove.WITHDRAW, reason="Error.", now=NOW)
    for wrong, code in (
        (request, "underlying_itself"),
        (elsewhere, "underlying_elsewhere"),
        (gone, "named_is_gone"),
    ):
        with refused(Invalid, code):
            ask(cast, request, Underneath(wrong))
    with refused(Invalid, "underlying_twice"):
        ask(cast, request, Underneath(freight, "En una frase"))
    ask(cast, request, Underneath(freight))
    with refused(Invalid, "underlying_of_a_request"):
        ask(cast, freight, Underneath(request))


def test_set_aside_with_its_classes_is_one_event_that_reopening_takes_back(cast: Cast) -> None:
    problem = factories.problem(cast, "Declarar al sector prioridad nacional")
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    done = classify(
        cast,
        problem,
        improves_operations=False,
        set_aside=SettingAside(FilterReason.DECLARATORY, "No cambia el día de nadie."),
    )
    assert kinds_of(problem) == ["problem.raised", "problem.filtered_out"]
    assert because(problem) == "No cambia el día de nadie."
    assert (problem.stage, problem.filter_reason) == ("filtered_out", "declaratory")
    assert FocusInterval.objects.get(problem=problem).ends_on
    assert done.change_set
    with refused(Conflict, "not_undoable"):
        undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=done.change_set, now=LATER)
    move_problem(
        actor=cast.ana.actor, problem=problem, move=ProblemMove.REOPEN, reason="La ley la pide.", now=LATER
    )
    assert (problem.stage, problem.improves_operations) == ("accepted", False)


def test_a_repetition_may_be_of_another_mesa_that_one_reads(cast: Cast) -> None:
    here, there = factories.problem(cast), factories.problem(cast, where=cast.acuicola)
    with refused(NotFound, "hidden"):
        repeat(cast, here, there)
    sit(cast, cast.acuicola)
    repeat(cast, here, there)
    here.refresh_from_db()
    assert (here.duplicate_of, here.filter_reason) == (there, "duplicate")
    assert verify().ok


def sit(cast: Cast, where: Mesa) -> None:
    """Ana works for that mesa too."""
    seat = factories.open_seat(
        actor=factories.command(), organization=cast.produce, role=factories.Role.TEAM, mesa=where, now=NOW
    )
    factories.start_tenure(
        actor=factories.command(), seat=seat, person=cast.ana.person, starts_on=factories.SINCE, now=NOW
    )


def test_repetitions_never_go_in_circles(cast: Cast) -> None:
    first, second, third = (factories.problem(cast, title) for title in ("Una", "Otra", "Otra más"))
    with refused(Invalid, "duplicate_of_itself"):
        repeat(cast, first, first)
    repeat(cast, second, first)
    for problem in (first, third):
        with refused(Invalid, "duplicate_of_a_duplicate"):
            repeat(cast, problem, second)
    with refused(Conflict, "duplicate_of_missing"):
        classify(cast, third, set_aside=SettingAside(FilterReason.DUPLICATE))
    with refused(Invalid, "filter_reason_unknown"):
        classify(cast, third, set_aside=SettingAside(FilterReason.DECLARATORY, duplicate_of=first))


def test_what_is_set_aside_is_not_set_aside_twice(cast: Cast) -> None:
    problem = factories.problem(cast)
    classify(cast, problem, set_aside=SettingAside(FilterReason.OUT_OF_SCOPE))
    with refused(Conflict, "no_such_move"):
        classify(cast, problem, set_aside=SettingAside(FilterReason.DECLARATORY))
    classify(cast, problem, scope=Scope.VERTICAL)
    assert (problem.stage, problem.scope) == ("filtered_out", "vertical")


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "hilda", "alto"])
def test_only_the_team_classifies(cast: Cast, who: str) -> None:
    problem = factories.problem(cast)
    with refused(NotAllowed, "not_your_role"):
        classify_problem(actor=getattr(cast, who).actor, problem=problem, now=NOW, scope=Scope.VERTICAL)


@pytest.mark.parametrize("who", ["vecina", "antes", "admin"])
def test_to_strangers_there_is_no_problem(cast: Cast, who: str) -> None:
    problem = factories.problem(cast)
    with refused(NotFound, "hidden"):
        classify_problem(actor=getattr(cast, who).actor, problem=problem, now=NOW, scope=Scope.VERTICAL)


def test_bad_input_is_refused_whole(cast: Cast) -> None:
    problem = factories.problem(cast)
    with refused(Invalid, "too_long"):
        classify(cast, problem, axis="x" * 81)
    with refused(Invalid, "seat_elsewhere"):
        classify(cast, problem, raised_by=cast.vecina.seat.pk if cast.vecina.seat else None)
    with refused(Invalid, "seat_elsewhere"):
        classify(cast, problem, raised_by=UUID(int=7))
    with refused(Invalid, "too_long"):
        classify(cast, problem, set_aside=SettingAside(FilterReason.DECLARATORY, "x" * 2001))
    with refused(Invalid, "too_long"):
        ask(cast, problem, Underneath(title="x" * 501))


def test_what_somebody_changed_since_and_what_was_taken_back_stays(cast: Cast) -> None:
    problem = factories.problem(cast)
    mine, theirs = Problem.objects.get(pk=problem.pk), Problem.objects.get(pk=problem.pk)
    classify(cast, theirs, scope=Scope.VERTICAL)
    with refused(Stale, "stale"):
        classify(cast, mine, scope=Scope.HORIZONTAL)
    raised = raise_problem(actor=cast.ana.actor, mesa=cast.forestal, title="Por error", now=NOW)
    raised.withdrawn_at = NOW
    with refused(Conflict, "moved_already"):
        classify(cast, raised, scope=Scope.VERTICAL)
