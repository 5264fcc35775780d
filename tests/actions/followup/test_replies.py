"""What an owner answers, what follows from it in the same breath, and what the team makes of it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import Evidence, decline_by_name, give_answer, settle_answer
from destraba.actions.people import end_tenure
from destraba.actions.visibility import set_visibility
from destraba.ledger.verify import verify
from destraba.models import Answer, Commitment, Event, File, Tenure
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentMove, CommitmentState, DeclineReason
from destraba.values.actors import Actor, Via
from destraba.values.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Stale
from destraba.values.visibility import Visibility
from tests.factories import NOW, TODAY, Cast, command
from tests.web.links.stage import Owing, day, owing

PHOTO = Evidence("acta firmada.jpg", b"\xff\xd8\xff\xe0 photo")


@pytest.fixture
def stage(cast: Cast) -> Owing:
    return owing(cast)


def by_link(cast: Cast) -> Actor:
    return Actor(cast.lucia.person.pk, Via.LINK)


def stored(commitment: Commitment) -> Commitment:
    return Commitment.objects.select_related("mesa").get(pk=commitment.pk)


def answered(cast: Cast, commitment: Commitment, kind: AnswerKind, **said: object) -> Answer:
    return give_answer(actor=by_link(cast), commitment=commitment, kind=kind, now=NOW, **said)  # type: ignore[arg-type]


def test_done_is_reported_and_waits_for_the_team(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.late, AnswerKind.DONE, note="Publicada ayer.", evidence=PHOTO)
    row = stored(stage.late)
    assert row.state == CommitmentState.REPORTED_DONE
    assert (row.reported_on, row.last_word_on) == (TODAY, TODAY)
    assert (answer.seat_id, answer.state) == (cast.lucia.seat and cast.lucia.seat.pk, AnswerState.TOLD)
    file = File.objects.get(pk=answer.evidence_id)
    assert (file.media_type, file.name) == ("image/jpeg", "acta firmada.jpg")
    kept = Path(settings.HOME) / "files" / file.sha256[:2] / file.sha256
    assert kept.read_bytes() == PHOTO.content
    assert verify().ok


def test_an_answer_and_what_follows_are_one_change(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.PROGRESS, note="En firma.")
    sets = Event.objects.order_by("-seq").filter(stream=cast.forestal.pk)[:2]
    assert {event.kind for event in sets} == {"answer.given", "commitment.progressed"}
    assert len({event.change_set for event in sets}) == 1
    assert {event.via for event in sets} == {"link"}


def test_it_moves(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.PROGRESS, note="En firma.", head_consulted=False)
    row = stored(stage.late)
    assert (row.situation, row.progress_on, row.last_word_on) == ("En firma.", TODAY, TODAY)
    assert Answer.objects.get().head_consulted is False


def test_as_it_was_ends_the_silence_and_is_no_progress(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.SAME, note="Nada nuevo.", remedy="Un decreto.")
    row = stored(stage.late)
    assert (row.situation, row.progress_on, row.last_word_on) == ("", None, TODAY)
    assert Answer.objects.get().remedy == "Un decreto."


def test_it_waits_for_an_agency_until_it_moves(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.WAITS, names=cast.osinfor, named="OSINFOR")
    row = stored(stage.late)
    assert (row.waits_for_organization, row.light) == (cast.osinfor, "waiting")
    assert Answer.objects.get().named == ""
    answered(cast, row, AnswerKind.PROGRESS)
    assert stored(stage.late).waits_for_organization is None


def test_it_waits_for_somebody_that_nobody_has_entered(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.WAITS, named="La oficina de  racionalización")
    assert stored(stage.late).waits_for_organization is None
    assert Answer.objects.get().named == "La oficina de racionalización"


def test_what_the_team_wrote_that_it_waits_for_stays(cast: Cast, stage: Owing) -> None:
    Commitment.objects.filter(pk=stage.late.pk).update(waits_for_organization=cast.ucayali)
    answered(cast, stored(stage.late), AnswerKind.PROGRESS)
    assert stored(stage.late).waits_for_organization == cast.ucayali


def test_another_date_waits_for_the_team_and_then_counts_as_a_slip(cast: Cast, stage: Owing) -> None:
    answer = answered(
        cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("31/07/2017"), note="Sin presupuesto."
    )
    row = stored(stage.late)
    assert (answer.state, row.due, row.slips) == (AnswerState.OPEN, day("31/05/2017"), 0)
    settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    row = stored(stage.late)
    assert (row.due, row.original_due, row.slips) == (day("31/07/2017"), day("31/05/2017"), 1)
    assert Answer.objects.get().state == AnswerState.GRANTED
    assert verify().ok


def test_a_refusal_says_why_and_moves_nothing(cast: Cast, stage: Owing) -> None:
    answer = answered(
        cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("31/07/2017"), note="Sin presupuesto."
    )
    with pytest.raises(Invalid, match="needs_reason"):
        settle_answer(actor=cast.ana.actor, answer=answer, grant=False, now=NOW)
    settle_answer(actor=cast.ana.actor, answer=answer, grant=False, reason="La campaña empieza.", now=NOW)
    assert (Answer.objects.get().state, stored(stage.late).slips) == (AnswerState.REFUSED, 0)
    with pytest.raises(Conflict, match="settled_already"):
        settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)


def test_two_of_the_team_settle_it_once(cast: Cast, stage: Owing) -> None:
    answer = answered(
        cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("31/07/2017"), note="Sin presupuesto."
    )
    seen_by_both = Answer.objects.select_related("commitment__mesa").get(pk=answer.pk)
    settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    with pytest.raises(Stale):
        settle_answer(actor=cast.teo.actor, answer=seen_by_both, grant=True, now=NOW)
    assert stored(stage.late).slips == 1


def test_what_is_not_hers_goes_to_whose_it_is(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.asked, AnswerKind.NOT_MINE, names=cast.osinfor, named="OSINFOR")
    assert stored(stage.asked).owner_organization == cast.serfor
    settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    assert stored(stage.asked).owner_organization == cast.osinfor


def test_what_was_agreed_by_another_binds_nobody(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.late, AnswerKind.NOT_MINE, names=cast.osinfor)
    settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    row = stored(stage.late)
    assert (row.state, row.owner_organization, row.agreed_on) == ("asked", cast.osinfor, None)
    assert row.asked_on == TODAY


def test_what_is_asked_anew_or_done_overtakes_what_was_asked(cast: Cast, stage: Owing) -> None:
    first = answered(
        cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("31/08/2017"), note="Falta la firma."
    )
    not_hers = answered(cast, stage.late, AnswerKind.NOT_MINE, names=cast.osinfor)
    second = answered(
        cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("30/09/2017"), note="Y el visto."
    )

    def states() -> list[str]:
        return [Answer.objects.get(pk=one.pk).state for one in (first, not_hers, second)]

    assert states() == ["overtaken", "open", "open"]
    answered(cast, stage.late, AnswerKind.PROGRESS)
    assert states() == ["overtaken", "open", "open"]
    answered(cast, stage.late, AnswerKind.DONE)
    assert states() == ["overtaken", "overtaken", "overtaken"]
    with pytest.raises(Conflict, match="settled_already"):
        settle_answer(actor=cast.ana.actor, answer=Answer.objects.get(pk=first.pk), grant=True, now=NOW)


def test_a_name_that_nobody_knows_takes_the_teams_word(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.asked, AnswerKind.NOT_MINE, named="La otra dirección")
    with pytest.raises(Invalid, match="new_owner_missing"):
        settle_answer(actor=cast.ana.actor, answer=answer, grant=True, now=NOW)
    assert Answer.objects.get().state == AnswerState.OPEN
    fresh = Answer.objects.select_related("commitment__mesa").get()
    settle_answer(actor=cast.ana.actor, answer=fresh, grant=True, owner=cast.ucayali, now=NOW)
    assert stored(stage.asked).owner_organization == cast.ucayali


def test_only_the_team_settles(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.asked, AnswerKind.NOT_MINE, names=cast.osinfor)
    for player in (cast.lucia, cast.marco, cast.pilar):
        with pytest.raises(NotAllowed):
            settle_answer(actor=player.actor, answer=answer, grant=True, now=NOW)
    with pytest.raises(NotFound):
        settle_answer(actor=by_link(cast), answer=answer, grant=True, now=NOW)


def test_a_link_reaches_its_own_rows_alone(cast: Cast, stage: Owing) -> None:
    with pytest.raises(NotFound):
        answered(cast, stage.of_another, AnswerKind.DONE)
    assert not Answer.objects.exists()


def test_a_link_of_somebody_in_the_team_is_no_seat_in_the_team(cast: Cast, stage: Owing) -> None:
    """Signed in, Ana may answer for anybody; by a mailed link she may not."""
    give_answer(actor=cast.ana.actor, commitment=stage.late, kind=AnswerKind.SAME, now=NOW)
    with pytest.raises(NotFound):
        give_answer(
            actor=Actor(cast.ana.person.pk, Via.LINK), commitment=stage.asked, kind=AnswerKind.NOT_MINE,
            named="x", now=NOW,
        )  # fmt: skip


def test_the_day_after_she_left_her_seat_the_link_gives_nothing(cast: Cast, stage: Owing) -> None:
    tenure = Tenure.objects.get(person=cast.lucia.person)
    end_tenure(actor=command(), tenure=tenure, ends_on=TODAY - timedelta(days=1), now=NOW)
    with pytest.raises(NotFound):
        answered(cast, stage.late, AnswerKind.SAME)


def test_what_is_for_the_team_alone_is_not_in_a_link(cast: Cast, stage: Owing) -> None:
    problem = stage.late.problem
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="Delicado.", now=NOW
    )
    with pytest.raises(NotFound):
        answered(cast, stored(stage.late), AnswerKind.SAME)


@pytest.mark.parametrize("kind", [AnswerKind.DONE, AnswerKind.PROGRESS, AnswerKind.SAME, AnswerKind.WAITS])
def test_nobody_tells_of_what_was_not_agreed(cast: Cast, stage: Owing, kind: AnswerKind) -> None:
    with pytest.raises(Conflict, match="not_agreed_yet"):
        answered(cast, stage.asked, kind, named="MEF")


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (AnswerKind.WAITS, {}, "waits_for_missing"),
        (AnswerKind.NOT_MINE, {"named": "  "}, "whose_missing"),
        (AnswerKind.OTHER_DATE, {"note": "x"}, "date_missing"),
        (AnswerKind.OTHER_DATE, {"proposed_due": day("01/01/2017"), "note": "x"}, "date_past"),
        (AnswerKind.OTHER_DATE, {"proposed_due": day("01/01/2018")}, "reason_missing"),
        (AnswerKind.DONE, {"note": "x" * 2001}, "too_long"),
        (AnswerKind.DONE, {"evidence": Evidence("virus.exe", b"MZ")}, "evidence_unknown"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    cast: Cast, stage: Owing, kind: AnswerKind, said: dict[str, object], code: str
) -> None:
    before = (Event.objects.count(), stage.late.version)
    with pytest.raises(DomainError, match=code):
        answered(cast, stage.late, kind, **said)
    assert (Event.objects.count(), stored(stage.late).version) == before
    assert not File.objects.exists()


def test_evidence_has_a_limit(cast: Cast, stage: Owing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 9)
    with pytest.raises(Invalid, match="evidence_too_large"):
        answered(cast, stage.late, AnswerKind.DONE, evidence=PHOTO)


def test_the_same_answer_sent_again_is_one_answer(cast: Cast, stage: Owing) -> None:
    key = uuid4()
    first = answered(cast, stage.late, AnswerKind.SAME, key=key)
    events = Event.objects.count()
    again = answered(cast, stored(stage.late), AnswerKind.SAME, key=key)
    assert (again, Event.objects.count()) == (first, events)


def test_a_further_answer_corrects_the_last(cast: Cast, stage: Owing) -> None:
    answered(cast, stage.late, AnswerKind.SAME, note="Nada.", key=uuid4())
    answered(cast, stored(stage.late), AnswerKind.PROGRESS, note="Sí, firmada.", key=uuid4())
    assert Answer.objects.count() == 2
    assert stored(stage.late).situation == "Sí, firmada."


def test_the_team_enters_what_it_heard_by_telephone(cast: Cast, stage: Owing) -> None:
    seat = cast.lucia.seat
    answer = give_answer(
        actor=cast.ana.actor, commitment=stage.late, kind=AnswerKind.SAME, on_behalf_of=seat, now=NOW
    )
    assert seat is not None
    assert answer.seat == seat
    event = Event.objects.filter(kind="answer.given").get()
    assert (event.actor, event.on_behalf_of, event.via) == (cast.ana.person.pk, seat.pk, "web")


def test_nobody_speaks_for_a_seat_of_another_mesa(cast: Cast, stage: Owing) -> None:
    with pytest.raises(Invalid, match="seat_elsewhere"):
        give_answer(
            actor=cast.ana.actor, commitment=stage.late, kind=AnswerKind.SAME,
            on_behalf_of=cast.vecina.seat, now=NOW,
        )  # fmt: skip


def test_the_installation_may_answer_and_names_no_seat(cast: Cast, stage: Owing) -> None:
    answer = give_answer(actor=command(), commitment=stage.late, kind=AnswerKind.SAME, now=NOW)
    assert answer.seat is None


def test_to_decline_one_names_an_agency_that_nobody_has_entered(cast: Cast, stage: Owing) -> None:
    decline_by_name(
        actor=by_link(cast),
        commitment=stage.asked,
        decline_reason=DeclineReason.NEEDS_OPINION,
        opinion_named="SERNANP",
        reason="Son áreas protegidas.",
        now=NOW,
    )
    row = stored(stage.asked)
    assert (row.state, row.decline_reason) == (CommitmentState.DECLINED, DeclineReason.NEEDS_OPINION)
    assert row.state_because == "SERNANP\nSon áreas protegidas."
    assert row.waits_for_organization is None


def test_to_decline_one_names_an_agency_that_is_known(cast: Cast, stage: Owing) -> None:
    decline_by_name(
        actor=by_link(cast),
        commitment=stage.asked,
        decline_reason=DeclineReason.NEEDS_OPINION,
        opinion_of=cast.osinfor,
        opinion_named="OSINFOR",
        now=NOW,
    )
    row = stored(stage.asked)
    assert (row.waits_for_organization, row.state_because) == (cast.osinfor, "")


def test_to_decline_takes_what_the_reason_asks_for(cast: Cast, stage: Owing) -> None:
    with pytest.raises(Invalid, match="opinion_of_missing"):
        decline_by_name(
            actor=by_link(cast), commitment=stage.asked, decline_reason=DeclineReason.NEEDS_OPINION, now=NOW
        )
    with pytest.raises(Conflict, match="no_such_move"):
        decline_by_name(
            actor=by_link(cast), commitment=stage.late, decline_reason=DeclineReason.BUDGET, now=NOW
        )


def test_a_link_agrees_by_the_usual_move(cast: Cast, stage: Owing) -> None:
    move_commitment(actor=by_link(cast), commitment=stage.asked, move=CommitmentMove.AGREE, now=NOW)
    row = stored(stage.asked)
    assert (row.state, row.agreed_on) == (CommitmentState.AGREED, TODAY)


def test_nobody_without_an_account_gets_in_by_the_web(cast: Cast, stage: Owing) -> None:
    stranger = replace(by_link(cast), person_id=None)
    with pytest.raises(NotFound):
        give_answer(actor=stranger, commitment=stage.late, kind=AnswerKind.SAME, now=NOW)


def test_a_date_may_be_a_month(cast: Cast, stage: Owing) -> None:
    answer = answered(cast, stage.late, AnswerKind.OTHER_DATE, proposed_due=day("julio 2017"), note="Sí.")
    assert answer.proposed_due is not None
    assert answer.proposed_due.last_day == date(2017, 7, 31)
