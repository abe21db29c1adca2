from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0002_calendar_years"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="in_force_since",
            field=models.DateTimeField(null=True),
        ),
    ]
