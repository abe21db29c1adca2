"""What the figures of an office are made of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("cases", "0005_external_references"),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("on", models.DateField()),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("is_late", models.BooleanField(null=True)),
                ("is_restricted", models.BooleanField()),
                ("is_review", models.BooleanField()),
                (
                    "body",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["body", "is_restricted", "on", "kind", "is_review"], name="milestone_of_body_by_day"
                    )
                ],
            },
        ),
    ]
