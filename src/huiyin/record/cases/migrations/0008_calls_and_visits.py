"""Calls and visits, written down in the matter they were about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_milestones_of_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("held_on", models.DateField()),
                ("text", models.TextField()),
                ("was_read_back", models.BooleanField()),
                ("language", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("officer_name_zh", models.CharField(blank=True, max_length=80)),
                ("officer_name_en", models.CharField(blank=True, max_length=80)),
                ("conduct", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conduct", ""), ("ends_on", None), ("reason", "")),
                            models.Q(
                                models.Q(("conduct", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                ("ends_on__gte", models.F("held_on")),
                            ),
                            _connector="OR",
                        ),
                        name="a_way_of_talking_has_a_reason_and_an_end",
                    )
                ],
            },
        ),
    ]
