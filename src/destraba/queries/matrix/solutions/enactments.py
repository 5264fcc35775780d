"""Where the norms of solutions stand, for one page or for a whole Matrix at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from destraba.ledger.replay import begun_at
from destraba.models import Enactment, Opinion
from destraba.rules.matrix.enactments import Asked, Standing, Way, standing
from destraba.rules.solutions import EnactmentRank, OpinionState
from destraba.values.days import day_in

STANDINGS: Mapping[str, str | Promise] = {
    "norm_in_force": _("in force since %(since)s"),
    "waits_for_regulations_of": _("in the gazette since %(since)s; waits for its regulations"),
    "waits_for_gazette": _("signed; waits for the gazette since %(since)s"),
    "waits_for_opinion": _("waits for the opinion of %(organization)s since %(since)s"),
    "waits_for_opinions": _(
        "waits for the opinion of %(organization)s since %(since)s, and for %(others)s more"
    ),
    "opinion_against": _("%(organization)s is against the draft since %(since)s"),
    "open_for_comments": _("open for comments until %(until)s"),
    "waits_for_signature": _("waits for the signature since %(since)s"),
    "draft_ready": _("the draft is ready since %(since)s; nobody was asked yet"),
    "waits_for_draft": _("waits for the draft of %(organization)s since %(since)s"),
    "drafts_it": _("waits for the draft of %(organization)s"),
    "nobody_drafts": _("nobody drafts it yet"),
}
"""Where a norm stands, in the words of `sentence`: short enough for a cell."""


def standings(solutions: Collection[UUID], zone: str, today: date) -> Mapping[UUID, Standing]:
    """By solution: where its norm stands today. Left out are those that need none, or of which nothing is
    written down; whoever asks has seen to it that the viewer may see them. Three statements, however many
    there are. `sentence` says the reason of each in a phrase for a cell."""
    tracks = list(
        Enactment.objects.filter(solution__in=solutions, withdrawn_at=None).select_related("drafter")
    )
    asked: dict[UUID, list[Opinion]] = defaultdict(list)
    found = Opinion.objects.filter(enactment__in=[track.pk for track in tracks], withdrawn_at=None)
    for opinion in found.select_related("organization").order_by("asked_on", "pk"):
        asked[opinion.enactment_id].append(opinion)
    opened = begun_at("enactment", [track.pk for track in tracks])
    stands = {
        track.solution_id: standing(way_of(track, asked[track.pk], day_in(zone, opened[track.pk])), today)
        for track in tracks
    }
    return {solution: found for solution, found in stands.items() if found}


def opened_on(track: Enactment, zone: str) -> date:
    """The day on which a norm was first written down; one statement."""
    return day_in(zone, begun_at("enactment", [track.pk])[track.pk])


def way_of(track: Enactment, opinions: Iterable[Opinion], opened_on: date | None) -> Way:
    """What the rules need to know of a norm, from records that have been fetched."""
    return Way(
        rank=EnactmentRank(track.rank),
        opened_on=opened_on,
        drafter=track.drafter.name if track.drafter else "",
        drafted_on=track.drafted_on,
        opinions=tuple(
            Asked(one.organization.name, OpinionState(one.state), one.asked_on, one.answered_on)
            for one in opinions
        ),
        prepublished_on=track.prepublished_on,
        comments_until=track.comments_until,
        signed_on=track.signed_on,
        published_on=track.published_on,
        awaits_regulations=track.awaits_regulations,
    )
