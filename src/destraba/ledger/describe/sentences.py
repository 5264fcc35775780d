"""An event as a sentence in the reader's language: who did what, what changed, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from destraba.ledger.canonical import Plain
from destraba.ledger.describe.phrases import PHRASES, Phrase
from destraba.ledger.describe.values import value_words
from destraba.ledger.events import BECAUSE
from destraba.ledger.field_names import FIELDS
from destraba.ledger.kinds import kind_named
from destraba.ledger.names import Names
from destraba.ledger.replay import Entry

NOTHING = "—"
QUIET = frozenset(
    {
        "programme",
        "mesa",
        "position",
        "last_word_on",
        "progress_on",
        "reported_light",
        "method_digest",
        "sha256",
        "calendar_sequence",
        "called_at",
        "opened_at",
        "closed_at",
        "lights_at_close",
        "why_params",
    }
)
"""Columns that no story tells of: where a row lies, what a program keeps for itself."""

_SHORT = 90


@dataclass(frozen=True, slots=True)
class Change:
    """One column that changed. Blank is no value. `flag` is what a yes or no became, None for all else."""

    column: str
    label: str
    was: str
    now: str
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` tells it all in one line; a page that shows changes and reason apart takes `act` instead, which
    tells itself of the columns in `says`."""

    text: str
    act: str
    who: str
    changes: tuple[Change, ...] = ()
    because: str = ""
    says: frozenset[str] = frozenset()


def describe(entry: Entry, previous: Mapping[str, Plain], names: Names) -> Sentence:
    """Tell an event. `previous` are the values that it replaced, `names` must hold all that it mentions."""
    phrase = PHRASES[kind_named(entry.kind)]
    who = _who(entry, names)
    blanks = _Blanks(entry, previous, names, who)
    act = str(phrase.text) % blanks
    changes = _changes(entry, previous, names)
    because = redacted() if BECAUSE in entry.redacted else entry.because
    told = [_told(one) for one in _to_tell(phrase, entry, changes, names)]
    if because:
        told.append(_("Reason: “%(reason)s”") % {"reason": because.removesuffix(".")})
    text = " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in (act, *told))
    return Sentence(text, act, who, changes, because, frozenset(blanks.said))


class _Blanks(dict[str, str]):
    """What the places of a phrase are filled with; only those that it has are put into words."""

    def __init__(self, entry: Entry, previous: Mapping[str, Plain], names: Names, who: str) -> None:
        super().__init__(who=who, what=names.of(entry.object_id))
        self._entry, self._previous, self._names = entry, previous, names
        self.said: set[str] = set()

    def __missing__(self, place: str) -> str:
        if place not in self._entry.values and place.endswith("_was"):
            return self._words(place.removesuffix("_was"), self._previous) or NOTHING
        return self._words(place, self._entry.values) or NOTHING

    def _words(self, name: str, values: Mapping[str, Plain]) -> str:
        self.said.add(name)
        if name in self._entry.redacted:
            return redacted()
        words = value_words(self._entry.object_type, name, values.get(name), self._names)
        return _short(words)


def _who(entry: Entry, names: Names) -> str:
    """A person by name; a command or a job is the installation itself."""
    person = names.of(entry.actor) or (_("Somebody") if entry.actor else _("The installation"))
    seat = names.of(entry.on_behalf_of)
    return _("%(person)s (for %(seat)s)") % {"person": person, "seat": seat} if seat else person


def _changes(entry: Entry, previous: Mapping[str, Plain], names: Names) -> tuple[Change, ...]:
    """What is no longer as it was; of a record's first event, nothing: it was not there before."""
    if entry.object_version == 1:
        return ()
    changed = [
        changed_value(entry.object_type, name, previous.get(name), plain, names)
        for name, plain in entry.values.items()
        if name not in QUIET
    ]
    gone = sorted(entry.redacted & FIELDS.keys() - QUIET - {BECAUSE})
    return (*changed, *(Change(name, str(FIELDS[name]), "", redacted()) for name in gone))


def changed_value(object_type: str, name: str, was: Plain, now: Plain, names: Names) -> Change:
    """One column that was one thing and is another, in words. That a flag was not set says nothing."""
    before = "" if was is False else value_words(object_type, name, was, names)
    flag = now if isinstance(now, bool) else None
    return Change(name, str(FIELDS[name]), before, value_words(object_type, name, now, names), flag)


def _to_tell(phrase: Phrase, entry: Entry, changes: tuple[Change, ...], names: Names) -> list[Change]:
    """The columns that are told after the phrase; of a first event, what they are."""
    if phrase.tells is None:
        return list(changes)
    if entry.object_version > 1:
        return [change for change in changes if change.column in phrase.tells]
    born = [
        changed_value(entry.object_type, name, None, entry.values.get(name), names) for name in phrase.tells
    ]
    return [change for change in born if change.now and change.flag is not False]


def _told(change: Change) -> str:
    """`Due: 31 mar 2017 → 15 may 2017`; without an arrow where there was nothing before. A flag is told by
    its name: `Contentious`, `No longer: contentious`."""
    if change.flag:
        return change.label
    if change.flag is False and change.was:
        return _("No longer: %(flag)s") % {"flag": f"{change.label[:1].lower()}{change.label[1:]}"}
    now = _short(change.now) or NOTHING
    words = f"{_short(change.was)} → {now}" if change.was else now
    return f"{change.label}: {words}"


def _short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(_SHORT)


def redacted() -> str:
    """What stands where a text was taken away."""
    return _("(redacted)")
