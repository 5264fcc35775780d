"""Old events read as if they had been written today. Stored bytes never change; names and shapes do."""

from collections.abc import Callable, Mapping

from destraba.ledger.canonical import Plain

Values = dict[str, Plain]
Upcast = Callable[[str, Values], Values]

# (schema, object type, values) -> values: by the schema version that an event was written under, the steps
# that bring it to today's. A renamed or removed column gets its line here in the change that renames it.
_STEPS: Mapping[int, tuple[Upcast, ...]] = {1: ()}


def upcast(schema: int, object_type: str, values: Values) -> Values:
    """The values of an event of that schema, under today's names. Raises KeyError for an unknown schema."""
    for step in _STEPS[schema]:
        values = step(object_type, values)
    return values
