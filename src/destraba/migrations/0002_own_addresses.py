"""Every account has one address at the accounts library: its own, and nobody else's."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_own_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    accounts, addresses = apps.get_model("destraba", "Account"), apps.get_model("account", "EmailAddress")
    database = schema_editor.connection.alias
    addresses.objects.using(database).all().delete()
    for account in accounts.objects.using(database).iterator():
        addresses.objects.using(database).create(
            user=account, email=account.email, verified=True, primary=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("destraba", "0001_spine"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(keep_own_addresses, migrations.RunPython.noop)]
