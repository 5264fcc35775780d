"""The cache in the database, which says so when the disk is full.

Django's own takes that for a key that somebody else has set: a form that was never taken would have "been
sent already", and whoever signs in for the first time would have "tried too often".
"""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router

from destraba.values.errors import NoRoom, full_disk


class OutspokenCache(DatabaseCache):
    """Raises NoRoom where nothing more can be kept."""

    def _base_set(self, mode: str, key: str, value: object, timeout: Any = None) -> bool:
        met: list[NoRoom] = []

        def listen(execute: Any, *given: Any) -> Any:
            try:
                return execute(*given)
            except DatabaseError as error:
                if full := full_disk(error):
                    met.append(full)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(listen):
            is_set = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]
        if met:
            raise met[0]
        return bool(is_set)
