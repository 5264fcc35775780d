"""The only Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DestrabaConfig(AppConfig):
    name = "destraba"
    label = "destraba"
    verbose_name = "Destraba"

    def ready(self) -> None:
        from destraba.ledger.search import index  # circular: models must be loaded first
        from destraba.ledger.triggers import reinstall_after_migrate  # circular: models must be loaded first

        # Triggers vanish when Django remakes a SQLite table, so every migration puts them back.
        post_migrate.connect(reinstall_after_migrate, sender=self, dispatch_uid="destraba.ledger.triggers")
        post_migrate.connect(
            index.put_in_place_after_migrate, sender=self, dispatch_uid="destraba.ledger.search"
        )
