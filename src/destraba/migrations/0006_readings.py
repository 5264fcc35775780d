import destraba.models.fields
import destraba.values.keys
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("destraba", "0005_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=destraba.values.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField()),
                ("label", models.CharField(max_length=200)),
                ("value", models.CharField(max_length=60)),
                ("out_of", models.PositiveIntegerField(null=True)),
                ("unit", models.CharField(blank=True, max_length=80)),
                ("as_of", destraba.models.fields.FuzzyDateField(null=True)),
                ("source", models.CharField(max_length=300)),
                ("note", models.TextField(blank=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="destraba.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
