"""Problems that may say the same in other words, in every mesa that a viewer reads."""

from dataclasses import dataclass
from uuid import UUID

from destraba.models import Alias, Mesa, Organization, Problem
from destraba.queries.access import Viewer
from destraba.queries.within import within
from destraba.rules.matrix.likeness import Synonyms, alike
from destraba.rules.problems import ProblemStage

_GONE = (ProblemStage.WITHDRAWN, ProblemStage.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class Similar:
    """A problem as one recognises it: its number, its words, where it stands. `mesa`: blank in one's own."""

    id: UUID
    slug: str
    number: int
    title: str
    stage: ProblemStage
    is_resolved: bool
    mesa: str = ""


def similar_problems(
    viewer: Viewer, mesa: Mesa, text: str, *, besides: UUID | None = None, only_here: bool = False
) -> list[Similar]:
    """The five most alike, those of this mesa and of all others that the viewer reads. What repeats another
    itself is left out: the one that it repeats is there. Four statements."""
    reach = within(viewer)
    found = Problem.objects.filter(reach.problems(), withdrawn_at=None, duplicate_of=None)
    if only_here:
        found = found.filter(mesa=mesa)
    columns = ("pk", "mesa_id", "number", "title", "stage", "resolved_on")
    if besides:
        found = found.exclude(pk=besides)
    rows = list(found.exclude(stage__in=_GONE).order_by("pk").values_list(*columns))
    mesas = reach.by_key
    likely = alike(text, [row[3] for row in rows], _synonyms())
    return [
        Similar(
            id=pk,
            slug=mesas[mesa_id].slug,
            number=number,
            title=title,
            stage=ProblemStage(stage),
            is_resolved=resolved_on is not None,
            mesa="" if mesa_id == mesa.pk else mesas[mesa_id].name,
        )
        for pk, mesa_id, number, title, stage, resolved_on in (rows[one.at] for one in likely)
    ]


def _synonyms() -> Synonyms:
    """Every name of every organization: the end of its key is the one word for it. Two statements."""
    names = [
        *Organization.objects.filter(withdrawn_at=None).order_by().values_list("name", "pk"),
        *Alias.objects.filter(withdrawn_at=None).order_by().values_list("name", "organization_id"),
    ]
    return Synonyms.of((name, key.hex[-8:]) for name, key in names)
