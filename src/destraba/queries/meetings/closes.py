"""The closes of a mesa's past meetings, as its lights look back on them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, Value

from destraba.models import Meeting, Mesa
from destraba.queries.methods import method_of
from destraba.rules.followup.closes import KEPT, Close, Shown
from destraba.rules.lights import Light
from destraba.rules.meetings import MeetingState
from destraba.values.days import day_in

# Of more, the whole is as fast to read.
_FEW = 20


def closes_of(mesa: Mesa, numbers: Collection[int] | None = None) -> tuple[Close, ...]:
    """The latest first; only of the kinds that have a cadence, at which the whole Matrix is gone through.

    With the `numbers` of a few commitments, only those are looked for in what was shown. One statement.
    """
    found: QuerySet[Any] = Meeting.objects.filter(
        mesa=mesa,
        state=MeetingState.CLOSED,
        kind__in=list(method_of(mesa).cadences),
        withdrawn_at=None,
        closed_at__isnull=False,
    ).order_by("-closed_at")
    if numbers is None or len(numbers) > _FEW:
        rows = found.values("time_zone", "closed_at", "lights_at_close")
        return tuple(_close(row, row["lights_at_close"].items()) for row in rows[:KEPT])
    names = {number: f"shown_{number}" for number in numbers}
    shown = {name: _ShownThen(F("lights_at_close"), number) for number, name in names.items()}
    rows = found.values("time_zone", "closed_at", **shown)
    return tuple(_close(row, ((number, row[name]) for number, name in names.items())) for row in rows[:KEPT])


class _ShownThen(Func):
    """What one commitment showed. Their numbers are the keys of an object, where Django's own lookup would
    count the places of a list; read whole, a large mesa's closes take longer than all the rest of an edit."""

    output_field = JSONField()

    def __init__(self, lights: F, number: int) -> None:
        super().__init__(lights)
        self._number = number

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._with(f'$."{self._number}"').as_sql(
            compiler, connection, template="JSON_EXTRACT(%(expressions)s)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._with(str(self._number)).as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" -> ", **context
        )

    def _with(self, key: str) -> Func:
        return Func(*self.get_source_expressions(), Value(key), output_field=JSONField())


def _close(row: Mapping[str, Any], shown: Iterable[tuple[int | str, Mapping[str, str] | None]]) -> Close:
    lights = {int(number): Shown(Light(one["light"]), one["reason"]) for number, one in shown if one}
    return Close(day_in(row["time_zone"], row["closed_at"]), lights)
