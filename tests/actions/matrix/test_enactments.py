"""The way of a norm, and the opinions that it waits for."""

from datetime import timedelta

from destraba.actions.matrix.enactments import ask_opinion, record_opinion, track_enactment
from destraba.models import Enactment, Solution
from destraba.rules.solutions import EnactmentRank, OpinionState
from destraba.values.errors import Conflict, Invalid, NotAllowed
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER, kinds_of, refused
from tests.factories import NOW, TODAY, Cast


def _solution(cast: Cast) -> Solution:
    return factories.solution(factories.problem(cast))


def _tracked(cast: Cast) -> Enactment:
    return track_enactment(
        actor=cast.ana.actor, solution=_solution(cast), rank=EnactmentRank.LAW, drafter=cast.serfor, now=NOW
    )


def test_a_track_is_opened_once_and_amended_from_then_on(cast: Cast) -> None:
    solution = _solution(cast)
    track = track_enactment(actor=cast.ana.actor, solution=solution, rank=EnactmentRank.GUIDELINE, now=NOW)
    again = track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.SUPREME_DECREE,
        norm="  DS 020-2015 ",
        prepublished_on=read("mayo 2015"),
        comments_until=TODAY,
        signed_on=read("set 2015"),
        published_on=read("30/09/2015"),
        awaits_regulations=True,
        now=LATER,
    )
    assert again == track
    assert (again.rank, again.norm, again.awaits_regulations) == ("supreme_decree", "DS 020-2015", True)
    assert kinds_of(track) == ["enactment.opened", "enactment.edited"]


def test_the_rank_is_the_first_thing_to_be_said(cast: Cast) -> None:
    solution = _solution(cast)
    with refused(Invalid, "required"):
        track_enactment(actor=cast.ana.actor, solution=solution, norm="Algo", now=NOW)


def test_the_track_is_the_teams(cast: Cast) -> None:
    track = _tracked(cast)
    with refused(NotAllowed, "not_your_role"):
        track_enactment(actor=cast.marco.actor, solution=track.solution, rank=EnactmentRank.LAW, now=NOW)
    with refused(NotAllowed, "not_your_role"):
        ask_opinion(
            actor=cast.lucia.actor, enactment=track, organization=cast.osinfor, asked_on=TODAY, now=NOW
        )


def test_an_opinion_is_silent_until_it_is_given_and_given_once(cast: Cast) -> None:
    track = _tracked(cast)
    asking = {"actor": cast.ana.actor, "enactment": track, "organization": cast.osinfor, "now": NOW}
    opinion = ask_opinion(asked_on=TODAY, **asking)
    assert opinion.state == OpinionState.ASKED
    with refused(Conflict, "opinion_asked_already"):
        ask_opinion(asked_on=TODAY, **asking)
    answer = {"actor": cast.ana.actor, "opinion": opinion, "now": LATER}
    with refused(Invalid, "answered_before_asked"):
        record_opinion(state=OpinionState.FAVOURABLE, answered_on=TODAY - timedelta(days=1), **answer)
    with refused(Conflict, "opinion_already_given"):
        record_opinion(state=OpinionState.ASKED, answered_on=TODAY, **answer)
    with refused(NotAllowed, "not_your_role"):
        record_opinion(
            state=OpinionState.FAVOURABLE, answered_on=TODAY, **{**answer, "actor": cast.lucia.actor}
        )
    record_opinion(state=OpinionState.UNFAVOURABLE, answered_on=TODAY, note="Falta sustento.", **answer)
    assert (opinion.state, opinion.note) == ("unfavourable", "Falta sustento.")
    with refused(Conflict, "opinion_already_given"):
        record_opinion(state=OpinionState.FAVOURABLE, answered_on=TODAY, **answer)


def test_who_said_no_may_be_asked_again(cast: Cast) -> None:
    track = _tracked(cast)
    asking = {"actor": cast.ana.actor, "enactment": track, "organization": cast.osinfor, "now": NOW}
    first = ask_opinion(asked_on=TODAY, **asking)
    record_opinion(
        actor=cast.ana.actor, opinion=first, state=OpinionState.UNFAVOURABLE, answered_on=TODAY, now=NOW
    )
    assert ask_opinion(asked_on=TODAY + timedelta(days=30), **asking) != first
