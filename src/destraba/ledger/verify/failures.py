"""What does not hold, and where: in fields for programs, in a place for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from destraba.ledger.canonical import Plain
from destraba.ledger.registry import ledgered_models
from destraba.ledger.verify.rows import Raw, rows
from destraba.ledger.verify.stored import key
from destraba.models.matrix import Problem
from destraba.models.mesas import Mesa
from destraba.models.programme import Programme

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that does not hold. `code` has a sentence above; `place` says where, in words.

    `stream` and `seq` name an event, `object_type` and `object_id` a record; `part` or `column` what of it.
    """

    code: str
    place: str
    detail: str = ""
    stream: str = ""
    seq: int | None = None
    part: str = ""
    object_type: str = ""
    object_id: str = ""
    column: str = ""


@dataclass(slots=True)
class Report:
    """What was read, and at most `MOST` failures; `unlisted` counts those beyond."""

    events: int = 0
    failures: list[Failure] = field(default_factory=list)
    unlisted: int = 0

    @property
    def ok(self) -> bool:
        return not self.failures

    def add(self, failure: Failure) -> None:
        if len(self.failures) < MOST:
            self.failures.append(failure)
        else:
            self.unlisted += 1


class Places:
    """Finds for events and records the names by which people know them."""

    def __init__(self) -> None:
        mesas = rows(Mesa, ["id", "slug"], order=["id"])
        programmes = rows(Programme, ["id"], order=["id"])
        self._chains = {key(row["id"]): f"mesa {row['slug']}" for row in mesas}
        self._chains |= {key(row["id"]): "the programme" for row in programmes}

    def chain(self, stream: str) -> str:
        return self._chains.get(stream, f"chain {stream}")

    def event(
        self, code: str, stream: str, seq: Raw, *, part: str = "", column: str = "", detail: str = ""
    ) -> Failure:
        what = f", part {part}" if part else f", column {column}" if column else ""
        return Failure(
            code=code,
            place=f"event {seq} of {self.chain(stream)}{what}",
            detail=detail,
            stream=stream,
            seq=seq if isinstance(seq, int) else None,
            part=part,
            column=column,
        )

    def head(self, code: str, stream: str, detail: str = "", column: str = "") -> Failure:
        place = f"head of the chain of {self.chain(stream)}"
        return Failure(code=code, place=place, detail=detail, stream=stream, column=column)

    def record(
        self,
        code: str,
        object_type: str,
        object_id: str,
        values: Mapping[str, Plain],
        *,
        column: str = "",
        detail: str = "",
    ) -> Failure:
        what = f", column {column}" if column else ""
        return Failure(
            code=code,
            place=self._named(object_type, object_id, values) + what,
            detail=detail,
            object_type=object_type,
            object_id=object_id,
            column=column,
        )

    def _named(self, object_type: str, object_id: str, values: Mapping[str, Plain]) -> str:
        """`problem P-3 of mesa forestal`; a person only by key, since this is written to logs."""
        kind = str(ledgered_models()[object_type]._meta.verbose_name)
        within = f" of {self.chain(str(values['mesa']))}" if values.get("mesa") else ""
        return f"{kind} {self._name(object_type, values) or object_id}{within}"

    def _name(self, object_type: str, values: Mapping[str, Plain]) -> str:
        number = values.get("number")
        match object_type:
            case "problem" if number:
                return f"P-{number}"
            case "commitment" if number:
                return f"C-{number}"
            case "solution" if number:
                return f"P-{self._problem_numbers.get(str(values['problem']), '?')}.{number}"
            case "mesa" | "programme" | "organization" | "place":
                return str(values.get("slug") or values.get("name") or "")
        return ""

    @cached_property
    def _problem_numbers(self) -> dict[str, Raw]:
        return {key(row["id"]): row["number"] for row in rows(Problem, ["id", "number"], order=["id"])}
