"""Old events read as if they had been written today. Stored bytes never change; names and shapes do.

A column that is renamed, removed or given another shape gets its step here, in the change that does it. So
does a column whose default changes: records from before it hold the default of their day.
"""

from collections.abc import Callable

from destraba.ledger.canonical import Plain

Values = dict[str, Plain]
Upcast = Callable[[str, Values], Values]

# By the schema version that an event was written under: the steps that bring it to today's.
STEPS: dict[int, tuple[Upcast, ...]] = {1: ()}


def upcast(schema: int, object_type: str, values: Values) -> Values:
    """The values of an event of that schema, under today's names. Raises KeyError for an unknown schema."""
    for step in STEPS[schema]:
        values = step(object_type, values)
    return values
