from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("destraba", "0008_folded")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.UUIDField(unique=True)),
                ("page_id", models.UUIDField()),
                ("heading", models.CharField(blank=True, max_length=500)),
                ("words", models.TextField()),
                ("edition", models.PositiveSmallIntegerField()),
            ],
        ),
    ]
