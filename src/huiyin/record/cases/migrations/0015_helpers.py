from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_reader_copies")]

    operations = [
        migrations.AddField("Party", "whereabouts", models.CharField(blank=True, default="", max_length=12)),
        migrations.AddField("Message", "helper", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("who", models.CharField(max_length=12)),
                ("may", models.CharField(max_length=8)),
                ("sealed_label", models.BinaryField()),
                ("until_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authority", to="cases.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("may__in", ("read", "write", "act"))), name="a_helper_never_may_withdraw"
                    )
                ],
            },
        ),
    ]
