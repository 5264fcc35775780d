"""What somebody chose of a spreadsheet, as plain values, until it is written by a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from destraba.exchange.matrix.compare.plan import Side
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.spreadsheets import Choice
from destraba.exchange.matrix.words import OwnWords
from destraba.rules.lights import Light


@dataclass(frozen=True, slots=True)
class Wish:
    """All rows but those left out, and the value that stays of each cell in conflict."""

    left_out: frozenset[str] = frozenset()
    sides: Mapping[str, Side] = field(default_factory=dict)

    def with_page(self, shown: frozenset[str], ticked: frozenset[str], sides: Mapping[str, Side]) -> Self:
        """And what was chosen of the rows of one page."""
        return type(self)((self.left_out - shown) | (shown - ticked), {**self.sides, **sides})

    def to_plain(self) -> dict[str, Any]:
        return {
            "left_out": sorted(self.left_out),
            "sides": {cell: side.value for cell, side in self.sides.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        sides = plain.get("sides", {})
        return cls(frozenset(plain.get("left_out", ())), {cell: Side(side) for cell, side in sides.items()})


def plain_choice(choice: Choice) -> dict[str, Any]:
    """How a spreadsheet is read."""
    words = choice.words
    return {
        "sheet": choice.sheet,
        "mesa_name": choice.mesa_name,
        "columns": {heading: field.value if field else "" for heading, field in words.columns.items()},
        "colours": {colour: light.value if light else "" for colour, light in words.colours.items()},
    }


def choice_of(plain: Mapping[str, Any]) -> Choice:
    """The inverse of `plain_choice`."""
    columns = {heading: Field(code) if code else None for heading, code in plain["columns"].items()}
    colours = {colour: Light(code) if code else None for colour, code in plain["colours"].items()}
    return Choice(plain["sheet"], plain["mesa_name"], OwnWords(columns, colours))
