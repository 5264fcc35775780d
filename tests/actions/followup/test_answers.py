"""What an owner answers, and what the team makes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from destraba.actions.followup.answers import move_commitment, override_light, report_progress
from destraba.actions.followup.commitments import date_commitment, edit_commitment
from destraba.actions.mesas import start_following_up
from destraba.ledger.replay import entries_of
from destraba.models import Commitment
from destraba.rules.commitments import CommitmentMove, CommitmentState, DeclineReason
from destraba.rules.lights import Light
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER, because, refused
from tests.factories import NOW, TODAY, Cast, Player

MOVE = CommitmentMove


@pytest.fixture
def asked(cast: Cast) -> Commitment:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))


def _move(who: Player, commitment: Commitment, move: MOVE, **rest: object) -> Commitment:
    rest.setdefault("now", NOW)
    return move_commitment(actor=who.actor, commitment=commitment, move=move, **rest)  # type: ignore[arg-type]


def test_the_liaison_agrees_and_reports_and_the_team_confirms(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    assert (asked.agreed_on, asked.original_due) == (TODAY, asked.due)
    _move(cast.lucia, asked, MOVE.REPORT_DONE, now=LATER)
    assert (asked.state, asked.reported_on) == (CommitmentState.REPORTED_DONE, LATER.date())
    _move(cast.ana, asked, MOVE.CONFIRM_DONE, now=LATER)
    assert (asked.state, asked.light, asked.done_on) == (CommitmentState.DONE, Light.DONE, LATER.date())


def test_what_was_heard_by_telephone_keeps_both_names(cast: Cast, asked: Commitment) -> None:
    assert cast.lucia.seat is not None
    heard = replace(cast.ana.actor, on_behalf_of=cast.lucia.seat.pk)
    move_commitment(actor=heard, commitment=asked, move=MOVE.AGREE, now=NOW)
    entry = entries_of({"commitment": [asked.pk]})[-1]
    assert (entry.actor, entry.on_behalf_of) == (cast.ana.person.pk, cast.lucia.seat.pk)


@pytest.mark.parametrize(
    ("who", "refusing", "code"),
    [
        ("marco", NotAllowed, "not_your_row"),
        ("pilar", NotAllowed, "not_your_row"),
        ("alto", NotAllowed, "not_your_row"),
        ("vecina", NotFound, "hidden"),
        ("antes", NotFound, "hidden"),
    ],
)
def test_nobody_answers_for_somebody_elses_row(
    cast: Cast, asked: Commitment, who: str, refusing: type[NotAllowed], code: str
) -> None:
    with refused(refusing, code):
        _move(getattr(cast, who), asked, MOVE.AGREE)
    with refused(refusing, code):
        report_progress(actor=getattr(cast, who).actor, commitment=asked, note="Va.", now=NOW)


def test_the_owner_does_not_confirm_its_own_work(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    _move(cast.lucia, asked, MOVE.REPORT_DONE)
    for move in (MOVE.CONFIRM_DONE, MOVE.SEND_BACK, MOVE.CANCEL):
        with refused(NotAllowed, "not_your_role"):
            _move(cast.lucia, asked, move, reason="Porque sí.")


def test_a_decline_says_what_stands_in_the_way(cast: Cast, asked: Commitment) -> None:
    with refused(Conflict, "reason_missing"):
        _move(cast.lucia, asked, MOVE.DECLINE)
    with refused(Conflict, "decline_reason_unknown"):
        _move(cast.lucia, asked, MOVE.DECLINE, reason="No quiero.")
    with refused(Conflict, "opinion_of_missing"):
        _move(cast.lucia, asked, MOVE.DECLINE, decline_reason=DeclineReason.NEEDS_OPINION)
    _move(
        cast.lucia,
        asked,
        MOVE.DECLINE,
        decline_reason=DeclineReason.NEEDS_OPINION,
        opinion_of=cast.osinfor,
        reason="Sin ella no podemos firmar.",
    )
    assert (asked.state, asked.decline_reason) == ("declined", "needs_opinion")
    assert asked.waits_for_organization == cast.osinfor
    assert because(asked) == "Sin ella no podemos firmar."


def test_what_was_declined_is_asked_again_and_the_first_date_stays(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    date_commitment(
        actor=cast.ana.actor, commitment=asked, due=read("31/07/2017"), reason="Faltó presupuesto.", now=NOW
    )
    _move(cast.ana, asked, MOVE.CANCEL, reason="Cambió el plan.")
    _move(cast.ana, asked, MOVE.ASK_AGAIN, reason="Volvió el plan.", now=LATER)
    assert (asked.state, asked.asked_on, asked.agreed_on) == ("asked", LATER.date(), None)
    _move(cast.lucia, asked, MOVE.AGREE, now=LATER)
    assert asked.original_due.text == "30/06/2017"


def test_an_old_report_is_forgotten_when_it_is_asked_again(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    _move(cast.lucia, asked, MOVE.REPORT_DONE)
    _move(cast.ana, asked, MOVE.CANCEL, reason="Era otra cosa.")
    _move(cast.ana, asked, MOVE.ASK_AGAIN, reason="Ahora sí.")
    assert (asked.reported_on, asked.reported_light) == (None, "")


def test_a_report_freezes_the_light_of_its_own_day(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    assert asked.light == Light.GREEN
    past_due = NOW + timedelta(days=30)
    _move(cast.lucia, asked, MOVE.REPORT_DONE, now=past_due)
    assert asked.reported_light == Light.RED
    _move(cast.ana, asked, MOVE.CONFIRM_DONE, now=past_due)
    assert asked.light_reason == "done_late"


def test_what_was_sent_back_is_owed_again(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    _move(cast.lucia, asked, MOVE.REPORT_DONE)
    with refused(Conflict, "reason_missing"):
        _move(cast.ana, asked, MOVE.SEND_BACK)
    _move(cast.ana, asked, MOVE.SEND_BACK, reason="Falta la firma.")
    assert (asked.state, asked.reported_on) == ("agreed", None)
    assert asked.state_because == "Falta la firma."


def test_what_was_done_can_be_reopened(cast: Cast, asked: Commitment) -> None:
    for who, move in (
        (cast.lucia, MOVE.AGREE),
        (cast.lucia, MOVE.REPORT_DONE),
        (cast.ana, MOVE.CONFIRM_DONE),
    ):
        _move(who, asked, move)
    _move(cast.ana, asked, MOVE.REOPEN, reason="La directiva fue anulada.")
    assert (asked.state, asked.done_on) == ("agreed", None)


def test_a_successor_is_named_and_is_of_the_same_mesa(cast: Cast, asked: Commitment) -> None:
    other = factories.commitment(asked.problem, "Aprobar el reglamento")
    elsewhere = factories.commitment(factories.problem(cast, where=cast.acuicola))
    with refused(Conflict, "successor_missing"):
        _move(cast.ana, asked, MOVE.REPLACE)
    with refused(Conflict, "successor_missing"):
        _move(cast.ana, asked, MOVE.REPLACE, opinion_of=cast.osinfor)
    for wrong in (asked, elsewhere):
        with refused(Invalid, "successor_missing"):
            _move(cast.ana, asked, MOVE.REPLACE, replaced_by=wrong)
    _move(cast.ana, asked, MOVE.REPLACE, replaced_by=other)
    assert (asked.state, asked.replaced_by) == ("replaced", other)


def test_moves_that_do_not_exist_from_where_it_stands_are_refused(cast: Cast, asked: Commitment) -> None:
    with refused(Conflict, "no_such_move"):
        _move(cast.lucia, asked, MOVE.REPORT_DONE)
    _move(cast.lucia, asked, MOVE.AGREE)
    with refused(Conflict, "no_such_move"):
        _move(cast.lucia, asked, MOVE.AGREE)


def test_of_two_answers_at_once_the_second_is_refused(cast: Cast, asked: Commitment) -> None:
    copy = Commitment.objects.select_related("mesa", "problem").get(pk=asked.pk)
    _move(cast.lucia, asked, MOVE.AGREE)
    with refused(Stale, "stale"):
        _move(cast.ana, copy, MOVE.AGREE)


def test_progress_ends_the_silence(cast: Cast, asked: Commitment) -> None:
    with refused(Conflict, "no_such_move"):
        report_progress(actor=cast.lucia.actor, commitment=asked, note="Va.", now=NOW)
    _move(cast.lucia, asked, MOVE.AGREE)
    weeks_later = NOW + timedelta(days=15)
    report_progress(actor=cast.lucia.actor, commitment=asked, note="En consulta.", now=weeks_later)
    assert (asked.situation, asked.last_word_on) == ("En consulta.", weeks_later.date())
    assert asked.progress_on == weeks_later.date()


def test_news_without_words_leaves_the_situation_as_written(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    report_progress(actor=cast.lucia.actor, commitment=asked, note="En consulta.", now=NOW)
    report_progress(actor=cast.lucia.actor, commitment=asked, note=" ", now=LATER)
    assert (asked.situation, asked.last_word_on) == ("En consulta.", LATER.date())


def test_a_word_of_the_owner_overtakes_what_was_declared(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    edit_commitment(actor=cast.ana.actor, commitment=asked, declared=Light.RED, now=NOW)
    assert asked.light == Light.RED
    report_progress(actor=cast.lucia.actor, commitment=asked, note="Ya se destrabó.", now=LATER)
    assert (asked.declared, asked.light) == ("", Light.GREEN)


def test_the_team_sets_a_light_until_a_day_and_says_why(cast: Cast, asked: Commitment) -> None:
    _move(cast.lucia, asked, MOVE.AGREE)
    setting = {"actor": cast.ana.actor, "commitment": asked, "now": NOW}
    override_light(light=Light.RED, reason="La región no responde.", until=TODAY, **setting)
    assert (asked.light, asked.light_reason) == (Light.RED, "overridden")
    override_light(light=None, **setting)
    assert (asked.light, asked.override_light, asked.override_until) == (Light.GREEN, "", None)


def test_a_light_is_set_with_a_reason_a_day_to_come_and_one_of_four(cast: Cast, asked: Commitment) -> None:
    setting = {"actor": cast.ana.actor, "commitment": asked, "now": NOW}
    with refused(Invalid, "needs_reason"):
        override_light(light=Light.RED, until=TODAY, **setting)
    with refused(Invalid, "not_overridable"):
        override_light(light=Light.RED, reason="Porque sí.", **setting)
    with refused(Invalid, "not_overridable"):
        override_light(light=Light.RED, reason="Ayer.", until=TODAY - timedelta(days=1), **setting)
    with refused(Invalid, "not_overridable"):
        override_light(light=Light.DONE, reason="Hecho.", until=TODAY, **setting)
    with refused(Invalid, "override_too_long"):
        override_light(light=Light.GREEN, reason="Siempre.", until=date(2199, 12, 31), **setting)
    for who in ("lucia", "pilar"):
        with refused(NotAllowed, "not_your_role"):
            override_light(light=Light.RED, until=TODAY, **{**setting, "actor": getattr(cast, who).actor})


def test_what_is_settled_has_no_light_of_the_teams(cast: Cast, asked: Commitment) -> None:
    _move(cast.ana, asked, MOVE.CANCEL, reason="Ya no hace falta.")
    with refused(Conflict, "no_such_move"):
        override_light(
            actor=cast.ana.actor,
            commitment=asked,
            light=Light.GREEN,
            reason="Va bien.",
            until=TODAY,
            now=NOW,
        )


def test_who_waits_shows_the_hourglass_until_what_it_waits_for_is_settled(
    cast: Cast, asked: Commitment
) -> None:
    waiting = factories.commitment(
        asked.problem, "Firmar el convenio", owner=cast.osinfor, due=read("junio 2017")
    )
    _move(cast.ana, waiting, MOVE.AGREE)
    edit_commitment(actor=cast.ana.actor, commitment=waiting, waits_for_commitment=asked, now=NOW)
    assert (waiting.light, waiting.light_params) == (Light.WAITING, {"label": "C-1"})
    for who, move in (
        (cast.lucia, MOVE.AGREE),
        (cast.lucia, MOVE.REPORT_DONE),
        (cast.ana, MOVE.CONFIRM_DONE),
    ):
        _move(who, asked, move)
    waiting.refresh_from_db()
    assert waiting.light == Light.GREEN
    _move(cast.ana, asked, MOVE.REOPEN, reason="Fue anulada.")
    waiting.refresh_from_db()
    assert waiting.light == Light.WAITING


def test_once_what_it_waits_for_is_settled_an_agency_may_still_be_waited_for(
    cast: Cast, asked: Commitment
) -> None:
    waiting = factories.commitment(asked.problem, "Firmar", owner=cast.osinfor, due=read("junio 2017"))
    _move(cast.ana, waiting, MOVE.AGREE)
    edit_commitment(
        actor=cast.ana.actor,
        commitment=waiting,
        waits_for_commitment=asked,
        waits_for_organization=cast.ucayali,
        now=NOW,
    )
    _move(cast.ana, asked, MOVE.CANCEL, reason="Ya no.")
    waiting.refresh_from_db()
    assert waiting.light_params == {"label": cast.ucayali.name}
