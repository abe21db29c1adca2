from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0017_sides"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("level", models.CharField(blank=True, default="", max_length=40)),
                ("complexity", models.CharField(blank=True, default="", max_length=12)),
                ("opened_by", models.CharField(max_length=12)),
                ("heard_at", models.CharField(blank=True, default="", max_length=60)),
                ("opened_on", models.DateField()),
                ("begun_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("result", models.CharField(blank=True, default="", max_length=20)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["opened_on", "id"], name="dispute_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opened_by__in", ("complainant", "both", "officer", "complaint"))),
                        name="dispute_is_opened_by",
                    )
                ],
            },
        ),
    ]
