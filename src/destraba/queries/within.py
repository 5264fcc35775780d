"""How far somebody sees into all their mesas at once: conditions that stay small, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.access import Reach, Viewer
from destraba.rules.meetings import MeetingState
from destraba.rules.mesas import MesaState, works
from destraba.rules.permissions import Deed, Subject
from destraba.values.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Within:
    """The mesas that a viewer may read, by name of address, and the mesas of each reach."""

    viewer: Viewer
    mesas: tuple[Mesa, ...]
    reaches: Mapping[Reach, tuple[UUID, ...]]

    @property
    def by_key(self) -> Mapping[UUID, Mesa]:
        return {mesa.pk: mesa for mesa in self.mesas}

    def may(self, mesa: Mesa, deed: Deed) -> bool:
        """Whether the viewer may do this in a mesa that is at work."""
        return works(MesaState(mesa.state)) and access.may(self.viewer, deed, Subject(mesa.pk))

    def where(self, deed: Deed) -> list[UUID]:
        """The mesas in which the viewer may do this."""
        return [mesa.pk for mesa in self.mesas if self.may(mesa, deed)]

    def problems(self) -> Q:
        """The problems within reach."""
        return joined(Q(mesa__in=ids) & reach.problems() for reach, ids in self.reaches.items())

    def solutions(self) -> Q:
        """The solutions within reach; the strictest of a solution and its problem counts."""
        return joined(Q(mesa__in=ids) & _of_solutions(reach) for reach, ids in self.reaches.items())

    def commitments(self) -> Q:
        """The commitments within reach."""
        return joined(Q(mesa__in=ids) & reach.commitments() for reach, ids in self.reaches.items())

    def meetings(self) -> Q:
        """The meetings within reach: an axis has none, and a draft is for those who prepare it."""
        return self.meetings_with_drafts() & (
            ~Q(state=MeetingState.DRAFT) | Q(mesa__in=self.where(Deed.RUN_MEETINGS))
        )

    def meetings_with_drafts(self) -> Q:
        """The same with all drafts, for what tells of a draft no more than its day."""
        return joined(Q(mesa__in=ids, visibility__in=reach.visibilities) for reach, ids in self._whole())

    def whole_mesas(self) -> list[UUID]:
        """Those of which the viewer reads more than an axis."""
        return [mesa_id for _reach, ids in self._whole() for mesa_id in ids]

    def team_mesas(self) -> list[UUID]:
        """Those of which the viewer reads what is for the team alone."""
        return [
            mesa_id
            for reach, ids in self._whole()
            if Visibility.TEAM in reach.visibilities
            for mesa_id in ids
        ]

    def _whole(self) -> Iterator[tuple[Reach, Collection[UUID]]]:
        return ((reach, ids) for reach, ids in self.reaches.items() if reach.axes is None)


def within(viewer: Viewer) -> Within:
    """One statement."""
    mesas = tuple(access.mesas_of(viewer))
    reaches: dict[Reach, list[UUID]] = defaultdict(list)
    for mesa in mesas:
        reaches[access.reach_of(viewer, mesa.pk)].append(mesa.pk)
    return Within(viewer, mesas, {reach: tuple(ids) for reach, ids in reaches.items()})


def within_one(viewer: Viewer, mesa: Mesa) -> Within:
    """The same of one mesa that was fetched already; no statement."""
    return Within(viewer, (mesa,), {access.reach_of(viewer, mesa.pk): (mesa.pk,)})


def joined(conditions: Iterable[Q]) -> Q:
    """Whether one of them holds; none of nothing does."""
    either = Q(pk__in=[])
    for condition in conditions:
        either |= condition
    return either


def _of_solutions(reach: Reach) -> Q:
    seen = reach.records() & Q(problem__visibility__in=reach.visibilities)
    return seen if reach.axes is None else seen & Q(problem__axis__in=reach.axes)
