"""The versions of a solution as its page shows them: the old words struck above the new."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from destraba.ledger.field_names import FIELDS
from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.queries.matrix.solutions.versions import Version, versions_of
from destraba.values.quantities import Quantity
from destraba.web.things.scenes import SolutionScene

_SAID = ("title", "detail", "before", "after", "goal", "norm")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a version says; `was` is what the one before said instead, or blank."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`when` is from a day to a day; `because` is why it replaced the one before."""

    number: int
    when: str
    stage: str
    is_current: bool
    said: tuple[Said, ...]
    because: str


def version_lines(scene: SolutionScene) -> list[VersionLine]:
    """The newest first. Of a later one only what changed is told, the title always; of the first, all."""
    found = versions_of(scene.viewer, scene.thing.record, scene.thing.enactment, scene.zone)
    return [_line(newer, older) for newer, older in pairwise([*found, None]) if newer]


def _line(version: Version, older: Version | None) -> VersionLine:
    return VersionLine(
        number=version.number,
        when=_when(version),
        stage=label(version.stage),
        is_current=version.until is None,
        said=tuple(one for name in _SAID if (one := _said(name, version, older))),
        because=version.because,
    )


def _said(name: str, version: Version, older: Version | None) -> Said | None:
    now, was = _words(getattr(version, name)), _words(getattr(older, name)) if older else ""
    is_told = bool(now) if older is None else now != was or name == "title"
    return Said(str(FIELDS[name]), was if was != now else "", now) if is_told else None


def _words(value: str | Quantity | None) -> str:
    return value.text if isinstance(value, Quantity) else value or ""


def _when(version: Version) -> str:
    if version.until is None:
        return _("since %(day)s") % {"day": day(version.since)}
    return _("%(since)s to %(until)s") % {"since": day(version.since), "until": day(version.until)}
