"""One spreadsheet on its way into a mesa: read, compared, written. The same road from every door."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from destraba.actions.imports.incoming import Imported, IncomingFile
from destraba.actions.imports.matrix import bring_in, open_with
from destraba.actions.inputs import NAME
from destraba.actions.mesas import NAME_LIMIT
from destraba.exchange.matrix.compare.plan import Plan, Side
from destraba.exchange.matrix.compare.readings import plan
from destraba.exchange.matrix.members import members
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.matrix.readings import Reading
from destraba.exchange.matrix.words import OwnWords
from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Workbook
from destraba.exchange.workbooks.read import read_workbook
from destraba.models import Mesa
from destraba.values.actors import Actor
from destraba.values.errors import Stale
from destraba.values.texts import unshouted

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ATTEMPTS = 3


def _unseen(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the mesas of a workbook is meant, and what its headings and colours mean."""

    sheet: str | None = None
    mesa_name: str | None = None
    words: OwnWords = field(default_factory=OwnWords)


@dataclass(frozen=True, slots=True)
class Compared:
    """A reading, and what bringing it in would do."""

    reading: Reading
    plan: Plan


class Spreadsheet:
    """A file that was read; what is in it is judged for one mesa at a time."""

    def __init__(self, name: str, content: bytes) -> None:
        """Raises `Refused`."""
        self.name = Path(name).name[:NAME]
        self._content = content
        self._workbook: Workbook = read_workbook(content, self.name)
        self._read: tuple[Choice, Reading] | None = None

    @property
    def has_letters(self) -> bool:
        """Whether its columns have letters to find a cell by: those of a CSV have headings alone."""
        return self._content.startswith(b"PK")

    def read(self, choice: Choice) -> Reading:
        """Once for each choice in a row: reading again would give the same. Raises `Refused`."""
        if self._read is None or self._read[0] != choice:
            reading = read_matrix(
                self._workbook,
                mapping=choice.words.columns,
                colours=choice.words.colours,
                sheet=choice.sheet,
                mesa_name=choice.mesa_name,
            )
            self._read = choice, reading
        return self._read[1]

    def compared(self, mesa: Mesa | None, choice: Choice) -> Compared:
        """Against a mesa, or nothing where it is yet to be opened. Raises `Refused`."""
        reading = self.read(choice)
        planned = plan(
            reading,
            mesa,
            members=members(reading.participants),
            mapping=choice.words.columns,
            colours=choice.words.colours,
        )
        return Compared(reading, planned)

    def brought_in(
        self,
        *,
        actor: Actor,
        mesa: Mesa,
        choice: Choice,
        rows: Iterable[str] | None = None,
        sides: Mapping[str, Side] | None = None,
        left_out: Collection[str] = (),
        now: datetime,
        progress: Callable[[int, int], None] = _unseen,
    ) -> tuple[Compared, Imported]:
        """Compared and written; compared again where somebody changed the mesa in between."""
        wanted = None if rows is None else frozenset(rows)
        attempt = 0
        while True:
            compared = self.compared(mesa, choice)
            incoming = compared.plan.chosen(wanted, sides, self._file(), left_out)
            try:
                return compared, bring_in(
                    actor=actor, mesa=mesa, incoming=incoming, now=now, progress=progress
                )
            except Stale:
                attempt += 1
                if attempt == _ATTEMPTS:
                    raise

    def opened_with(
        self,
        *,
        actor: Actor,
        slug: str,
        name: str,
        method_id: str,
        choice: Choice,
        now: datetime,
        progress: Callable[[int, int], None] = _unseen,
    ) -> Compared:
        """A new mesa with what the file holds."""
        compared = self.compared(None, choice)
        require_rows(compared.reading)
        open_with(
            actor=actor,
            incoming=compared.plan.chosen(file=self._file()),
            name=(name or unshouted(compared.reading.title) or slug)[:NAME_LIMIT],
            slug=slug,
            method_id=method_id,
            installed_on=compared.reading.installed_on,
            now=now,
            progress=progress,
        )
        return compared

    def _file(self) -> IncomingFile:
        return IncomingFile(self.name, _XLSX if self.has_letters else "text/csv", self._content)


def require_rows(reading: Reading) -> None:
    """Raises `Refused` while one of several mesas is to be chosen, or where there is no row at all."""
    if reading.problems:
        return
    if len(reading.mesas_found) > 1:
        names = ", ".join(f"{found.sheet} / {found.name}" for found in reading.mesas_found)
        raise Refused.of("choose_among", mesas=names)
    raise Refused.of("no_rows", sheet=", ".join(reading.sheets))
