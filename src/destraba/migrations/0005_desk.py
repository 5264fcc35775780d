from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("destraba", "0004_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="desk_seen_at",
            field=models.DateTimeField(null=True),
        ),
    ]
