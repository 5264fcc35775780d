"""What a filter by text looks in, for the records that were there before it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from destraba.values.texts import fold

BATCH = 500


def fold_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    for name, said in (
        ("Problem", lambda one: f"{one.title} {one.axis} {one.detail} P-{one.number}"),
        ("Solution", lambda one: f"{one.title} {one.detail}"),
        ("Commitment", lambda one: f"{one.title} {one.situation} C-{one.number}"),
    ):
        rows = apps.get_model("destraba", name).objects.using(database)
        batch = []
        for row in rows.iterator(chunk_size=BATCH):
            row.folded = fold(said(row))
            batch.append(row)
        rows.bulk_update(batch, ["folded"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("destraba", "0007_matrix"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="folded",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="problem",
            name="folded",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="solution",
            name="folded",
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(fold_what_is_there, migrations.RunPython.noop),
    ]
