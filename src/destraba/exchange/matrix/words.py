"""A team's own words: what its headings and its colours mean, as it said when it imported last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from destraba.exchange.matrix.colours import OwnColours
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import OwnMapping
from destraba.models import ImportSource, Mesa
from destraba.rules.lights import Light


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`columns` by heading, None for one that is left out; `colours` by six hexadecimal digits."""

    columns: OwnMapping = field(default_factory=dict)
    colours: OwnColours = field(default_factory=dict)

    def with_choices(
        self, columns: Mapping[str, Field | None], colours: Mapping[str, Light | None]
    ) -> "OwnWords":
        """These, and what somebody chose now. A field has one column: the one chosen for it now."""
        taken = {chosen for chosen in columns.values() if chosen}
        kept = {heading: known for heading, known in self.columns.items() if known not in taken}
        return OwnWords({**kept, **columns}, {**self.colours, **colours})


def remembered(mesa: Mesa | None) -> OwnWords:
    """What the mesa's last import said; a code that is known no more is forgotten."""
    last = ImportSource.objects.filter(mesa=mesa).order_by("-imported_at").first() if mesa else None
    if last is None:
        return OwnWords()
    columns = dict(last.mapping.get("columns", ()))
    colours = last.mapping.get("colours", {})
    return OwnWords(
        {heading: Field(code) if code else None for heading, code in columns.items() if code in {"", *Field}},
        {colour: Light(code) if code else None for colour, code in colours.items() if code in {"", *Light}},
    )
