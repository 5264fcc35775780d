"""What each column of a record is for, said once, on the model."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """Every column of a record belongs to exactly one of these; the build fails where one does not.

    ledgered: typed facts; every change is an event, and replaying the events gives them back.
    texts: ledgered too, but free or personal: each is a part of its own, so that it alone can be redacted.
    derived: computed from ledgered columns; may be rebuilt at any time.
    operational: what the installation needs to run; no history.
    """

    ledgered: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    operational: tuple[str, ...] = ()

    def __add__(self, other: "Declared") -> "Declared":
        return Declared(
            self.ledgered + other.ledgered,
            self.texts + other.texts,
            self.derived + other.derived,
            self.operational + other.operational,
        )

    @property
    def recorded(self) -> tuple[str, ...]:
        """All columns that the ledger carries."""
        return self.ledgered + self.texts
